import { describe, expect, test } from "vitest";

import { checkWriter } from "../src/check-writer.ts";
import { schemaText } from "../src/schema-text.ts";

type Field = { name: string; type: unknown };
interface RecordSchema {
  readonly fields: Field[];
}

const nothing = { unreadTexts: [], otherMeanings: [] };

/** Our schema of payments, changed. */
function changed(change: (payment: RecordSchema, party: RecordSchema) => void): string {
  const payment = JSON.parse(schemaText("payments.v1-value")) as RecordSchema;
  const parties = payment.fields.find(({ name }) => name === "parties")!.type as { items: RecordSchema };
  change(payment, parties.items);
  return JSON.stringify(payment);
}

const check = (change: (payment: RecordSchema, party: RecordSchema) => void) =>
  checkWriter("payments.v1-value", changed(change));
const typeOf = (record: RecordSchema, field: string, type: unknown): void => {
  record.fields.find(({ name }) => name === field)!.type = type;
};

const note = { name: "note", type: "string" };

const amount = (scale?: number) => ({
  type: "record",
  name: "Money",
  fields: [
    { name: "amount", type: { type: "bytes", logicalType: "decimal", precision: 20, scale } },
    { name: "currency", type: "string" },
  ],
});

function text(name: string, more: object = {}): object {
  return { type: "record", name, fields: [note], ...more };
}

function inner(type: unknown): readonly Field[] {
  return [{ name: "inner", type }];
}

/** Which of two fields hold a text that is not read: one that defines a type, and one that names it. */
function unreadOf(type: unknown, name: string): readonly string[] {
  return check(({ fields }) => {
    fields.push({ name: "one", type }, { name: "other", type: ["null", name] });
  }).unreadTexts;
}

