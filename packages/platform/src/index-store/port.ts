/** What is known of one list. Readers judge freshness by `checkedAt`. */
export interface ListState {
  /** Short name, such as `uk`. */
  readonly list: string;
  /** Designations in the live index. */
  readonly entries: number;
  /** The publisher's own date of the file, ISO 8601, or null where it states none. */
  readonly publishedAt: string | null;
  /** When the source was last read and passed its guards, unchanged or not. Milliseconds since the epoch. */
  readonly checkedAt: number;
  /** Where it was read from, without credentials. */
  readonly source: string;
  /** SHA-256 of the file last imported, hexadecimal. */
  readonly contentHash: string;
  /** Validators of the last response, for conditional requests. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** What the parser did not understand of the file, by kind. Absent in what an older Cordon wrote. */
  readonly unknown?: Readonly<Record<string, number>> | undefined;
  /** What it understood and has no place for, by column or element. Absent likewise. */
  readonly notKept?: Readonly<Record<string, number>> | undefined;
}

/** One published index. `version` is the SHA-256 of its bytes, hexadecimal. */
export interface IndexManifest {
  readonly version: string;
  /** Grows by one with each publish; orders versions. */
  readonly generation: number;
  readonly bytes: number;
  readonly chunks: number;
  readonly engineVersion: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly lists: readonly { readonly list: string; readonly entries: number; readonly publishedAt: string | null }[];
  /**
   * Set on a version that was brought back: `to` is the generation that published its bytes, `from` the one that it took
   * the place of. Publishers leave it live until somebody releases it.
   */
  readonly rolledBack?: { readonly to: number; readonly from: number } | undefined;
}

/** A version that can be looked at and brought back. */
export interface KeptVersion {
  readonly manifest: IndexManifest;
  /** The lists as they were when it was live last. */
  readonly states: readonly ListState[];
}

export interface RollBackRequest {
  /** One of `versions`, not the live one. */
  readonly version: KeptVersion;
  /** The live generation that was looked at. */
  readonly expectedGeneration: number;
  /** As in `PublishRequest`. */
  readonly outbox: Uint8Array;
}

export interface PublishRequest {
  readonly snapshot: Uint8Array;
  readonly engineVersion: string;
  /** Generation the publisher built upon; 0 when there was no index. */
  readonly expectedGeneration: number;
  readonly lists: readonly ListState[];
  /** Announcements to make once the index is live, kept until `outboxDone`. Opaque to the store. */
  readonly outbox: Uint8Array;
}

/**
 * The versions of the index. Publishing is atomic and fenced: readers see the old version or the new one, and of two
 * publishers who built upon the same generation one is refused.
 * Every method rejects with REDIS_UNAVAILABLE when the store gives no answer.
 */
export interface IndexStore {
  current(): Promise<IndexManifest | null>;
  /** The bytes of that version, verified. Rejects with INDEX_CORRUPT when length or hash differ or a chunk is gone. */
  load(manifest: IndexManifest): Promise<Uint8Array>;
  /** Rejects with INDEX_SUPERSEDED when the live generation is not the expected one. */
  publish(request: PublishRequest): Promise<IndexManifest>;
  /** The versions that can be loaded, newest first; the live one is the first. */
  versions(): Promise<readonly KeptVersion[]>;
  /**
   * Makes a kept version the live one under a new generation, without copying its bytes; its lists get back the states
   * they had, for nobody has vouched for them since. Rejects with INDEX_SUPERSEDED when the live generation is not the
   * expected one, and with INDEX_CORRUPT when the version is not kept any more or not whole.
   */
  rollBack(request: RollBackRequest): Promise<IndexManifest>;
  listStates(): Promise<readonly ListState[]>;
  /** Records that lists were read and passed without a new index. */
  saveListStates(states: readonly ListState[]): Promise<void>;
  /** Outboxes not yet done, oldest first. */
  pendingOutboxes(): Promise<readonly { readonly generation: number; readonly outbox: Uint8Array }[]>;
  outboxDone(generation: number): Promise<void>;
  /** Calls back soon after each publish, and from time to time without one; survives a lost connection. */
  watch(onChange: () => void): { close(): Promise<void> };
  close(): Promise<void>;
}
