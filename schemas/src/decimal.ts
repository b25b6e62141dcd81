import { CordonError } from "@cordon/errors";

/** ISO 20022's bounds on an amount, and those of `Money.amount`. */
const precision = 18;
const scale = 5;
const limit = 10n ** BigInt(precision);

/** More than any amount in bounds needs: 10^18 fits 8 bytes. Padded encodings up to this length are read. */
const longestDecimal = 16;

/**
 * The bytes of `Money.amount` for a plain decimal number, such as `12.5` or `-0.00001`: the unscaled integer as
 * big-endian two's complement, as short as it can be (Avro specification, "Decimal").
 * Throws OPTIONS_INVALID when it is no such number, or has more than 13 digits before the point or 5 after it.
 */
export function decimalFromString(text: string): Uint8Array {
  const parts = /^(-?)(\d{1,13})(?:\.(\d{1,5}))?$/.exec(text);
  if (parts === null)
    throw new CordonError("OPTIONS_INVALID", "an amount must be a decimal number of at most 13 digits and 5 decimals");
  const [, sign, whole = "", fraction = ""] = parts;
  const magnitude = BigInt(whole + fraction.padEnd(scale, "0"));
  return toTwosComplement(sign === "-" ? -magnitude : magnitude);
}

/**
 * The number that the bytes of `Money.amount` stand for, without needless zeros: `12.5`.
 * Throws RECORD_UNDECODABLE when they are empty or hold a number out of bounds: the bytes came from outside.
 */
export function decimalToString(bytes: Uint8Array): string {
  const unscaled = bytes.length > 0 && bytes.length <= longestDecimal ? fromTwosComplement(bytes) : limit;
  const magnitude = unscaled < 0n ? -unscaled : unscaled;
  if (magnitude >= limit) throw new CordonError("RECORD_UNDECODABLE", "an amount is outside decimal(18,5)");
  const digits = magnitude.toString().padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}${fraction === "" ? "" : `.${fraction}`}`;
}

function toTwosComplement(value: bigint): Uint8Array {
  let length = 1;
  while (value !== BigInt.asIntN(8 * length, value)) length++;
  const bytes = new Uint8Array(length);
  let rest = BigInt.asUintN(8 * length, value);
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

function fromTwosComplement(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}
