import { createDecoder, createEncoder, createScreeningDecoder, frame, newParty, schemaText } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { somePayment } from "./arbitrary-record.ts";
import { thrownBy } from "./thrown-by.ts";

const subject = "payments.v1-value";
const current = schemaText(subject);
const encoder = createEncoder(subject);

const undecodable = expect.objectContaining({ code: "RECORD_UNDECODABLE" });

/** Avro's long: zigzag, seven bits a byte. */
function long(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

function text(value: string): Buffer {
  return Buffer.concat([long(Buffer.byteLength(value)), Buffer.from(value)]);
}

describe("the screening decoder", () => {
  const decoder = createScreeningDecoder(subject, current);

  test("reads everything of a payment but which message it came from", () => {
    const { source, ...screened } = somePayment();
    expect(screened.createdAt).toBeTypeOf("number");
    expect(decoder.decode(encoder.encode({ source, ...screened }, 1))).toEqual(screened);
  });

  test("reads everything of a remittance", () => {
    const party = { ...somePayment().parties[0], role: "SENDER", name: "Ann Bee", type: "PERSON" } as const;
    const screened = {
      eventId: "r-1",
      decideBy: 1_790_000_000_000,
      sendMoney: somePayment().money,
      payMoney: somePayment().money,
      fromCountry: "GB",
      toCountry: "AL",
      sender: { ...blank, ...party },
      beneficiary: { ...blank, ...party, role: "BENEFICIARY" },
      collectionAgent: null,
      payoutAgent: {
        role: "PAYOUT_AGENT",
        bic: null,
        lei: null,
        name: "Corner Shop",
        clearingId: null,
        address: null,
        account: null,
      },
      relationship: "aunt",
      purpose: null,
      message: ["hello"],
    } as const;
    const value = createEncoder("remittances.v1-value").encode({ ...screened, channel: "CASH", createdAt: 1 }, 1);
    const read = createScreeningDecoder("remittances.v1-value", schemaText("remittances.v1-value")).decode(value);
    expect(read).toEqual({ ...screened, channel: "CASH", createdAt: 1 });
  });

  test("keeps no view of the value, which belongs to a fetch response", () => {
    const value = Buffer.from(encoder.encode(somePayment(), 1));
    const read = decoder.decode(value);
    const before = structuredClone({ ...read.money });
    value.fill(0);
    expect({ ...read.money }).toEqual(before);
  });
});

const { role: _role, name: _name, type: _type, ...blank } = newParty("DEBTOR", "", "UNKNOWN");

describe("a writer whose schema is another version", () => {
  test("may have fields, arrays, maps and records that we do not know", () => {
    const writer = JSON.stringify({
      type: "record",
      name: "Payment",
      namespace: "cordon.v1",
      fields: [
        { name: "tags", type: { type: "map", values: "string" } },
        { name: "eventId", type: "string" },
        { name: "grid", type: { type: "array", items: { type: "array", items: ["null", "double"] } } },
        { name: "createdAt", type: "long" },
        {
          name: "money",
          type: { type: "record", name: "Money", fields: ["currency", "amount"].map(stringsAndBytes) },
        },
      ],
    });
    const body = Buffer.concat([
      Buffer.concat([long(-1), long(99), text("k"), text("v"), long(0)]), // a block that lies about its size
      text("e-1"),
      Buffer.concat([long(1), long(2), long(0), long(1), Buffer.alloc(8), long(0), long(0)]),
      long(5),
      Buffer.concat([text("GBP"), Buffer.from([2, 7])]),
    ]);
    const read = createScreeningDecoder(subject, writer).decode(frame(1, body));
    expect(read).toMatchObject({ eventId: "e-1", rail: "OTHER", parties: [], agents: [], money: { currency: "GBP" } });
    expect([...read.money.amount]).toEqual([7]);
  });

  test("may know a role that we do not: screening reads it as UNKNOWN, which is not OTHER", () => {
    const writer = current.replace('"DEBTOR",', '"DEBTOR", "GUARANTOR",');
    const read = createScreeningDecoder(subject, writer).decode(
      frame(
        1,
        Buffer.concat([
          text("e"),
          long(1),
          ...none(4),
          long(0),
          long(0),
          Buffer.from([2, 1]),
          text("GBP"),
          long(1),
          long(2),
          text("Ann"),
          long(1),
          ...none(3),
          long(0),
          ...none(1),
          long(0),
          ...none(2),
          long(0),
          long(0),
          long(0),
          long(0),
          long(0),
          long(0),
          long(0),
          long(0),
          long(0),
        ]),
      ),
    );
    expect(read.parties).toMatchObject([
      { role: "UNKNOWN", name: "Ann", type: "PERSON", account: null, identifiers: [] },
    ]);
  });

  test.each([
    ["no JSON", "record Payment {}"],
    ["no Avro", "{}"],
    ["of another record", schemaText("remittances.v1-value")],
    ["without a field we need", JSON.stringify({ type: "record", name: "Payment", fields: [] })],
    ["beyond all bounds", JSON.stringify({ type: "record", name: "Payment", doc: "x".repeat(300_000), fields: [] })],
  ])("and is %s makes its records undecodable", (_, writer) => {
    expect(() => createDecoder(subject, writer)).toThrow(undecodable);
    expect(() => createScreeningDecoder(subject, writer)).toThrow(undecodable);
  });
});

function stringsAndBytes(name: string): { readonly name: string; readonly type: string } {
  return { name, type: name === "amount" ? "bytes" : "string" };
}

/** A writer's schema of payments with these fields. */
function named(fields: readonly unknown[]): string {
  return JSON.stringify({ type: "record", name: "Payment", namespace: "cordon.v1", fields });
}

/** So many fields that are null. */
function none(count: number): readonly Buffer[] {
  return Array.from({ length: count }, () => long(0));
}

describe("bytes made to hurt are refused at once:", () => {
  const start = Buffer.concat([text("e"), long(1), ...none(4), long(0), long(0), Buffer.from([2, 1]), text("GBP")]);

  test.each([
    ["a thousand million parties", Buffer.concat([start, long(1e9)])],
    ["more parties than a number can count", Buffer.concat([start, long(Number.MAX_SAFE_INTEGER)])],
    ["a negative count of parties", Buffer.concat([start, long(-1e9), long(1)])],
    ["a block that says it goes backwards", Buffer.concat([start, long(-1), long(-20), text("x")])],
    ["a number that never ends", Buffer.concat([start, Buffer.alloc(5000, 0xff)])],
    ["a string of a number that never ends", Buffer.concat([Buffer.alloc(5000, 0xff), text("x")])],
    [
      "an amount of a length that is no number",
      Buffer.concat([text("e"), long(1), ...none(4), long(0), long(0), Buffer.alloc(5000, 0xff)]),
    ],
    ["a string of a negative length", Buffer.concat([long(-5), text("x")])],
    ["a string of a thousand million characters", Buffer.concat([long(1e9), text("x")])],
    ["a symbol that is none", Buffer.concat([text("e"), long(500)])],
    ["a branch that is none", Buffer.concat([text("e"), long(1), long(7)])],
  ])("%s", (_, body) => {
    const startedAt = performance.now();
    for (const decoder of [createDecoder(subject, current), createScreeningDecoder(subject, current)])
      expect(() => decoder.decode(frame(1, body))).toThrow(undecodable);
    expect(performance.now() - startedAt).toBeLessThan(500);
    // And nothing is left behind that spoils the next record.
    const payment = somePayment();
    expect({ ...createDecoder(subject, current).decode(encoder.encode(payment, 1)) }).toEqual(payment);
  });

  test("a value longer than the bound is not looked at", () => {
    const value = encoder.encode(somePayment(), 1);
    expect(() => createDecoder(subject, current, { maxBytes: value.length - 1 }).decode(value)).toThrow(undecodable);
    expect(createDecoder(subject, current, { maxBytes: value.length }).decode(value)).toBeDefined();
  });

  const needed = [
    { name: "eventId", type: "string" },
    { name: "createdAt", type: "long" },
    { name: "money", type: { type: "record", name: "Money", fields: ["amount", "currency"].map(stringsAndBytes) } },
  ];

  test.each([
    ["items that take no bytes", "extra", { type: "array", items: "null" }, long(1e9)],
    [
      "items that take no bytes, in blocks",
      "extra",
      { type: "array", items: "null" },
      Buffer.concat(Array.from({ length: 900 }, () => long(900))),
    ],
    [
      "records that take no bytes, read from their defaults",
      "agents",
      { type: "array", items: { type: "record", name: "Agent", fields: [] } },
      long(1e9),
    ],
    ["map entries without end", "extra", { type: "map", values: "null" }, long(1e9)],
    ["a map key of negative length", "extra", { type: "map", values: "null" }, Buffer.concat([long(1), long(-9)])],
    [
      "a record inside itself, ten thousand deep",
      "extra",
      { type: "record", name: "Deep", fields: [{ name: "next", type: ["null", "Deep"] }] },
      Buffer.alloc(100_000, 2),
    ],
  ])("a writer's %s", (_, name, type, body) => {
    const startedAt = performance.now();
    const decoder = createScreeningDecoder(subject, named([{ name, type }, ...needed]));
    expect(() => decoder.decode(frame(1, body))).toThrow(undecodable);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

test("no error quotes what a record holds", () => {
  const value = Buffer.concat([encoder.encode(somePayment({ eventId: "SECRET" }), 1), Buffer.from("SECRET")]);
  const error = thrownBy(() => createDecoder(subject, current).decode(value));
  expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain("SECRET");
});
