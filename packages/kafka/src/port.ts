import type { Need } from "./permissions.ts";

/** The port to Kafka. One conformance suite runs against every implementation. */

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** `offset` is the next one to read: last processed + 1. */
export interface Position extends TopicPartition {
  readonly offset: bigint;
}

/** `key` and `value` are views into the fetch response: copy what outlives the batch. */
export interface ConsumedRecord {
  readonly offset: bigint;
  /** Milliseconds since the epoch, as stamped by the producer or the broker. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** The last header of that name. */
  header(name: string): Buffer | undefined;
}

export interface ConsumedBatch extends TopicPartition {
  /** Offset after the partition's last record when this batch was fetched. */
  readonly highWatermark: bigint;
  readonly records: readonly ConsumedRecord[];
  /** Where to read on after this batch: behind its last record and the markers of transactions that follow it. */
  readonly nextOffset: bigint;
}

export interface BatchContext {
  /** Aborted when the partition is revoked and when the consumer stops. */
  readonly signal: AbortSignal;
  /** True once the partition was revoked or sought: nothing more may be committed for it. */
  stale(): boolean;
  /** Call it while a batch takes long, or the group expels this member. */
  heartbeat(): Promise<void>;
}

/**
 * Processes one batch of one partition. Returns only when what it made is durable: the consumer then commits the
 * offset after the batch. An answer is the group's offset that a transaction has committed already: the consumer
 * commits nothing and reads on from there. A rejection commits nothing, and ends the consumer with a `crash` event.
 */
export type OnBatch = (batch: ConsumedBatch, context: BatchContext) => Promise<bigint | void>;

/** A group's offset that named no record of the partition any more, and where it is read on: from the earliest one kept. */
export interface Skipped extends TopicPartition {
  /** The group's offset. */
  readonly from: bigint;
  /** The earliest offset kept. */
  readonly to: bigint;
  /**
   * `not-kept`: what stands between both was deleted before the group read it. `beyond-end`: the partition ends before
   * `from`, as when a replica that was behind became leader, or the topic was made anew; all of it is read again.
   */
  readonly why: "not-kept" | "beyond-end";
  /** Offsets that are gone: at most so many records. `not-kept`: unread ones. `beyond-end`: ones that were read. */
  readonly records: bigint;
}

export interface ConsumerEvents {
  assigned: readonly TopicPartition[];
  revoked: readonly TopicPartition[];
  /** `restarting: false`: this consumer is dead; the process must exit. */
  crash: { readonly error: Error; readonly restarting: boolean };
  committed: readonly Position[];
  commitFailed: { readonly error: Error };
  /** Between the last batch and this offset nobody sees anything: markers of transactions, records of aborted ones. */
  passed: Position;
  /** Told once, when the group's offset has been moved. */
  skipped: Skipped;
}

/** A member of a consumer group. It starts a new group at the earliest offset: skipped is unscreened. */
export interface Consumer {
  start(options: {
    readonly topics: readonly string[];
    readonly groupId: string;
    readonly onBatch: OnBatch;
    /**
     * What the members of the group must agree on, in a few words. Partitions are given to the members with the terms that
     * most have; the others wait in the group with none. Default: nothing to agree on.
     */
    readonly terms?: string;
  }): Promise<void>;
  /** Milliseconds since the epoch of the last sign of life from the group: a fetch or a heartbeat. */
  lastProgressAt(): number;
  /** Finishes or abandons the batch in hand, leaves the group, disconnects. */
  stop(): Promise<void>;
  on<K extends keyof ConsumerEvents>(event: K, listener: (event: ConsumerEvents[K]) => void): () => void;
}

export interface OutRecord {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | string>>;
}

