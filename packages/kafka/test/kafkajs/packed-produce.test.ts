import { expect, test } from "vitest";

import { type PackedBatch, producePacked, type ProducingBroker } from "../../src/kafkajs/packed-produce.ts";

/** What the broker was asked to write, as kafkajs hands it to the wire. */
async function sent(request: object): Promise<Buffer> {
  let bytes: Promise<unknown> = Promise.resolve(null);
  const broker: ProducingBroker = {
    lookupRequest: () => () => ({
      request: { apiVersion: 7, encode: () => Promise.reject(new Error("kafkajs encodes this itself")) },
      response: null,
    }),
    produce: producePacked(function produce(this: ProducingBroker, asked) {
      bytes = this.lookupRequest(0, {})(asked).request.encode();
      return bytes;
    }),
  };
  await broker.produce(request as Parameters<ProducingBroker["produce"]>[0]);
  return ((await bytes) as { readonly buffer: Buffer }).buffer;
}

const stamped: PackedBatch = {
  packed: true,
  partition: 2,
  value: Buffer.alloc(0),
  writtenBy: ({ id, epoch }) => Buffer.from(`<${String(id)}/${String(epoch)}>`),
};
const plain: PackedBatch = { packed: true, partition: 2, value: Buffer.from("<plain>") };
const asked = (batch: PackedBatch, more: object) => ({
  acks: -1,
  timeout: 1000,
  topicData: [{ topic: "results", partitions: [{ partition: 2, messages: [batch] }] }],
  ...more,
});
const transaction = { transactionalId: "group:topic:0", producerId: "9007199254740993", producerEpoch: 12 };

test("a batch of a transaction is written by the producer that kafkajs took over with, its id to the last digit", async () => {
  const bytes = (await sent(asked(stamped, transaction))).toString("latin1");
  expect(bytes).toContain("group:topic:0");
  expect(bytes).toContain("<9007199254740993/12>");
});

test("outside of a transaction the request names none, and the batch is as it was made", async () => {
  const bytes = await sent(asked(plain, {}));
  expect(bytes.readInt16BE(0)).toBe(-1);
  expect(bytes.toString("latin1")).toContain("<plain>");
});

test("no batch without numbers goes into a transaction, and none with numbers goes outside of one", async () => {
  await expect(sent(asked(plain, transaction))).rejects.toThrow("belongs to a transaction");
  await expect(sent(asked(stamped, {}))).rejects.toThrow("belongs to a transaction");
});
