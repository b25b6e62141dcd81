import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";
import type { KafkaClient } from "@cordon/kafka";
import { createMemoryKafka, type MemoryKafka, type MemoryRecord } from "@cordon/kafka/testing";
import { type Alert, createEncoder, type Decision, type Outcome, schemaText, topics } from "@cordon/schemas";
import { type LogFields, type Logger, readConfig, type ServiceContext } from "@cordon/service";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";

import { gatewayConfig } from "../../src/config.ts";
import { runGateway } from "../../src/service.ts";
import { createLedgerBackend, type LedgerBackend, memoryLedger } from "./memory-ledger.ts";

/** Kafka, registry and Redis in memory, which outlive the gateways that use them. */
export interface World {
  readonly kafka: MemoryKafka;
  readonly registry: MemoryRegistry;
  readonly backend: LedgerBackend;
  events(): readonly MemoryRecord[];
  /** As the screener answers: the alert first, then the decision. */
  decide(eventId: string, outcome: Outcome, more?: Partial<Decision>): Promise<void>;
  alert(eventId: string): Promise<void>;
  /** Decides every event that has none, until stopped. */
  screen(outcomeOf?: (eventId: string) => Outcome): () => void;
}

export interface Running {
  readonly url: string;
  readonly log: readonly { readonly msg: string; readonly fields: LogFields }[];
  readonly ended: Promise<unknown>;
  stop(): Promise<unknown>;
  /** Without a word to anybody: its beats end, and nothing of it is told. */
  kill(): void;
  metrics(): Promise<string>;
}

const decisionSubject = `${topics.decisions}-value` as const;
const alertSubject = `${topics.alerts}-value` as const;
const index = { version: "a".repeat(64), generation: 1, lists: [] };
const place = { sourceTopic: topics.payments, sourcePartition: 0, sourceOffset: 0 };

export async function createWorld(): Promise<World> {
  const kafka = createMemoryKafka({ maxBatchRecords: 50 });
  const registry = createMemoryRegistry();
  const decisionId = await registry.register(decisionSubject, schemaText(decisionSubject));
  const alertId = await registry.register(alertSubject, schemaText(alertSubject));
  const decisions = createEncoder(decisionSubject);
  const alerts = createEncoder(alertSubject);
  const producer = await kafka.producer();

  const world: World = {
    kafka,
    registry,
    backend: createLedgerBackend(),
    events: () => [topics.payments, topics.remittances].flatMap((topic) => recordsOf(kafka, topic)),
    async alert(eventId) {
      const value = alerts.encode(sampleAlert(eventId), alertId);
      await producer.send([{ topic: topics.alerts, key: Buffer.from(eventId), value }]);
    },
    async decide(eventId, outcome, more = {}) {
      const value = decisions.encode({ ...sampleDecision(eventId, outcome), ...more }, decisionId);
      const headers = { "cordon-outcome": outcome };
      await producer.send([{ topic: topics.decisions, key: Buffer.from(eventId), value, headers }]);
    },
    screen(outcomeOf = () => "CLEAR") {
      const seen = new Set<string>();
      const timer = setInterval(() => {
        for (const { key } of world.events()) {
          const eventId = key?.toString() ?? "";
          if (seen.has(eventId)) continue;
          seen.add(eventId);
          const outcome = outcomeOf(eventId);
          void (outcome === "HIT" ? world.alert(eventId) : Promise.resolve()).then(() =>
            world.decide(eventId, outcome),
          );
        }
      }, 5);
      return () => {
        clearInterval(timer);
      };
    },
  };
  return world;
}

function recordsOf(kafka: MemoryKafka, topic: string): readonly MemoryRecord[] {
  try {
    return kafka.records(topic);
  } catch {
    return []; // not created yet
  }
}

function sampleDecision(eventId: string, outcome: Outcome): Decision {
  const hold = outcome === "HOLD" ? "NAME_UNREADABLE" : null;
  return {
    eventId,
    ...place,
    outcome,
    holdReason: hold,
    alertId: outcome === "HIT" ? "alert-1" : null,
    fieldsScreened: 3,
    index,
    engineVersion: "e",
    policyVersion: "p",
    decidedAt: 1_790_000_000_000,
    setAside: [],
  } as unknown as Decision;
}

function sampleAlert(eventId: string): Alert {
  return {
    alertId: "alert-1",
    eventId,
    ...place,
    raisedAt: 1_790_000_000_000,
    index,
    engineVersion: "e",
    policyVersion: "p",
    money: { amount: Buffer.from([1, 0]), currency: "EUR" },
    rail: "SWIFT",
    matches: [],
  } as unknown as Alert;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly kafka?: KafkaClient;
  readonly ready?: boolean;
}

export async function startGateway(
  world: World,
  { env = {}, kafka = world.kafka, ready = true }: StartOptions = {},
): Promise<Running> {
  const config = readConfig(gatewayConfig, {
    KAFKA_BROKERS: "unused:9092",
    SCHEMA_REGISTRY_URL: "http://unused",
    REDIS_URL: "redis://unused",
    GATEWAY_PORT: "0",
    GATEWAY_AUTH: "none",
    ...env,
  });
  const over = new AbortController();
  const log: { readonly msg: string; readonly fields: LogFields }[] = [];
  const closers: (() => Promise<void> | void)[] = [];
  const note = (msg: string, fields: LogFields = {}): void => void log.push({ msg, fields });
  const logger = { debug: note, info: note, warn: note, error: note } as unknown as Logger;
  const context: ServiceContext = {
    signal: over.signal,
    logger,
    onClose: (_name, close) => void closers.push(close),
    fail: () => undefined,
  };
  const gone = { away: false };
  const ledger = memoryLedger(world.backend, { instance: randomUUID(), claimMs: 2000, deadMs: 1500 });
  const reachable = new Proxy(ledger, {
    get: (of, name: keyof typeof ledger) =>
      gone.away ? () => Promise.reject(new CordonError("REDIS_UNAVAILABLE", "this replica is gone")) : of[name],
  });
  const running = runGateway(
    config,
    { kafka, registry: world.registry, ledger: reachable, clock: Date.now, build: "test" },
    context,
  );
  const ended = running.then(
    () => null,
    (error: unknown) => error,
  );
  const url = await told(log, ended, "taking messages", "gateway");
  const metricsUrl = await told(log, ended, "listening", "url");
  const stop = async (): Promise<unknown> => {
    over.abort();
    const error = await ended;
    const closing = (async () => {
      for (const close of closers.toReversed()) await close();
    })();
    // What is dead finishes nothing.
    if (gone.away) closing.catch(() => undefined);
    else await closing;
    return error;
  };
  if (ready) while (!(await fetch(`${metricsUrl}/readyz`)).ok) await pause(5);
  return {
    url,
    log,
    ended,
    stop,
    kill() {
      gone.away = true;
      over.abort();
    },
    metrics: async () => (await fetch(`${metricsUrl}/metrics`)).text(),
  };
}

async function told(log: Running["log"], ended: Promise<unknown>, msg: string, field: string): Promise<string> {
  for (;;) {
    const line = log.find((one) => one.msg === msg);
    if (line !== undefined) return line.fields[field] as string;
    const over = await Promise.race([ended, pause(5).then(() => "running")]);
    if (over !== "running") throw over as Error;
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
