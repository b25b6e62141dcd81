import type { ConsumedRecord } from "@cordon/kafka";
import { frame, schemaIdOf } from "@cordon/schemas";
import type { SchemaId } from "@cordon/service";

/** What is needed of a record to read it. */
export type RecordToRead = Pick<ConsumedRecord, "value" | "header">;

/** Which schema a record was written with, and its value with a prefix, as readers want it; or why nobody can tell. */
export type Writer = { readonly id: SchemaId; readonly value: Buffer } | { readonly id: null; readonly why: string };

/** Where Confluent's serialisers put the schema's id if they put it into a header: a 0 and the id, or a 1 and the GUID. The value then has no prefix. */
export const valueSchemaHeader = "__value_schema_id";

/** By its header. Null where it has none: then the id stands in front of the value. */
export function writerInHeader(record: RecordToRead): Writer | null {
  const told = record.header(valueSchemaHeader);
  if (told === undefined) return null;
  const { value } = record;
  if (value === null) return { id: null, why: NO_VALUE };
  const id = idInHeader(told);
  return id === null
    ? { id: null, why: `the header ${valueSchemaHeader} is no schema id` }
    : { id, value: frame(0, value) };
}

/** By what stands in front of the value. */
export function writerInFront({ value }: RecordToRead): Writer {
  if (value === null) return { id: null, why: NO_VALUE };
  const id = schemaIdOf(value);
  if (id !== null) return { id, value };
  const why =
    value[0] !== 0
      ? "the value does not begin with the byte 0 and a schema id, and no header has one"
      : "what stands in the place of the schema id is none";
  return { id: null, why };
}

const NO_VALUE = "the record has no value";
const ID_BYTES = 5;
const GUID_BYTES = 17;

function idInHeader(told: Buffer): SchemaId | null {
  if (told.length === ID_BYTES) return schemaIdOf(told);
  if (told.length !== GUID_BYTES || told[0] !== 1) return null;
  const hex = told.toString("hex", 1);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
