import type { Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { GoodGuyStore, IndexStore } from "@cordon/index-store";
import { type KafkaClient, type OnBatch } from "@cordon/kafka";
import type { ScreeningIndex } from "@cordon/matching";
import {
  type ConfiguredPolicy,
  createEventReaders,
  fastPathOf,
  newPartCounts,
  type PartCounts,
  type EventKind,
  payments,
  remittances,
  topicNames,
  policySource,
} from "@cordon/screening";
import {
  createMetrics,
  createWaitings,
  type PatienceOptions,
  type SchemaRegistry,
  type ScreenerMetrics,
  type ServiceContext,
  startHttpServer,
  tellAll,
} from "@cordon/service";
import { createVerifier } from "@cordon/signing";

import { aborted } from "./aborted.ts";
import { createLiveShadow, type LiveShadow } from "./batch/live-shadow.ts";
import { whileBeating } from "./batch/pace.ts";
import { screenBatch, type ScreenBatchDeps } from "./batch/screen-batch.ts";
import type { ScreenerConfig } from "./config.ts";
import { followGoodGuys, type GoodGuysInUse } from "./good-guys.ts";
import { createGroupPlace } from "./group-place.ts";
import { alive, ready, type Vitals } from "./health.ts";
import { createIndexHolder } from "./index/holder.ts";
import { startIndexLoader } from "./index/loader.ts";
import { noteWaits } from "./note-waits.ts";
import { watchPolicy } from "./policy-watch.ts";
import { prepare } from "./prepare.ts";
import { logTelemetry } from "./telemetry-to-log.ts";
import { countTelemetry, showNothingLost, showStandings } from "./telemetry-to-metrics.ts";
import type { ScreenerTelemetry } from "./telemetry.ts";
import { warmUp } from "./warm-up.ts";
import { watchBatches } from "./watch-batches.ts";
import { watchPartitions } from "./watch/partition-watch.ts";

/** What the screener reaches outside of itself. Closed by who made it. */
export interface ScreenerPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  /** Asked where the keys for it are there. */
  readonly goodGuys?: GoodGuyStore;
  readonly engine: Engine;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Version of the build, for a metric's label. */
  readonly build: string;
}

/** What the screener needs of the engine. */
export interface Engine {
  readonly version: string;
  /** Opens and checks a snapshot, in slices between which batches are screened. Rejects with SNAPSHOT_INVALID. */
  open(snapshot: Uint8Array): ScreeningIndex | Promise<ScreeningIndex>;
}

/**
 * Screens until told to stop; then the batch in hand is finished and committed, and the group left. Without an index
 * nothing is consumed. Rejects, with the uncommitted batch to be screened again after a restart, when the consumer
 * died, or when something happened that nobody foresaw.
 */
