import { readdirSync, readFileSync } from "node:fs";

import { schemaText, type Subject } from "@cordon/schemas";

/** As much of an Avro schema as the tests look at. */
export interface NamedSchema {
  readonly type: "record" | "enum";
  readonly name: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly symbols?: readonly string[];
  readonly default?: unknown;
  readonly fields?: readonly FieldSchema[];
}

export interface FieldSchema {
  readonly name: string;
  readonly doc?: string;
  readonly type: Schema;
  readonly default?: unknown;
}

export interface ArraySchema {
  readonly type: "array";
  readonly items: Schema;
}

export interface LogicalSchema {
  readonly type: "bytes" | "long";
  readonly logicalType: string;
  readonly precision?: number;
  readonly scale?: number;
}

export type Schema = string | readonly Schema[] | NamedSchema | ArraySchema | LogicalSchema;

export function parsed(subject: Subject): NamedSchema {
  return JSON.parse(schemaText(subject)) as NamedSchema;
}

export function isUnion(schema: Schema): schema is readonly Schema[] {
  return Array.isArray(schema);
}

export function isNamed(schema: Schema): schema is NamedSchema {
  return typeof schema === "object" && "name" in schema;
}

export function isArray(schema: Schema): schema is ArraySchema {
  return typeof schema === "object" && "items" in schema;
}

/** Every record and enum that a schema defines. */
export function namedIn(schema: Schema): readonly NamedSchema[] {
  if (isUnion(schema)) return schema.flatMap(namedIn);
  if (isArray(schema)) return namedIn(schema.items);
  if (!isNamed(schema)) return [];
  return [schema, ...(schema.fields ?? []).flatMap((field) => namedIn(field.type))];
}

/** The recorded versions of a subject's schema, oldest first. */
export function history(subject: Subject): readonly string[] {
  const folder = new URL(`../history/${subject}/`, import.meta.url);
  const versions = readdirSync(folder).map((name) => Number.parseInt(name, 10));
  return versions
    .toSorted((a, b) => a - b)
    .map((version) => readFileSync(new URL(`${String(version)}.avsc`, folder), "utf8"));
}
