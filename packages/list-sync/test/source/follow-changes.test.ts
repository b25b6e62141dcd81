import { createMemoryIndexBackend } from "@cordon/index-store/testing";
import { listSources } from "@cordon/lists";
import { engineVersion, openSnapshot, selfCheck } from "@cordon/matching";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { compileHere } from "../../src/compile/compiled.ts";
import type { Engine } from "../../src/sync/list-sync.ts";
import type { EnabledList } from "../../src/sync/look-at-list.ts";
import { type Archive, startArchive } from "../support/archive.ts";
import { createSyncBench, type SyncBench } from "../support/bench.ts";

const [v1, v2, v3] = ["20260101000000-aaa", "20260102000000-bbb", "20260103000000-ccc"] as const;

const engine: Engine = {
  version: engineVersion,
  compile: (designations) => Promise.resolve(compileHere(designations)),
  open: openSnapshot,
  selfCheck,
};

type Entity = Readonly<Record<string, unknown>>;

const entity = (id: string, schema: string, properties: Readonly<Record<string, readonly string[]>>): Entity => ({
  id,
  caption: properties["name"]?.[0] ?? schema,
  schema,
  properties,
  referents: [],
});
const person = (id: string, ...names: string[]): Entity =>
  entity(id, "Person", { name: names, topics: ["sanction"], country: ["iq", "ru"] });
const sanction = (id: string, of: string, program: string): Entity =>
  entity(id, "Sanction", { entity: [of], program: [program], listingDate: ["2026-01-01"] });
const document = (id: string, of: string, number: string): Entity =>
  entity(id, "Passport", { holder: [of], number: [number] });

const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");
const change = (op: string, of: Entity): unknown => ({ op, entity: op === "DEL" ? { id: of["id"] } : of });

const anna = person("NK-A", "Anna EXAMPLE");
const boris = person("NK-B", "Boris INVENTED");
const clara = person("NK-C", "Clara MADEUP", "Klara MADEUP");
const first = [boris, anna, sanction("s9", "NK-A", "Programme nine"), document("p5", "NK-A", "P0000005")];
const second = [
  clara,
  sanction("s1", "NK-A", "Programme one"),
  document("p1", "NK-A", "P0000001"),
  entity("o1", "Ownership", { owner: ["NK-A"] }),
  anna,
  sanction("s9", "NK-A", "Programme nine"),
  document("p5", "NK-A", "P0000005"),
];
const toSecond = lines(
  change("ADD", clara),
  change("DEL", boris),
  change("ADD", document("p1", "NK-A", "P0000001")),
  change("ADD", sanction("s1", "NK-A", "Programme one")),
  change("ADD", entity("o1", "Ownership", { owner: ["NK-A"] })),
);
const annaMore = person("NK-A", "Anna EXAMPLE", "Ana EXAMPLE");
const third = second.map((each) => (each === anna ? annaMore : each));
const toThird = lines(change("MOD", annaMore));

let archive: Archive;
let bench: SyncBench;

const fromArchive = (): EnabledList => ({
  list: "opensanctions",
  location: { kind: "url", url: archive.url },
  parse: listSources.opensanctions.parse,
  deltas: listSources.opensanctions.deltas ?? null,
});

/** The version of an index made of the whole list alone. */
async function versionOfWhole(): Promise<string> {
  const other = createSyncBench({ lists: [fromArchive()], engine, backend: createMemoryIndexBackend() });
  expect(await other.run()).toBe(true);
  archive.asked();
  return (await other.store.current())?.version ?? "";
}

const liveVersion = async (): Promise<string | undefined> => (await bench.store.current())?.version;

beforeEach(async () => {
  archive = await startArchive();
  bench = createSyncBench({ lists: [fromArchive()], engine });
  archive.publish(v1, lines(...first), lines());
  await bench.run();
  archive.asked();
});
afterEach(() => archive.close());

