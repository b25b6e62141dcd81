import { topics } from "@cordon/schemas";

import type { Fault, Scene } from "../scene.ts";
import { countUncommitted } from "../uncommitted.ts";
import { kafkaFaults } from "./kafka.ts";
import { screenerFaults } from "./screener.ts";

/** Proof that transactions were cut short, and that only who reads uncommitted records would see their remains. */
async function noteRemains(scene: Scene): Promise<void> {
  scene.load.steady(0);
  await scene.untilCaughtUp();
  const remains = await countUncommitted(scene.stack.kafkaBrokers.split(","), scene.prefix + topics.decisions);
  scene.note(`${String(remains)} decisions of aborted transactions lie in the topic, unseen`);
}

/** The same fault under the other guarantee: nothing may come twice. */
function exactlyOnce(fault: Fault): Fault {
  return {
    ...fault,
    name: `exactly-once-${fault.name}`,
    what: `with \`DELIVERY=exactly_once\`: ${fault.what}`,
    repeatsAllowed: false,
    env: { ...fault.env, DELIVERY: "exactly_once" },
    async play(scene) {
      await fault.play(scene);
      await noteRemains(scene);
    },
  };
}

const frozenSeconds = 20;

/** A screener that sleeps through its expulsion, and wakes with batches in hand that are others' by now. */
const frozenScreener: Fault = {
  name: "frozen",
  what: `one of two screeners is frozen with SIGSTOP in the middle of a backlog for ${String(frozenSeconds)} s, longer than its session, and let go on; then the other, and both again`,
  repeatsAllowed: true,
  rate: 0,
  withoutScreener: true,
  async play(scene) {
    const [first, second] = [scene.startScreener(), scene.startScreener()];
    await first.says("partitions assigned");
    await second.says("partitions assigned");
    await scene.load.burst(300);
    await scene.untilCaughtUp();
    scene.struck();
    for (const [round, screener] of [first, second, first, second].entries()) {
      await scene.load.burst(3000);
      await scene.untilDecided(300);
      // A batch is decided at one moment: each round stops the next one at another.
      await scene.pause(round * 0.04);
      screener.freeze();
      await scene.pause(frozenSeconds);
      await scene.load.burst(500);
      screener.thaw();
      scene.mended();
      await scene.untilCaughtUp();
    }
  },
};

const again = new Set(["kill-9", "joins-and-leaves", "broker-restart", "broker-hangs"]);

/** Faults under `exactly_once`, judged by a reader of committed records. */
export const exactlyOnceFaults: readonly Fault[] = [
  ...[...screenerFaults, ...kafkaFaults].filter(({ name }) => again.has(name)),
  frozenScreener,
].map(exactlyOnce);
