import type { RecordOf } from "./generated/record-of.ts";

/** A registry subject of Cordon's: `<topic>-value`. Each has one schema file in `schemas/avro`. */
export type Subject = keyof RecordOf;

/** Every topic Cordon reads or writes, as outside programs know it. */
export const topics = {
  payments: "payments.v1",
  remittances: "remittances.v1",
  decisions: "screening.decisions.v1",
  alerts: "screening.alerts.v1",
  deadLetters: "screening.dead-letters.v1",
  listChanges: "sanctions.list-changes.v1",
  dispositions: "screening.dispositions.v1",
} as const;

export type Topic = (typeof topics)[keyof typeof topics];

/** The topics whose values are Avro. A dead letter is the original bytes. */
export type AvroTopic = Exclude<Topic, typeof topics.deadLetters>;

/** The topics that hold events to be screened. */
const eventTopics = [topics.payments, topics.remittances] as const;
export type EventTopic = (typeof eventTopics)[number];

/** What a topic is created with when it does not exist. */
export interface TopicDefaults {
  readonly partitions: number;
  /** Keeps the newest record of each key instead of deleting by age. */
  readonly compacted: boolean;
}

/** Defaults by topic. Partitions of the event topics and of what is keyed by event are settings. */
export const topicDefaults: Readonly<Record<Topic, TopicDefaults>> = {
  "payments.v1": { partitions: 6, compacted: false },
  "remittances.v1": { partitions: 6, compacted: false },
  "screening.decisions.v1": { partitions: 6, compacted: false },
  "screening.alerts.v1": { partitions: 6, compacted: false },
  "screening.dead-letters.v1": { partitions: 1, compacted: false },
  "sanctions.list-changes.v1": { partitions: 1, compacted: true },
  "screening.dispositions.v1": { partitions: 6, compacted: false },
};

/** Every subject, in the order of its topic above. */
export const subjects = [
  "payments.v1-value",
  "remittances.v1-value",
  "screening.decisions.v1-value",
  "screening.alerts.v1-value",
  "sanctions.list-changes.v1-value",
  "screening.dispositions.v1-value",
] as const satisfies readonly Subject[];

/** The subject of a topic's values (TopicNameStrategy). */
export function subjectOf<T extends AvroTopic>(topic: T): `${T}-value` {
  return `${topic}-value`;
}

/** Headers of a dead letter. All values are UTF-8 text; `at` is ISO 8601. */
export const deadLetterHeaders = {
  errorCode: "cordon-error-code",
  /** Why, in words for a person; nothing of the record stands in them. */
  errorMessage: "cordon-error-message",
  sourceTopic: "cordon-source-topic",
  sourcePartition: "cordon-source-partition",
  sourceOffset: "cordon-source-offset",
  at: "cordon-at",
  /** Only where key and value did not fit and were left out: their bytes together. The source still has them. */
  leftOut: "cordon-left-out-bytes",
} as const;

/**
 * Headers of a decision: its outcome, how many matches it set aside if any, and the event's own trace context, so that a router
 * needs no Avro.
 */
export const decisionHeaders = {
  outcome: "cordon-outcome",
  setAside: "cordon-set-aside",
  traceparent: "traceparent",
} as const;

/** Header of a disposition: what was decided. */
export const dispositionHeaders = { decision: "cordon-disposition" } as const;
