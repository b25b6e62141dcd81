import {
  type IndexStore,
  type Publisher,
  publisherConflict,
  publisherOf,
  settingsDiffering,
} from "@cordon/index-store";
import { listNames, listVariable } from "@cordon/lists";

import type { ListSyncConfig } from "../config.ts";
import { spellLocation } from "./look-at-list.ts";

/**
 * Says that this process is about to publish, and answers as whom. Rejects with PUBLISHER_CONFLICT while a publisher of
 * other settings keeps the index, and with REDIS_UNAVAILABLE.
 */
export type KeepIndex = () => Promise<Publisher>;

/** What decides what this process publishes. */
export function publisherWith(
  { lists, sync }: Pick<ListSyncConfig, "lists" | "sync">,
  { by, engine }: { readonly by: string; readonly engine: string },
): Publisher {
  const sources = listNames.map((list) => {
    const enabled = lists.find((one) => one.list === list);
    return [listVariable(list), enabled === undefined ? "off" : spellLocation(enabled.location)] as const;
  });
  return publisherOf(by, {
    ...Object.fromEntries(sources),
    LIST_MAX_SHRINK_PERCENT: String(sync.maxShrinkPercent),
    LIST_MAX_DRIFT_PERCENT: String(sync.maxDriftPercent),
    LIST_MAX_UNKNOWN_PERCENT: String(sync.maxUnknownPercent),
    engine,
  });
}

/** How long a publisher that says nothing more keeps the index, and how often one that runs says it again. */
export const keptForMs = 30_000;
export const saidEveryMs = 5_000;

/** For a service: the index is kept from now on, see `keptForMs`. */
export function keepIndex(store: IndexStore, publisher: Publisher): KeepIndex {
  return async () => {
    const there = await store.claim(publisher, keptForMs);
    if (there !== null) throw publisherConflict(publisher, there);
    return publisher;
  };
}

/**
 * For one sync by hand beside the service that keeps the index: it must read the same lists from the same places, and
 * publishes in its name. Limits may differ: that is how one is raised for one sync.
 */
export function besideKeeper(store: IndexStore, publisher: Publisher): KeepIndex {
  return async () => {
    const there = await store.claimedBy();
    if (there === null) return publisher;
    const [here, kept] = [sourcesOf(publisher), sourcesOf(there)];
    if (settingsDiffering(here, kept).length > 0)
      throw publisherConflict({ ...publisher, settings: here }, { ...there, settings: kept });
    return { ...publisher, fingerprint: there.fingerprint };
  };
}

function sourcesOf({ settings }: Publisher): Readonly<Record<string, string>> {
  const variables = new Set<string>(listNames.map(listVariable));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => variables.has(name)));
}
