import { createEncoder } from "@cordon/schemas";

import { converter, type ConvertOptions, convertMessage, surveyor } from "../convert.ts";
import type { Converted, ConvertedField } from "../converted.ts";
import { bytesDecoder } from "../text/decode-bytes.ts";

const payments = createEncoder("payments.v1-value");
const remittances = createEncoder("remittances.v1-value");

/**
 * What is wrong with how any bytes are converted; null: nothing. They become events that their schema takes, each with texts that stand in the
 * message where they are told, or errors; the same whether they come as a whole or in pieces of `size`.
 */
export function faultIn(bytes: Uint8Array, size: number, options: ConvertOptions): string | null {
  const made = convertMessage(bytes, options);
  if (made.length === 0) return "nothing became of it";
  const text = decoded(bytes);
  const pieces = inPieces(bytes, size, options);
  if (text === null)
    return [made, pieces].every((some) => some.some(({ kind }) => kind === "error"))
      ? null
      : "lost characters unnoticed";
  if (told(pieces) !== told(made)) return `in pieces of ${String(size)} it becomes something else`;
  for (const one of made) {
    const fault = faultOf(one, text);
    if (fault !== null) return fault;
  }
  return null;
}

function inPieces(bytes: Uint8Array, size: number, options: ConvertOptions): readonly Converted[] {
  const first = surveyor(options);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  for (const piece of pieces) first.push(piece);
  const second = converter(first.end(), options);
  return [...pieces.flatMap((piece) => second.push(piece)), ...second.end()];
}

/** Without the offset of what is no XML: the parser tells it of the piece in which it saw it. */
function told(made: readonly Converted[]): string {
  return JSON.stringify(made.map((one) => (one.kind === "error" ? { code: one.code } : one)));
}

/** Null where the bytes are not of their encoding: how much is read before the fault depends on the pieces. */
function decoded(bytes: Uint8Array): string | null {
  try {
    const decoder = bytesDecoder();
    return decoder.decode(bytes) + decoder.finish();
  } catch {
    return null;
  }
}

function faultOf(one: Converted, text: string): string | null {
  if (one.kind === "error") return /^[A-Z_]+$/.test(one.code) ? null : "an error without a code";
  try {
    if (one.kind === "payment") payments.encode(one.event, 1);
    else remittances.encode(one.event, 1);
  } catch (error) {
    return `an event that is no record: ${error instanceof Error ? error.message : ""}`;
  }
  for (const field of one.fields) {
    const fault = fieldFault(field, text);
    if (fault !== null) return `${field.path} (${field.eventPath}): ${fault}`;
  }
  return null;
}

function fieldFault({ text: said, start, end, pieces }: ConvertedField, text: string): string | null {
  if (said === "") return "an empty text";
  if (!(start >= 0 && start < end && end <= text.length)) return "a place outside of the message";
  if (pieces === undefined) return text.slice(start, end) === said ? null : "another text stands there";
  let last = -1;
  for (const piece of pieces) {
    if (piece.at <= last || piece.at >= said.length) return "pieces out of order";
    if (!(piece.start >= 0 && piece.start <= piece.end && piece.end <= text.length))
      return "a piece outside of the message";
    last = piece.at;
  }
  return pieces[0]?.at === 0 ? null : "no piece of the beginning";
}
