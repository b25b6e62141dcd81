import { type IndexStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore, type MemoryIndexBackend } from "@cordon/index-store/testing";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import { type Decision, topics } from "@cordon/schemas";
import {
  encodePayment,
  fakeEngineVersion as engineVersion,
  openFake,
  paymentSchema,
  samplePayment as payment,
} from "@cordon/screening/testing";
import { type LogFields, type Logger, readConfig, type ServiceContext } from "@cordon/service";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";

import { screenerConfig } from "../../src/config.ts";
import { runScreener, type ScreenerPorts } from "../../src/service.ts";
import { decodeDecision } from "./bench.ts";

export interface LogLine {
  readonly msg: string;
  readonly fields: LogFields;
}

/** A Kafka, a registry and an index store in memory, which outlive the screeners that use them. */
export interface World {
  readonly kafka: MemoryKafka;
  readonly registry: MemoryRegistry;
  readonly backend: MemoryIndexBackend;
  readonly store: IndexStore;
  decisions(): readonly Decision[];
  /** Sends payments between innocent people, under their ids. */
  send(ids: readonly string[], names?: readonly string[]): Promise<void>;
}

export interface Running {
  /** Resolves when the screener ended, with the error it ended with. */
  readonly ended: Promise<unknown>;
  readonly log: readonly LogLine[];
  /** Where probes and metrics are. */
  url(): Promise<string>;
  ready(): Promise<{ readonly ok: boolean; readonly reasons: readonly string[] }>;
  healthy(): Promise<boolean>;
  metrics(): Promise<string>;
  /** As SIGTERM does. */
  stop(): Promise<unknown>;
}

export const groupId = "cordon-screener";

export function createWorld(): World {
  const kafka = createMemoryKafka({ maxBatchRecords: 50 });
  const registry = createMemoryRegistry();
  const backend = createMemoryIndexBackend();
  return {
    kafka,
    registry,
    backend,
    store: createMemoryIndexStore(backend),
    decisions: () => kafka.records(topics.decisions).map(decodeDecision),
    async send(ids, names) {
      const id = await registry.register(`${topics.payments}-value`, paymentSchema);
      const producer = await kafka.producer();
      await producer.send(
        ids.map((event) => ({
          topic: topics.payments,
          key: Buffer.from(event),
          value: encodePayment(payment(event, names), id),
        })),
      );
      await producer.close();
    },
  };
}

export function startScreener(
  { kafka, registry, backend }: World,
  env: Readonly<Record<string, string>> = {},
  ports: Partial<ScreenerPorts> = {},
): Running {
  const config = readConfig(screenerConfig, {
    KAFKA_BROKERS: "memory:9092",
    SCHEMA_REGISTRY_URL: "http://memory",
    REDIS_URL: "redis://memory",
    INDEX_POLL_SECONDS: "0.05",
    WARM_UP_SECONDS: "0",
    ...env,
  });
  const controller = new AbortController();
  const log: LogLine[] = [];
  const closers: (() => Promise<void> | void)[] = [];
  const listening = Promise.withResolvers<string>();
  const logger = recordingLogger((line) => {
    log.push(line);
    if (line.msg === "listening") listening.resolve(String(line.fields["url"]));
  });
  const context: ServiceContext = {
    signal: controller.signal,
    logger,
    onClose: (_, close) => void closers.push(close),
    fail: (error) => {
      throw error;
    },
  };
  const engine = { version: engineVersion, open: openFake };
  const store = createMemoryIndexStore(backend);
  const run = async (): Promise<unknown> => {
    let outcome: unknown = null;
    try {
      await runScreener(config, { kafka, registry, store, engine, clock: Date.now, build: "test", ...ports }, context);
    } catch (error) {
      outcome = error;
    }
    for (const close of closers.toReversed()) await close();
    return outcome;
  };
  const ended = run();
  const get = async (path: string): Promise<Response> => fetch(`${await listening.promise}${path}`);
  return {
    ended,
    log,
    url: () => listening.promise,
    ready: async () => (await (await get("/readyz")).json()) as { ok: boolean; reasons: readonly string[] },
    healthy: async () => (await get("/healthz")).ok,
    metrics: async () => (await get("/metrics")).text(),
    stop() {
      controller.abort(new Error("SIGTERM"));
      return ended;
    },
  };
}

function recordingLogger(write: (line: LogLine) => void): Logger {
  const line =
    () =>
    (msg: string, fields: LogFields = {}): void => {
      write({ msg, fields });
    };
  const logger: Logger = { debug: line(), info: line(), warn: line(), error: line(), child: () => logger };
  return logger;
}
