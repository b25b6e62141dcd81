import { termOf } from "../relations/similarity.ts";
import type { Neighbourhood, FindNeighbours } from "../retrieval/neighbourhood.ts";
import { profiles } from "../score/profile.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { weightOf } from "../weights/weight.ts";

/** What the search needs of one query token against one snapshot. */
export interface SlotEntry extends Neighbourhood {
  readonly weight: number;
  readonly byProfile: readonly SlotProfile[];
}

/** Bounds of a token against the rows of one profile, at one threshold. */
export interface SlotProfile {
  /** Postings of all neighbours. */
  readonly postings: number;
  /** Greatest (s - T) * 200 * w_r over neighbours with postings, and the same plus T * B * w_r; -Infinity without. */
  readonly netMaximum: number;
  readonly grossMaximum: number;
}

export interface TokenCache {
  get(token: string, threshold: number): SlotEntry;
}

/** Bounds of the cache: entries, and neighbours over all of them. Past either, it starts again empty. */
const MOST_ENTRIES = 1 << 17;
const MOST_NEIGHBOURS = 1 << 23;

/** Remembers the neighbourhoods of query tokens. What it returns depends on token and threshold alone. */
export function tokenCache(snapshot: Snapshot, findNeighbours: FindNeighbours): TokenCache {
  let entries = new Map<string, SlotEntry>();
  let neighbours = 0;
  let cachedThreshold = -1;
  return {
    get(token, threshold): SlotEntry {
      if (threshold !== cachedThreshold || entries.size >= MOST_ENTRIES || neighbours >= MOST_NEIGHBOURS) {
        entries = new Map();
        neighbours = 0;
        cachedThreshold = threshold;
      }
      let entry = entries.get(token);
      if (entry === undefined) {
        const found = findNeighbours(termOf(token));
        const byProfile = profiles.map((_, profile) => boundsOf(snapshot, found, { profile, threshold }));
        entry = { ...found, weight: weightOf(token), byProfile };
        entries.set(token, entry);
        neighbours += found.ids.length;
      }
      return entry;
    },
  };
}

function boundsOf(
  { dictionary, postings }: Snapshot,
  { ids, percents }: Neighbourhood,
  { profile, threshold }: { readonly profile: number; readonly threshold: number },
): SlotProfile {
  const { starts } = postings[profile]!;
  const { beta } = profiles[profile]!;
  let total = 0;
  let netMaximum = Number.NEGATIVE_INFINITY;
  let grossMaximum = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < ids.length; k++) {
    const id = ids[k]!;
    const count = starts[id + 1]! - starts[id]!;
    if (count === 0) continue;
    total += count;
    const weight = dictionary.weights[id]!;
    const net = (percents[k]! - threshold) * 200 * weight;
    netMaximum = Math.max(netMaximum, net);
    grossMaximum = Math.max(grossMaximum, net + threshold * beta * weight);
  }
  return { postings: total, netMaximum, grossMaximum };
}
