import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";

import { CordonError } from "@cordon/errors";

import { unpacked } from "./unpack.ts";

/** A stream with a meter on it. The figures are final once `ended` is true. */
export interface Metered {
  /** Unpacked, where the source is packed. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** True when the source said that there is no more. */
  readonly ended: () => boolean;
  /** What the source itself threw, told apart from what its reader throws. */
  readonly failure: () => unknown;
  /** Bytes of the source, packed as it came. */
  readonly bytes: () => number;
  /** SHA-256 of what passed, hexadecimal. Call it once. */
  readonly hash: () => string;
}

/**
 * Counts, hashes and unpacks a source on its way to a parser. The parser may wrap or swallow what the source throws; this
 * remembers it, because a broken connection is tried again and a malformed list is not.
 * The iteration rejects with LIST_TOO_LARGE beyond `maxBytes`, packed or unpacked, and as `unpacked` does.
 */
export function metered(source: AsyncIterable<Uint8Array>, maxBytes: number): Metered {
  const sha256 = createHash("sha256");
  let bytes = 0;
  let ended = false;
  let failure: unknown;

  async function* flow(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of source) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes)
          throw new CordonError("LIST_TOO_LARGE", "the list is larger than LIST_MAX_BYTES", { details: { maxBytes } });
        sha256.update(chunk);
        yield chunk;
      }
      ended = true;
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    chunks: inSlices(unpacked(flow(), maxBytes)),
    ended: () => ended,
    failure: () => failure,
    bytes: () => bytes,
    hash: () => sha256.digest("hex"),
  };
}

/** What is parsed in one turn of the event loop: some milliseconds, between which probes are answered. */
const sliceBytes = 32 * 1024;

async function* inSlices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks)
    for (let from = 0; from < chunk.byteLength; from += sliceBytes) {
      yield chunk.subarray(from, from + sliceBytes);
      await turn();
    }
}

/** Runs the parser over the whole source. Rejects with what the source threw, before what the parser made of it. */
export async function parseWhole<T>(
  meter: Metered,
  parse: (chunks: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const value = await parse(meter.chunks).catch((error: unknown) => {
    throw meter.failure() ?? error;
  });
  if (meter.failure() !== undefined) throw meter.failure();
  if (!meter.ended())
    throw new CordonError("LIST_MALFORMED", "the list goes on after what its parser took for the end");
  return value;
}
