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
  /** Version of the index that it vouches for. Only where the index is signed. */
  readonly version?: string | undefined;
  /** Over every other field. Absent where the index is not signed. */
  readonly signature?: string | undefined;
}

/** Why a list's source was refused or could not be read, since it last was good. */
export interface ListFault {
  readonly list: string;
  readonly code: string;
  /** What was wrong, in words, without credentials and without anything of the list itself. */
  readonly message: string;
  /** Where it was read from, without credentials. */
  readonly source: string;
  /** When it failed first and last since it was good, milliseconds since the epoch, and how many times. */
  readonly since: number;
  readonly at: number;
  readonly times: number;
}

/** Who publishes, and by which settings. One index is kept by publishers of the same settings only. */
export interface Publisher {
  /** Host and process. */
  readonly by: string;
  /** What decides what is published, by name; fit to be shown: no credentials. */
  readonly settings: Readonly<Record<string, string>>;
  /** Equal for equal settings, see `publisherOf`. */
  readonly fingerprint: string;
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
  /**
   * Lists that this version or one before it had, and that somebody let go by name. A list that is in neither of
   * `lists` and `released`, though the version before it had it, must not leave: readers keep what they have.
   */
  readonly released?: readonly string[] | undefined;
  /** Absent in what an older Cordon wrote. */
  readonly publisher?: Publisher | undefined;
  /** Over every other field, by the publisher's key. Absent where the index is not signed. */
  readonly signature?: string | undefined;
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
  readonly released?: readonly string[];
}

export interface PublishRequest {
  readonly snapshot: Uint8Array;
  readonly engineVersion: string;
  /** Generation the publisher built upon; 0 when there was no index. */
  readonly expectedGeneration: number;
  readonly lists: readonly ListState[];
  /** Announcements to make once the index is live, kept until `outboxDone`. Opaque to the store. */
  readonly outbox: Uint8Array;
  /** Lists that may leave the index, by name; those that left before stay released until they are back. */
  readonly released?: readonly string[];
  readonly publisher?: Publisher;
}

/** How the store itself is set up, as far as it tells. */
export interface StoreSurvey {
  /** Bytes; 0: unbounded; null: not told. */
  readonly maxMemory: number | null;
  readonly evictionPolicy: string | null;
  readonly role: string | null;
  readonly dangers: readonly StoreDanger[];
}

/** See `storeDangers`. */
export type StoreDanger = "evicts_index" | "evicts_uploads" | "cut_off" | "unknown";

/**
 * The versions of the index. Publishing is atomic and fenced: readers see the old version or the new one, and of two
 * publishers who built upon the same generation one is refused.
 * A store that was given keys takes nothing that is not signed by one of them: `current`, `versions`, `listStates` and what
 * builds upon them reject with INDEX_UNTRUSTED.
 * Every method rejects with REDIS_UNAVAILABLE when the store gives no answer, with REDIS_REFUSED when it refuses the user, and with INDEX_CORRUPT when another kind of
 * thing lies where it keeps its own; those that write, with REDIS_FULL when it has no memory left.
 */
export interface IndexStore {
  current(): Promise<IndexManifest | null>;
  /** The live generation, be it trusted or not: what a publisher builds upon, or over. 0 when there is none. */
  liveGeneration(): Promise<number>;
  /** The bytes of that version, verified. Rejects with INDEX_CORRUPT when length or hash differ or a chunk is gone. */
  load(manifest: IndexManifest): Promise<Uint8Array>;
  /**
   * Rejects with INDEX_SUPERSEDED when the live generation is not the expected one, with INDEX_LACKS_LIST when a list of
   * the live index would leave that is not released, and with PUBLISHER_CONFLICT when a publisher of other settings keeps
   * this index. In each case nothing was changed.
   */
  publish(request: PublishRequest): Promise<IndexManifest>;
  /** The versions that can be loaded, newest first; the live one is the first. */
  versions(): Promise<readonly KeptVersion[]>;
  /**
   * Makes a kept version the live one under a new generation, without copying its bytes; its lists get back the states
   * they had, for nobody has vouched for them since. Rejects with INDEX_SUPERSEDED when the live generation is not the
   * expected one, with INDEX_LACKS_LIST as `publish` does, and with INDEX_CORRUPT when the version is not kept any more or
   * not whole.
   */
  rollBack(request: RollBackRequest): Promise<IndexManifest>;
  listStates(): Promise<readonly ListState[]>;
  /**
   * Records that lists were read and passed without a new index. With the generation that they confirm, rejects with
   * INDEX_SUPERSEDED and changes nothing where another one is live.
   */
  saveListStates(states: readonly ListState[], generation?: number): Promise<void>;
  /** Whether every part of that version is there in its full length. `load` alone tells whether the bytes are right. */
  isWhole(manifest: IndexManifest): Promise<boolean>;
  /**
   * Says that this publisher keeps the index, for `ttlMs`. Answers null, or who does if that is one of other settings,
   * and then changes nothing.
   */
  claim(publisher: Publisher, ttlMs: number): Promise<Publisher | null>;
  /** Gives the index up, if it is this publisher who said last that it keeps it. */
  unclaim(publisher: Publisher): Promise<void>;
  claimedBy(): Promise<Publisher | null>;
  /** By list; a list that is good again has none. */
  listFaults(): Promise<readonly ListFault[]>;
  /** Takes the place of all that were told before. */
  saveListFaults(faults: readonly ListFault[]): Promise<void>;
  survey(): Promise<StoreSurvey>;
  /** Outboxes not yet done, oldest first. */
  pendingOutboxes(): Promise<readonly { readonly generation: number; readonly outbox: Uint8Array }[]>;
  outboxDone(generation: number): Promise<void>;
  /** Calls back soon after each publish, and from time to time without one; survives a lost connection. */
  watch(onChange: () => void): { close(): Promise<void> };
  close(): Promise<void>;
}
