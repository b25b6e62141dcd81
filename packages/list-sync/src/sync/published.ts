import { CordonError, dispositionOf } from "@cordon/errors";
import { type IndexManifest, type IndexStore, isAhead, type ListState } from "@cordon/index-store";
import type { Designation, ScreeningIndex } from "@cordon/matching";

import type { AcceptedList, AcceptedLists } from "./accepted-list.ts";

/** What is live in the store, taken apart again. */
export interface Published {
  readonly manifest: IndexManifest | null;
  /** The live generation, also of an index that is not trusted: what the next one takes the place of. */
  readonly generation: number;
  readonly lists: AcceptedLists;
  /** Every designation of the live index, also of lists whose state is not known. */
  readonly designations: readonly Designation[];
  /** Why the snapshot could not be taken apart, if it could not. */
  readonly unreadable: CordonError | null;
}

export interface ReadPublishedDeps {
  readonly store: IndexStore;
  readonly openSnapshot: (snapshot: Uint8Array) => ScreeningIndex;
  readonly clock: () => number;
}

const nothing: Pick<Published, "lists" | "designations"> = { lists: new Map(), designations: [] };

/**
 * Reads the live index and restores from it the last good version of each list, so that a failed source is no reason
 * to lose anybody. A snapshot that cannot be read (damaged, or of another engine's format) restores nothing: its lists
 * must then be read again before anything is published.
 * Rejects with REDIS_UNAVAILABLE.
 */
export async function readPublished({ store, openSnapshot, clock }: ReadPublishedDeps): Promise<Published> {
  const { manifest, untrusted } = await liveManifest(store);
  if (untrusted !== null)
    return { manifest: null, generation: await store.liveGeneration(), unreadable: untrusted, ...nothing };
  if (manifest === null) return { manifest, generation: 0, unreadable: null, ...nothing };
  const { generation } = manifest;
  try {
    const designations = [...openSnapshot(await store.load(manifest)).designations()];
    const states = (await store.listStates()).map((state) => believed(state, clock()));
    return { manifest, generation, unreadable: null, designations, lists: byList(designations, states) };
  } catch (error) {
    if (error instanceof CordonError && dispositionOf(error) === "keep")
      return { manifest, generation, unreadable: error, ...nothing };
    throw error;
  }
}

/**
 * The live manifest, or why it is not believed: then it is as if the store had none, but for the generation. What somebody
 * else put there must neither become the last good version of a list nor keep the right index out.
 */
export async function liveManifest(
  store: Pick<IndexStore, "current">,
): Promise<{ readonly manifest: IndexManifest | null; readonly untrusted: CordonError | null }> {
  try {
    return { manifest: await store.current(), untrusted: null };
  } catch (error) {
    if (error instanceof CordonError && error.code === "INDEX_UNTRUSTED") return { manifest: null, untrusted: error };
    throw error;
  }
}

/** A list that was read in the future was never read: else nothing that is read from now on were later. */
function believed(state: ListState, now: number): ListState {
  return isAhead(state.checkedAt, now) ? { ...state, checkedAt: 0 } : state;
}

function byList(designations: readonly Designation[], states: readonly ListState[]): AcceptedLists {
  const groups = Map.groupBy(designations, ({ list }) => list);
  const lists = new Map<string, AcceptedList>();
  for (const state of states) {
    const own = groups.get(state.list);
    if (own !== undefined) lists.set(state.list, { state, designations: own });
  }
  return lists;
}
