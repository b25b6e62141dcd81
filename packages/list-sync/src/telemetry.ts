import type { CordonError, ErrorCode } from "@cordon/errors";
import type { IndexManifest, StoreSurvey } from "@cordon/index-store";
import type { TopicReport } from "@cordon/kafka";
import type { Waited } from "@cordon/service";

/** How one look at one list's source ended. */
export interface ListLooked {
  readonly list: string;
  readonly source: string;
  readonly milliseconds: number;
}

export interface ListImported extends ListLooked {
  readonly entries: number;
  readonly names: number;
  readonly publishedAt: string | null;
  readonly contentHash: string;
  readonly bytes: number;
  readonly checkedAt: number;
  /** What the parser did not understand, by kind. */
  readonly unknown: Readonly<Record<string, number>>;
  /** What it understood and has no place for, by column or element. */
  readonly notKept: Readonly<Record<string, number>>;
}

export interface ListUnchanged extends ListLooked {
  readonly entries: number;
  readonly publishedAt: string | null;
  readonly checkedAt: number;
  /** As it was found when the list was read. */
  readonly unknown: Readonly<Record<string, number>>;
}

export interface ListFailed extends ListLooked {
  readonly code: ErrorCode;
  readonly error: CordonError;
  /** Designations of the last good version, which stays in use; `null` when there is none. */
  readonly kept: number | null;
}

/** A list was brought from one version to another by its publisher's changes. */
export interface ChangesFollowed {
  readonly list: string;
  readonly from: string;
  readonly to: string;
}

/** The changes could not be had or did not fit: the whole list is read instead. */
export interface ChangesGivenUp {
  readonly list: string;
  readonly code: ErrorCode;
  readonly error: CordonError;
}

export type IndexLoss = "emptied" | "older" | "incomplete";

/** What happened, in the past tense. Nothing here holds a listed name. Times in milliseconds. */
export interface ListSyncTelemetry {
  waited(event: Waited): void;
  resumed(event: { readonly what: string; readonly attempts: number }): void;
  topicsChecked(reports: readonly TopicReport[]): void;

  /** The last good lists were taken from the published index. */
  listsRestored(event: { readonly manifest: IndexManifest; readonly checkedAt: ReadonlyMap<string, number> }): void;
  snapshotUnreadable(event: { readonly manifest: IndexManifest; readonly error: CordonError }): void;
  /** What lies in the store as the index is not signed by a key that is accepted: it is published over. */
  indexDistrusted(event: { readonly error: CordonError }): void;
  /** A list of the live index is no longer configured. It stays until somebody releases it by name. */
  listSwitchedOff(event: { readonly list: string; readonly entries: number }): void;

  fetchRetried(event: { readonly list: string; readonly attempt: number; readonly reason: string }): void;
  changesFollowed(event: ChangesFollowed): void;
  changesGivenUp(event: ChangesGivenUp): void;
  listImported(event: ListImported): void;
  listUnchanged(event: ListUnchanged): void;
  listFailed(event: ListFailed): void;

  /** A list of the index would leave that nobody released, or a publisher of other settings keeps the index. */
  publishRefused(event: {
    readonly code: "INDEX_LACKS_LIST" | "PUBLISHER_CONFLICT";
    readonly error: CordonError;
    readonly missing: readonly string[];
  }): void;
  /** The store has forgotten what was live, all of it or the last version, or has only parts of it. */
  indexLost(event: { readonly what: IndexLoss; readonly manifest: IndexManifest | null }): void;
  /** From time to time. */
  storeSurveyed(survey: StoreSurvey): void;
  /** Whatever the store keeps is in the archive; so many versions were not before. */
  indexesArchived(event: { readonly versions: number }): void;
  archiveFailed(event: { readonly error: CordonError }): void;

  /** Nothing is published while one of the enabled lists has never been read. */
  publishWithheld(event: { readonly missing: readonly string[] }): void;
  indexCompiled(event: { readonly names: number; readonly bytes: number; readonly milliseconds: number }): void;
  indexPublished(event: { readonly manifest: IndexManifest; readonly changes: number }): void;
  indexConfirmed(event: { readonly manifest: IndexManifest }): void;
  /** A version was brought back by hand. */
  indexRolledBack(event: { readonly manifest: IndexManifest; readonly changes: number }): void;
  /** What the rollback changed is not announced yet: the next list-sync does it. */
  rollBackUnannounced(event: { readonly error: unknown }): void;
  /** What was read differs from the live index, which was rolled back to and stays until it is released. */
  publishPinned(event: { readonly manifest: IndexManifest }): void;
  publishSuperseded(event: { readonly expectedGeneration: number }): void;
  publishFailed(event: { readonly error: unknown }): void;

  changesAnnounced(event: {
    readonly generation: number;
    readonly added: number;
    readonly amended: number;
    readonly removed: number;
  }): void;
  outboxesPending(event: { readonly pending: number }): void;
  announceFailed(event: { readonly error: CordonError }): void;
}
