import { createHash } from "node:crypto";

import { CordonError } from "@cordon/errors";

import { releasedWith } from "./lists-lacking.ts";
import type { IndexManifest, PublishRequest } from "./port.ts";
import { bytesGeneration } from "./retention.ts";

/** The version of an index: SHA-256 of its bytes, hexadecimal. */
export function versionOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export interface ManifestTerms {
  readonly chunkBytes: number;
  readonly createdAt: number;
  /** The version that is built upon. */
  readonly live: IndexManifest | null;
}

/** The manifest that a publish request becomes when it is accepted. Throws OPTIONS_INVALID for an empty snapshot. */
export function manifestFor(request: PublishRequest, { chunkBytes, createdAt, live }: ManifestTerms): IndexManifest {
  const { snapshot, engineVersion, expectedGeneration, lists, released = [], publisher } = request;
  if (snapshot.byteLength === 0) throw new CordonError("OPTIONS_INVALID", "an empty snapshot cannot be published");
  if (!Number.isSafeInteger(expectedGeneration) || expectedGeneration < 0)
    throw new CordonError("OPTIONS_INVALID", "the expected generation is a whole number, 0 when there is no index");
  const present = lists.map(({ list, entries, publishedAt }) => ({ list, entries, publishedAt }));
  const all = releasedWith(live, present, released);
  return {
    version: versionOf(snapshot),
    generation: expectedGeneration + 1,
    bytes: snapshot.byteLength,
    chunks: Math.ceil(snapshot.byteLength / chunkBytes),
    engineVersion,
    createdAt,
    lists: present,
    ...(all.length === 0 ? {} : { released: all }),
    ...(publisher === undefined ? {} : { publisher }),
  };
}

/** Puts the chunks of an index together and verifies them, as they come: copying and hashing all at once would keep other work waiting. */
export interface SnapshotAssembly {
  /** The next chunk, or `null` for one that is gone. */
  add(chunk: Uint8Array | null): void;
  /**
   * All bytes, at offset 0 of a buffer of their own.
   * Throws INDEX_CORRUPT when a chunk was gone, or length or hash differ from the manifest.
   */
  bytes(): Uint8Array;
}

/** The manifest must have been checked for its size: so many bytes are taken at once. */
export function assembleSnapshot(manifest: IndexManifest): SnapshotAssembly {
  const bytes = new Uint8Array(manifest.bytes);
  const hash = createHash("sha256");
  let present = 0;
  let length = 0;
  return {
    add(chunk) {
      if (chunk === null) return;
      present++;
      if (length + chunk.byteLength <= bytes.length) bytes.set(chunk, length);
      hash.update(chunk);
      length += chunk.byteLength;
    },
    bytes() {
      const { chunks } = manifest;
      if (present < chunks) throw corrupt(manifest, `${String(chunks - present)} of ${String(chunks)} chunks are gone`);
      if (length !== bytes.length)
        throw corrupt(manifest, `it has ${String(length)} bytes instead of ${String(bytes.length)}`);
      if (hash.digest("hex") !== manifest.version)
        throw corrupt(manifest, "its bytes do not have the hash of the manifest");
      return bytes;
    },
  };
}

function corrupt({ version, generation }: IndexManifest, what: string): CordonError {
  return new CordonError("INDEX_CORRUPT", `the index of generation ${String(generation)} cannot be used: ${what}`, {
    details: { version, generation },
  });
}

/** The manifest of a kept version that is brought back in place of generation `from`. */
export function manifestOfRollBack(
  kept: IndexManifest,
  { from, createdAt, live, released = [] }: RollBackTerms,
): IndexManifest {
  const { released: _, ...rest } = kept;
  const all = releasedWith(live, kept.lists, released);
  return {
    ...rest,
    generation: from + 1,
    createdAt,
    rolledBack: { to: bytesGeneration(kept), from },
    ...(all.length === 0 ? {} : { released: all }),
  };
}

export interface RollBackTerms {
  readonly from: number;
  readonly createdAt: number;
  /** The version that it takes the place of. */
  readonly live: IndexManifest | null;
  readonly released?: readonly string[] | undefined;
}

/** The refusal to bring back what is not there any more. */
export function notKept(manifest: IndexManifest): CordonError {
  return corrupt(manifest, "it is not kept any more, or parts of it are gone");
}

/** The refusal of a publisher that built upon another generation than the live one. */
export function superseded(expectedGeneration: number, liveGeneration: number): CordonError {
  return new CordonError(
    "INDEX_SUPERSEDED",
    `another publisher was first: the live generation is ${String(liveGeneration)}, not ${String(expectedGeneration)}`,
    { details: { expectedGeneration, liveGeneration } },
  );
}
