import type { BreakableProcess } from "@cordon/local-stack";

import type { Fault, Scene } from "../scene.ts";

/** Seconds. */
const since = (at: number): number => (Date.now() - at) / 1000;

/** The broker that leads the cluster, which is the worst to lose, and in every other play the next one. */
function brokerToFreeze(scene: Scene): BreakableProcess {
  const { stack, round } = scene;
  const controller = stack.controller();
  const isOther = round % 2 === 1;
  scene.note(isOther ? "frozen was another than the controller" : "frozen was the controller");
  return isOther ? (stack.brokers.find((broker) => broker !== controller) ?? controller) : controller;
}

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
    what: "a broker frozen with SIGSTOP, so that it holds its connections and answers nothing, for 45 s, and then let go on: what was sent before is decided within 25 s, and what is sent in the first 20 s within another 25; no listeners gather on sockets",
    repeatsAllowed: true,
    async play(scene) {
      // A broker that the fault before started again must be in sync first: two out of three cannot be missed.
      await scene.untilInSync();
      const broker = brokerToFreeze(scene);
      scene.struck();
      broker.freeze();
      const frozenAt = Date.now();
      try {
        await scene.untilCaughtUp();
        const before = since(frozenAt);
        scene.mustBe(`what was sent before is decided within 25 s, not ${before.toFixed(1)}`, before < 25);
        await scene.pause(Math.max(0, 20 - before));
        const begun = Date.now();
        await scene.untilCaughtUp();
        const after = since(begun);
        scene.mustBe(`events are decided while a broker hangs, within 25 s, not ${after.toFixed(1)}`, after < 25);
        scene.took(before);
        scene.took(after);
        scene.note(`that took ${before.toFixed(1)} s, and another ${after.toFixed(1)} s`);
        await scene.pause(Math.max(0, 45 - since(frozenAt)));
      } finally {
        broker.thaw();
      }
      scene.mended();
      await scene.untilCaughtUp();
      const leaks = scene.screeners.flatMap((each) => each.besideLog()).filter((line) => line.includes("MaxListeners"));
      scene.mustBe(`no listeners gather, as in ${leaks.join(", ")}`, leaks.length === 0);
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
