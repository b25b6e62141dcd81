import type { OutRecord } from "@cordon/kafka";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import type { Expected } from "@cordon/simulator";

import { innocentPayments } from "../innocent-payments.ts";
import type { Fault, Scene } from "../scene.ts";

const subject = subjectOf(topics.payments);
const swaps = 6;

/** Payments to the designation that stands in one of the two lists only: the answer depends on the list. */
async function telling({ registry, prefix, lists }: Scene, round: number) {
  const id = await registry.register(prefix + subject, schemaText(subject));
  const encoder = createEncoder(subject);
  const payments = innocentPayments(60, `${prefix}telling-${String(round)}`).map((payment) => ({
    ...payment,
    parties: payment.parties.map((party, at) => (at === 0 ? { ...party, name: lists.leftOut.name } : party)),
  }));
  const records = payments.map((payment): OutRecord => ({
    topic: prefix + topics.payments,
    key: Buffer.from(payment.eventId),
    value: encoder.encode(payment, id),
  }));
  const expected: Expected = {
    outcome: "HIT",
    byEntries: (entries) => (entries === lists.leftOut.entriesWithout ? "CLEAR" : "HIT"),
  };
  return { records, expected: new Map(payments.map(({ eventId }): [string, Expected] => [eventId, expected])) };
}

/** Sends some of them. Whoever lost the list, or has not got it, answers them otherwise. */
export async function sendTelling(scene: Scene, round: number): Promise<void> {
  const { records, expected } = await telling(scene, round);
  for (const record of records) {
    await scene.load.send([record], expected);
    await scene.pause(0.02);
  }
}

/** Faults on the way of the index. */
export const indexFaults: readonly Fault[] = [
  {
    name: "index-swap",
    what: `the list changes ${String(swaps)} times in mid-stream; a name that is in every other version must hit exactly when the decision's stamp says that it was listed`,
    repeatsAllowed: false,
    rate: 600,
    async play(scene) {
      const [screener] = scene.screeners;
      scene.struck();
      for (let round = 0; round < swaps; round++) {
        scene.replaceList(round % 2 === 0 ? scene.lists.shorter : scene.lists.whole);
        await Promise.all([sendTelling(scene, round), screener?.says("index swapped", { already: round + 1 })]);
        scene.mended();
      }
      await scene.untilCaughtUp();
    },
  },
  {
    name: "corrupt-chunk",
    what: "a chunk of a newly published index is damaged in Redis before the screener reads it; later a sound one is published",
    repeatsAllowed: false,
    async play(scene) {
      const [screener] = scene.screeners;
      const { redisLink } = scene.stack;
      await redisLink.set({ kind: "refused" });
      scene.replaceList(scene.lists.shorter);
      await scene.listSync.says("index published", { already: 1 });
      await scene.stack.redisCommand("SETRANGE", `${scene.redisPrefix}{idx}:g2:c0`, "1000", "damaged");
      scene.struck();
      await redisLink.set({ kind: "open" });
      const refused = await screener?.says("index refused");
      scene.mustBe("the damaged index is refused as INDEX_CORRUPT", refused?.["code"] === "INDEX_CORRUPT");
      await sendTelling(scene, 0);
      const sound = scene.seen.decisions.every(({ index }) => index.entries === scene.lists.leftOut.entries);
      scene.mustBe("the last good index goes on serving", sound);
      scene.replaceList(scene.lists.whole);
      scene.mended();
      await screener?.says("index swapped", { already: 1 });
      await scene.untilCaughtUp();
    },
  },
  {
    name: "syncer-disk-full",
    what: "list-sync runs where not a byte can be written to a file, and Redis has no memory left for 6 s; then the list changes",
    repeatsAllowed: false,
    async play(scene) {
      const [screener] = scene.screeners;
      scene.mustBe("a stopped list-sync ends with 0", (await scene.listSync.stop()) === 0);
      scene.struck();
      // Nobody asks where it serves, which it could not write down.
      const cramped = scene.startListSync({
        under: ["/bin/sh", "-c", 'ulimit -f 0; unset ADDRESSES_FILE; exec "$0" "$@"'],
      });
      await cramped.says("index confirmed");
      await scene.stack.redisCommand("CONFIG", "SET", "maxmemory", "1");
      scene.replaceList(scene.lists.shorter);
      await cramped.says("publish failed");
      await scene.pause(6);
      await scene.stack.redisCommand("CONFIG", "SET", "maxmemory", "0");
      scene.mended();
      await screener?.says("index swapped", { already: 1 });
      await scene.untilCaughtUp();
    },
  },
];
