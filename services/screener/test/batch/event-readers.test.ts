import { schemaText, subjectOf, topics } from "@cordon/schemas";
import { expect, test } from "vitest";

import { payments } from "../../src/batch/event-kinds.ts";
import { createEventReaders } from "../../src/batch/event-readers.ts";
import { batchOf, createBench } from "../support/bench.ts";
import { encodePayment, payment, remittanceSchema } from "../support/events.ts";

const patience = { signal: new AbortController().signal, onWait: () => {}, firstMs: 1 };

test("a schema id is looked up once, however many records and batches bear it", async () => {
  const { registry, deps, paymentSchemaId } = await createBench();
  const value = encodePayment(payment("a"), paymentSchemaId);
  const batch = batchOf(topics.payments, [{ value }, { value }]);
  await deps.readers.forBatch(batch, patience);
  const read = await deps.readers.forBatch(batch, patience);
  expect(read(value)?.eventId).toBe("a");
  expect(registry.lookups()).toBe(1);
});

test("an id that was unknown is asked for again: its schema may have come since", async () => {
  const { registry, deps, paymentSchemaId } = await createBench();
  const unknown = paymentSchemaId + 1;
  const value = encodePayment(payment("a"), unknown);
  const batch = batchOf(topics.payments, [{ value }]);
  expect((await deps.readers.forBatch(batch, patience))(value)).toBeNull();
  await registry.register("later", anotherText());
  expect((await deps.readers.forBatch(batch, patience))(value)?.eventId).toBe("a");
});

test("a schema that cannot be read as the topic's kind makes its records undecodable, without asking twice", async () => {
  const { registry, deps } = await createBench();
  const id = await registry.register("remittances", remittanceSchema);
  const value = encodePayment(payment("a"), id);
  const batch = batchOf(topics.payments, [{ value }]);
  expect((await deps.readers.forBatch(batch, patience))(value)).toBeNull();
  expect((await deps.readers.forBatch(batch, patience))(value)).toBeNull();
  expect(registry.lookups()).toBe(1);
});

test("values without a schema id cost no look-up", async () => {
  const { registry, deps } = await createBench();
  const junk = [Buffer.from("junk"), Buffer.from([0, 255, 255, 255, 255, 1]), Buffer.alloc(0), null];
  const read = await deps.readers.forBatch(
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
  const { deps, paymentSchemaId } = await createBench();
  const values = ["", "x".repeat(600)].map((id) => encodePayment(payment(id), paymentSchemaId));
  const read = await deps.readers.forBatch(
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
  const readers = createEventReaders(registry, new Map([[topics.payments as string, payments]]));
  await expect(readers.forBatch(batchOf("other", []), patience)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
});

/** The same schema in another text, as a later version of it would be. */
function anotherText(): string {
  return `${schemaText(subjectOf(topics.payments))} `;
}
