import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

import { CordonError } from "@cordon/errors";

/** Enough to tell what a file is. */
const headBytes = 512;

/**
 * Looks at the first bytes of a source: gzip is unpacked on the way, and what no publisher means as a list is refused
 * by its name before a parser wonders about it. Never holds more than a few chunks, and hands on no more than
 * `maxBytes`: a bomb is put out while it unpacks.
 * Rejects with LIST_MALFORMED for an archive, a web page or broken gzip, and LIST_TOO_LARGE.
 */
export async function* unpacked(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, chunks, close } = await peeked(source);
  const nonsense = nonsenseIn(head);
  if (nonsense !== null) {
    await close();
    throw new CordonError("LIST_MALFORMED", nonsense);
  }
  let bytes = 0;
  for await (const chunk of isGzip(head) ? gunzipped(chunks) : chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw new CordonError("LIST_TOO_LARGE", "the list is larger than LIST_MAX_BYTES once unpacked", {
        details: { maxBytes },
      });
    yield chunk;
  }
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function nonsenseIn(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString("latin1");
  if (text.startsWith("PK\u0003\u0004")) return "a zip archive is not read: unpack it, or use gzip";
  const page = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!doctype html|<html[\s>])/i.test(text);
  return page ? "a web page came instead of the list" : null;
}

interface Peeked {
  readonly head: Uint8Array;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** For a reader that does not want the chunks. */
  readonly close: () => Promise<unknown>;
}

/** Reads until there are enough bytes to judge by, and gives them back with the rest. */
async function peeked(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.byteLength;
  }
  async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* first;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      // Also when the reader stops early: the source closes what it opened.
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(first).subarray(0, headBytes), chunks: all(), close: async () => iterator.return?.() };
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const gunzip = createGunzip();
  pipeline(Readable.from(chunks), gunzip, () => {}); // whoever iterates hears of its failure
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    throw new CordonError("LIST_MALFORMED", "the gzip data is damaged or cut short", { cause: error });
  }
}
