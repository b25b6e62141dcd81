import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";

import { type Metered, metered, parseWhole } from "./metered.ts";
import { noValidators, type Parse, type ParseFolder, type Reading, type ReadLimits } from "./reading.ts";

/** What tells one state of a file, or of a folder's files together, from another without reading it. */
export interface FileMark {
  readonly inode: bigint;
  readonly size: bigint;
  readonly modifiedNs: bigint;
}

const mostFiles = 1000;

const ofAFile = { validators: noValidators, address: null } as const;

/** Rejects with LIST_UNREACHABLE when the file or folder is not there or may not be read. */
export async function markFile(path: string): Promise<FileMark> {
  try {
    const { ino, size, mtimeNs, isFolder } = await look(path);
    if (!isFolder) return { inode: ino, size, modifiedNs: mtimeNs };
    const names = (await readdir(path)).slice(0, mostFiles);
    const files = await Promise.all(names.map((name) => look(join(path, name))));
    return {
      inode: files.reduce((sum, file) => sum + file.ino, ino),
      size: files.reduce((sum, file) => sum + file.size, 0n),
      modifiedNs: files.reduce((latest, file) => (file.mtimeNs > latest ? file.mtimeNs : latest), mtimeNs),
    };
  } catch (error) {
    throw unreachable(path, error);
  }
}

async function look(path: string) {
  const found = await stat(path, { bigint: true });
  return { ino: found.ino, size: found.size, mtimeNs: found.mtimeNs, isFolder: found.isDirectory() };
}

export function sameMark(a: FileMark, b: FileMark): boolean {
  return a.inode === b.inode && a.size === b.size && a.modifiedNs === b.modifiedNs;
}

export interface ReadFileOptions<T> {
  readonly path: string;
  readonly limits: ReadLimits;
  readonly parse: Parse<T>;
  /** How a folder at `path` is read; null: it is not. */
  readonly folder?: ParseFolder<T> | null;
  readonly signal: AbortSignal;
  /** Milliseconds a file must have been left alone before it counts as written to its end. Default 1000. */
  readonly settleMs?: number;
  /** How often a file that keeps changing is looked at before it is given up for this time. Default 20. */
  readonly attempts?: number;
}

/**
 * Reads a list from a file, or from the files of a folder. A file that changed while it was read may be half of the old and half of the new, so its
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

async function readOnce<T>(options: ReadFileOptions<T>): Promise<Reading<T>> {
  const { path, limits, parse, signal, folder = null } = options;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
  try {
    const { isFolder } = await look(path);
    if (!isFolder) return await readStream(path, { parse, maxBytes: limits.maxBytes, signal: bounded });
    if (folder !== null) return await readFolder(path, { folder, maxBytes: limits.maxBytes, signal: bounded });
  } catch (error) {
    throw error instanceof CordonError || !isOfTheSystem(error) ? error : unreachable(path, error);
  }
  throw new CordonError("LIST_UNREACHABLE", `${path} is a folder, and this list is read from one file`);
}

interface StreamOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

async function readStream<T>(
  path: string,
  { parse, maxBytes, signal }: StreamOptions & { readonly parse: Parse<T> },
): Promise<Reading<T>> {
  const stream = createReadStream(path, { signal, highWaterMark: 256 * 1024 });
  const meter = metered(stream, maxBytes);
  try {
    const value = await parseWhole(meter, parse);
    return { kind: "read", value, contentHash: meter.hash(), bytes: meter.bytes(), ...ofAFile };
  } finally {
    stream.destroy();
  }
}

/** The hash of a folder is that of its files' names and hashes, in the order of `folder.files`. */
async function readFolder<T>(
  path: string,
  { folder, maxBytes, signal }: StreamOptions & { readonly folder: ParseFolder<T> },
): Promise<Reading<T>> {
  const present = await readdir(path);
  const named = folder.files.map((name) => [name, present.find((entry) => entry.toLowerCase() === name)] as const);
  const missing = named.find(([, entry]) => entry === undefined);
  if (missing !== undefined) throw new CordonError("LIST_UNREACHABLE", `there is no ${missing[0]} in ${path}`);
  const streams = named.map(([name, entry]) => ({
    name,
    stream: createReadStream(join(path, entry ?? ""), { signal, highWaterMark: 256 * 1024 }),
  }));
  const meters = new Map(streams.map(({ name, stream }) => [name, metered(stream, maxBytes)] as const));
  try {
    const files = Object.fromEntries([...meters].map(([name, { chunks }]) => [name, chunks]));
    const value = await folder.parse(files).catch((error: unknown) => {
      throw [...meters.values()].find((meter) => meter.failure() !== undefined)?.failure() ?? error;
    });
    return { kind: "read", value, ...figuresOf(meters), ...ofAFile };
  } finally {
    for (const { stream } of streams) stream.destroy();
  }
}

function figuresOf(meters: ReadonlyMap<string, Metered>): { readonly contentHash: string; readonly bytes: number } {
  const sha256 = createHash("sha256");
  let bytes = 0;
  for (const [name, meter] of meters) {
    if (!meter.ended())
      throw new CordonError("LIST_MALFORMED", `${name} goes on after what its parser took for the end`);
    sha256.update(`${name} ${meter.hash()}\n`);
    bytes += meter.bytes();
  }
  return { contentHash: sha256.digest("hex"), bytes };
}

/** A fault of the file system or of the clock, told from one of ours. */
function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && ("syscall" in error || error.name === "AbortError" || error.name === "TimeoutError");
}

function writtenWithin(mark: FileMark, milliseconds: number): boolean {
  const age = Date.now() - Number(mark.modifiedNs / 1_000_000n);
  return age < milliseconds;
}

function unreachable(path: string, cause: unknown): CordonError {
  const why = cause instanceof Error && "code" in cause ? String(cause.code) : "read failed";
  return new CordonError("LIST_UNREACHABLE", `${path} could not be read: ${why}`, { details: { why }, cause });
}
