import type { Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { IndexStore, JobStore } from "@cordon/index-store";
import type { Consumer, KafkaClient } from "@cordon/kafka";
import { createPace, runLookBack, watchResubmissions } from "@cordon/looking-again";
import type { ScreeningIndex } from "@cordon/matching";
import { registerOutputFormat, topicNames } from "@cordon/screening";
import {
  createMetrics,
  type PatienceOptions,
  retryUntilAvailable,
  type SchemaRegistry,
  type ServiceContext,
  startHttpServer,
} from "@cordon/service";

import type { SecondLookConfig } from "./config.ts";
import { keepLookingBack } from "./look-backs.ts";
import { needsOf } from "./needs.ts";
import { telemetryTo } from "./telemetry.ts";

/** What the second look reaches outside of itself. Closed by who made it. */
export interface SecondLookPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  /** A version that the store keeps no more, by its hash; null where it is nowhere. */
  readonly archived?: (version: string) => Promise<Uint8Array | null>;
  readonly jobs: JobStore;
  /** Opens and checks a snapshot. Throws SNAPSHOT_INVALID. */
  readonly open: (snapshot: Uint8Array) => ScreeningIndex;
  readonly clock: () => number;
  /** Host and process; no other one has had it. */
  readonly by: string;
}

const dayMs = 86_400_000;

/**
 * Looks back after each list change and finds payments that come again, until told to stop. Waits while Kafka is away or its topics are not made
 * yet. Rejects with CONFIG_INVALID where it may not do its work, and with what nobody foresaw.
 */
export async function runSecondLook(
  config: SecondLookConfig,
  ports: SecondLookPorts,
  context: ServiceContext,
): Promise<void> {
  const { signal } = context;
  const metrics = createMetrics("second-look");
  const telemetry = telemetryTo(context.logger, metrics, ports.clock);
  const consumer = ports.kafka.consumer();
  let joined = config.resubmissionDays === 0;
  consumer.on("assigned", () => {
    joined = true;
  });
  const server = await startHttpServer({
    ...config.http,
    metrics: () => metrics.scrape(),
    health: () => ({ ok: true }),
    ready: () => (joined ? { ok: true } : { ok: false, reasons: ["the events are not read yet"] }),
  });
  context.onClose("http", () => server.close());
  context.logger.info("listening", { url: server.url });
  const patience: PatienceOptions = {
    signal,
    onWait: ({ what, attempt, error }) => {
      if (attempt === 1) context.logger.warn("waiting", { what, error });
    },
  };
  const more = { ...ports, telemetry, patience };
  try {
    await retryUntilAvailable("Kafka", () => ports.kafka.check(needsOf(config)), patience);
    const work = [
      ...(config.lookBackDays === 0 ? [] : [lookBacks(config, { ...more, signal })]),
      ...(config.resubmissionDays === 0 ? [] : [resubmissions(config, { ...more, consumer, context })]),
    ];
    await Promise.race([deathOf(consumer), Promise.all(work)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** A policy file may have changed; a bad one leaves what was read at the start. */
function policyNow({ policy }: SecondLookConfig): Policy {
  const read = policy.source?.read();
  return read?.kind === "policy" ? read.policy : policy;
}

type Deps = SecondLookPorts & {
  readonly telemetry: ReturnType<typeof telemetryTo>;
  readonly patience: PatienceOptions;
};

async function lookBacks(config: SecondLookConfig, deps: Deps & { readonly signal: AbortSignal }): Promise<void> {
  const { kafka, clock, by, patience, signal, telemetry, store } = deps;
  const names = topicNames(config);
  const admin = await retryUntilAvailable("Kafka", () => kafka.admin(), patience);
  const lag = async (): Promise<number> => {
    const partitions = await admin.survey(config.screenersGroupId, [names.payments, names.remittances]);
    return partitions.reduce(
      (sum, { committed, stableEnd }) => sum + (committed === null ? 0 : Math.max(0, Number(stableEnd - committed))),
      0,
    );
  };
  try {
    await keepLookingBack({
      store,
      telemetry,
      signal,
      clock,
      look: () =>
        runLookBack(deps, {
          policy: policyNow(config),
          names,
          since: clock() - config.lookBackDays * dayMs,
          dryRun: false,
          holder: by,
          pace: createPace({ share: config.lookBackShare, lag, signal }),
          patience,
          onProgress: () => undefined,
        }),
    });
  } finally {
    await admin.close();
  }
}

async function resubmissions(
  config: SecondLookConfig,
  deps: Deps & { readonly consumer: Consumer; readonly context: ServiceContext },
): Promise<void> {
  const { kafka, registry, clock, patience, telemetry, consumer, context } = deps;
  const names = topicNames(config);
  const format = await retryUntilAvailable(
    "the schema registry",
    () => registerOutputFormat(registry, { names, decisionsWritten: "hits-and-holds" }),
    patience,
  );
  const producer = await retryUntilAvailable("Kafka", () => kafka.producer(), patience);
  context.onClose("producer", () => producer.close());
  const reader = await retryUntilAvailable("Kafka", () => kafka.reader(), patience);
  context.onClose("reader", () => reader.close());
  const watch = watchResubmissions(
    { reader, registry, producer },
    {
      names,
      format,
      windowMs: config.resubmissionDays * dayMs,
      mostRemembered: config.resubmissionsRemembered,
      patience,
      clock,
      onFound: (found) => {
        telemetry.resubmissionFound(found);
      },
    },
  );
  context.onClose("consumer", () => consumer.stop());
  // Batches of several partitions come at once, and the memory is one.
  let turn: Promise<void> = Promise.resolve();
  await consumer.start({
    topics: [names.payments, names.remittances],
    groupId: config.groupId,
    onBatch: async (batch) => {
      const mine = turn.then(() => retryUntilAvailable("Kafka", () => watch.look(batch), patience));
      turn = mine.catch(() => undefined);
      await mine;
      telemetry.remembered({ payments: watch.remembered, forgotten: watch.forgotten });
    },
  });
}

/** Rejects when the consumer died and will not start over by itself. Never resolves. */
function deathOf(consumer: Consumer): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  consumer.on("crash", ({ error, restarting }) => {
    if (restarting) return;
    const known = error instanceof CordonError;
    reject(known ? error : new CordonError("CONSUMER_CRASHED", "the consumer of events ended", { cause: error }));
  });
  return promise;
}
