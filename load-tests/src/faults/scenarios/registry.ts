import type { OutRecord } from "@cordon/kafka";
import { createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import type { Expected } from "@cordon/simulator";

import { innocentPayments } from "../innocent-payments.ts";
import type { Fault, Scene } from "../scene.ts";

const subject = subjectOf(topics.payments);

/** The schema of payments with a number more, as a producer of a newer version would write it: a text that we do not read would be held. */
const newerSchema = JSON.stringify(
  ((schema: { readonly fields: readonly unknown[] }) => ({
    ...schema,
    fields: [...schema.fields, { name: "attempt", type: ["null", "long"], default: null }],
  }))(JSON.parse(schemaText(subject)) as { readonly fields: readonly unknown[] }),
);

/** Payments of that schema, whose id no screener has met. */
async function newerPayments({ registry, prefix }: Scene, count: number): Promise<readonly OutRecord[]> {
  const id = await registry.register(`${prefix}newer-value`, newerSchema);
  const encoder = createEncoder(subject);
  return innocentPayments(count, `${prefix}newer`).map((payment) => ({
    topic: prefix + topics.payments,
    key: Buffer.from(payment.eventId),
    // A null of the field more.
    value: Buffer.concat([encoder.encode(payment, id), Buffer.from([0])]),
  }));
}

/** Faults of the schema registry. */
export const registryFaults: readonly Fault[] = [
  {
    name: "registry-down-before",
    what: "the registry cannot be reached when the screener starts, nor for 8 s after",
    repeatsAllowed: false,
    withoutScreener: true,
    async play(scene) {
      await scene.stack.registryLink.set({ kind: "refused" });
      scene.startScreener();
      scene.struck();
      await scene.pause(8);
      scene.mustBe("nothing is decided before the schemas are known", scene.seen.decisions.length === 0);
      await scene.stack.registryLink.set({ kind: "open" });
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
  {
    name: "registry-down-during",
    what: "the registry cannot be reached for 12 s; meanwhile come events of a schema that no screener knows",
    repeatsAllowed: false,
    async play(scene) {
      const records = await newerPayments(scene, 30);
      const expected = new Map(records.map(({ key }): [string, Expected] => [String(key), { outcome: "CLEAR" }]));
      const newer = (): number => scene.seen.decisions.filter(({ eventId }) => expected.has(eventId)).length;
      scene.struck();
      await scene.stack.registryLink.set({ kind: "refused" });
      await scene.untilDecided(1000);
      await scene.load.send(records, expected);
      await scene.pause(8);
      scene.mustBe("an event whose schema cannot be had is neither decided nor set aside", newer() === 0);
      await scene.stack.registryLink.set({ kind: "open" });
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
  {
    name: "registry-silent",
    what: "the registry takes connections and answers nothing for 12 s; meanwhile come events of an unknown schema",
    repeatsAllowed: false,
    async play(scene) {
      const records = await newerPayments(scene, 30);
      const expected = new Map(records.map(({ key }): [string, Expected] => [String(key), { outcome: "CLEAR" }]));
      scene.struck();
      await scene.stack.registryLink.set({ kind: "silent" });
      await scene.load.send(records, expected);
      await scene.pause(12);
      await scene.stack.registryLink.set({ kind: "open" });
      scene.mended();
      await scene.untilCaughtUp();
    },
  },
];
