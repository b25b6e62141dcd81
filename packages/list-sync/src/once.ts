import { CordonError } from "@cordon/errors";
import type { ListName } from "@cordon/lists";
import { type PatienceOptions, tellAll } from "@cordon/service";

import { startAnnouncer } from "./announcer.ts";
import type { ListSyncConfig } from "./config.ts";
import { type ListSyncPorts, type OnceTask, openListSync } from "./open-list-sync.ts";
import { gatherReport, type SyncReport } from "./sync-report.ts";
import { rollBack } from "./sync/roll-back.ts";
import type { ListSyncTelemetry } from "./telemetry.ts";

/** How a run ended: with what it came to so far, and the error that ended it, if one did. */
export interface Ended extends SyncReport {
  /** Of a sync: every list is good, its index live and announced. Of a rollback: the version is live. */
  readonly done: boolean;
  readonly failure: CordonError | null;
}

export interface OnceOptions {
  readonly telemetry: ListSyncTelemetry;
  readonly signal: AbortSignal;
}

/** What one sync may take with all its waiting, milliseconds. */
export const onceLimitMs = 900_000;

/** Looks at every list once, publishes and announces. Rejects only with what nobody foresaw. */
export async function syncOnce(
  config: ListSyncConfig,
  ports: ListSyncPorts,
  {
    task,
    telemetry,
    signal,
    withinMs = onceLimitMs,
  }: OnceOptions & {
    readonly task: OnceTask;
    /** How long it may take with all its waiting, milliseconds. */
    readonly withinMs?: number;
  },
): Promise<Ended> {
  return await gathered(telemetry, async (told) => {
    const failed = new AbortController();
    const ends = AbortSignal.any([signal, failed.signal, AbortSignal.timeout(withinMs)]);
    const syncing = openListSync(config, ports, {
      telemetry: told,
      patience: patienceOf(told, ends),
      once: task,
      fail: (error) => {
        failed.abort(error);
      },
    });
    try {
      return await syncing.run();
    } finally {
      await syncing.close();
    }
  });
}

/** What a rollback is about. */
export interface RollBackTask {
  /** See `findVersion`. */
  readonly version: string;
  readonly releaseLists: readonly ListName[];
  readonly because: string | null;
}

/** How long a rollback waits for Kafka and the registry: what is owed then is announced by the next list-sync. */
const announceWithinMs = 15_000;

/** Brings a kept version back, see `rollBack`, and announces what that changed, if Kafka can be had. */
export async function rollBackOnce(
  config: ListSyncConfig,
  ports: ListSyncPorts,
  {
    task: { version, releaseLists },
    telemetry,
    signal,
    withinMs = announceWithinMs,
  }: OnceOptions & {
    readonly task: Pick<RollBackTask, "version" | "releaseLists">;
    /** How long announcing is waited for, milliseconds. */
    readonly withinMs?: number;
  },
): Promise<Ended> {
  return await gathered(telemetry, async (told) => {
    await rollBack(version, { ...ports, telemetry: told, releaseLists });
    const patience = patienceOf(told, AbortSignal.any([signal, AbortSignal.timeout(withinMs)]));
    const announcer = startAnnouncer({ config, ...ports, telemetry: told, patience });
    try {
      await announcer.ready;
      await announcer.announce();
    } catch (error) {
      told.rollBackUnannounced({ error });
    } finally {
      await announcer.close();
    }
    return true;
  });
}

async function gathered(
  telemetry: ListSyncTelemetry,
  work: (told: ListSyncTelemetry) => Promise<boolean>,
): Promise<Ended> {
  const gathering = gatherReport();
  /** What is waited for now, and why. */
  const lacking = new Map<string, Error>();
  const waiting: Partial<ListSyncTelemetry> = {
    waited: ({ what, error }) => void lacking.set(what, error),
    resumed: ({ what }) => void lacking.delete(what),
  };
  try {
    const done = await work(tellAll([telemetry, gathering.telemetry, waiting]));
    return { ...gathering.report(), done, failure: null };
  } catch (error) {
    // Whose time is up while it waits failed by what it waited for.
    const failure = isTimeout(error) ? lacking.values().next().value : error;
    if (!(failure instanceof CordonError)) throw error;
    return { ...gathering.report(), done: false, failure };
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

function patienceOf(telemetry: ListSyncTelemetry, signal: AbortSignal): PatienceOptions {
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
