import type { Converted } from "@cordon/messages";
import { decimalToString } from "@cordon/schemas";

/** One line of JSON: amounts are decimal numbers as strings, times milliseconds. */
export function jsonLine(one: Converted): string {
  if (one.kind !== "error") return `${JSON.stringify({ event: one.event, fields: one.fields }, amounts)}\n`;
  const { code, message, where, transaction } = one;
  return `${JSON.stringify({ error: { code, message, where, ...(transaction === undefined ? {} : { transaction }) } })}\n`;
}

function amounts(key: string, value: unknown): unknown {
  return key === "amount" && value instanceof Uint8Array ? decimalToString(value) : value;
}
