/** The Confluent wire format: byte 0, the schema id as big-endian int32, the Avro body. */

/** Bytes before the Avro body. */
export const wireHeaderBytes = 5;

/**
 * The id of the schema a value was written with, or `null` where there is none: no value, no magic byte, too short, or
 * an id that no registry gives out (ids are positive int32).
 */
export function schemaIdOf(value: Uint8Array | null): number | null {
  if (value === null || value.length < wireHeaderBytes || value[0] !== 0) return null;
  const id = ((value[1] ?? 0) << 24) | ((value[2] ?? 0) << 16) | ((value[3] ?? 0) << 8) | (value[4] ?? 0);
  return id > 0 ? id : null;
}

/** An Avro body in the wire format. Copies the body; an encoder writes its header in place instead. */
export function frame(schemaId: number, body: Uint8Array): Buffer {
  const value = Buffer.allocUnsafe(wireHeaderBytes + body.length);
  writeHeader(value, 0, schemaId);
  value.set(body, wireHeaderBytes);
  return value;
}

export function writeHeader(target: Buffer, at: number, schemaId: number): void {
  target[at] = 0;
  target.writeInt32BE(schemaId, at + 1);
}
