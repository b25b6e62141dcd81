import { CordonError } from "@cordon/errors";
import { type IndexArchive, type IndexStore, type Publisher, type StoreSurvey } from "@cordon/index-store";
import { type KafkaClient } from "@cordon/kafka";
import { type ListName, listVariable } from "@cordon/lists";
import {
  createMetrics,
  createWaitings,
  patiently,
  type PatienceOptions,
  type SchemaRegistry,
  type ServiceContext,
  startHttpServer,
  tellAll,
} from "@cordon/service";

import { startAnnouncer } from "./announcer.ts";
import { startArchiving } from "./archiving.ts";
import type { ListSyncConfig } from "./config.ts";
import { alive, ready } from "./health.ts";
import type { OnceTask } from "./options.ts";
import { besideKeeper, keepIndex, keptForMs, publisherWith, saidEveryMs } from "./sync/keep-index.ts";
import { createListSync, type Engine } from "./sync/list-sync.ts";
import { rollBack } from "./sync/roll-back.ts";
import { createSchedule, type Schedule } from "./sync/schedule.ts";
import { logTelemetry } from "./telemetry-to-log.ts";
import { countTelemetry } from "./telemetry-to-metrics.ts";

/** What list-sync reaches outside of itself. Closed by who made it. */
export interface ListSyncPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  /** Where every published version is kept for ever; null or absent: nowhere. */
  readonly archive?: IndexArchive | null;
  readonly engine: Engine;
  readonly clock: () => number;
  /** Host and process, see `Publisher`. */
  readonly by: string;
  /** Version of the build, for a metric's label. */
  readonly build: string;
}

export interface RunOptions {
  /** One look at every list, then the end; null: on and on. See the usage in `options.ts`. */
  readonly once: OnceTask | null;
  /** Milliseconds that one look may take with all its waiting. Default 15 minutes. */
  readonly onceLimitMs?: number;
}

/**
 * Keeps the lists in the store, until told to stop. Answers the exit code: with `once`, 0 if every list is good, its
 * index live and announced, else 1.
 */
export async function runListSync(
  config: ListSyncConfig,
  ports: ListSyncPorts,
  { context, once, onceLimitMs = 900_000 }: RunOptions & { readonly context: ServiceContext },
): Promise<number> {
  const { store, engine, clock } = ports;
  const { lists, sync: settings } = config;
  const signal = once !== null ? AbortSignal.any([context.signal, AbortSignal.timeout(onceLimitMs)]) : context.signal;
  const metrics = createMetrics("list-sync");
  metrics.buildInfo.set({ service: "list-sync", version: ports.build, engine: engine.version }, 1);
  const telemetry = tellAll([logTelemetry(context.logger), countTelemetry(metrics, clock)]);
  const waitings = createWaitings();
  const patience: PatienceOptions = {
    signal,
    onWait: (event) => {
      waitings.waited(event);
      telemetry.waited(event);
    },
    onResume: (event) => {
      waitings.resumed(event);
      telemetry.resumed(event);
    },
  };

  const limits = { maxBytes: settings.maxBytes, timeoutMs: settings.timeoutSeconds * 1000 };
  const { maxShrinkPercent, maxDriftPercent, maxUnknownPercent } = settings;
  const guardLimits = { maxShrinkPercent, maxDriftPercent, maxUnknownPercent };
  const publisher = publisherWith(config, { by: ports.by, engine: engine.version });
  const keep = once === null ? keepIndex(store, publisher) : besideKeeper(store, publisher);
  const sync = createListSync({ store, lists, engine, keep, telemetry, clock, limits, guardLimits, signal });
  const server = await startHttpServer({
    ...config.http,
    metrics: () => metrics.scrape(),
    health: alive,
    ready: () => ready(sync, lists, waitings.reasons()),
  });
  context.onClose("http", () => server.close());
  context.logger.info("listening", { url: server.url });

  if (once === null) {
    const keeping = startKeeping(store, publisher);
    context.onClose("keeping", () => keeping.close());
  }
  const surveying = startSurveying(store, (survey) => {
    telemetry.storeSurveyed(survey);
  });
  context.onClose("survey", () => {
    surveying.close();
  });

  const archiving = startArchiving({ ...ports, telemetry });
  context.onClose("archiving", () => archiving.close());

  const announcer = startAnnouncer({ config, ...ports, telemetry, patience });
  context.onClose("announcer", () => announcer.close());
  announcer.ready.catch((error: unknown) => {
    if (!signal.aborted) context.fail(error);
  });

  const schedule = createSchedule({
    sync,
    lists,
    announce: () => announcer.announce(),
    clock,
    intervalMs: settings.intervalSeconds * 1000,
    filePollMs: settings.filePollSeconds * 1000,
    firstConditional: once !== null,
    publishing: once === null ? {} : { release: once.release, releaseLists: once.releaseLists },
    patience,
  });
  try {
    if (once !== null) {
      refuseReleaseOfEnabled(config, once.releaseLists);
      if (once.sameLists) await refuseOtherLists(config, { store, patience, released: once.releaseLists });
      return await runOnce({ schedule, config, announcerReady: announcer.ready });
    }
    const watching = store.watch(() => {
      schedule.nudge();
    });
    context.onClose("watch", () => watching.close());
    await schedule.run();
    return 0;
  } catch (error) {
    if (context.signal.aborted) return once === null ? 0 : 1;
    throw error;
  }
}

