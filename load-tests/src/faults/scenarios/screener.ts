import type { Fault } from "../scene.ts";

const rounds = 5;

/** Faults of the screeners themselves. */
export const screenerFaults: readonly Fault[] = [
  {
    name: "kill-9",
    what: `the only screener killed with -9 in the middle of a backlog, ${String(rounds)} times, and started again`,
    repeatsAllowed: true,
    rate: 0,
    withoutScreener: true,
    async play(scene) {
      for (let round = 0; round < rounds; round++) {
        await scene.load.burst(4000);
        const screener = scene.startScreener();
        await screener.says("partitions assigned");
        await scene.untilDecided(200 + round * 350);
        scene.struck();
        await screener.kill();
      }
      await scene.startScreener().url();
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
  {
    name: "joins-and-leaves",
    what: "under load: two screeners join, one is stopped, one is killed with -9, one joins, the first is stopped",
    repeatsAllowed: true,
    async play(scene) {
      const [first] = scene.screeners;
      const second = scene.startScreener();
      const third = scene.startScreener();
      await second.says("partitions assigned");
      await third.says("partitions assigned");
      await scene.pause(2);
      scene.struck();
      scene.mustBe("a stopped screener ends with 0", (await second.stop()) === 0);
      await scene.pause(2);
      await third.kill();
      scene.mended();
      await scene.untilCaughtUp();
      await scene.startScreener().says("partitions assigned");
      scene.mustBe("a stopped screener ends with 0", (await first?.stop()) === 0);
      await scene.untilCaughtUp();
    },
  },
  {
    name: "sigterm",
    what: "under load: the only screener is stopped with SIGTERM and another started, five times",
    repeatsAllowed: false,
    rate: 600,
    async play(scene) {
      for (let round = 0; round < rounds; round++) {
        const [screener] = scene.screeners.slice(-1);
        scene.struck();
        scene.mustBe("a stopped screener ends with 0", (await screener?.stop()) === 0);
        const next = scene.startScreener();
        scene.mended();
        await next.says("partitions assigned");
        await scene.untilCaughtUp();
        await scene.pause(0.7);
      }
    },
  },
];
