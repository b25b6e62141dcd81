import {
  type OutcomeContext,
  type ScreeningOutcome,
  toAlert,
  toDecision,
  undecodableDecision,
} from "@cordon/decisions";
import type { ConsumedRecord, OutRecord, TopicPartition } from "@cordon/kafka";
import {
  type Alert,
  deadLetterHeaders,
  type Decision,
  decisionHeaders,
  type Encoder,
  isCanary,
  schemaIdOf,
  wireHeaderBytes,
} from "@cordon/schemas";

import type { ClearDecision } from "./fast-path/fast-path.ts";
import { keyText } from "./key-text.ts";
import type { ScreenedRecord, Screening } from "./screen-record.ts";
import { largestDeadLetter } from "./topics.ts";

/** Where outputs go and how they are written. Complete before the first record is read. */
export interface OutputFormat {
  readonly topics: {
    readonly decisions: string;
    readonly alerts: string;
    readonly deadLetters: string;
    readonly canaryDecisions: string;
    readonly canaryAlerts: string;
  };
  readonly decisions: { readonly encoder: Encoder<Decision>; readonly schemaId: number };
  readonly alerts: { readonly encoder: Encoder<Alert>; readonly schemaId: number };
  /** `hits-and-holds` leaves out the decisions that are CLEAR, save those that set matches aside. */
  readonly decisionsWritten: "all" | "hits-and-holds";
  /** What the result topics take, where that is less than usual. */
  readonly most?: OutputBounds;
}

/** Bytes that may be written, so that a record fits its topic. */
export interface OutputBounds {
  /** The matches of an alert. */
  readonly matches: number;
  /** The key, value and headers of a record that is set aside. */
  readonly deadLetter: number;
}

/** Longest record key that can be an event id, in bytes. */
const maxKeyBytes = 512;

/**
 * Everything that must be durable before the record counts as done: its decision, and its alert or its dead letter. What is clear by its
 * parts has `clearOutputs`.
 * Keys and dead letters are views of the consumed record: send them before the batch ends.
 */
export function outputsOf(
  record: ConsumedRecord,
  screened: Exclude<ScreenedRecord, ClearDecision>,
  { source, screening, format }: OutputDeps,
): readonly OutRecord[] {
  const { generation, policy, fingerprintKey } = screening;
  const context: OutcomeContext = {
    source: { topic: source.topic, partition: source.partition, offset: record.offset },
    index: generation.stamp,
    engineVersion: generation.index.engineVersion,
    policyVersion: policy.version,
    at: screened.at,
    received: receivedOf(record),
    fingerprintKey,
  };
  if (screened.kind === "undecodable") return undecodable(record, screened.why, { context, format });

  const { event, outcome } = screened;
  const canary = isCanary(event.eventId, record);
  // A canary waits for its CLEAR: left out, it would look like a screener that is silent.
  if (!canary && isLeftOut(outcome, format)) return [];
  const key = Buffer.from(event.eventId, "utf8");
  const { topics } = format;
  const [decisions, alerts] = canary
    ? [topics.canaryDecisions, topics.canaryAlerts]
    : [topics.decisions, topics.alerts];
  const decision = decisionRecord(key, record, { decision: toDecision(outcome, context), topic: decisions, format });
  if (outcome.kind !== "hit") return [decision];
  const { encoder, schemaId } = format.alerts;
  // The alert first: who sees the HIT of one key can count on its alert being on the way.
  return [
    { topic: alerts, key, value: encoder.encode(toAlert(outcome, event, context, format.most?.matches), schemaId) },
    decision,
  ];
}

function receivedOf({ value }: ConsumedRecord): OutcomeContext["received"] {
  const schemaId = schemaIdOf(value);
  return value === null || schemaId === null ? undefined : { body: value.subarray(wireHeaderBytes), schemaId };
}

/** What was set aside or is told is evidence that an auditor asks for: it is written whatever the setting. */
function isLeftOut(outcome: ScreeningOutcome, { decisionsWritten }: OutputFormat): boolean {
  if (decisionsWritten === "all" || outcome.kind !== "clear") return false;
  return outcome.setAside.length === 0 && outcome.told.length === 0;
}

export interface OutputDeps {
  readonly source: TopicPartition;
  readonly screening: Screening;
  readonly format: OutputFormat;
}

/** A record compressed on its way may be many times what a topic takes: it must not halt those behind it for ever. */
const mostDeadLetterBytes = largestDeadLetter - 64 * 1024;

function isKey(key: Buffer | null): key is Buffer {
  return key !== null && key.length > 0 && key.length <= maxKeyBytes;
}

/** The record itself, and its event held, if its key can tell which event that is. */
function undecodable(
  record: ConsumedRecord,
  why: string,
  { context, format }: { readonly context: OutcomeContext; readonly format: OutputFormat },
): readonly OutRecord[] {
  const { source, at } = context;
  const { key, value } = record;
  const bytes = (key?.length ?? 0) + (value?.length ?? 0);
  const fits = bytes <= Math.min(mostDeadLetterBytes, format.most?.deadLetter ?? mostDeadLetterBytes);
  const deadLetter: OutRecord = {
    topic: format.topics.deadLetters,
    key: fits || isKey(key) ? key : null,
    value: fits ? value : null,
    headers: {
      [deadLetterHeaders.errorCode]: "RECORD_UNDECODABLE",
      [deadLetterHeaders.errorMessage]: why,
      [deadLetterHeaders.sourceTopic]: source.topic,
      [deadLetterHeaders.sourcePartition]: String(source.partition),
      [deadLetterHeaders.sourceOffset]: String(source.offset),
      [deadLetterHeaders.at]: new Date(at).toISOString(),
      ...(fits ? {} : { [deadLetterHeaders.leftOut]: String(bytes) }),
    },
  };
  if (!isKey(key)) return [deadLetter];
  const eventId = keyText(record) ?? "";
  const decision = undecodableDecision(eventId, context);
  return [
    deadLetter,
    decisionRecord(Buffer.from(eventId, "utf8"), record, { decision, topic: format.topics.decisions, format }),
  ];
}

function decisionRecord(
  key: Buffer,
  record: ConsumedRecord,
  { decision, topic, format }: { readonly decision: Decision; readonly topic: string; readonly format: OutputFormat },
): OutRecord {
  const { encoder, schemaId } = format.decisions;
  const traceparent = traceparentOf(record);
  return {
    topic,
    key,
    value: encoder.encode(decision, schemaId),
    headers: {
      [decisionHeaders.outcome]: decision.outcome,
      ...(decision.setAside.length === 0 ? {} : { [decisionHeaders.setAside]: String(decision.setAside.length) }),
      ...(traceparent === undefined ? {} : { [decisionHeaders.traceparent]: traceparent }),
    },
  };
}

/** Those of version 00 have 55 bytes. What is far longer is no trace context, and might not fit the record made with it. */
const longestTraceparent = 512;

export function traceparentOf(record: ConsumedRecord): Buffer | undefined {
  const given = record.header(decisionHeaders.traceparent);
  return given === undefined || given.length > longestTraceparent ? undefined : given;
}
