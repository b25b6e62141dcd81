import { longestIndexAgeHours, type Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { IndexStore } from "@cordon/index-store";
import type { ScreeningIndex } from "@cordon/matching";
import { generationOf, indexAge, type IndexGeneration } from "@cordon/screening";

/** The live index, opened, and how old it is. */
export interface IndexInUse {
  readonly generation: IndexGeneration;
  /** Milliseconds at that time. */
  age(now: number): number;
}

/**
 * What a screener would load now. Rejects with INDEX_ABSENT when there is none, and with INDEX_STALE when it is so old that
 * whatever is screened with it would be held: then nothing can be freed.
 */
export async function loadIndexInUse(
  store: IndexStore,
  {
    open,
    policy,
    now,
  }: { readonly open: (snapshot: Uint8Array) => ScreeningIndex; readonly policy: Policy; readonly now: number },
): Promise<IndexInUse> {
  const manifest = await store.current();
  if (manifest === null)
    throw new CordonError(
      "INDEX_ABSENT",
      "there is no index to screen with: start list-sync, and see that it publishes",
    );
  const states = await store.listStates();
  const age = (at: number): number => indexAge(manifest, states, at);
  const hours = age(now) / 3_600_000;
  const most = longestIndexAgeHours(policy);
  if (hours > most)
    throw new CordonError(
      "INDEX_STALE",
      `the index is ${spell(hours)} old, more than INDEX_MAX_AGE_HOURS (${String(most)}): whatever is screened with it stays held. See why list-sync does not succeed (cordon lists status)`,
    );
  return { generation: generationOf(manifest, open(await store.load(manifest))), age };
}

function spell(hours: number): string {
  return Number.isFinite(hours) ? `${hours.toFixed(1)} hours` : "unknown hours";
}
