import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

import { CordonError } from "@cordon/errors";

import type { IndexStore } from "../port.ts";

/** Where an archive lays its objects: a folder, or a bucket. Each rejects with ARCHIVE_UNAVAILABLE when it gives no answer. */
export interface ArchivePlace {
  has(name: string): Promise<boolean>;
  /** Null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** All of it or nothing is there afterwards, whatever breaks. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Published snapshots by their hash, for as long as somebody keeps them: decisions can be replayed years later. */
export interface IndexArchive {
  has(version: string): Promise<boolean>;
  /** Keeps the bytes of a version, compressed. Does nothing where it is kept. */
  keep(version: string, snapshot: Uint8Array): Promise<void>;
  /** The bytes of a version, verified; null where it is not kept. Rejects with INDEX_CORRUPT for others under its name. */
  load(version: string): Promise<Uint8Array | null>;
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** More than any index that is published. */
const mostBytes = 1024 * 1024 * 1024;

const versions = /^[0-9a-f]{64}$/;

export function createIndexArchive(place: ArchivePlace): IndexArchive {
  return {
    has: (version) => place.has(nameOf(version)),
    async keep(version, snapshot) {
      const name = nameOf(version);
      if (hashOf(snapshot) !== version)
        throw new CordonError("INDEX_CORRUPT", "the bytes to be archived are not those of the version");
      if (await place.has(name)) return;
      await place.write(name, await compress(snapshot));
    },
    async load(version) {
      const bytes = await place.read(nameOf(version));
      if (bytes === null) return null;
      let snapshot: Uint8Array;
      try {
        snapshot = await decompress(bytes, { maxOutputLength: mostBytes });
      } catch (cause) {
        throw new CordonError("INDEX_CORRUPT", "what the archive has of this version cannot be unpacked", {
          cause,
          details: { version },
        });
      }
      if (hashOf(snapshot) !== version)
        throw new CordonError("INDEX_CORRUPT", "what the archive has under this version is something else", {
          details: { version },
        });
      return snapshot;
    },
  };
}

/** Throws OPTIONS_INVALID: a version becomes the name of an object. */
function nameOf(version: string): string {
  if (!versions.test(version))
    throw new CordonError("OPTIONS_INVALID", "a version of the index is 64 hexadecimal digits");
  return `${version}.index.gz`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Archives every version that the store keeps and the archive does not. Answers how many there were; a version that the store lost
 * meanwhile, or holds damaged, is left out and told.
 */
export async function archiveVersions(
  store: Pick<IndexStore, "versions" | "load">,
  archive: IndexArchive,
  onDamaged: (version: string, error: CordonError) => void = () => undefined,
): Promise<number> {
  let kept = 0;
  for (const { manifest } of await store.versions()) {
    if (await archive.has(manifest.version)) continue;
    try {
      await archive.keep(manifest.version, await store.load(manifest));
      kept += 1;
    } catch (error) {
      if (!(error instanceof CordonError) || error.code !== "INDEX_CORRUPT") throw error;
      onDamaged(manifest.version, error);
    }
  }
  return kept;
}
