import { createMemoryRegistry, type MemoryRegistry } from "@cordon/platform";
import { schemaText, subjectOf, topics } from "@cordon/schemas";
import { expect, test } from "vitest";

import { payments } from "../src/event-kinds.ts";
import { type BatchToRead, createEventReaders, type EventReaders } from "../src/event-readers.ts";
import { encodePayment, payment, paymentSchema, remittanceSchema } from "../src/testing/sample-events.ts";

interface Bench {
  readonly registry: MemoryRegistry;
  readonly readers: EventReaders;
  readonly paymentSchemaId: number;
}

async function createBench(): Promise<Bench> {
  const registry = createMemoryRegistry();
  const paymentSchemaId = await registry.register(`${topics.payments}-value`, paymentSchema);
  return { registry, paymentSchemaId, readers: createEventReaders(registry, new Map([[topics.payments, payments]])) };
}

function batchOf(topic: string, records: BatchToRead["records"]): BatchToRead {
  return { topic, records };
}

const patience = { signal: new AbortController().signal, onWait: () => {}, firstMs: 1 };

test("a schema id is looked up once, however many records and batches bear it", async () => {
  const { registry, readers, paymentSchemaId } = await createBench();
  const value = encodePayment(payment("a"), paymentSchemaId);
  const batch = batchOf(topics.payments, [{ value }, { value }]);
  await readers.forBatch(batch, patience);
  const read = await readers.forBatch(batch, patience);
  expect(read(value)?.eventId).toBe("a");
  expect(registry.lookups()).toBe(1);
});

test("an id that was unknown is asked for again: its schema may have come since", async () => {
  const { registry, readers, paymentSchemaId } = await createBench();
  const unknown = paymentSchemaId + 1;
  const value = encodePayment(payment("a"), unknown);
  const batch = batchOf(topics.payments, [{ value }]);
  expect((await readers.forBatch(batch, patience))(value)).toBeNull();
  await registry.register("later", anotherText());
  expect((await readers.forBatch(batch, patience))(value)?.eventId).toBe("a");
});

test("a schema that cannot be read as the topic's kind makes its records undecodable, without asking twice", async () => {
  const { registry, readers } = await createBench();
  const id = await registry.register("remittances", remittanceSchema);
  const value = encodePayment(payment("a"), id);
  const batch = batchOf(topics.payments, [{ value }]);
  expect((await readers.forBatch(batch, patience))(value)).toBeNull();
  expect((await readers.forBatch(batch, patience))(value)).toBeNull();
  expect(registry.lookups()).toBe(1);
});

test("values without a schema id cost no look-up", async () => {
  const { registry, readers } = await createBench();
  const junk = [Buffer.from("junk"), Buffer.from([0, 255, 255, 255, 255, 1]), Buffer.alloc(0), null];
  const read = await readers.forBatch(
    batchOf(
      topics.payments,
      junk.map((value) => ({ value })),
    ),
    patience,
  );
  expect(junk.map(read)).toEqual([null, null, null, null]);
  expect(registry.lookups()).toBe(0);
});

test("an event whose id cannot be a key is undecodable", async () => {
  const { readers, paymentSchemaId } = await createBench();
  const values = ["", "x".repeat(600)].map((id) => encodePayment(payment(id), paymentSchemaId));
  const read = await readers.forBatch(
    batchOf(
      topics.payments,
      values.map((value) => ({ value })),
    ),
    patience,
  );
  expect(values.map(read)).toEqual([null, null]);
});

test("a batch of a topic that holds no events is refused", async () => {
  const { registry } = await createBench();
  const readers = createEventReaders(registry, new Map([[topics.payments, payments]]));
  await expect(readers.forBatch(batchOf("other", []), patience)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
});

/** The same schema in another text, as a later version of it would be. */
function anotherText(): string {
  return `${schemaText(subjectOf(topics.payments))} `;
}
