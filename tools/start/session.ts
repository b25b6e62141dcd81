import { setTimeout as sleep } from "node:timers/promises";

import type { Consumer } from "@cordon/kafka";
import { type Alert, topics } from "@cordon/schemas";
import {
  createAlertDecoder,
  createLedger,
  createPlantedRegister,
  createTraffic,
  type Ledger,
  observe,
  type PlantedRegister,
  sendTraffic,
  type Traffic,
} from "@cordon/simulator";

import { connect, connectSender, liveNames } from "./clients.ts";
import { StartError } from "./start-error.ts";

export interface SessionOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** One event in so many carries a listed name. */
  readonly plantedEvery: number;
  readonly onAlert: (alert: Alert) => void;
  /** Kafka did not take a batch, which is being sent again. */
  readonly onRetry: () => void;
}

export interface SendRequest {
  /** Events a second; null: as fast as decisions come back. */
  readonly rate: number | null;
  /** How many; null: until the signal. */
  readonly events: number | null;
  readonly mostPending: number;
  readonly signal: AbortSignal;
}

/** A producer of synthetic events and a reader of what becomes of them, both outside the pipeline. */
export interface Session {
  readonly ledger: Ledger;
  readonly planted: PlantedRegister;
  readonly idOf: (number: number) => string;
  /** Aborted when results can no longer be read. */
  readonly failed: AbortSignal;
  /** Begins to read results; resolves once every partition is read. */
  listen(signal: AbortSignal): Promise<void>;
  /** Resolves when all were sent and acknowledged, or at the signal. */
  send(request: SendRequest): Promise<void>;
  /** Plants names of the index that is live now from here on. */
  replant(): Promise<void>;
  close(): Promise<void>;
}

const seed = 1;
const heldEvery = 1000;
const assignedWithinMs = 30_000;

async function joined(consumer: Consumer, start: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const off = consumer.on("assigned", () => {
    resolve();
  });
  const done = new AbortController();
  try {
    await start();
    // Whoever gave the signal looks at it; here it only ends the wait.
    const late = sleep(assignedWithinMs, undefined, { signal: AbortSignal.any([signal, done.signal]) }).catch(() => {});
    await Promise.race([promise, late]);
  } finally {
    off();
    done.abort();
  }
}

export async function openSession({ environment, plantedEvery, onAlert, onRetry }: SessionOptions): Promise<Session> {
  const { kafka, registry, store } = connect(environment);
  const processor = await connectSender(environment);
  const topicPrefix = environment["TOPIC_PREFIX"] ?? "";
  const run = `start-${Date.now().toString(36)}`;
  const ledger = createLedger();
  const planted = createPlantedRegister();
  const failed = new AbortController();

  async function makeTraffic(): Promise<Traffic> {
    return createTraffic({ seed, idPrefix: run, planted: await liveNames(store), plantedEvery, heldEvery });
  }
  let traffic = await makeTraffic();
  const consumer = kafka.consumer();
  consumer.on("crash", ({ error, restarting }) => {
    if (!restarting) failed.abort(new StartError(`results can no longer be read: ${error.message}`));
  });
  const decisionsTopic = topicPrefix + topics.decisions;
  const alertsTopic = topicPrefix + topics.alerts;
  const onBatch = observe({
    decisionsTopic,
    alertsTopic,
    traffic: () => traffic,
    ledger,
    planted,
    decodeAlert: createAlertDecoder(registry),
    now: Date.now,
    onAlert,
  });

  return {
    ledger,
    planted,
    idOf: (number) => `${run}-${String(number)}`,
    failed: failed.signal,
    listen: (signal) =>
      joined(consumer, () => consumer.start({ topics: [decisionsTopic, alertsTopic], groupId: run, onBatch }), signal),
    send: (request) =>
      sendTraffic({ ...request, traffic: () => traffic, ledger, planted, processor, now: Date.now, onRetry }),
    async replant() {
      traffic = await makeTraffic();
    },
    async close() {
      await Promise.allSettled([consumer.stop(), processor.close(), store.close()]);
    },
  };
}
