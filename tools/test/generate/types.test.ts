import { describe, expect, test } from "vitest";

import { generateTypes } from "../../generate/types.ts";

const unit = { type: "enum", name: "Unit", doc: "A unit.", symbols: ["OTHER", "KG"], default: "OTHER" };

const parcel = {
  type: "record",
  name: "ParcelSent",
  namespace: "shop.v1",
  doc: "A parcel on its way. Not a */ trap.",
  fields: [
    { name: "id", doc: "Its id.", type: "string" },
    { name: "at", doc: "When.", type: { type: "long", logicalType: "timestamp-millis" } },
    { name: "unit", doc: "Unit of the weight.", type: unit, default: "OTHER" },
    { name: "label", doc: "Label, scanned.", type: ["null", "bytes"], default: null },
    { name: "gaps", doc: "Gaps.", type: { type: "array", items: ["null", "int"] }, default: [] },
    {
      name: "parts",
      doc: "Parts.",
      type: {
        type: "array",
        items: { type: "record", name: "Part", doc: "A part.", fields: [{ name: "ok", doc: "Ok.", type: "boolean" }] },
      },
    },
  ],
};

const scale = {
  type: "record",
  name: "Scale",
  doc: "A scale.",
  fields: [
    { name: "unit", doc: "Its unit.", type: unit },
    { name: "other", doc: "Its other unit.", type: "shop.v1.Unit" },
  ],
};

function generate(schemas: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return generateTypes(new Map(Object.entries(schemas)));
}

/** Layout is the formatter's. */
function squeezed(text: string | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}

test("a schema becomes documented readonly types, what two schemas define comes once", () => {
  const files = generate({ "parcels.v1-value": parcel, "scales.v1-value": scale });
  const header = "// Made by `npm run generate` from schemas/avro. Do not edit.";
  expect(Object.fromEntries([...files].map(([name, text]) => [name, squeezed(text)]))).toEqual({
    "shared.ts": `${header} /** A unit. */ export type Unit = (typeof unitSymbols)[number]; export const unitSymbols = ["OTHER","KG"] as const;`,
    "parcel-sent.ts": squeezed(`${header}
      import type { Unit } from "./shared.ts";
      /** A part. */
      export interface Part {
        /** Ok. */
        readonly ok: boolean;
      }
      /** A parcel on its way. Not a * / trap. */
      export interface ParcelSent {
        /** Its id. */
        readonly id: string;
        /** When. */
        readonly at: number;
        /** Unit of the weight. */
        readonly unit: Unit;
        /** Label, scanned. */
        readonly label: Uint8Array | null;
        /** Gaps. */
        readonly gaps: readonly (number | null)[];
        /** Parts. */
        readonly parts: readonly Part[];
      }`),
    "scale.ts": squeezed(`${header}
      import type { Unit } from "./shared.ts";
      /** A scale. */
      export interface Scale {
        /** Its unit. */
        readonly unit: Unit;
        /** Its other unit. */
        readonly other: Unit;
      }`),
    "record-of.ts": squeezed(`${header}
      import type { ParcelSent } from "./parcel-sent.ts";
      import type { Scale } from "./scale.ts";
      /** The record that each subject holds. */
      export interface RecordOf {
        readonly "parcels.v1-value": ParcelSent;
        readonly "scales.v1-value": Scale;
      }`),
  });
});

describe("the generator refuses", () => {
  const withUnit = (other: object): Readonly<Record<string, unknown>> => ({
    a: parcel,
    b: { ...scale, fields: [{ name: "unit", doc: "Its unit.", type: { ...unit, ...other } }] },
  });

  test.each([
    ["two definitions with other symbols", withUnit({ symbols: ["OTHER"] }), "Unit differs between a and b"],
    ["two definitions with another default", withUnit({ default: "KG" }), "Unit differs between a and b"],
    ["two definitions with another doc", withUnit({ doc: "One unit." }), "Unit differs between a and b"],
    ["a record without a doc", { a: { ...scale, doc: " " } }, "Scale has no doc"],
    ["a field without a doc", { a: { ...scale, fields: [{ name: "x", type: "int" }] } }, "Scale.x has no doc"],
    [
      "a union of more than null and one other",
      { a: { ...scale, fields: [{ name: "x", doc: "X.", type: ["null", "int", "string"] }] } },
      "a union must be",
    ],
    [
      "a map",
      { a: { ...scale, fields: [{ name: "x", doc: "X.", type: { type: "map", values: "int" } }] } },
      "no TypeScript type",
    ],
    [
      "a type that is not defined",
      { a: { ...scale, fields: [{ name: "x", doc: "X.", type: "Nowhere" }] } },
      "Nowhere is used but never defined",
    ],
  ])("%s", (_, schemas, message) => {
    expect(() => generate(schemas)).toThrow(message);
  });
});
