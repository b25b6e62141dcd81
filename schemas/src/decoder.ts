import { CordonError } from "@cordon/errors";
import type { Type } from "avsc";

import { allowItems, boundedType } from "./bounded-types.ts";
import type { RecordOf } from "./generated/record-of.ts";
import { projectionOf, type ScreenedOf } from "./projections.ts";
import { schemaText } from "./schema-text.ts";
import type { Subject } from "./subjects.ts";
import { wireHeaderBytes } from "./wire.ts";

/** Reads records that were written with one schema. */
export interface Decoder<T> {
  /**
   * The record in a value in the wire format, whose schema id the caller has looked up already. The record keeps no
   * view of the value.
   * Throws RECORD_UNDECODABLE, and nothing else, when the bytes end early, go on after the record, are longer than
   * `maxBytes`, or are otherwise no record of that schema. The work is bounded by the length of the value.
   */
  decode(value: Buffer): T;
}

export interface DecoderOptions {
  /** Longest value that is read, header included. Default 1 MiB, as much as a Kafka broker takes unless told otherwise. */
  readonly maxBytes?: number;
}

/** Longest schema a producer may have registered: ours are a twentieth of it. */
const maxSchemaChars = 256 * 1024;

const readerTypes = new Map<string, Type>();

/** Reader types are built once: a resolver must be used with the very type it was made from. */
function readerType(key: string, schema: () => unknown): Type {
  let type = readerTypes.get(key);
  if (type === undefined) readerTypes.set(key, (type = boundedType(schema())));
  return type;
}

function currentSchema(subject: Subject): unknown {
  return JSON.parse(schemaText(subject));
}

/**
 * Reads whole records of a subject written with `writerSchema`, the text the registry has for a schema id. Build one
 * for each id and keep it: building costs as much as reading hundreds of records.
 * Throws RECORD_UNDECODABLE when the text is no Avro schema, or one that ours cannot read.
 */
export function createDecoder<S extends Subject>(
  subject: S,
  writerSchema: string,
  options: DecoderOptions = {},
): Decoder<RecordOf[S]> {
  const type = readerType(subject, () => currentSchema(subject));
  return build<RecordOf[S]>(type, writerSchema, options);
}

/** As `createDecoder`, but reads only what screening needs, several times faster. */
export function createScreeningDecoder<S extends keyof ScreenedOf>(
  subject: S,
  writerSchema: string,
  options: DecoderOptions = {},
): Decoder<ScreenedOf[S]> {
  const type = readerType(`${subject} for screening`, () => projectionOf(currentSchema(subject)));
  return build<ScreenedOf[S]>(type, writerSchema, options);
}

function build<T>(type: Type, writerSchema: string, { maxBytes = 1024 * 1024 }: DecoderOptions): Decoder<T> {
  const resolver = resolverFor(type, writerSchema);
  return {
    decode(value) {
      const length = value.length;
      if (length <= wireHeaderBytes || length > maxBytes) throw undecodable(`a value of ${String(length)} bytes`);
      allowItems(length);
      let end: number;
      let record: T;
      try {
        const result = type.decode(value, wireHeaderBytes, resolver);
        end = result.offset;
        record = result.value as T;
      } catch {
        // avsc's errors can quote what they read.
        throw undecodable("the bytes are no record of their schema");
      }
      if (end === length) return record;
      throw undecodable(end === -1 ? "the bytes end before the record does" : "bytes are left after the record");
    },
  };
}

function resolverFor(type: Type, writerSchema: string): ReturnType<Type["createResolver"]> {
  if (writerSchema.length > maxSchemaChars) throw undecodable("the writer's schema is too long");
  try {
    return type.createResolver(boundedType(JSON.parse(writerSchema)), { ignoreNamespaces: true });
  } catch {
    throw undecodable("the writer's schema is none that can be read as ours");
  }
}

function undecodable(reason: string): CordonError {
  return new CordonError("RECORD_UNDECODABLE", reason);
}
