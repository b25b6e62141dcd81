import { createHash } from "node:crypto";

import type { Consumer, ConsumedRecord, KafkaClient } from "@cordon/kafka";
import {
  type Alert,
  createDecoder,
  type Decision,
  deadLetterHeaders,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import {
  coordinateOf,
  type Ledger,
  type Seen,
  type SeenAlert,
  type SeenDeadLetter,
  type SeenDecision,
  type SeenEvent,
  type Traffic,
} from "@cordon/simulator";

/** Reads back what went in and what came out, as any outside program may. */
export interface Observer {
  readonly seen: Seen;
  /** Aborted when nothing more can be read. */
  readonly failed: AbortSignal;
  /** Begins to read; resolves once every partition is assigned. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ObserverOptions {
  readonly kafka: KafkaClient;
  readonly prefix: string;
  readonly ledger: Ledger;
  readonly traffic: Traffic;
}

const decisionDecoder = createDecoder(subjectOf(topics.decisions), schemaText(subjectOf(topics.decisions)));
const alertDecoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));

export function createObserver({ kafka, prefix, ledger, traffic }: ObserverOptions): Observer {
  const events: SeenEvent[] = [];
  const decisions: SeenDecision[] = [];
  const alerts: SeenAlert[] = [];
  const deadLetters: SeenDeadLetter[] = [];
  /** Records that this consumer was given before: it delivers at least once, too. */
  const read = new Set<string>();
  const failed = new AbortController();
  const consumer: Consumer = kafka.consumer();
  consumer.on("crash", ({ error, restarting }) => {
    if (!restarting) failed.abort(error);
  });

  function noteDecision(record: ConsumedRecord): void {
    const decision = decisionDecoder.decode(valueOf(record));
    decisions.push(seenDecision(decision));
    const number = traffic.numberOf(decision.eventId);
    if (number !== null) ledger.decided(number, decision.outcome, Date.now());
  }

  const notes: Readonly<Record<string, (record: ConsumedRecord, at: string) => void>> = {
    [prefix + topics.payments]: (record, at) => events.push({ at, key: textOf(record.key) }),
    [prefix + topics.remittances]: (record, at) => events.push({ at, key: textOf(record.key) }),
    [prefix + topics.decisions]: noteDecision,
    [prefix + topics.alerts]: (record) => alerts.push(seenAlert(alertDecoder.decode(valueOf(record)))),
    [prefix + topics.deadLetters]: (record) => deadLetters.push(seenDeadLetter(record)),
  };

  return {
    seen: { events, decisions, alerts, deadLetters },
    failed: failed.signal,
    async start() {
      const assigned = new Promise<void>((resolve) => {
        consumer.on("assigned", () => {
          resolve();
        });
      });
      await consumer.start({
        topics: Object.keys(notes),
        groupId: `${prefix}observer`,
        onBatch: async ({ topic, partition, records }) => {
          for (const record of records) {
            const at = coordinateOf(topic, partition, record.offset);
            if (read.has(at)) continue;
            read.add(at);
            notes[topic]?.(record, at);
          }
        },
      });
      await assigned;
    },
    stop: () => consumer.stop(),
  };
}

function seenDecision(decision: Decision): SeenDecision {
  const { eventId, outcome, holdReason, alertId, index } = decision;
  return {
    source: coordinateOf(decision.sourceTopic, decision.sourcePartition, decision.sourceOffset),
    eventId,
    outcome,
    holdReason,
    alertId,
    index: { version: index.version, entries: index.lists.reduce((sum, { entries }) => sum + entries, 0) },
    timeless: JSON.stringify({ ...decision, decidedAt: 0 }),
  };
}

function seenAlert({ eventId, alertId, matches, ...alert }: Alert): SeenAlert {
  return {
    source: coordinateOf(alert.sourceTopic, alert.sourcePartition, alert.sourceOffset),
    eventId,
    alertId,
    designationIds: matches.map(({ designationId }) => designationId),
  };
}

function seenDeadLetter(record: ConsumedRecord): SeenDeadLetter {
  const header = (name: string): string => textOf(record.header(name) ?? null) ?? "";
  return {
    source: coordinateOf(
      header(deadLetterHeaders.sourceTopic),
      Number(header(deadLetterHeaders.sourcePartition)),
      header(deadLetterHeaders.sourceOffset),
    ),
    code: header(deadLetterHeaders.errorCode),
    valueHash: hashOf(record.value),
  };
}

/** Of a record's value; the same text for no value. */
export function hashOf(value: Buffer | null): string {
  return value === null ? "null" : createHash("sha256").update(value).digest("hex");
}

function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString("utf8");
}

function valueOf({ value }: ConsumedRecord): Buffer {
  if (value === null) throw new Error("a decision or an alert without a value");
  return value;
}
