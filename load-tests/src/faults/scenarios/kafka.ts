import type { Fault } from "../scene.ts";

/** Faults of the brokers. */
export const kafkaFaults: readonly Fault[] = [
  {
    name: "broker-restart",
    what: "each of three brokers in turn killed with -9 and started again after 5 s: leaders and coordinators move",
    repeatsAllowed: true,
    async play(scene) {
      for (const broker of scene.stack.brokers) {
        scene.struck();
        await broker.kill();
        await scene.pause(5);
        await broker.start();
        scene.mended();
        await scene.untilCaughtUp();
        await scene.pause(3);
      }
    },
  },
  {
    name: "broker-hangs",
    what: "a broker frozen with SIGSTOP, so that it holds its connections and answers nothing, for 45 s, and then let go on: what was sent in the first 20 s is decided before",
    repeatsAllowed: true,
    async play(scene) {
      const [broker] = scene.stack.brokers;
      // A broker that the fault before started again must be in sync first: two out of three cannot be missed.
      await scene.pause(30);
      scene.struck();
      broker?.freeze();
      try {
        await scene.pause(20);
        const begun = Date.now();
        await scene.untilCaughtUp();
        const seconds = (Date.now() - begun) / 1000;
        scene.note(`that was done after another ${seconds.toFixed(1)} s`);
        scene.mustBe("events are decided while a broker hangs", seconds < 25);
        await scene.pause(Math.max(0, 25 - seconds));
      } finally {
        broker?.thaw();
      }
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
  {
    name: "kafka-away",
    what: "two of three brokers killed with -9 for 15 s: no quorum, no leader, nothing can be written",
    repeatsAllowed: true,
    async play(scene) {
      const gone = scene.stack.brokers.slice(1);
      scene.struck();
      await Promise.all(gone.map((broker) => broker.kill()));
      await scene.pause(15);
      await Promise.all(gone.map((broker) => broker.start()));
      scene.mended();
      await scene.untilCaughtUp(150);
    },
  },
];
