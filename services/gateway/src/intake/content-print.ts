import { createHash } from "node:crypto";

/** A name for a content, as long as any other. */
export function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/**
 * What a JSON text says, whatever the order of its keys and its layout. Null for what is no JSON in UTF-8: it was refused
 * before.
 */
export function canonicalJson(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.stringify(JSON.parse(text), sorted);
  } catch {
    return null;
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
