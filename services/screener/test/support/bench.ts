import { compilePolicy, type PolicySettings } from "@cordon/decisions";
import {
  type BatchContext,
  type ConsumedBatch,
  type ConsumedRecord,
  type OutRecord,
  type Producer,
} from "@cordon/kafka";
import type { Designation } from "@cordon/matching";
import {
  type Alert,
  canaryTopics,
  createDecoder,
  createEncoder,
  type Decision,
  schemaText,
  subjectOf,
  topics,
} from "@cordon/schemas";
import {
  createEventReaders,
  fastPathOf,
  generationOf,
  type IndexGeneration,
  type OutputFormat,
  payments,
  remittances,
} from "@cordon/screening";
import { encodePayment, fakeIndex, listed, paymentSchema, samplePayment as payment } from "@cordon/screening/testing";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";

import type { ScreenBatchDeps } from "../../src/batch/screen-batch.ts";
import { atLeastOnce } from "../../src/delivery.ts";
import { createIndexHolder, type IndexHolder } from "../../src/index/holder.ts";
import type { ScreenerTelemetry } from "../../src/telemetry.ts";
import { recordTelemetry, type Recorded } from "./record-telemetry.ts";

export const now = 1_790_000_000_000;

/** Everything a batch needs, in memory, with a look behind it. */
export interface Bench {
  readonly deps: ScreenBatchDeps;
  readonly holder: IndexHolder;
  readonly registry: MemoryRegistry;
  readonly sent: OutRecord[][];
  readonly told: Recorded;
  readonly paymentSchemaId: number;
  /** Ages the index. */
  setAge(milliseconds: number): void;
  /** The next sends reject with these, in order. */
  failSends(...errors: readonly Error[]): void;
  decisions(): readonly Decision[];
  alerts(): readonly Alert[];
  deadLetters(): readonly OutRecord[];
}

const decisionDecoder = createDecoder(subjectOf(topics.decisions), schemaText(subjectOf(topics.decisions)));
const alertDecoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));

export function decodeDecision({ value }: Pick<OutRecord, "value">): Decision {
  if (value === null) throw new Error("a decision without a value");
  return decisionDecoder.decode(value);
}

export function decodeAlert({ value }: Pick<OutRecord, "value">): Alert {
  if (value === null) throw new Error("an alert without a value");
  return alertDecoder.decode(value);
}

export function generation(number: number, designations: readonly Designation[]): IndexGeneration {
  const index = fakeIndex(designations);
  return generationOf(
    {
      version: `version-${String(number)}`,
      generation: number,
      bytes: 1,
      chunks: 1,
      engineVersion: index.engineVersion,
      createdAt: now + number,
      lists: index.lists.map((list) => ({ ...list, publishedAt: "2026-04-29" })),
    },
    index,
  );
}

export async function createBench(
  settings: PolicySettings = {},
  listener?: Partial<ScreenerTelemetry>,
): Promise<Bench> {
  const registry = createMemoryRegistry();
  const paymentSchemaId = await registry.register(`${topics.payments}-value`, paymentSchema);
  const holder = createIndexHolder();
  holder.swap(generation(1, [listed("GIM0001", "Goran Jalal"), listed("GIM0002", "Alen Basil")]));
  const sent: OutRecord[][] = [];
  const failures: Error[] = [];
  const producer: Producer = {
    send: async (records) => {
      await Promise.resolve();
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      sent.push([...records]);
    },
    close: () => Promise.resolve(),
  };
  const told = recordTelemetry(listener);
  let age = 0;
  const of = (topic: string): readonly OutRecord[] => sent.flat().filter((record) => record.topic === topic);
  return {
    deps: {
      holder,
      indexAge: () => age,
      policy: compilePolicy(settings),
      fastPathOf: fastPathOf(compilePolicy(settings)),
      readers: createEventReaders({
        registry,
        kinds: new Map([
          [topics.payments as string, payments],
          [topics.remittances as string, remittances],
        ]),
        ignoredFields: new Set(compilePolicy(settings).ignoredFields),
      }),
      delivery: atLeastOnce(producer),
      format: outputFormat(),
      telemetry: told.telemetry,
      clock: () => now,
    },
    holder,
    registry,
    sent,
    told,
    paymentSchemaId,
    setAge(milliseconds) {
      age = milliseconds;
    },
    failSends(...errors) {
      failures.push(...errors);
    },
    decisions: () => of(topics.decisions).map(decodeDecision),
    alerts: () => of(topics.alerts).map(decodeAlert),
    deadLetters: () => of(topics.deadLetters),
  };
}

function outputFormat(): OutputFormat {
  return {
    topics: { ...topics, canaryDecisions: canaryTopics.decisions, canaryAlerts: canaryTopics.alerts },
    decisions: { encoder: createEncoder(subjectOf(topics.decisions)), schemaId: 71 },
    alerts: { encoder: createEncoder(subjectOf(topics.alerts)), schemaId: 72 },
    decisionsWritten: "all",
  };
}

export interface RawRecord {
  readonly key?: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A batch of partition 3, from offset 100. */
export function batchOf(topic: string, records: readonly RawRecord[]): ConsumedBatch {
  return {
    topic,
    partition: 3,
    highWatermark: BigInt(100 + records.length + 7),
    nextOffset: BigInt(100 + records.length),
    records: records.map(({ key = null, value, headers = {} }, at): ConsumedRecord => ({
      offset: BigInt(100 + at),
      timestamp: now - 250,
      key: typeof key === "string" ? Buffer.from(key, "utf8") : key,
      value,
      header: (name) => {
        const text = headers[name];
        return text === undefined ? undefined : Buffer.from(text, "utf8");
      },
    })),
  };
}

/** A batch of payments, each under its own id. */
export function paymentBatch(
  { paymentSchemaId }: Pick<Bench, "paymentSchemaId">,
  events: readonly { readonly id: string; readonly names?: readonly string[] }[],
): ConsumedBatch {
  return batchOf(
    topics.payments,
    events.map(({ id, names }) => ({ key: id, value: encodePayment(payment(id, names), paymentSchemaId) })),
  );
}

export interface TestContext extends BatchContext {
  readonly heartbeats: () => number;
  abort(): void;
  goStale(): void;
}

export function batchContext({ onHeartbeat }: { onHeartbeat?: () => void } = {}): TestContext {
  const controller = new AbortController();
  let heartbeats = 0;
  let stale = false;
  return {
    signal: controller.signal,
    stale: () => stale,
    heartbeat: async () => {
      heartbeats++;
      onHeartbeat?.();
      await Promise.resolve();
    },
    heartbeats: () => heartbeats,
    abort() {
      controller.abort(new Error("the consumer is stopping"));
    },
    goStale() {
      stale = true;
      controller.abort(new Error("the partition was revoked"));
    },
  };
}
