import { setTimeout as sleep } from "node:timers/promises";

import type { IndexManifest, ListState } from "@cordon/index-store";
import type { ListName } from "@cordon/lists";

import { connect } from "./clients.ts";
import { sumOf } from "./metrics-text.ts";
import { readMetrics } from "./read-metrics.ts";
import type { KeptService } from "./service.ts";

export interface AwaitIndexOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly screener: KeptService;
  readonly enabled: readonly ListName[];
  /** Lists must have been read since then. */
  readonly since: number;
  readonly signal: AbortSignal;
}

/** A list that is refused is never read: then the last good one, and a line about it, must do. */
const patienceMs = 30_000;
const pollMs = 200;

/** What is still old: a list not read since then, or an index of other lists than those that are on. */
export function staleLists(
  manifest: IndexManifest,
  states: readonly ListState[],
  { enabled, since }: Pick<AwaitIndexOptions, "enabled" | "since">,
): readonly string[] {
  const unread = enabled.filter((name) => !states.some(({ list, checkedAt }) => list === name && checkedAt >= since));
  const surplus = manifest.lists.map(({ list }) => list).filter((list) => !enabled.some((name) => name === list));
  return [...unread, ...surplus];
}

/**
 * A Redis that was there before us may hold the index of an earlier run, with which both services are ready at once.
 * Waits until the lists asked for were read and the screener uses what came of it. Answers what to say if they were not.
 */
export async function awaitIndex(options: AwaitIndexOptions): Promise<readonly string[]> {
  const { environment, screener, signal } = options;
  const { store } = connect(environment);
  const deadline = Date.now() + patienceMs;
  try {
    for (;;) {
      signal.throwIfAborted();
      const [manifest, states, metrics] = await Promise.all([
        store.current(),
        store.listStates(),
        readMetrics(screener.fact().url),
      ]);
      const inUse = metrics === null ? 0 : (sumOf(metrics, "cordon_index_generation") ?? 0);
      const stale = manifest === null ? options.enabled : staleLists(manifest, states, options);
      if (manifest !== null && stale.length === 0 && inUse >= manifest.generation) return [];
      if (Date.now() > deadline)
        return stale.map((list) => `lists: ${list} was not taken over; going on with the last good index`);
      await sleep(pollMs, undefined, { signal });
    }
  } finally {
    await store.close();
  }
}