export interface Producer {
  /**
   * Resolves when every record is acknowledged by all in-sync replicas. Records of one key keep their order within a
   * call. Rejects with KAFKA_UNAVAILABLE when that did not happen in time: some may then have been written.
   */
  send(records: readonly OutRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** The share of a group's work that one transactional producer answers for, whichever member has it. */
export interface TransactionSource extends TopicPartition {
  readonly groupId: string;
}

/**
 * Writes what comes of one partition of input, and moves the group's offset of that partition, in one transaction.
 *
 * Whoever opens one takes the partition over: older producers of the same source are shut out, what they left open is
 * aborted, and only then the group's offset is read. So transactions of one source follow one another without a gap or
 * an overlap, whoever makes them: a member that was expelled and does not know it can delay the new one, no more.
 */
export interface TransactionalProducer {
  /**
   * One transaction of `records` and of `next` as the group's offset. Who reads committed records sees all or nothing.
   * `from` is the offset of the first record that `records` came of. One call at a time.
   *
   * Answers the group's offset afterwards: `next`; or a later one than `from`, with nothing written, because the group
   * was past `from` already, by another member or by an earlier call whose answer was lost. So a call that was rejected
   * may simply be made again.
   *
   * Rejects with KAFKA_UNAVAILABLE, with TRANSACTION_LOST when another took the partition over or the brokers gave the
   * transaction up, and with TOPIC_UNSUITABLE or CONTRACT_VIOLATED for records that are refused.
   */
  sendAndCommit(records: readonly OutRecord[], span: { readonly from: bigint; readonly next: bigint }): Promise<bigint>;
  close(): Promise<void>;
}

export interface TopicSettings {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  /** Milliseconds; -1 keeps for ever. Absent: the broker's default. */
  readonly retentionMs?: number;
  /** The largest record, with key and headers, that the topic takes. Absent: the broker's default. */
  readonly maxMessageBytes?: number;
  readonly compacted?: boolean;
  /**
   * Records get the time at which the broker took them. Else they keep what their producer says, and a broker deletes by
   * that: one that writes seconds where milliseconds belong has its records deleted as of 1970.
   */
  readonly stampedByBroker?: boolean;
}

export interface TopicReport {
  readonly topic: string;
  readonly created: boolean;
  readonly partitions: number;
  /** The largest batch, and so the largest record, that the topic takes. */
  readonly maxMessageBytes: number;
  /** How a topic that stood already differs from the settings, in words. */
  readonly differences: readonly string[];
}

/** How things stand with one partition, and with a group in it. */
export interface PartitionSurvey extends TopicPartition {
  /** The earliest offset kept. */
  readonly start: bigint;
  /** Where readers of committed records come to an end: before the first open transaction, else `end`. */
  readonly stableEnd: bigint;
  /** The offset after the last record that is in every in-sync replica. */
  readonly end: bigint;
  /** The group's offset; `null` where it has none. */
  readonly committed: bigint | null;
}

export interface Admin {
  /**
   * Creates what is missing. A topic that exists is left as it is and compared; one that cannot serve at all
   * (a compacted event topic, which loses events) is refused with TOPIC_UNSUITABLE.
   */
  ensureTopics(topics: readonly TopicSettings[]): Promise<readonly TopicReport[]>;
  /**
   * Looks at every partition that the topics have now, also those added a moment ago. Rejects with TOPIC_UNSUITABLE when
   * there is no such topic.
   */
  survey(groupId: string, topics: readonly string[]): Promise<readonly PartitionSurvey[]>;
  close(): Promise<void>;
}

/** Records of one partition, from `from` to before `to`. */
export interface OffsetRange extends TopicPartition {
  readonly from: bigint;
  readonly to: bigint;
}

/** Records of one partition, in order. */
export interface RecordsRead extends TopicPartition {
  readonly records: readonly ConsumedRecord[];
}

/** What was read of one partition while it is followed. `records` is empty where only markers of transactions stood. */
export interface Followed extends RecordsRead {
  /** Where to read on after it. */
  readonly nextOffset: bigint;
}

export interface FollowOptions {
  /** Where each partition is read from: the partitions that are followed, at least one. */
  readonly positions: readonly Position[];
  /** One call at a time. */
  readonly onRecords: (batch: Followed) => Promise<void>;
  /** Ends the following, without an error. */
  readonly signal: AbortSignal;
}

/** Reads records where they lie. It commits nothing, and takes no partition away from a consumer. */
export interface Reader {
  /**
   * What each partition holds now: from its first record (with `since`, milliseconds since the epoch, from the first
   * one stamped then or later) to after its last. Rejects with TOPIC_UNSUITABLE when there is no such topic.
   */
  extent(topic: string, since?: number): Promise<readonly OffsetRange[]>;
  /**
   * Reads the ranges to their ends, and those of one partition in order, with one call of `onRecords` at a time. What was
   * never written, or is no longer kept, is left out. Rejects with what `onRecords` rejects with.
   */
  read(ranges: readonly OffsetRange[], onRecords: (batch: RecordsRead) => Promise<void>): Promise<void>;
  /**
   * Reads on as records come, those of one partition in order, until the signal is aborted. A position that is no longer
   * kept is read on from the earliest. Rejects with KAFKA_UNAVAILABLE when an outage outlasts the retries: whoever noted
   * `nextOffset` follows again from there, and misses nothing. Rejects with what `onRecords` rejects with.
   */
  follow(options: FollowOptions): Promise<void>;
  close(): Promise<void>;
}

export interface KafkaClient {
  /**
   * Connects and asks what this user may do, before anything is begun. Rejects with CONFIG_INVALID where Kafka refuses the
   * user or does not allow what is needed: every gap in one message, by user, operation and resource (KAFKA_REFUSED for a
   * client that was let in before); with TOPIC_ABSENT for topics that others must make; with TLS_FAILED,
   * TOKEN_UNAVAILABLE or KAFKA_UNAVAILABLE where there is no connection.
   */
  check(needs: readonly Need[]): Promise<void>;
  consumer(): Consumer;
  producer(): Promise<Producer>;
  /** Rejects with KAFKA_UNAVAILABLE, CONFIG_INVALID (also: not allowed to use the transactional id) or TRANSACTION_LOST. */
  transactionalProducer(source: TransactionSource): Promise<TransactionalProducer>;
  admin(): Promise<Admin>;
  reader(): Promise<Reader>;
}
