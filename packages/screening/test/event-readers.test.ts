import { CordonError } from "@cordon/errors";
import { frame, schemaText, subjectOf, topics } from "@cordon/schemas";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";
import avro from "avsc";
import { describe, expect, test } from "vitest";

import { payments } from "../src/event-kinds.ts";
import {
  type BatchToRead,
  createEventReaders,
  type EventReaders,
  type EventReadersOptions,
  type UnreadFields,
} from "../src/event-readers.ts";
import { encodePayment, payment, paymentSchema, remittanceSchema } from "../src/testing/sample-events.ts";
import { type RecordToRead, valueSchemaHeader } from "../src/writer-of.ts";

interface Bench {
  readonly registry: MemoryRegistry;
  readonly readers: EventReaders;
  readonly paymentSchemaId: number;
}

async function createBench(): Promise<Bench> {
  const registry = createMemoryRegistry();
  const paymentSchemaId = await registry.register(`${topics.payments}-value`, paymentSchema);
  return { registry, paymentSchemaId, readers: readersOf(registry) };
}

const kinds = new Map([[topics.payments as string, payments]]);

function readersOf(registry: MemoryRegistry, more: Partial<EventReadersOptions> = {}): EventReaders {
  return createEventReaders({ registry, kinds, ignoredFields: new Set(), ...more });
}

/** A record with that value, and with headers of these names. */
function recordOf(value: Buffer | null, headers: Readonly<Record<string, Buffer>> = {}): RecordToRead {
  return { value, header: (name) => headers[name] };
}

function batchOf(topic: string, records: BatchToRead["records"]): BatchToRead {
  return { topic, records };
}

const patience = { signal: new AbortController().signal, onWait: () => {}, firstMs: 1 };

test("a schema id is looked up once, however many records and batches bear it", async () => {
  const { registry, readers, paymentSchemaId } = await createBench();
  const record = recordOf(encodePayment(payment("a"), paymentSchemaId));
  const batch = batchOf(topics.payments, [record, record]);
  await readers.forBatch(batch, patience);
  const read = await readers.forBatch(batch, patience);
  expect(read(record).event?.eventId).toBe("a");
  expect(read.partsReader(record)).not.toBeNull();
  expect(registry.lookups()).toBe(1);
});

test("an id that was unknown is asked for again: its schema may have come since", async () => {
  const { registry, readers, paymentSchemaId } = await createBench();
  const unknown = paymentSchemaId + 1;
  const record = recordOf(encodePayment(payment("a"), unknown));
  const batch = batchOf(topics.payments, [record]);
  const read = await readers.forBatch(batch, patience);
  expect(read(record)).toEqual({ event: null, why: "the registry has no schema of its id" });
  expect(read.partsReader(record)).toBeNull();
  await registry.register("later", anotherText());
  expect((await readers.forBatch(batch, patience))(record).event?.eventId).toBe("a");
});

test("a schema that cannot be read as the topic's kind makes its records undecodable, without asking twice", async () => {
  const { registry, readers } = await createBench();
  const id = await registry.register("remittances", remittanceSchema);
  const record = recordOf(encodePayment(payment("a"), id));
  const batch = batchOf(topics.payments, [record]);
  for (let time = 0; time < 2; time++) {
    const read = await readers.forBatch(batch, patience);
    expect(read(record)).toEqual({ event: null, why: "the writer's schema is none that can be read as ours" });
    expect(read.partsReader(record)).toBeNull();
  }
  expect(registry.lookups()).toBe(1);
});

test("values without a schema id cost no look-up, and it is told why they are no events", async () => {
  const { registry, readers } = await createBench();
  const junk = [Buffer.from("junk"), Buffer.from([0, 255, 255, 255, 255, 1]), Buffer.alloc(0), null].map((value) =>
    recordOf(value),
  );
  const read = await readers.forBatch(batchOf(topics.payments, junk), patience);
  expect(junk.map((record) => read(record).why)).toEqual([
    "the value does not begin with the byte 0 and a schema id, and no header has one",
    "what stands in the place of the schema id is none",
    "the value does not begin with the byte 0 and a schema id, and no header has one",
    "the record has no value",
  ]);
  expect(junk.map((record) => read.partsReader(record))).toEqual([null, null, null, null]);
  expect(registry.lookups()).toBe(0);
});

