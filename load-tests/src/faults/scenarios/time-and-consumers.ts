import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { topics } from "@cordon/schemas";

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

/** Faults of time, and of those who read the results. */
export const otherFaults: readonly Fault[] = [
  {
    name: "clock-jumps",
    what: "the screener's clock jumps an hour ahead, two hours back, and right again, 6 s each",
    repeatsAllowed: true,
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
    what: "the screener's clock jumps three days ahead: the brokers refuse its records, it ends with 1 and commits nothing; 5 s later one with the right clock starts",
    repeatsAllowed: true,
    mayHold: ["INDEX_STALE"],
    withoutScreener: true,
    async play(scene) {
      const { process, setClock } = await screenerWithClock(scene);
      await scene.untilDecided(300);
      scene.struck();
      setClock(72 * hour);
      scene.mustBe("a screener that cannot write ends with 1", (await process.ended) === 1);
      await scene.pause(5);
      scene.startScreener();
      scene.mended();
      await scene.untilCaughtUp(150);
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
