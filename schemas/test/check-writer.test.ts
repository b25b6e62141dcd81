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

const amount = (scale: number) => ({
  type: "record",
  name: "Money",
  fields: [
    { name: "amount", type: { type: "bytes", logicalType: "decimal", precision: 20, scale } },
    { name: "currency", type: "string" },
  ],
});

describe("a producer's schema", () => {
  test("that is ours says nothing else", () => {
    expect(checkWriter("payments.v1-value", schemaText("payments.v1-value"))).toEqual(nothing);
    expect(checkWriter("remittances.v1-value", schemaText("remittances.v1-value"))).toEqual(nothing);
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
  });

  test("that says no unit is taken to mean ours", () => {
    expect(check((payment) => typeOf(payment, "decideBy", ["null", "long"]))).toEqual(nothing);
  });
});
