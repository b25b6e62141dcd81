import { schemaText, whyUnreadable } from "@cordon/schemas";
import { describe, expect, test } from "vitest";

import { type FieldSchema, type NamedSchema, namedIn, parsed } from "./schemas.ts";

const written = schemaText("payments.v1-value");

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The schema of payments with one of its types changed. */
function withType(name: string, change: (type: Writable<NamedSchema>) => void): string {
  const schema = parsed("payments.v1-value");
  const type = namedIn(schema).find((one) => one.name === name);
  if (type === undefined) throw new Error(`no ${name}`);
  change(type);
  return JSON.stringify(schema);
}

/** The schema of payments with the fields of the payment itself changed. */
function withFields(change: (fields: readonly FieldSchema[]) => readonly FieldSchema[]): string {
  return withType("Payment", (payment) => {
    payment.fields = change(payment.fields ?? []);
  });
}

const branch: FieldSchema = { name: "branch", type: "string" };

describe("the check refuses a change after which old records cannot be read:", () => {
  test.each([
    ["a new field without a default", withFields((fields) => [...fields, branch])],
    [
      "a field of another type",
      withFields((fields) => fields.map((field) => (field.name === "eventId" ? { ...field, type: "long" } : field))),
    ],
    [
      "a field that may be null no more",
      withFields((fields) => fields.map((f) => (f.name === "purpose" ? { name: f.name, type: "string" } : f))),
    ],
    [
      "a record of another name",
      withType("Address", (address) => {
        address.name = "Place";
      }).replaceAll('"Address"', '"Place"'),
    ],
    [
      "a symbol less in an enum without a default",
      withType("AccountKind", (kind) => {
        kind.symbols = ["OTHER"];
        delete kind.default;
      }),
    ],
  ])("%s", (_, reader) => {
    expect(whyUnreadable(reader, written)).toEqual(expect.any(String));
  });
});

describe("the check allows", () => {
  test.each([
    ["a new field with a default", withFields((fields) => [...fields, { ...branch, default: "" }])],
    ["a field dropped", withFields((fields) => fields.filter((field) => field.name !== "purpose"))],
    [
      "a new symbol",
      withType("AccountKind", (kind) => {
        kind.symbols = ["OTHER", "IBAN", "BBAN"];
      }),
    ],
    [
      "a symbol less in an enum with a default",
      withType("AccountKind", (kind) => {
        kind.symbols = ["OTHER"];
      }),
    ],
    [
      "another doc",
      withType("Payment", (payment) => {
        payment.doc = "A payment.";
      }),
    ],
  ])("%s", (_, reader) => {
    expect(whyUnreadable(reader, written)).toBeNull();
  });
});
