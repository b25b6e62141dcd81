import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { topics } from "@cordon/schemas";
import type { SeenDecision } from "@cordon/simulator";

import type { Fault, Scene } from "../scene.ts";

const clockModule = new URL("../skewed-clock.ts", import.meta.url);
const hour = 3_600_000;

/** A screener whose clock can be set wrong. */
async function screenerWithClock(scene: Scene) {
  const file = join(mkdtempSync(join(tmpdir(), "cordon-faults-clock-")), "offset");
  writeFileSync(file, "0");
  const skewed = new URL(`?offset=${encodeURIComponent(file)}`, clockModule);
  const process = scene.startScreener({ nodeArguments: [`--import=${skewed.href}`] });
  await process.says("partitions assigned");
  const setClock = (offset: number): void => {
    writeFileSync(file, String(offset));
  };
  return { process, setClock };
}

function isLate({ holdReason }: SeenDecision): boolean {
  return holdReason === "DEADLINE_PASSED";
}

/** How many events `cordon rescreen --json` found. */
function found(report: string): number {
  return (JSON.parse(report) as { readonly found: number }).found;
}

/** Faults of time, and of those who read the results. */
export const otherFaults: readonly Fault[] = [
  {
    name: "clock-jumps",
    what: "the screener's clock jumps an hour ahead, two hours back, and right again, 6 s each; while it is behind, the lists were read in its future, which vouches for nothing",
    repeatsAllowed: true,
    mayHold: ["INDEX_STALE"],
    withoutScreener: true,
    async play(scene) {
      const { setClock } = await screenerWithClock(scene);
      await scene.untilDecided(300);
      scene.struck();
      for (const offset of [hour, -hour]) {
        setClock(offset);
        await scene.pause(6);
      }
      setClock(0);
      scene.mended();
      await scene.untilCaughtUp(150);
    },
  },
  {
    name: "clock-days-ahead",
    what: "the screener's clock jumps three days ahead: the brokers refuse its records, it ends with 3, as a dead consumer does, and commits nothing; 5 s later one with the right clock starts",
    repeatsAllowed: true,
    mayHold: ["INDEX_STALE"],
    withoutScreener: true,
    async play(scene) {
      const { process, setClock } = await screenerWithClock(scene);
      await scene.untilDecided(300);
      scene.struck();
      setClock(72 * hour);
      const code = await process.ended;
      scene.mustBe(
        `a screener that cannot write ends as a dead consumer does, with 3, not ${String(code)}`,
        code === 3,
      );
      await scene.pause(5);
      scene.startScreener();
      scene.mended();
      await scene.untilCaughtUp(150);
    },
  },
  {
    name: "late-then-freed",
    what: "payments must be decided within 2 s, and no screener runs for 6 s; then `cordon rescreen --held` decides what was held DEADLINE_PASSED, and a second run finds nothing",
    repeatsAllowed: true,
    mayHold: ["DEADLINE_PASSED"],
    deadlineMs: 2000,
    rate: 150,
    async play(scene) {
      await scene.screeners[0]?.stop();
      scene.struck();
      await scene.pause(6);
      scene.startScreener();
      scene.mended();
      await scene.load.stop();
      await scene.untilCaughtUp();
      await scene.pause(3);
      const late = new Set(scene.seen.decisions.filter(isLate).map(({ source }) => source));
      const command = ["rescreen", "--held", "--reason", "DEADLINE_PASSED", "--json"];
      const first = await scene.command(command);
      scene.mustBe(`what was late is freed, not: ${first.out}`, late.size > 300 && first.code === 0);
      const second = await scene.command(command);
      scene.mustBe(`a second run finds nothing, not: ${second.out}`, found(second.out) === 0);
      scene.mustBe("the command finds every event that was late", found(first.out) >= late.size);
      await scene.pause(5);
      const freed = scene.seen.decisions.filter(({ source, outcome }) => outcome === "CLEAR" && late.has(source));
      scene.mustBe(
        "each event that was late is CLEAR in the end",
        new Set(freed.map(({ source }) => source)).size === late.size,
      );
      scene.note(`${String(late.size)} held, ${String(freed.length)} of them freed`);
    },
  },
  {
    name: "slow-alert-consumer",
    what: "a consumer of alerts takes half a second for each: decisions do not wait for it, and it misses none",
    repeatsAllowed: false,
    rate: 800,
    async play(scene) {
      const consumer = scene.kafka.consumer();
      const read = new Set<string>();
      const slowly = { is: true };
      await consumer.start({
        topics: [scene.prefix + topics.alerts],
        groupId: `${scene.prefix}slow`,
        onBatch: async ({ topic, partition, records }, context) => {
          for (const { offset } of records) {
            if (slowly.is) await scene.pause(0.5);
            await context.heartbeat();
            if (context.stale()) return;
            read.add(`${topic}/${String(partition)}/${String(offset)}`);
          }
        },
      });
      try {
        scene.struck();
        await scene.untilDecided(6000);
        const behind = scene.seen.alerts.length - read.size;
        scene.mustBe("the consumer is behind", behind > 50);
        slowly.is = false;
        scene.mended();
        scene.load.steady(0);
        await scene.untilCaughtUp();
        // Either reader may be ahead of the other for a moment: they must agree once nothing more comes.
        const agree = (): boolean => read.size === scene.seen.alerts.length;
        await scene.pause(3);
        for (let waited = 0; !agree() && waited < 90; waited += 0.2) await scene.pause(0.2);
        scene.mustBe(
          `the slow consumer read ${String(read.size)} of ${String(scene.seen.alerts.length)} alerts`,
          agree(),
        );
        scene.note(`${String(behind)} alerts behind at its worst`);
      } finally {
        await consumer.stop();
      }
    },
  },
];
