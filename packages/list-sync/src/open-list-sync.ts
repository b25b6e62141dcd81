import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import type { IndexArchive, IndexStore, Publisher, StoreSurvey } from "@cordon/index-store";
import type { KafkaClient } from "@cordon/kafka";
import { type ListName, listVariable } from "@cordon/lists";
import { backOffMs, retryUntilAvailable, type PatienceOptions, type SchemaRegistry } from "@cordon/service";

import { type Announcer, startAnnouncer } from "./announcer.ts";
import { startArchiving } from "./archiving.ts";
import type { ListSyncConfig } from "./config.ts";
import { besideKeeper, keepIndex, keptForMs, publisherWith, saidEveryMs } from "./sync/keep-index.ts";
import { createListSync, type Engine, type ListSync } from "./sync/list-sync.ts";
import { createSchedule } from "./sync/schedule.ts";
import type { ListSyncTelemetry } from "./telemetry.ts";

/** What syncing reaches outside of itself. Closed by who made it. */
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
}

/** One look at every list. */
export interface OnceTask {
  /** Publish over a version that was rolled back to. */
  readonly release: boolean;
  /** Do nothing where the live index has a list that is off here. */
  readonly sameLists: boolean;
  /** Lists that may leave the index. */
  readonly releaseLists: readonly ListName[];
  /** Why, for the record of who did what. */
  readonly because: string | null;
}

export interface OpenOptions {
  readonly telemetry: ListSyncTelemetry;
  readonly patience: PatienceOptions;
  /** Null: on and on. */
  readonly once: OnceTask | null;
  /** Told of what failed beside `run` and cannot be mended by waiting: end it. */
  readonly fail: (error: unknown) => void;
}

export interface OpenListSync {
  /** What is known of the lists and the index. */
  readonly sync: Pick<ListSync, "known">;
  /**
   * Once: looks at every list, publishes and announces; true if every list is good, its index live and announced. Else goes on until
   * the signal of its patience is aborted. Rejects with CONFIG_INVALID for a task that does not fit what is live.
   */
  run(): Promise<boolean>;
  /** Ends what `run` began beside itself. */
  close(): Promise<void>;
}

/** The lists into the store: wired, and begun by `run`. */
export function openListSync(config: ListSyncConfig, ports: ListSyncPorts, options: OpenOptions): OpenListSync {
  const { store, engine, clock } = ports;
  const { lists, sync: settings } = config;
  const { telemetry, patience, once } = options;
  const { signal } = patience;
  const { maxShrinkPercent, maxDriftPercent, maxUnknownPercent } = settings;
  const publisher = publisherWith(config, { by: ports.by, engine: engine.version });
  const sync = createListSync({
    store,
    lists,
    engine,
    keep: once === null ? keepIndex(store, publisher) : besideKeeper(store, publisher),
    telemetry,
    clock,
    limits: { maxBytes: settings.maxBytes, timeoutMs: settings.timeoutSeconds * 1000 },
    guardLimits: { maxShrinkPercent, maxDriftPercent, maxUnknownPercent },
    signal,
  });
  const begun: { close(): Promise<void> | void }[] = [];

  /** What goes on beside the rounds. */
  function beginBeside(): Announcer {
    if (once === null) begun.push(startKeeping(store, publisher));
    begun.push(startSurveying(store, (survey) => telemetry.storeSurveyed(survey)));
    begun.push(startArchiving({ ...ports, telemetry }));
    const announcer = startAnnouncer({ config, ...ports, telemetry, patience });
    begun.push(announcer);
    announcer.ready.catch((error: unknown) => {
      if (!signal.aborted) options.fail(error);
    });
    return announcer;
  }

  return {
    sync,
    async run() {
      const announcer = beginBeside();
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
      if (once === null) {
        begun.push(store.watch(() => schedule.nudge()));
        await schedule.run();
        return true;
      }
      refuseReleaseOfEnabled(config, once.releaseLists);
      if (once.sameLists) await refuseOtherLists(config, { store, patience, released: once.releaseLists });
      const { allGood, published } = await schedule.round(new Set(lists.map(({ list }) => list)));
      await announcer.ready;
      const announced = await announcedAtLast(() => schedule.announce(), patience.signal);
      return allGood && published && announced;
    },
    async close() {
      const failures: unknown[] = [];
      for (const one of begun.splice(0).toReversed()) {
        try {
          await one.close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

const announcements = { tries: 6, firstMs: 250, mostMs: 4_000 };

/** A topic that was just made, or a broker that is just going, may not take the first call; the service would call again, too. */
async function announcedAtLast(announce: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  for (let failures = 1; !(await announce()); failures++) {
    if (failures === announcements.tries) return false;
    await sleep(backOffMs(failures, announcements), undefined, { signal });
  }
  return true;
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
  const live = await retryUntilAvailable("Redis", () => store.current(), patience);
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
