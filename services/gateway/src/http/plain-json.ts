import { decimalToString } from "@cordon/schemas";

/** As the contract wants records in JSON: amounts are decimal numbers as texts, other bytes base64, times milliseconds. */
export function plain(key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  const bytes = bytesIn(value);
  if (bytes === null) return value;
  return key === "amount" ? decimalToString(bytes) : bytes.toString("base64");
}

/** A buffer has become `{type, data}` before a replacer sees it. */
function bytesIn(value: unknown): Buffer | null {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value !== "object" || value === null) return null;
  const { type, data, ...more } = value as { readonly type?: unknown; readonly data?: unknown };
  if (type !== "Buffer" || !Array.isArray(data) || Object.keys(more).length > 0) return null;
  return Buffer.from(data as number[]);
}
