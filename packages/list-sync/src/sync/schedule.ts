import { setTimeout as sleep } from "node:timers/promises";

import { CordonError, dispositionOf } from "@cordon/errors";
import { backOffMs, retryUntilAvailable, type PatienceOptions } from "@cordon/service";

import { type FileMark, markFile, sameMark } from "../source/read-file.ts";
import type { ListSync, PublishOptions, SyncResult } from "./list-sync.ts";
import type { EnabledList } from "./look-at-list.ts";

export interface ScheduleDeps {
  readonly sync: ListSync;
  readonly lists: readonly EnabledList[];
  /** See `announce`. */
  readonly announce: () => Promise<boolean>;
  readonly clock: () => number;
  readonly intervalMs: number;
  /** How often a file's mark is looked at. */
  readonly filePollMs: number;
  /** Milliseconds until a failed list is looked at again; doubled with each failure, up to the interval. */
  readonly failedRetryMs?: number;
  /**
   * Whether the first look at each list may be answered with "not modified". A service that starts reads everything
   * anew, because its parser may see more in the same file than the one before it.
   */
  readonly firstConditional: boolean;
  /** See `PublishOptions`. */
  readonly publishing?: PublishOptions;
  readonly patience: PatienceOptions;
}

/** How one round ended. */
export interface Round {
  /** Every list that was due gave a good version. */
  readonly allGood: boolean;
  /** An index of every list is live. */
  readonly published: boolean;
  /** No change is waiting to be announced. */
  readonly announced: boolean;
}

export interface Schedule {
  /** Looks at the lists that are due, publishes, announces. Waits while Redis is away. */
  round(due: ReadonlySet<string>): Promise<Round>;
  /** Something changed in the store: what is live, or what is owed. `run` looks at it soon. */
  nudge(): void;
  /** Tries again to announce what is owed. */
  announce(): Promise<boolean>;
  /** Rounds until the signal is aborted. */
  run(): Promise<void>;
}

interface Plan {
  dueAt: number;
  failures: number;
  mark: FileMark | null;
}

/**
 * Each list has its own next time: the interval after a good look, sooner after a failed one, and for a file also as
 * soon as it is another file than the one last read.
 */
export function createSchedule(deps: ScheduleDeps): Schedule {
  const { sync, lists, clock, intervalMs, filePollMs, failedRetryMs = 30_000, patience, publishing = {} } = deps;
  const plans = new Map<string, Plan>(lists.map(({ list }) => [list, { dueAt: 0, failures: 0, mark: null }]));
  let announcementPending = true;
  let nudged = false;
  let conditional = deps.firstConditional;

  function plan(list: string): Plan {
    const found = plans.get(list);
    if (found === undefined) throw new CordonError("CONTRACT_VIOLATED", "a list that is not on the schedule");
    return found;
  }

  async function isDue({ list, location }: EnabledList): Promise<boolean> {
    const { dueAt, mark } = plan(list);
    const now = clock();
    // A time further away than any was planned: the clock was set back since.
    if (now >= dueAt || dueAt - now > intervalMs) return true;
    if (location.kind === "url") return false;
    const seen = await markFile(location.path).catch(() => null);
    return seen !== null && (mark === null || !sameMark(seen, mark));
  }

  async function round(due: ReadonlySet<string>): Promise<Round> {
    const result = await keepOnError(() => sync.look(due, { conditional }));
    if (result === null) {
      replan({ good: new Set(), failed: due, marks: new Map() });
      return { allGood: false, published: false, announced: false };
    }
    conditional = true;
    replan(result);
    const published = (await keepOnError(() => sync.publish(publishing))) ?? false;
    const announced = await deps.announce();
    announcementPending = !announced;
    return { allGood: result.failed.size === 0, published, announced };
  }

  /** Null when what lies in the store, or what was compiled, is no good: it stays as it is, the next round tries again. */
  async function keepOnError<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await retryUntilAvailable("Redis", work, patience);
    } catch (error) {
      if (error instanceof CordonError && dispositionOf(error) === "keep") return null;
      throw error;
    }
  }

  function replan({ good, failed, marks }: SyncResult): void {
    const now = clock();
    for (const [list, mark] of marks) plan(list).mark = mark;
    for (const list of good) Object.assign(plan(list), { dueAt: now + intervalMs, failures: 0 });
    for (const list of failed) {
      const { failures } = plan(list);
      const delay = backOffMs(failures + 1, { firstMs: failedRetryMs, mostMs: intervalMs });
      Object.assign(plan(list), { dueAt: now + delay, failures: failures + 1 });
    }
  }

  async function run(): Promise<void> {
    const { signal } = patience;
    while (!signal.aborted) {
      const due = new Set<string>();
      for (const enabled of lists) if (await isDue(enabled)) due.add(enabled.list);
      if (due.size > 0) await round(due);
      else if (nudged) await catchUp();
      else if (announcementPending) announcementPending = !(await deps.announce());
      await sleep(pause(), undefined, { signal }).catch(() => {});
    }
  }

  async function catchUp(): Promise<void> {
    nudged = false;
    const calledFor = await keepOnError(() => sync.refresh());
    if (calledFor === true) await keepOnError(() => sync.publish(publishing));
    announcementPending = !(await deps.announce());
  }

  function pause(): number {
    const next = Math.min(...[...plans.values()].map(({ dueAt }) => dueAt)) - clock();
    return Math.max(100, Math.min(next, filePollMs));
  }

  const nudge = (): void => {
    nudged = true;
  };
  return { round, run, nudge, announce: deps.announce };
}
