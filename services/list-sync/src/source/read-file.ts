import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";

import { metered, parseWhole } from "./metered.ts";
import { noValidators, type Parse, type Reading, type ReadLimits } from "./reading.ts";

/** What tells one state of a file from another without reading it. */
export interface FileMark {
  readonly inode: bigint;
  readonly size: bigint;
  readonly modifiedNs: bigint;
}

/** Rejects with LIST_UNREACHABLE when the file is not there or may not be read. */
export async function markFile(path: string): Promise<FileMark> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    return { inode: ino, size, modifiedNs: mtimeNs };
  } catch (error) {
    throw unreachable(path, error);
  }
}

export function sameMark(a: FileMark, b: FileMark): boolean {
  return a.inode === b.inode && a.size === b.size && a.modifiedNs === b.modifiedNs;
}

export interface ReadFileOptions<T> {
  readonly path: string;
  readonly limits: ReadLimits;
  readonly parse: Parse<T>;
  readonly signal: AbortSignal;
  /** Milliseconds a file must have been left alone before it counts as written to its end. Default 1000. */
  readonly settleMs?: number;
  /** How often a file that keeps changing is looked at before it is given up for this time. Default 20. */
  readonly attempts?: number;
}

/**
 * Reads a list from a file. A file that changed while it was read may be half of the old and half of the new, so its
 * reading is thrown away and made again once the file has been left alone for `settleMs`; a parser's complaint about
 * such a reading is not believed either.
 * Rejects with LIST_UNREACHABLE, LIST_TOO_LARGE, or what `parse` rejects with.
 */
export async function readFile<T>(options: ReadFileOptions<T>): Promise<{ reading: Reading<T>; mark: FileMark }> {
  const { path, signal, attempts = 20, settleMs = 1000 } = options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const mark = await markFile(path);
    if (writtenWithin(mark, settleMs)) {
      await sleep(settleMs, undefined, { signal });
      if (!sameMark(mark, await markFile(path))) continue;
    }
    const outcome = await readOnce(options).then(
      (reading) => ({ reading }),
      (error: unknown) => ({ error }),
    );
    signal.throwIfAborted();
    if (!sameMark(mark, await markFile(path))) continue;
    if ("error" in outcome) throw outcome.error;
    return { reading: outcome.reading, mark };
  }
  throw new CordonError("LIST_UNREACHABLE", `${path} keeps changing while it is read`, { details: { attempts } });
}

async function readOnce<T>({ path, limits, parse, signal }: ReadFileOptions<T>): Promise<Reading<T>> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
  const stream = createReadStream(path, { signal: bounded, highWaterMark: 256 * 1024 });
  const meter = metered(stream, limits.maxBytes);
  try {
    const value = await parseWhole(meter, parse);
    return { kind: "read", value, contentHash: meter.hash(), bytes: meter.bytes(), validators: noValidators };
  } catch (error) {
    throw error === meter.failure() && !(error instanceof CordonError) ? unreachable(path, error) : error;
  } finally {
    stream.destroy();
  }
}

function writtenWithin(mark: FileMark, milliseconds: number): boolean {
  const age = Date.now() - Number(mark.modifiedNs / 1_000_000n);
  return age < milliseconds;
}

function unreachable(path: string, cause: unknown): CordonError {
  const why = cause instanceof Error && "code" in cause ? String(cause.code) : "read failed";
  return new CordonError("LIST_UNREACHABLE", `${path} could not be read: ${why}`, { details: { why }, cause });
}
