import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching";

/** Bytes as one chunk, or cut every `size` bytes. */
export async function* chunksOf(content: string | Uint8Array, size = Infinity): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** Cut in two at one place, even inside a character. */
export async function* cutAt(content: string, at: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(content);
  yield bytes.subarray(0, at);
  yield bytes.subarray(at);
}

/** The error a promise rejects with; fails the test when it does not, or rejects with another kind of error. */
export async function errorOf(promise: Promise<unknown>): Promise<CordonError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CordonError) return error;
    throw error;
  }
  throw new Error("expected a CordonError, but nothing was thrown");
}

/** The error a function throws, likewise. */
export async function errorFrom(step: () => void): Promise<CordonError> {
  return await errorOf(Promise.resolve().then(step));
}

export function onlyOne<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`expected one item, not ${String(items.length)}`);
  return item;
}

/** The names as `KIND STRENGTH text`. */
export function nameLines(designation: Designation): readonly string[] {
  return designation.names.map(({ kind, strength, text }) => `${kind} ${strength} ${text}`);
}
