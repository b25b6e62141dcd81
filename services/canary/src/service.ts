import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import { type IndexStore } from "@cordon/index-store";
import { type Consumer, type KafkaClient, type OutRecord, type Producer } from "@cordon/kafka";
import type { Designation } from "@cordon/matching";
import { canaryHeader, canaryTopicDefaults, canaryTopics } from "@cordon/schemas";
import {
  createMetrics,
  createWaitings,
  type HealthReport,
  type PatienceOptions,
  retryUntilAvailable,
  type SchemaRegistry,
  type ServiceContext,
  startHttpServer,
  tellAll,
  type Waitings,
} from "@cordon/service";
import { createEventEncoder } from "@cordon/simulator";

import { type Canary, canaryRound } from "./canary-events.ts";
import type { CanaryConfig } from "./config.ts";
import { knownBadAt } from "./known-bad.ts";
import { createCanaryLedger } from "./ledger.ts";
import { createNames } from "./names.ts";
import { needsOf } from "./needs.ts";
import { readResults } from "./results.ts";
import { type CanaryTelemetry, countTelemetry, logTelemetry } from "./telemetry.ts";

/** What the canary reaches outside of itself. Closed by who made it. */
export interface CanaryPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  /** The designations of an index, and the version of the engine that opens it. */
  readonly engine: { readonly version: string; readonly open: (snapshot: Uint8Array) => Iterable<Designation> };
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Version of the build, for a metric's label. */
  readonly build: string;
}

const checkMs = 500;
const stallMs = 120_000;

/**
 * Sends canary events through the stream and judges what comes back, until told to stop. Whatever is away, it goes on
 * trying: its metrics say that canaries do not pass. Rejects when its consumer died or with what nobody foresaw.
 */