describe("a producer's schema", () => {
  test("that is ours says nothing else", () => {
    expect(checkWriter("payments.v1-value", schemaText("payments.v1-value"))).toEqual(nothing);
    expect(checkWriter("remittances.v1-value", schemaText("remittances.v1-value"))).toEqual(nothing);
  });

  test.each(["payments.v1-value", "remittances.v1-value"] as const)(
    "is compared with one of ours in which there are no maps and no aliases: %s",
    (subject) => {
      expect(schemaText(subject)).not.toMatch(/"map"|"aliases"/);
    },
  );

  test("that is no record has no fields to compare", () => {
    for (const schema of ["null", '"string"', "[]"]) expect(checkWriter("payments.v1-value", schema)).toEqual(nothing);
  });

  test.each([
    ["a string", "string"],
    ["a string or nothing", ["null", "string"]],
    ["lines", { type: "array", items: "string" }],
    ["a map", { type: "map", values: "long" }],
    ["bytes", "bytes"],
    ["a record with a string", { type: "record", name: "More", fields: [{ name: "note", type: ["null", "string"] }] }],
    ["a type of ours that holds strings", ["null", "Money"]],
    ["the same by its full name", ["null", "cordon.v1.Money"]],
    ["a string that is said to be a UUID", { type: "string", logicalType: "uuid" }],
    ["bytes of one length", { type: "fixed", name: "Mark", size: 4 }],
    ["bytes written as an object", { type: "bytes" }],
    ["records of strings", { type: "array", items: { type: "record", name: "More", fields: [note] } }],
    ["what is called an error", { type: "error", name: "Oops", fields: [note] }],
    ["a type within a type", { type: { type: "array", items: "string" } }],
    ["a union within a type", { type: ["null", "string"] }],
    ["a string behind a number", { type: "record", name: "More", fields: [{ name: "count", type: "int" }, note] }],
    ["one of several things", ["null", "long", { type: "record", name: "More", fields: [note] }]],
  ])("may hold a text that ours does not read: %s", (_, type) => {
    expect(check(({ fields }) => fields.push({ name: "extra", type }))).toEqual({
      ...nothing,
      unreadTexts: ["extra"],
    });
  });

  test.each([
    ["a number", "long"],
    ["a truth value or nothing", ["null", "boolean"]],
    ["a decimal", { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 }],
    ["one of its own symbols", { type: "enum", name: "Colour", symbols: ["RED"] }],
    ["symbols of ours", ["null", "PartyRole"]],
    ["a time", { type: "fixed", name: "Span", size: 12, logicalType: "duration" }],
    ["nothing", "null"],
    ["numbers", { type: "array", items: "long" }],
    ["a record without fields", { type: "record", name: "More", fields: [] }],
    ["a record of itself", { type: "record", name: "Chain", fields: [{ name: "next", type: ["null", "Chain"] }] }],
    ["a record of numbers", { type: "record", name: "More", fields: [{ name: "count", type: "int" }] }],
  ])("may have a field more that holds no text: %s", (_, type) => {
    expect(check(({ fields }) => fields.push({ name: "extra", type }))).toEqual(nothing);
  });

  test("is looked at in every record, and a field that was renamed is one that ours does not read", () => {
    const found = check((payment, party) => {
      party.fields.push({ name: "alias", type: "string" });
      payment.fields.find(({ name }) => name === "remittanceInformation")!.name = "remittanceInfo";
    });
    expect(found).toEqual({ ...nothing, unreadTexts: ["parties.alias", "remittanceInfo"] });
  });

  test("is looked at to its end where a type holds itself", () => {
    const fields = [
      { name: "note", type: "string" },
      { name: "next", type: ["null", "Chain"] },
    ];
    const found = check((payment) =>
      payment.fields.push({ name: "chain", type: { type: "record", name: "Chain", fields } }),
    );
    expect(found.unreadTexts).toEqual(["chain"]);
  });

  test.each([
    ["microseconds", "decideBy", ["null", { type: "long", logicalType: "timestamp-micros" }]],
    ["days", "createdAt", { type: "long", logicalType: "local-timestamp-millis" }],
  ])("may mean another time by the same bytes: %s", (_, field, type) => {
    expect(check((payment) => typeOf(payment, field, type))).toEqual({ ...nothing, otherMeanings: [field] });
  });

  test("may mean another amount by the same bytes", () => {
    expect(check((payment) => typeOf(payment, "money", amount(2)))).toEqual({
      ...nothing,
      otherMeanings: ["money.amount"],
    });
    expect(check((payment) => typeOf(payment, "money", amount(5)))).toEqual(nothing);
    // Without a scale it is whole numbers.
    expect(check((payment) => typeOf(payment, "money", amount())).otherMeanings).toEqual(["money.amount"]);
  });

  test("may name a type by its full name, wherever it was defined", () => {
    const both = ["one", "other"];
    expect(unreadOf(text("far.Note"), "far.Note")).toEqual(both);
    expect(unreadOf(text("Note", { namespace: "far" }), "far.Note")).toEqual(both);
    expect(unreadOf(text("Note"), "cordon.v1.Note")).toEqual(both);
    expect(unreadOf(text("far.Outer", { fields: inner(text("Note")) }), "far.Note")).toEqual(both);
    expect(unreadOf(text("Outer", { namespace: "far", fields: inner(text("Note")) }), "far.Note")).toEqual(both);
    expect(unreadOf(text("far.Note", { namespace: "near" }), "far.Note")).toEqual(both);
    expect(unreadOf({ type: "array", items: text("far.Note") }, "far.Note")).toEqual(both);
    expect(unreadOf({ type: "map", values: text("far.Note") }, "far.Note")).toEqual(both);
    expect(unreadOf(["null", text("far.Note")], "far.Note")).toEqual(both);
    expect(unreadOf(text("far.Note"), "Note")).toEqual(both);
    // Without a definition nobody can tell what it is.
    expect(unreadOf(text("far.Note"), "near.Note")).toEqual(["one"]);
  });

  test("that says no unit is taken to mean ours", () => {
    expect(check((payment) => typeOf(payment, "decideBy", ["null", "long"]))).toEqual(nothing);
    expect(check((payment) => typeOf(payment, "decideBy", ["null", { type: "long" }]))).toEqual(nothing);
    const identifier = { type: "string", logicalType: "uuid" };
    expect(check((payment) => typeOf(payment, "eventId", identifier))).toEqual(nothing);
  });
});
