import { CordonError } from "@cordon/errors";
import type { Type } from "avsc";

import { boundedType } from "./bounded-types.ts";
import type { RecordOf } from "./generated/record-of.ts";
import { schemaText } from "./schema-text.ts";
import type { Subject } from "./subjects.ts";
import { wireHeaderBytes, writeHeader } from "./wire.ts";

/** Writes records of one subject with its current schema. */
export interface Encoder<T> {
  /**
   * The record in the wire format. `schemaId` is the registry's id of `schemaText(subject)`. The result is never
   * written again; it is a view into a larger chunk, which it keeps alive.
   * Throws CONTRACT_VIOLATED, naming the first wrong field but not its content, when the value is no such record.
   */
  encode(value: T, schemaId: number): Buffer;
}

const chunkBytes = 64 * 1024;

/** Hot: one for each subject and process. Records are written one after another into chunks that are not reused. */
export function createEncoder<S extends Subject>(subject: S): Encoder<RecordOf[S]> {
  const type = boundedType(JSON.parse(schemaText(subject)));
  let chunk = Buffer.allocUnsafeSlow(chunkBytes);
  let used = 0;

  /** The position after the record, or minus the bytes that were missing. */
  const write = (value: RecordOf[S]): number => {
    try {
      return type.encode(value, chunk, used + wireHeaderBytes);
    } catch {
      // avsc's message quotes the value: names do not belong into errors.
      throw new CordonError("CONTRACT_VIOLATED", `a record of ${subject} does not fit its schema`, {
        details: { subject, field: wrongField(type, value) },
      });
    }
  };

  return {
    encode(value, schemaId) {
      let end = used + wireHeaderBytes > chunk.length ? used - chunk.length - wireHeaderBytes : write(value);
      while (end < 0) {
        chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, chunk.length - used - end + wireHeaderBytes));
        used = 0;
        end = write(value);
      }
      writeHeader(chunk, used, schemaId);
      const framed = chunk.subarray(used, end);
      used = end;
      return framed;
    },
  };
}

function wrongField(type: Type, value: unknown): string {
  let path = "";
  type.isValid(value, {
    errorHook: (at) => {
      path ||= at.join(".");
    },
  });
  return path;
}