test("a record that goes on behind its end, or ends before it, is told as such", async () => {
  const { readers, paymentSchemaId } = await createBench();
  const value = encodePayment(payment("a"), paymentSchemaId);
  const records = [Buffer.concat([value, Buffer.of(1)]), value.subarray(0, -1)].map((bytes) => recordOf(bytes));
  const read = await readers.forBatch(batchOf(topics.payments, records), patience);
  expect(records.map((record) => read(record).why)).toEqual([
    "bytes are left after the record",
    "the bytes are no record of their schema",
  ]);
});

test("an event whose id cannot be a key is undecodable", async () => {
  const { readers, paymentSchemaId } = await createBench();
  const records = ["", "x".repeat(600)].map((id) => recordOf(encodePayment(payment(id), paymentSchemaId)));
  const read = await readers.forBatch(batchOf(topics.payments, records), patience);
  expect(records.map((record) => read(record).event)).toEqual([null, null]);
});

test("a batch of a topic that holds no events is refused", async () => {
  const { readers } = await createBench();
  await expect(readers.forBatch(batchOf("other", []), patience)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
});

/** Finds any schema, and tells how often it was asked and how many look-ups it had at once. */
function countingRegistry() {
  const told = { lookups: 0, atOnce: 0 };
  let now = 0;
  const schemaById = async (): Promise<string> => {
    told.lookups++;
    told.atOnce = Math.max(told.atOnce, ++now);
    await Promise.resolve();
    now--;
    return paymentSchema;
  };
  return { told, schemaById };
}

/** One record of each of so many schemas. */
function ofSchemas(count: number, from = 1): readonly RecordToRead[] {
  return Array.from({ length: count }, (_, at) => recordOf(encodePayment(payment("a"), from + at)));
}

describe("many schemas of one topic", () => {
  const ready = payments.readerFor(paymentSchema, new Set());
  test("are looked up eight at a time", async () => {
    const { told, ...registry } = countingRegistry();
    const readers = createEventReaders({ registry, kinds, ignoredFields: new Set() });
    await readers.forBatch(batchOf(topics.payments, ofSchemas(20)), patience);
    expect(told).toEqual({ lookups: 20, atOnce: 8 });
  });

  test("are remembered up to a thousand", async () => {
    const { told, ...registry } = countingRegistry();
    const quick = new Map([[topics.payments as string, { ...payments, readerFor: () => ready }]]);
    const readers = createEventReaders({ registry, kinds: quick, ignoredFields: new Set() });
    const all = ofSchemas(1000);
    await readers.forBatch(batchOf(topics.payments, all), patience);
    await readers.forBatch(batchOf(topics.payments, all), patience);
    expect(told.lookups).toBe(1000);
    await readers.forBatch(batchOf(topics.payments, ofSchemas(1, 1001)), patience);
    await readers.forBatch(batchOf(topics.payments, ofSchemas(2, 1000)), patience);
    expect(told.lookups).toBe(1002);
  });
});

test.each([new TypeError("broken"), new CordonError("CONFIG_INVALID", "broken")])(
  "a fault in reading that is not the record's goes on: $name",
  async (fault) => {
    const { registry, paymentSchemaId } = await createBench();
    const broken = {
      ...payments,
      readerFor: () => {
        throw fault;
      },
    };
    const readers = readersOf(registry, { kinds: new Map([[topics.payments as string, broken]]) });
    const batch = batchOf(topics.payments, [recordOf(encodePayment(payment("a"), paymentSchemaId))]);
    await expect(readers.forBatch(batch, patience)).rejects.toBe(fault);
  },
);

const idBytes = (id: number): Buffer => encodePayment(payment("a"), id).subarray(0, 5);

describe("an id in a header", () => {
  const guid = "0f8fad5b-d9cb-469f-a165-70867728950e";
  const bare = encodePayment(payment("a"), 1).subarray(5);

  test.each([
    ["a number", (id: number) => idBytes(id)],
    ["a GUID", () => Buffer.from(`01${guid.replaceAll("-", "")}`, "hex")],
  ])("says which schema a value without prefix was written with: %s", async (_, header) => {
    const { registry, readers, paymentSchemaId } = await createBench();
    registry.nameByGuid(guid, paymentSchema);
    const record = recordOf(bare, { [valueSchemaHeader]: header(paymentSchemaId) });
    const read = await readers.forBatch(batchOf(topics.payments, [record]), patience);
    expect(read(record).event?.eventId).toBe("a");
    // Its parts are found behind a prefix only.
    expect(read.partsReader(record)).toBeNull();
  });

  test("counts, also where the value begins as if it had a prefix", async () => {
    const { registry, readers, paymentSchemaId } = await createBench();
    registry.nameByGuid(guid, paymentSchema);
    const prefixed = recordOf(encodePayment(payment("a"), paymentSchemaId), {
      [valueSchemaHeader]: idBytes(paymentSchemaId),
    });
    const read = await readers.forBatch(batchOf(topics.payments, [prefixed]), patience);
    expect(read(prefixed).event).toBeNull();
    expect(read.partsReader(prefixed)).toBeNull();
  });

  test.each([
    Buffer.alloc(0),
    Buffer.of(0, 0, 0, 0, 0),
    Buffer.of(2, 0, 0, 0, 7),
    Buffer.alloc(17),
    Buffer.alloc(18, 1),
  ])("is told where it is none: %j", async (header) => {
    const { readers } = await createBench();
    const record = recordOf(bare, { [valueSchemaHeader]: header });
    const read = await readers.forBatch(batchOf(topics.payments, [record]), patience);
    expect(read(record).why).toBe("the header __value_schema_id is no schema id");
  });

  test("is nothing where there is no value", async () => {
    const { readers } = await createBench();
    const record = recordOf(null, { [valueSchemaHeader]: idBytes(1) });
    const read = await readers.forBatch(batchOf(topics.payments, [record]), patience);
    expect(read(record).why).toBe("the record has no value");
  });
});

describe("a producer's schema with another field or meaning", () => {
  type Changed = { readonly fields: { name: string; type: unknown; default?: unknown }[] };
  const ours = (): Changed => JSON.parse(schemaText(subjectOf(topics.payments))) as Changed;
  const written = (schema: Changed, more: object, id: number): Buffer => {
    const type = avro.Type.forSchema(schema as unknown as Parameters<typeof avro.Type.forSchema>[0]);
    const plain = payment("a");
    const money = { ...plain.money, amount: Buffer.from(plain.money.amount) };
    return frame(id, type.toBuffer({ ...plain, money, ...more }));
  };

  async function readWith(schema: Changed, more: object, ignoredFields: readonly string[] = []) {
    const { registry } = await createBench();
    const told: UnreadFields[] = [];
    const readers = readersOf(registry, {
      ignoredFields: new Set(ignoredFields),
      onUnread: (found) => told.push(found),
    });
    const id = await registry.register("theirs", JSON.stringify(schema));
    const record = recordOf(written(schema, more, id));
    const batch = batchOf(topics.payments, [record]);
    await readers.forBatch(batch, patience);
    const read = await readers.forBatch(batch, patience);
    return { result: read(record), parts: read.partsReader(record), told, id };
  }

  test("holds its events for a text that is not read, and tells of the schema once", async () => {
    const schema = ours();
    schema.fields.push({ name: "remittanceNote", type: ["null", "string"], default: null });
    const { result, parts, told, id } = await readWith(schema, { remittanceNote: "for Goran Jalal" });
    expect(result.event?.problems).toEqual(["FIELD_UNREAD"]);
    expect(parts).toBeNull();
    expect(told).toEqual([{ topic: topics.payments, schema: id, fields: ["remittanceNote"] }]);
  });

  test("does not, where the policy lets that text be", async () => {
    const schema = ours();
    schema.fields.push({ name: "remittanceNote", type: ["null", "string"], default: null });
    const { result, parts, told } = await readWith(schema, { remittanceNote: "x" }, ["remittanceNote"]);
    expect(result.event?.problems).toEqual([]);
    expect(parts).not.toBeNull();
    expect(told).toEqual([]);
  });

  test("makes its records undecodable where the same bytes mean something else", async () => {
    const schema = ours();
    schema.fields.find(({ name }) => name === "decideBy")!.type = [
      "null",
      { type: "long", logicalType: "timestamp-micros" },
    ];
    const { result, parts } = await readWith(schema, { decideBy: 1_790_000_000_000_000 });
    expect(result).toEqual({
      event: null,
      why: "the writer's schema gives decideBy another unit or scale than ours",
    });
    expect(parts).toBeNull();
  });
});

/** The same schema in another text, as a later version of it would be. */
function anotherText(): string {
  return `${schemaText(subjectOf(topics.payments))} `;
}
