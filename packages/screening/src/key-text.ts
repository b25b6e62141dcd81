import type { ConsumedRecord } from "@cordon/kafka";

/** Where Confluent's serialisers put the schema's id of a key if they put it into a header. */
const keySchemaHeader = "__key_schema_id";

const PREFIX_BYTES = 5;

/**
 * The text of a record's key: its event id, if the producer keeps to the contract. A key that a serialiser wrote has a 0 and a schema id in
 * front, or in a header, and then the text in Avro, JSON or Protobuf; any other is taken as it stands. Null where there is none.
 */
export function keyText(record: Pick<ConsumedRecord, "key" | "header">): string | null {
  const { key } = record;
  if (key === null) return null;
  const body = bodyOf(record, key);
  const text = body === null ? null : (textInJson(body) ?? textInAvro(body) ?? textInProtobuf(body));
  return text ?? key.toString("utf8");
}

/** What a serialiser wrote behind its frame. Null where there is no frame. */
function bodyOf(record: Pick<ConsumedRecord, "header">, key: Buffer): Buffer | null {
  if (record.header(keySchemaHeader) !== undefined) return key;
  return key[0] === 0 ? key.subarray(PREFIX_BYTES) : null;
}

/** A length, doubled, in groups of seven bits, and that many bytes. */
function textInAvro(body: Buffer): string | null {
  const { number, end } = variableNumber(body, 0);
  return body.length - end === number / 2 ? body.toString("utf8", end) : null;
}

function textInJson(body: Buffer): string | null {
  if (body[0] !== 0x22) return null;
  try {
    // What begins with a quote is a text or no JSON.
    return JSON.parse(body.toString("utf8")) as string;
  } catch {
    return null;
  }
}

/** The place of the message in its schema (a 0: the first), and its first field, a text, such as `google.protobuf.StringValue` has. */
function textInProtobuf(body: Buffer): string | null {
  if (body[0] !== 0 || body[1] !== 0x0a) return null;
  const { number, end } = variableNumber(body, 2);
  return body.length - end === number ? body.toString("utf8", end) : null;
}

/** Keys are short: of more than four bytes it is no length. */
function variableNumber(bytes: Buffer, start: number): { readonly number: number; readonly end: number } {
  let number = 0;
  for (let at = start; at < Math.min(bytes.length, start + 4); at++) {
    number += (bytes[at]! & 0x7f) * 2 ** (7 * (at - start));
    if (bytes[at]! < 0x80) return { number, end: at + 1 };
  }
  return { number: Number.NaN, end: bytes.length };
}