export async function runScreener(
  config: ScreenerConfig,
  ports: ScreenerPorts,
  context: ServiceContext,
): Promise<void> {
  const { signal } = context;
  const parts = assemble(config, ports, context);
  await serve(config, parts, context);
  try {
    await consume(config, { ...ports, ...parts, context });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

type Parts = ReturnType<typeof assemble>;

function assemble(
  config: ScreenerConfig,
  { clock, engine, kafka, store, build, goodGuys: goodGuyStore }: ScreenerPorts,
  context: ServiceContext,
) {
  const metrics = createMetrics("screener");
  metrics.buildInfo.set({ service: "screener", version: build, engine: engine.version }, 1);
  const { payments: paymentsTopic, remittances: remittancesTopic } = topicNames(config);
  showNothingLost(metrics, [paymentsTopic, remittancesTopic]);
  const waitings = { work: createWaitings(), around: createWaitings() };
  const counted = tellAll([logTelemetry(context.logger), countTelemetry(metrics, engine.version)]);
  const telemetry = noteWaits(counted, waitings);
  const fingerprintKey = fingerprintKeyOf(config);
  const goodGuysInUse = goodGuysFor(config, { store: goodGuyStore, clock, metrics, context });
  const policies = watchPolicy({ configured: config.policy, telemetry, everyMs: config.policyPollSeconds * 1000 });
  context.onClose("policy watch", () => {
    policies.close();
  });
  /** What decides now: it changes between two memberships of the group, never within a batch. */
  const inForce: InForce = { policy: config.policy };
  tellPolicy(telemetry, null, config.policy);
  const holder = createIndexHolder();
  const open: Engine["open"] = (snapshot) => engine.open(snapshot);
  const pollMs = config.indexPollSeconds * 1000;
  const loader = startIndexLoader({ store, holder, open, telemetry, clock, pollMs });
  context.onClose("index loader", () => loader.close());
  metrics.beforeScrape(() => {
    const age = loader.age();
    metrics.indexAge.set({}, holder.current === null ? Number.NaN : age / 1000);
  });
  // Signs of life are judged by the system's clock, also where records are stamped by another one.
  const batches = watchBatches(Date.now);
  const groupPlace = createGroupPlace(kafka, telemetry);
  return {
    metrics,
    telemetry,
    waitings,
    holder,
    loader,
    batches,
    policies,
    inForce,
    groupPlace,
    fingerprintKey,
    goodGuysInUse,
    partCounts: countedParts(metrics),
    rememberedCustomers: config.rememberedCustomers,
    shadow: shadowOf(config, metrics),
  };
}

/** Counts of the fast path, which are added to the metrics when these are asked for. */
function countedParts(metrics: ScreenerMetrics): PartCounts {
  const counts = newPartCounts();
  const told = newPartCounts();
  metrics.beforeScrape(() => {
    for (const part of ["party", "agent", "text"] as const)
      for (const found of ["known", "renewed", "new"] as const) {
        metrics.parts.inc({ part, found }, counts[part][found] - told[part][found]);
        told[part][found] = counts[part][found];
      }
  });
  return counts;
}

/** A wait that long is no hiccup: who sends events should know. */
const notReadyAfterMs = 5_000;

/** Serves probes and metrics, from before there is an index until after the group was left. */
async function serve(
  { http, consumerStallSeconds }: ScreenerConfig,
  { metrics, waitings, holder, loader, batches, inForce, groupPlace }: Parts,
  context: ServiceContext,
): Promise<void> {
  const vitals = (): Vitals => ({
    lastProgressAt: groupPlace.lastProgressAt(),
    batchAliveAt: batches.leastAliveAt(),
    joined: groupPlace.joined(),
    generation: holder.current?.manifest.generation ?? null,
    indexAge: loader.age(),
    indexMaxAge: inForce.policy.indexMaxAgeHours * 3_600_000,
    waiting: waitings.work.reasons(notReadyAfterMs),
    known: [...waitings.work.reasons(), ...waitings.around.reasons()],
  });
  const server = await startHttpServer({
    ...http,
    metrics: () => metrics.scrape(),
    // The consumer stamps its signs of life with the system's clock, so they are judged by it.
    health: () => alive(vitals(), { now: Date.now(), stallMs: consumerStallSeconds * 1000 }),
    ready: () => ready(vitals()),
  });
  context.onClose("http", () => server.close());
  context.logger.info("listening", { url: server.url });
}

type ConsumeDeps = Parts & ScreenerPorts & { readonly context: ServiceContext };

/** Ends, without an error, only when the signal is aborted. */
async function consume(config: ScreenerConfig, deps: ConsumeDeps): Promise<void> {
  const { context, metrics, telemetry, loader, policies, inForce, groupPlace, kafka } = deps;
  const { signal, logger } = context;
  const patience = patienceOf(signal, telemetry);
  const { delivery, format } = await prepare(config, { ...deps, patience });
  context.onClose("producer", () => delivery.close());
  await loader.ready(signal);
  await warm(config, { ...deps, format });

  const { groupId } = config;
  const kinds = eventKinds(config);
  const topics = [...kinds.keys()];
  // Closed before the producer: the batch in hand still has to send.
  context.onClose("consumer", () => groupPlace.leave());
  // By the system's clock, also where records are stamped by another one: it measures what passes.
  const watch = watchPartitions({ kafka, topics, groupId, telemetry, clock: Date.now });
  context.onClose("partition watch", () => watch.close());
  metrics.beforeScrape(() => {
    showStandings(metrics, watch.standings(Date.now()));
  });
  const over = Promise.race([groupPlace.crashed, loader.failed, aborted(signal)]);
  over.catch(() => undefined); // it is awaited below
  for (;;) {
    const policy = takeNewest({ inForce, policies, telemetry });
    const changed = new AbortController();
    const other = policies.other(policy).then(() => changed.abort());
    const onBatch = batchWork(policy, { ...deps, kinds, delivery, format });
    const terms = termsOf(config, policy, deps.engine);
    const until = { ...patience, signal: AbortSignal.any([signal, changed.signal]) };
    try {
      await groupPlace.join({ topics, groupId, onBatch, terms, patience: until, delivery, watch });
      logger.info("consuming", { topics, groupId, policyVersion: policy.version });
    } catch (error) {
      // It may wait for long for replicas of another policy: by then the file may say something else.
      if (signal.aborted || !changed.signal.aborted) throw error;
    }
    await Promise.race([other, over]);
    // Replicas of two policies never share a topic: who has another one leaves, and comes back with it.
    await groupPlace.leave();
  }
}

/** What the file said at the start may be hours old when the first event comes. */
function takeNewest({ inForce, policies, telemetry }: Pick<ConsumeDeps, "inForce" | "policies" | "telemetry">) {
  const { policy } = inForce;
  if (policies.newest.version !== policy.version) {
    inForce.policy = policies.newest;
    tellPolicy(telemetry, policy, inForce.policy);
  }
  return inForce.policy;
}

/** Before there is anything to screen: nobody waits for it yet. */
async function warm(
  config: ScreenerConfig,
  { holder, inForce, clock, context, format }: ConsumeDeps & Pick<ScreenBatchDeps, "format">,
): Promise<void> {
  const generation = holder.current;
  if (generation === null) return;
  const { signal, logger } = context;
  const mostMs = config.warmUpSeconds * 1000;
  const startedAt = performance.now();
  await warmUp({ generation, policy: inForce.policy, payments, format, clock, mostMs, signal });
  logger.info("warmed up", { milliseconds: Math.round(performance.now() - startedAt) });
}

function eventKinds(config: ScreenerConfig): ReadonlyMap<string, EventKind> {
  const names = topicNames(config);
  return new Map([
    [names.payments, payments],
    [names.remittances, remittances],
  ]);
}

interface BatchWorkDeps extends ConsumeDeps, Pick<ScreenBatchDeps, "delivery" | "format"> {
  readonly kinds: ReadonlyMap<string, EventKind>;
}

/** Screens the batches of one membership, all by one policy. */
function batchWork(
  policy: Policy,
  { kinds, delivery, format, holder, loader, telemetry, batches, registry, clock, ...more }: BatchWorkDeps,
): OnBatch {
  const deps: ScreenBatchDeps = {
    holder,
    indexAge: () => loader.age(),
    policy,
    fingerprintKey: more.fingerprintKey,
    goodGuys: more.goodGuysInUse,
    onSuppressed: (count) => {
      more.metrics.goodGuySuppressions.inc({}, count);
    },
    shadow: more.shadow,
    readers: createEventReaders({
      registry,
      kinds,
      ignoredFields: new Set(policy.ignoredFields),
      onUnread: (found) => {
        telemetry.fieldsUnread(found);
      },
    }),
    fastPathOf: fastPathOf(policy, { customers: more.rememberedCustomers, counts: more.partCounts }),
    delivery,
    format,
    telemetry,
    clock,
  };
  const watched = batches.watched((batch, about) => screenBatch(batch, about, deps));
  // Beside what the batch shows of itself, which the probe judges: a broker slow to answer must not cost the place in the group.
  return (batch, about) => whileBeating(about, () => watched(batch, about));
}

/** The policy that is tried, if there is one. Throws CONFIG_INVALID for a file that cannot be taken: it is tried on purpose. */
function shadowOf(
  { shadow: { file, share }, policy }: ScreenerConfig,
  metrics: ScreenerMetrics,
): LiveShadow | undefined {
  if (file === null) return undefined;
  const { threshold, weakAliases, hardConflicts, goodGuys, indexMaxAgeHours, ignoredFields, rules } = policy;
  const base = { threshold, weakAliases, hardConflicts, goodGuys, indexMaxAgeHours, ignoredFields, rules };
  const read = policySource(file, base).read();
  if (read.kind === "refused")
    throw new CordonError("CONFIG_INVALID", `SHADOW_POLICY_FILE ${JSON.stringify(file)}: ${read.faults.join("; ")}`);
  return createLiveShadow({
    policy: read.policy,
    share,
    onShadowed: (labels) => {
      metrics.shadowEvents.inc(labels);
    },
  });
}

function fingerprintKeyOf({ fingerprintKey }: ScreenerConfig): Uint8Array | undefined {
  if (fingerprintKey === null) return undefined;
  const key = Buffer.from(fingerprintKey, "base64");
  if (key.length < 32)
    throw new CordonError("CONFIG_INVALID", "PARTY_FINGERPRINT_KEY must have 32 bytes or more, as base64");
  return key;
}

interface FollowDeps {
  readonly store: GoodGuyStore | undefined;
  readonly clock: () => number;
  readonly metrics: ScreenerMetrics;
  readonly context: ServiceContext;
}

/** Follows the desk's good guys where the keys are there. Throws CONFIG_INVALID where the policy wants them and they are not. */
function goodGuysFor(
  config: ScreenerConfig,
  { store, clock, metrics, context }: FollowDeps,
): GoodGuysInUse | undefined {
  metrics.goodGuysAge.set({}, Number.NaN);
  const { goodGuysPublicKey: publicKey, fingerprintKey, policy } = config;
  if (store === undefined || publicKey === null || fingerprintKey === null) {
    if (policy.goodGuys === "on")
      throw new CordonError("CONFIG_INVALID", "GOOD_GUYS is on: set GOOD_GUYS_PUBLIC_KEY and PARTY_FINGERPRINT_KEY");
    return undefined;
  }
  const { logger } = context;
  let refused = "";
  const goodGuys = followGoodGuys({
    store,
    verifier: createVerifier(publicKey, "GOOD_GUYS_PUBLIC_KEY"),
    clock,
    pollMs: config.goodGuysPollSeconds * 1000,
    maxAgeMs: config.goodGuysMaxAgeSeconds * 1000,
    onRefused: (reason) => {
      metrics.goodGuysRefused.inc({ reason });
      // None yet is no trouble: the desk may start after us.
      if (refused !== reason && reason !== "absent") logger.warn("good guys cannot be used, hits alert", { reason });
      refused = reason;
    },
    onTaken: (event) => {
      refused = "";
      logger.info("good guys taken", event);
    },
  });
  context.onClose("good guys", () => goodGuys.close());
  metrics.beforeScrape(() => {
    metrics.goodGuysAge.set({}, goodGuys.age() / 1000);
  });
  return goodGuys;
}

/** The policy that decides. */
interface InForce {
  policy: ConfiguredPolicy;
}

function tellPolicy(
  telemetry: Pick<ScreenerTelemetry, "policySwapped">,
  from: Policy | null,
  { version, rules, indexMaxAgeHours }: Policy,
): void {
  telemetry.policySwapped({ from: from?.version ?? null, to: version, rules: rules.length, indexMaxAgeHours });
}

/** What decides outcomes, and how they are written: replicas that differ in it never share a topic's partitions. */
function termsOf({ delivery, decisionsWritten }: ScreenerConfig, policy: Policy, { version }: Engine): string {
  return `policy ${policy.version}, engine ${version}, ${delivery}, ${decisionsWritten}`;
}

function patienceOf(signal: AbortSignal, telemetry: ScreenerTelemetry): PatienceOptions {
  return {
    signal,
    onWait: (event) => {
      telemetry.waited(event);
    },
    onResume: (event) => {
      telemetry.resumed(event);
    },
  };
}
