import { createHash } from "node:crypto";

import type { OutRecord } from "@cordon/kafka";
import { createEncoder, frame, schemaText, subjectOf, topics } from "@cordon/schemas";
import type { Expected } from "@cordon/simulator";

import { innocentPayments } from "../innocent-payments.ts";
import { hashOf } from "../observer.ts";
import type { Fault, Scene } from "../scene.ts";

const subject = subjectOf(topics.payments);
const deepLevels = 400_000;
const tenMegabytes = 10 * 1024 * 1024;

/** The schema of payments with a chain in it that may be of any depth. */
function deepSchema(): string {
  const schema = JSON.parse(schemaText(subject)) as { readonly fields: readonly unknown[] };
  const link = { type: "record", name: "Link", fields: [{ name: "next", type: ["null", "Link"] }] };
  return JSON.stringify({ ...schema, fields: [...schema.fields, { name: "chain", type: link }] });
}

/** The ten kinds, each with its key and its value. */
async function poisons({ registry, prefix }: Scene, round: string): Promise<readonly OutRecord[]> {
  const id = await registry.register(prefix + subject, schemaText(subject));
  const deepId = await registry.register(`${prefix}deep-value`, deepSchema());
  const [payment] = innocentPayments(1, `${prefix}poison-${round}`);
  if (payment === undefined) throw new Error("no payment to poison");
  const sound = createEncoder(subject).encode(payment, id);
  const body = sound.subarray(5);
  const noise = createHash("sha512").update(round).digest();
  const values: Readonly<Record<string, Buffer | null>> = {
    "not-avro": frame(id, noise),
    "wrong-magic": Buffer.concat([Buffer.from([7]), sound.subarray(1)]),
    "unknown-id": frame(2_000_000_000, body),
    truncated: sound.subarray(0, sound.length - 9),
    trailing: Buffer.concat([sound, Buffer.from([0])]),
    "ten-megabytes": Buffer.concat([sound, Buffer.alloc(tenMegabytes, noise)]),
    deep: frame(deepId, Buffer.concat([body, Buffer.alloc(deepLevels, 2), Buffer.from([0])])),
    empty: Buffer.alloc(0),
    tombstone: null,
  };
  const topic = prefix + topics.payments;
  const keyed = Object.entries(values).map(([kind, value]): OutRecord => ({
    topic,
    key: Buffer.from(`${prefix}${round}-${kind}`),
    value,
  }));
  return [...keyed, { topic, key: null, value: null }];
}

const held: Expected = { outcome: "HOLD", holdReason: "RECORD_UNDECODABLE" };

function expectedOf(records: readonly OutRecord[]): ReadonlyMap<string, Expected> {
  return new Map(records.flatMap(({ key }) => (key === null ? [] : [[key.toString(), held] as const])));
}

async function untilDead(scene: Scene, count: number): Promise<void> {
  for (let waited = 0; scene.seen.deadLetters.length < count && waited < 60; waited += 0.1) await scene.pause(0.1);
  scene.mustBe(`${String(count)} dead letters`, scene.seen.deadLetters.length === count);
}

/** Whether each poisoned record lies in the dead letters as it was, byte for byte. */
function sameBytes({ seen }: Scene, records: readonly OutRecord[]): boolean {
  const sent = records.map(({ value }) => hashOf(value)).toSorted();
  return JSON.stringify(seen.deadLetters.map(({ valueHash }) => valueHash).toSorted()) === JSON.stringify(sent);
}

/** Records that can never be read. */
export const poisonFaults: readonly Fault[] = [
  {
    name: "poison",
    what: "ten kinds of poison (not Avro, wrong magic, unknown id, truncated, trailing bytes, 10 MB, 400,000 levels deep, empty, null, tombstone), each alone, then all in the middle of a backlog",
    repeatsAllowed: false,
    maxMessageBytes: 16 * 1024 * 1024,
    async play(scene) {
      const alone = await poisons(scene, "alone");
      scene.load.steady(0);
      await scene.untilCaughtUp();
      scene.struck();
      for (const [at, record] of alone.entries()) {
        await scene.load.send([record], expectedOf([record]));
        await untilDead(scene, at + 1);
      }
      const [screener] = scene.screeners;
      await screener?.stop();
      const within = await poisons(scene, "within");
      await scene.load.burst(1500);
      await scene.load.send(within, expectedOf(within));
      await scene.load.burst(1500);
      scene.startScreener();
      scene.mended();
      await untilDead(scene, alone.length + within.length);
      scene.mustBe("dead letters have the bytes of the records", sameBytes(scene, [...alone, ...within]));
      await scene.untilCaughtUp();
      scene.note(`${String(scene.seen.deadLetters.length)} dead letters, byte for byte`);
    },
  },
];
