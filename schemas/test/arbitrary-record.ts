import { decimalFromString, type RecordOf, type Subject } from "@cordon/schemas";
import fc from "fast-check";

import {
  isArray,
  isNamed,
  isUnion,
  type LogicalSchema,
  type NamedSchema,
  namedIn,
  parsed,
  type Schema,
} from "./schemas.ts";

/** Any record of a subject, its schema read as the rule book. */
export function arbitraryRecord<S extends Subject>(subject: S): fc.Arbitrary<RecordOf[S]> {
  const schema = parsed(subject);
  const named = new Map(namedIn(schema).map((type) => [type.name, type]));
  return arbitrary(schema, named) as fc.Arbitrary<RecordOf[S]>;
}

const amount = fc.bigInt(-(10n ** 18n) + 1n, 10n ** 18n - 1n).map((unscaled) => decimalFromString(plain(unscaled)));

function plain(unscaled: bigint): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(6, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -5)}.${digits.slice(-5)}`;
}

/** Well-formed text: half a surrogate pair has no UTF-8. */
const text = fc.string({ unit: "binary", maxLength: 80 }).map((any) => any.toWellFormed());

const primitives: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  null: fc.constant(null),
  string: text,
  int: fc.integer(),
  long: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  double: fc.double({ noNaN: true }),
  bytes: fc.uint8Array({ maxLength: 40 }),
};

function arbitrary(schema: Schema, named: ReadonlyMap<string, NamedSchema>): fc.Arbitrary<unknown> {
  if (typeof schema === "string") {
    const type = named.get(schema);
    return type === undefined ? (primitives[schema] ?? fail(schema)) : arbitrary(type, named);
  }
  if (isUnion(schema)) return fc.oneof(...schema.map((branch) => arbitrary(branch, named)));
  if (isArray(schema)) return fc.array(arbitrary(schema.items, named), { maxLength: 4 });
  if (!isNamed(schema)) return schema.logicalType === "decimal" ? amount : (primitives[schema.type] ?? fail(schema));
  if (schema.symbols !== undefined) return fc.constantFrom(...schema.symbols);
  return fc.record(Object.fromEntries((schema.fields ?? []).map((f) => [f.name, arbitrary(f.type, named)])));
}

function fail(schema: string | LogicalSchema): never {
  throw new Error(`no arbitrary for ${JSON.stringify(schema)}`);
}

/** One full payment, for tests that need just any. */
export function somePayment(change: Partial<RecordOf["payments.v1-value"]> = {}): RecordOf["payments.v1-value"] {
  const [payment] = fc.sample(arbitraryRecord("payments.v1-value"), { numRuns: 1, seed: 20 });
  if (payment === undefined) throw new Error("no sample");
  return { ...payment, ...change };
}