export async function runCanary(config: CanaryConfig, ports: CanaryPorts, context: ServiceContext): Promise<void> {
  const { signal } = context;
  const metrics = createMetrics("canary");
  metrics.buildInfo.set({ service: "canary", version: ports.build, engine: ports.engine.version }, 1);
  for (const kind of ["known_bad", "known_good"] as const) metrics.canaryLastPassed.set({ kind }, 0);
  const telemetry = tellAll([logTelemetry(context.logger), countTelemetry(metrics)]);
  const consumer = ports.kafka.consumer();
  const waitings = createWaitings();
  let joined = false;
  consumer.on("assigned", () => {
    joined = true;
  });
  const crashed = deathOf(consumer);
  const server = await startHttpServer({
    ...config.http,
    metrics: () => metrics.scrape(),
    health: () => alive(joined ? consumer.lastProgressAt() : null, Date.now()),
    ready: () => ({
      ok: joined,
      reasons: [...(joined ? [] : ["the canaries' results are not read yet"]), ...waitings.reasons()],
    }),
  });
  context.onClose("http", () => server.close());
  context.logger.info("listening", { url: server.url });
  try {
    await Promise.race([crashed, sendAndJudge(config, { ...ports, telemetry, consumer, waitings, context })]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function alive(lastProgressAt: number | null, now: number): HealthReport {
  if (lastProgressAt === null || now - lastProgressAt <= stallMs) return { ok: true };
  return { ok: false, reasons: ["the consumer gave no sign of life for two minutes"] };
}

/** Rejects when the consumer died and will not start over by itself. Never resolves. */
function deathOf(consumer: Consumer): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {}); // whoever awaits it hears of it
  consumer.on("crash", ({ error, restarting }) => {
    if (restarting) return;
    const known = error instanceof CordonError;
    reject(known ? error : new CordonError("CONSUMER_CRASHED", "the canary's consumer ended", { cause: error }));
  });
  return promise;
}

interface SendAndJudgeDeps extends CanaryPorts {
  readonly telemetry: CanaryTelemetry;
  readonly consumer: Consumer;
  readonly waitings: Waitings;
  readonly context: ServiceContext;
}

async function sendAndJudge(config: CanaryConfig, deps: SendAndJudgeDeps): Promise<void> {
  const { kafka, registry, store, engine, clock, telemetry, consumer, waitings, context } = deps;
  const { signal } = context;
  const patience: PatienceOptions = {
    signal,
    onWait: (event) => {
      waitings.waited(event);
      telemetry.waited(event);
    },
    onResume: (event) => {
      waitings.resumed(event);
    },
  };
  const ledger = createCanaryLedger({ deadlineMs: config.deadlineSeconds * 1000 });
  const judged = (verdict: Parameters<CanaryTelemetry["judged"]>[0] | null): void => {
    if (verdict !== null) telemetry.judged(verdict);
  };
  const decisions = config.topicPrefix + canaryTopics.decisions;
  const alerts = config.topicPrefix + canaryTopics.alerts;
  const needs = needsOf(config);
  await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  const reports = await retryUntilAvailable("Kafka", () => ensureTopics(config, kafka, [decisions, alerts]), patience);
  // What may be done with a topic is known only once it is there.
  if (reports.some(({ created }) => created)) await retryUntilAvailable("Kafka", () => kafka.check(needs), patience);
  const { topicPrefix } = config;
  const registered = (): ReturnType<typeof createEventEncoder> => createEventEncoder({ registry, topicPrefix });
  const asEvent = await retryUntilAvailable("the schema registry", registered, patience);
  const encode = (canary: Canary): OutRecord => ({ ...asEvent(canary), headers: { [canaryHeader]: canary.kind } });
  const producer = await retryUntilAvailable("Kafka", () => kafka.producer(), patience);
  context.onClose("producer", () => producer.close());
  const onVerdict = (verdict: Omit<Parameters<CanaryTelemetry["judged"]>[0], "at">): void => {
    judged({ ...verdict, at: clock() });
  };
  const onBatch = readResults({ decisions, alerts, registry, ledger, clock, onVerdict });
  context.onClose("consumer", () => consumer.stop());
  await consumer.start({ topics: [decisions, alerts], groupId: `${config.topicPrefix}${config.groupId}`, onBatch });

  const names = createNames({
    store,
    open: engine.open,
    expected: config.lists,
    onTaken: (event) => {
      telemetry.namesTaken(event);
    },
  });
  await retryUntilAvailable("the first index", () => names.refresh(), patience);

  const started = clock();
  let nextAt = started;
  for (let turn = Math.floor(started / 1000); !signal.aborted;) {
    if (clock() >= nextAt) {
      nextAt = clock() + config.intervalSeconds * 1000;
      // The last names serve while the store is away.
      await names.refresh().catch(() => {});
      telemetry.listsExpected({
        lists: [...new Set([...names.current.keys(), ...names.absent])],
        absent: names.absent,
      });
      const knownBad = knownBadAt(turn++, names.current);
      const round = `${started.toString(36)}-${String(turn)}`;
      const canaries = canaryRound({ round, knownBad, goodName: config.goodName, at: clock() });
      for (const canary of canaries) {
        ledger.sent(canary, clock());
        telemetry.sent(canary);
      }
      // Not awaited: a Kafka that hangs must not keep overdue canaries from being noticed.
      void send(producer, canaries.map(encode), telemetry);
    }
    for (const verdict of ledger.overdue(clock())) onVerdict(verdict);
    await sleep(Math.min(checkMs, Math.max(1, nextAt - clock())), undefined, { signal });
  }
}

async function send(producer: Producer, records: readonly OutRecord[], telemetry: CanaryTelemetry): Promise<void> {
  try {
    await producer.send(records);
  } catch (error) {
    telemetry.sendFailed({ error });
  }
}

async function ensureTopics({ kafka: settings }: CanaryConfig, kafka: KafkaClient, names: readonly string[]) {
  const admin = await kafka.admin();
  const { replicationFactor, minInSyncReplicas } = settings;
  try {
    return await admin.ensureTopics(
      names.map((topic) => ({ topic, ...canaryTopicDefaults, replicationFactor, minInSyncReplicas })),
    );
  } finally {
    await admin.close();
  }
}