describe("a list whose publisher offers changes", () => {
  test("is read whole once, then by its changes alone, and says the same as the whole list", async () => {
    archive.publish(v2, lines(...second), toSecond);
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v2}/delta.json`, `${v2}/entities.delta.json`]);
    expect(bench.told.of("changesFollowed")).toEqual([{ list: "opensanctions", from: v1, to: v2 }]);
    expect(await bench.liveNames()).toEqual(["Anna EXAMPLE", "Clara MADEUP"]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });

  test("takes several missed versions at once, oldest first", async () => {
    archive.publish(v2, lines(...second), toSecond);
    archive.publish(v3, lines(...third), toThird);
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v3}/delta.json`, `${v2}/entities.delta.json`, `${v3}/entities.delta.json`]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });

  test("is unchanged, and fresh, where the index has nothing newer", async () => {
    bench.clock.now += 1000;
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v1}/delta.json`]);
    expect(bench.told.of("listUnchanged")).toMatchObject([{ checkedAt: bench.clock.now }]);
  });

  test.each([
    ["the index is gone", () => archive.spoil(`${v2}/delta.json`, null), "LIST_UNREACHABLE"],
    ["the index is a web page", () => archive.spoil(`${v2}/delta.json`, "<!doctype html>"), "LIST_MALFORMED"],
    ["a delta is gone", () => archive.spoil(`${v2}/entities.delta.json`, null), "LIST_UNREACHABLE"],
    ["a delta is empty", () => archive.spoil(`${v2}/entities.delta.json`, ""), "LIST_EMPTY"],
    ["a delta is cut off", () => archive.spoil(`${v2}/entities.delta.json`, toSecond.slice(0, -9)), "LIST_MALFORMED"],
    [
      "a delta changes what is not there",
      () => archive.spoil(`${v2}/entities.delta.json`, lines(change("MOD", clara))),
      "LIST_MALFORMED",
    ],
    [
      "a delta deletes what is not there",
      () => archive.spoil(`${v2}/entities.delta.json`, lines(change("DEL", clara))),
      "LIST_MALFORMED",
    ],
    [
      "a delta adds what is there",
      () => archive.spoil(`${v2}/entities.delta.json`, lines(change("ADD", boris))),
      "LIST_MALFORMED",
    ],
  ])("is read whole when %s", async (_what, spoil, code) => {
    archive.publish(v2, lines(...second), toSecond);
    spoil();
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toContain(`${v2}/entities.ftm.json`);
    expect(bench.told.of("changesGivenUp")).toMatchObject([{ list: "opensanctions", code }]);
    expect(bench.told.of("listFailed")).toEqual([]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });

  test("is read whole when the newest version has no changes, and when the version in use is forgotten", async () => {
    archive.publish(v2, lines(...second), null);
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v2}/delta.json`, `${v2}/entities.ftm.json`]);
    expect(await liveVersion()).toBe(await versionOfWhole());

    // The version in use is not in the index: nobody knows what lies between.
    archive.publish(v3, lines(...third), toThird);
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v3}/delta.json`, `${v3}/entities.ftm.json`]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });

  test("is read whole after a day of changes, and whenever a look is not conditional", async () => {
    bench.clock.now += 24 * 3_600_000;
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v1}/entities.ftm.json`]);
    expect(await bench.run({ conditional: false })).toBe(true);
    expect(archive.asked()).toEqual([`${v1}/entities.ftm.json`]);
  });

  test("is read whole after changes whose list the guards refused", async () => {
    archive.publish(v2, lines(...second), lines(change("DEL", anna), change("DEL", boris)));
    expect(await bench.run()).toBe(true);
    expect(bench.told.of("listFailed")).toMatchObject([{ code: "LIST_EMPTY" }]);
    expect(await bench.liveNames()).toEqual(["Anna EXAMPLE", "Boris INVENTED"]);
    archive.asked();
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v2}/entities.ftm.json`]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });

  test("is read whole when another list-sync took it elsewhere meanwhile", async () => {
    const backend = bench.backend;
    const other = createSyncBench({ lists: [fromArchive()], engine, backend, clock: { now: bench.clock.now + 5000 } });
    archive.publish(v2, lines(...second), toSecond);
    await other.run();
    archive.publish(v3, lines(...third), toThird);
    archive.asked();
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v3}/entities.ftm.json`]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });

  test("is always read whole from a mirror that does not tell versions", async () => {
    archive.mirror();
    expect(await bench.run({ conditional: false })).toBe(true);
    archive.asked();
    archive.publish(v2, lines(...second), toSecond);
    expect(await bench.run()).toBe(true);
    expect(archive.asked()).toEqual([`${v2}/entities.ftm.json`]);
    expect(await liveVersion()).toBe(await versionOfWhole());
  });
});
