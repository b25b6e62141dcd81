import type { Variant } from "../normalise/variants.ts";
import { BUCKETS, bucketOf, MORE_TOKENS, NO_TOKEN, POSTING_WORDS } from "../retrieval/postings.ts";
import { profiles, typesOfProfile } from "../score/profile.ts";
import { LONGEST_QUERY } from "../score/score.ts";
import type { CompiledSearchOptions } from "../search.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { typeBitOf } from "../snapshot/row-traits.ts";
import type { SlotEntry, TokenCache } from "./token-cache.ts";
import type { RowVerifier } from "./verify-row.ts";
import { type FoundRow, type SearchWork, WORK_LIMIT } from "./work.ts";

/** Multipliers of the bounds, in percent; 100 but in the tests that prove the bounds tight enough to be noticed. */
export interface BoundScale {
  readonly slot: number;
  readonly posting: number;
}

export interface RowSearchDeps {
  readonly snapshot: Snapshot;
  readonly cache: TokenCache;
  readonly verifier: RowVerifier;
  readonly work: SearchWork;
  readonly boundScale: BoundScale;
}

/**
 * Scores every row that can reach the threshold for one reading of a query; false if the work limit was passed.
 *
 * The score reaches T for a matching M exactly if  sum_M h >= REQ + T * B * (unmatched list weight), where
 * h(i, r) = (s - T) * 200 * w_r + T * A * w_i is the net gain of a pair and REQ = T * A * (query weight). Hence
 * - slots whose greatest net gains sum to less than REQ cannot carry a hit alone: every hit has a pair with a positive
 *   h in one of the other, essential slots, and only their postings are scanned;
 * - for a posting reached by (i, r), the gains of the row's other tokens are bounded by the table of buckets, so it is
 *   dropped if h(i, r) + sum of table < REQ + T * B * (other weight).
 * All integers, no tolerance. Scratch: per slot 64 cells, and the table of 4,096 buckets, zero between calls.
 */
export function rowSearcher({ snapshot, cache, verifier, work, boundScale }: RowSearchDeps) {
  const slots: SlotEntry[] = [];
  const net = new Float64Array(LONGEST_QUERY);
  const gross = new Float64Array(LONGEST_QUERY);
  const essential = new Uint8Array(LONGEST_QUERY);
  const table = new Float64Array(BUCKETS);

  return function searchRows(query: Variant, options: CompiledSearchOptions, found: FoundRow): boolean {
    slots.length = 0;
    for (const token of query) slots.push(cache.get(token.text, options.threshold));
    verifier.begin(slots);
    for (let profile = 0; profile < profiles.length; profile++) {
      if ((typesOfProfile[profile]! & options.typeMask) === 0) continue;
      if (!searchProfile(profile, options, found)) return false;
    }
    return true;
  };

  function searchProfile(profile: number, options: CompiledSearchOptions, found: FoundRow): boolean {
    const { alpha } = profiles[profile]!;
    const { threshold } = options;
    let required = 0;
    let total = 0;
    for (const [i, slot] of slots.entries()) {
      const own = threshold * alpha * slot.weight;
      const bounds = slot.byProfile[profile]!;
      required += own;
      net[i] = (Math.max(0, bounds.netMaximum + own) * boundScale.slot) / 100;
      gross[i] = Math.max(0, bounds.grossMaximum + own);
      total += net[i];
    }
    if (total < required) return true;
    const essentialCount = chooseEssential(profile, required);
    fillTable(profile, threshold, essentialCount);
    const complete = scanSlots(profile, options, { required, total, found });
    clearTable();
    return complete;
  }

  /** Marks slots as not essential, those with most postings first, while their net maxima stay below `required`. */
  function chooseEssential(profile: number, required: number): number {
    essential.fill(1, 0, slots.length);
    let count = slots.length;
    let covered = 0;
    for (;;) {
      let widest = -1;
      for (let i = 0; i < slots.length; i++) {
        if (essential[i] === 0 || covered + net[i]! >= required) continue;
        if (widest < 0 || slots[i]!.byProfile[profile]!.postings > slots[widest]!.byProfile[profile]!.postings)
          widest = i;
      }
      if (widest < 0) return count;
      essential[widest] = 0;
      covered += net[widest]!;
      count--;
    }
  }

  /**
   * Each bucket gets the greatest gross gain of any (slot, token) that falls into it. The only essential slot is left
   * out: its pair is the one the posting was reached by.
   */
  function fillTable(profile: number, threshold: number, essentialCount: number): void {
    const { alpha, beta } = profiles[profile]!;
    let overflow = 0;
    for (const [i, slot] of slots.entries()) {
      if (essentialCount === 1 && essential[i] === 1) continue;
      overflow += gross[i]!;
      const own = threshold * alpha * slot.weight;
      for (let k = 0; k < slot.ids.length; k++) {
        const id = slot.ids[k]!;
        const weight = snapshot.dictionary.weights[id]!;
        const gain = (slot.percents[k]! - threshold) * 200 * weight + own + threshold * beta * weight;
        const bucket = bucketOf(id);
        if (gain > table[bucket]!) table[bucket] = gain;
      }
    }
    table[NO_TOKEN] = 0;
    table[MORE_TOKENS] = overflow;
  }

  function clearTable(): void {
    for (const slot of slots) for (const id of slot.ids) table[bucketOf(id)] = 0;
    table[MORE_TOKENS] = 0;
  }

  function scanSlots(
    profile: number,
    options: CompiledSearchOptions,
    { required, total, found }: { readonly required: number; readonly total: number; readonly found: FoundRow },
  ): boolean {
    const { alpha, beta } = profiles[profile]!;
    const { threshold } = options;
    const { starts, words } = snapshot.postings[profile]!;
    for (const [i, slot] of slots.entries()) {
      if (essential[i] === 0) continue;
      for (let k = 0; k < slot.ids.length; k++) {
        const id = slot.ids[k]!;
        const weight = snapshot.dictionary.weights[id]!;
        const gain = (slot.percents[k]! - threshold) * 200 * weight + threshold * alpha * slot.weight;
        if (gain <= 0 || gain + total - net[i]! < required) continue;
        const end = starts[id + 1]!;
        work.postings += end - starts[id]!;
        if (work.postings > WORK_LIMIT) return false;
        for (let at = starts[id]!; at < end; at++) {
          const first = words[at * POSTING_WORDS]!;
          const second = words[at * POSTING_WORDS + 1]!;
          const third = words[at * POSTING_WORDS + 2]!;
          const others =
            table[second & 0xfff]! +
            table[(second >>> 12) & 0xfff]! +
            table[third & 0xfff]! +
            table[(third >>> 12) & 0xfff]! +
            table[(second >>> 24) | ((third >>> 24) << 8)]!;
          const bound = ((gain + others) * boundScale.posting) / 100;
          if (bound < required + threshold * beta * (first & 0xff)) continue;
          const row = first >>> 8;
          if ((typeBitOf(snapshot.rows.traits[row]!) & options.typeMask) === 0) continue;
          if (!verifier.verify(row, { profile, threshold, found })) return false;
        }
      }
    }
    return true;
  }
}
