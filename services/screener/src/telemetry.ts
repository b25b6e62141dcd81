import type { Told } from "@cordon/decisions";
import type { ErrorCode, HoldReason } from "@cordon/errors";
import type { IndexManifest, StoreSurvey } from "@cordon/index-store";
import type { Skipped, TopicPartition, TopicReport } from "@cordon/kafka";
import type { Outcome } from "@cordon/schemas";
import type { UnreadFields } from "@cordon/screening";
import type { Waited } from "@cordon/service";

/** One batch whose decisions and alerts are durable. Times in milliseconds. */
export interface BatchScreened extends TopicPartition {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Canary events, which are counted nowhere else but in `fields`, `records` and `timestamps`. */
  readonly canaries: Readonly<Record<Outcome, number>>;
  readonly holds: ReadonlyMap<HoldReason, number>;
  /** Matches by list; one event can have several. */
  readonly hits: ReadonlyMap<string, number>;
  readonly fields: number;
  /** Texts that the policy left out. */
  readonly leftOut: number;
  /** What was found and decided nothing, by kind. */
  readonly told: ReadonlyMap<Told["kind"], number>;
  readonly keyMismatches: number;
  readonly deadLetters: ReadonlyMap<"RECORD_UNDECODABLE", number>;
  readonly records: number;
  /** Kafka timestamps of the records, since the epoch, without those that can be no time of an event. */
  readonly timestamps: readonly number[];
  /** When the batch was taken and when its last output was acknowledged, since the epoch. */
  readonly takenAt: number;
  readonly durableAt: number;
  readonly stages: StageTimes;
  /** Processor time of the main thread, while `stages` is elapsed time. */
  readonly cpu: StageTimes;
  /** Records of the partition after this batch. */
  readonly lag: number;
}

/** Milliseconds spent in each stage of a batch. */
export interface StageTimes {
  readonly decode: number;
  readonly screen: number;
  readonly encode: number;
  readonly publish: number;
}

/** What happened, in the past tense. Nothing here holds a party's name. */
export interface ScreenerTelemetry {
  waited(event: Waited): void;
  resumed(event: { readonly what: string; readonly attempts: number }): void;
  topicsChecked(reports: readonly TopicReport[]): void;

  /** There is no index in the store yet. Said at each look. */
  indexAwaited(): void;
  indexSwapped(event: {
    readonly manifest: IndexManifest;
    readonly names: number;
    readonly milliseconds: number;
  }): void;
  /** `manifest` is null when the store does not hold one that can be read. */
  indexRefused(event: {
    readonly manifest: IndexManifest | null;
    readonly code: ErrorCode;
    readonly error: Error;
  }): void;
  /** Lists of the index in use that the store's live one lacks, released by nobody. Said at each look, none as well. */
  listsMissing(event: { readonly lists: readonly string[] }): void;
  /** Times in the future beside the index in use, see `timesAhead`. Said at each look, none as well. */
  timesAhead(event: { readonly what: readonly string[] }): void;
  /** From time to time. */
  storeSurveyed(survey: StoreSurvey): void;
  storeLost(event: { readonly error: unknown }): void;
  storeBack(): void;

  /** From now on this policy decides, in all that is screened. `from`: null at the start. */
  policySwapped(event: {
    readonly from: string | null;
    readonly to: string;
    readonly rules: number;
    readonly indexMaxAgeHours: number;
  }): void;
  /** The policy's file is good again, or still is. */
  policyFileGood(event: { readonly version: string; readonly rules: number }): void;
  /** The policy's file is not taken; the one in use stays. Said once for each content of the file. */
  policyRefused(event: { readonly path: string; readonly faults: readonly string[]; readonly inUse: string }): void;

  /** A producer's schema has text fields that are not read: each of its events is held. */
  fieldsUnread(event: UnreadFields): void;

  batchTaken(event: TopicPartition & { readonly lag: number }): void;
  batchScreened(event: BatchScreened): void;
  /** The partition went to another member in the middle of the batch, which screens it again. */
  batchAbandoned(event: TopicPartition & { readonly records: number }): void;

  partitionsAssigned(partitions: readonly TopicPartition[]): void;
  partitionsRevoked(partitions: readonly TopicPartition[]): void;
  /** Records are gone that the group had not read, or had read and that others may have taken the place of. */
  eventsSkipped(event: Skipped): void;
  /** The end of a partition lies before where it was: records that stood there are gone. */
  endMovedBack(event: TopicPartition & { readonly from: bigint; readonly to: bigint }): void;
  /** The partitions were looked at, by milliseconds since the epoch; how many there are by topic. */
  partitionsSeen(event: { readonly at: number; readonly counts: ReadonlyMap<string, number> }): void;
  watchFailed(event: { readonly error: unknown; readonly attempt: number }): void;
  commitFailed(event: { readonly error: Error }): void;
  consumerCrashed(event: { readonly error: Error; readonly restarting: boolean }): void;
}