/**
 * A person's shell may know less than the service's: a list that is off by mistake would leave the index, and its people
 * would pass. Throws CONFIG_INVALID.
 */
async function refuseOtherLists(
  { lists }: ListSyncConfig,
  {
    store,
    patience,
    released,
  }: { readonly store: IndexStore; readonly patience: PatienceOptions; readonly released: readonly ListName[] },
): Promise<void> {
  const live = await patiently("Redis", () => store.current(), patience);
  const known = new Set<string>([...lists.map(({ list }) => list), ...released]);
  const missing = (live?.lists ?? []).map(({ list }) => list).filter((list) => !known.has(list));
  if (missing.length === 0) return;
  throw new CordonError(
    "CONFIG_INVALID",
    `the live index has ${missing.join(", ")}, off here: the people on it would pass. Set where to read it as for the service, or release it by name (--release-list)`,
    { details: { missing } },
  );
}

/** A list that is on comes back at once: releasing it means nothing. Throws CONFIG_INVALID. */
function refuseReleaseOfEnabled({ lists }: ListSyncConfig, released: readonly ListName[]): void {
  const on = released.filter((list) => lists.some((enabled) => enabled.list === list));
  if (on.length === 0) return;
  throw new CordonError(
    "CONFIG_INVALID",
    `${on.join(", ")} cannot leave the index while it is on: set ${on.map(listVariable).join(", ")} to off, here and for the service`,
  );
}

/** Says again and again that this process keeps the index, also while it reads or compiles; at the end, that it does not. */
function startKeeping(store: IndexStore, publisher: Publisher): { close(): Promise<void> } {
  // A store that is away, or another keeper, is told of when it is about publishing.
  const say = (): void => void store.claim(publisher, keptForMs).catch(() => null);
  const timer = setInterval(say, saidEveryMs);
  say();
  return {
    close: async () => {
      clearInterval(timer);
      await store.unclaim(publisher).catch(() => null);
    },
  };
}

const surveyEveryMs = 60_000;

/** Asks the store now and then how it is set up. */
function startSurveying(store: IndexStore, onSurvey: (survey: StoreSurvey) => void): { close(): void } {
  const ask = (): void => void store.survey().then(onSurvey, () => null);
  const timer = setInterval(ask, surveyEveryMs);
  ask();
  return {
    close: () => {
      clearInterval(timer);
    },
  };
}

async function runOnce({
  schedule,
  config: { lists },
  announcerReady,
}: {
  readonly schedule: Schedule;
  readonly config: ListSyncConfig;
  readonly announcerReady: Promise<void>;
}): Promise<number> {
  const { allGood, published } = await schedule.round(new Set(lists.map(({ list }) => list)));
  await announcerReady;
  const announced = await schedule.announce();
  return allGood && published && announced ? 0 : 1;
}

/** How long a rollback waits for Kafka and the registry: what is owed then is announced by the next list-sync. */
const announceWithinMs = 15_000;

export interface RollBackOptions {
  readonly context: ServiceContext;
  readonly version: string;
  readonly releaseLists?: readonly string[];
  /** How long announcing is waited for, milliseconds. */
  readonly withinMs?: number;
}

/**
 * Brings a kept version back, see `rollBack`, and announces what that changed, if Kafka can be had. Answers the exit
 * code: 0 once the version is live, whether it could be announced or not.
 */
export async function runRollBack(
  config: ListSyncConfig,
  ports: ListSyncPorts,
  { context, version, releaseLists = [], withinMs = announceWithinMs }: RollBackOptions,
): Promise<number> {
  const telemetry = logTelemetry(context.logger);
  await rollBack(version, { ...ports, telemetry, releaseLists });
  const patience: PatienceOptions = {
    signal: AbortSignal.any([context.signal, AbortSignal.timeout(withinMs)]),
    onWait: (event) => {
      telemetry.waited(event);
    },
  };
  const announcer = startAnnouncer({ config, ...ports, telemetry, patience });
  try {
    await announcer.ready;
    await announcer.announce();
  } catch (error) {
    context.logger.warn("the changes of the rollback are not announced yet; the next list-sync does it", { error });
  } finally {
    await announcer.close();
  }
  return 0;
}
