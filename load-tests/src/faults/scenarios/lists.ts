import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Fault, Scene } from "../scene.ts";
import { sendTelling } from "./index-faults.ts";

/** Settings of a list-sync that has a list of the firm's own, and not the one that every scene has. */
function otherLists(): Readonly<Record<string, string>> {
  const path = join(mkdtempSync(join(tmpdir(), "cordon-faults-own-")), "own.csv");
  writeFileSync(path, "id,type,name\nF1,person,Oskar Wendelin Vierthaler\nF2,person,Lioba Senkwitz\n");
  return { LIST_UK: "off", LIST_OWN: path };
}

/** Every decision so far was made with the whole list. */
function withTheList({ seen, lists }: Scene): boolean {
  return seen.decisions.every(({ index }) => index.entries === lists.leftOut.entries);
}

async function metric(process: { url(): Promise<string> }, line: RegExp): Promise<boolean> {
  return line.test(await (await fetch(`${await process.url()}/metrics`)).text());
}

/** Faults by which a list would leave the index, and its people would be clear. */
export const listFaults: readonly Fault[] = [
  {
    name: "list-switched-off",
    what: "list-sync is started anew with its list off and another one on; a listed name must hit all the same",
    repeatsAllowed: false,
    async play(scene) {
      await scene.listSync.stop();
      scene.struck();
      const other = scene.startListSync({ env: otherLists() });
      const refused = await other.says("publishing refused");
      scene.mustBe("it refuses with INDEX_LACKS_LIST", refused["code"] === "INDEX_LACKS_LIST");
      await sendTelling(scene, 0);
      scene.mustBe("its metric names the list", await metric(other, /^cordon_index_missing_lists\{list="uk"\} 1$/m));
      await other.stop();
      const right = scene.startListSync();
      await right.says("index confirmed");
      scene.mended();
      await scene.untilCaughtUp();
      scene.mustBe("no event is decided without the list", withTheList(scene));
    },
  },
  {
    name: "two-list-syncs",
    what: "a second list-sync with other lists is started beside the first, and the first one's list changes",
    repeatsAllowed: false,
    async play(scene) {
      const [screener] = scene.screeners;
      scene.struck();
      const other = scene.startListSync({ env: { ...otherLists(), LIST_MAX_SHRINK_PERCENT: "100" } });
      const refused = await other.says("publishing refused");
      const conflict = refused["code"] === "PUBLISHER_CONFLICT" || refused["code"] === "INDEX_LACKS_LIST";
      scene.mustBe("the second one refuses", conflict);
      await sendTelling(scene, 0);
      scene.replaceList(scene.lists.shorter);
      await screener?.says("index swapped", { already: 1 });
      scene.mended();
      await scene.untilCaughtUp();
      scene.mustBe("the second one published nothing", other.said("index published").length === 0);
    },
  },
  {
    name: "wiped-and-less",
    what: "Redis is emptied (FLUSHALL), and filled by a list-sync that has the list off: only the screener remembers it",
    repeatsAllowed: false,
    async play(scene) {
      const [screener] = scene.screeners;
      await scene.listSync.stop();
      scene.struck();
      await scene.stack.redisCommand("FLUSHALL");
      const other = scene.startListSync({ env: otherLists() });
      await other.says("index published");
      const refused = await screener?.says("index refused");
      scene.mustBe("the screener refuses with INDEX_LACKS_LIST", refused?.["code"] === "INDEX_LACKS_LIST");
      await sendTelling(scene, 0);
      await other.stop();
      const right = scene.startListSync({ env: { LIST_OWN: otherLists()["LIST_OWN"] ?? "" } });
      await right.says("index published");
      scene.mended();
      await screener?.says("index swapped", { already: 1 });
      await scene.untilCaughtUp();
    },
  },
  {
    name: "redis-forgets",
    what: "Redis is emptied while nothing changes, then loses a part of the index: list-sync publishes again by itself, and a screener that starts then serves",
    repeatsAllowed: true,
    async play(scene) {
      scene.struck();
      await scene.stack.redisCommand("FLUSHALL");
      await scene.listSync.says("index published", { already: 1 });
      await scene.stack.redisCommand("DEL", `${scene.redisPrefix}{idx}:g1:c0`);
      await scene.listSync.says("index published", { already: 2 });
      const second = scene.startScreener();
      await second.says("index swapped");
      scene.mended();
      await sendTelling(scene, 0);
      await scene.untilCaughtUp();
      scene.mustBe("no event is decided without the list", withTheList(scene));
    },
  },
];
