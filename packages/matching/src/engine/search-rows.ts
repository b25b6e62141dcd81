import { INITIAL_PERCENT } from "../relations/similarity.ts";
import { BUCKETS, MORE_TOKENS, NO_TOKEN, POSTING_WORDS } from "../retrieval/postings.ts";
import { profiles, typesOfProfile } from "../score/profile.ts";
import { LONGEST_QUERY } from "../score/score.ts";
import type { CompiledSearchOptions } from "../search.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { typeBitOf } from "../snapshot/row-traits.ts";
import { LARGEST_WEIGHT } from "../weights/weight.ts";
import {
  BOUNDS,
  FIRST_NEIGHBOUR,
  NEIGHBOUR,
  NEIGHBOUR_POSTINGS,
  NEIGHBOURS,
  type QueryTokens,
  RECORD,
  WEIGHT,
} from "./query-tokens.ts";
import type { RowVerifier } from "./verify-row.ts";
import { type FoundRow, LIST_STEPS, type SearchWork, WORK_LIMIT } from "./work.ts";

/** Multipliers of the bounds, in percent; 100 but in the tests that prove the bounds tight enough to be noticed. */
export interface BoundScale {
  /** Greatest net gain of a slot. */
  readonly slot: number;
  /** What the slots left out of the scan could carry together. */
  readonly essential: number;
  /** What a posting says of its row. */
  readonly posting: number;
  /** What initials could add to a posting's bound. */
  readonly initials: number;
  /** What the pairs of a row could carry before they are assigned. */
  readonly verify: number;
}

export interface RowSearchDeps {
  readonly snapshot: Snapshot;
  readonly tokens: QueryTokens;
  readonly verifier: RowVerifier;
  readonly work: SearchWork;
  readonly boundScale: BoundScale;
}

/** A word of at most this many letters gives few strings with deletions. */
const SHORT = 6;

/**
 * Scores every row that can reach the threshold for one reading of a query, given as records of `tokens`; false if the
 * work limit was passed.
 *
 * The score reaches T for a matching M exactly if  sum_M h >= REQ + T * B * (unmatched list weight), where
 * h(i, r) = (s - T) * 200 * w_r + T * A * w_i is the net gain of a pair and REQ = T * A * (query weight). Hence
 * - slots whose greatest net gains sum to less than REQ cannot carry a hit alone: every hit has a pair with a positive
 *   h in one of the other, essential slots, and only their postings are scanned;
 * - for a posting reached by (i, r), the gains of the row's other tokens are bounded by the table of buckets, so it is
 *   dropped if h(i, r) + sum of table < REQ + T * B * (other weight).
 * Initials would fill the table. Let e = (75 - T) * 200, so that an initial gains own + (e + T * B) * w_r. Over the
 * initials of a matching that is at most the sum of their own, plus (e + T * B) * (other weight): the first is added to
 * the bound of every posting (`loose`), the factor is `loosePerWeight`. Where e is positive, e * 16 goes into the first
 * instead, so that the factor never exceeds T * B, and an other weight that was cut at 255 makes no bound too small.
 * All integers below 2^31, no tolerance: 64 slots of at most 3 * 160,000 each. Scratch: per profile and slot one cell,
 * and the table of 4,096 buckets, zero between calls.
 */
export function rowSearcher({ snapshot, tokens, verifier, work, boundScale }: RowSearchDeps) {
  const profileCount = profiles.length;
  const alphas = Int32Array.from(profiles, ({ alpha }) => alpha);
  const betas = Int32Array.from(profiles, ({ beta }) => beta);
  const { traits } = snapshot.rows;
  const words = asSigned(snapshot.postings.words);
  const net = new Int32Array(profileCount * LONGEST_QUERY);
  const required = new Int32Array(profileCount);
  const total = new Int32Array(profileCount);
  const essential = new Uint8Array(LONGEST_QUERY);
  const table = new Int32Array(BUCKETS);
  /** For each slot what it gains as an initial, whatever the word weighs; 0 if it is none. Their sum, and the factor. */
  const looseOf = new Int32Array(LONGEST_QUERY);
  let loose = 0;
  let loosePerWeight = 0;

  return function searchRows(slots: Int32Array, m: number, options: CompiledSearchOptions, found: FoundRow): boolean {
    const { threshold, typeMask } = options;
    if (!mayReachRequired(slots, m, threshold)) return true;
    let begun = false;
    for (let p = 0; p < profileCount; p++) {
      if (total[p]! < required[p]! || (typesOfProfile[p]! & typeMask) === 0) continue;
      if (!begun) verifier.begin(slots, m);
      begun = true;
      const essentials = chooseEssential(slots, m, p);
      fillTable(slots, m, { profile: p, threshold, only: essentials === 1 });
      const complete = scanSlots(slots, m, { profile: p, options, found });
      clearTable(slots, m);
      if (!complete) return false;
    }
    return true;
  };

  /**
   * Sums what is required and what the slots can carry, for each profile; false if that is too little in all of them.
   * Finding the neighbours of a new word is what costs most, so it is put off: until it is done the word counts for the
   * most that any word could carry, a listed word of the greatest weight met exactly. Most names are given up before all
   * their words are known. Long words, which are dear, come late, and initials, the dearest, last.
   */
  function mayReachRequired(slots: Int32Array, m: number, threshold: number): boolean {
    required.fill(0);
    total.fill(0);
    let unknown = 0;
    for (let i = 0; i < m; i++) {
      const record = slots[i]!;
      const prepared = tokens.isPrepared(record, threshold);
      if (!prepared) {
        tokens.weigh(record);
        unknown++;
      }
      addSlot(record, i, threshold, prepared);
    }
    if (!anyReaches()) return false;
    for (let round = 0; round < 3 && unknown > 0; round++) {
      for (let i = 0; i < m; i++) {
        const record = slots[i]!;
        if (roundOf(tokens.keyLength(record)) > round || tokens.isPrepared(record, threshold)) continue;
        tokens.prepare(record, threshold);
        unknown = 0;
        required.fill(0);
        total.fill(0);
        for (let k = 0; k < m; k++) {
          const prepared = tokens.isPrepared(slots[k]!, threshold);
          if (!prepared) unknown++;
          addSlot(slots[k]!, k, threshold, prepared);
        }
        if (!anyReaches()) return false;
      }
    }
    return true;
  }

  function addSlot(record: number, i: number, threshold: number, prepared: boolean): void {
    const { records } = tokens;
    const at = record * RECORD;
    const weight = (records[at + WEIGHT]! & 0xff) * threshold;
    for (let p = 0; p < profileCount; p++) {
      const own = weight * alphas[p]!;
      required[p]! += own;
      let gain = (prepared ? records[at + BOUNDS + 3 * p]! : (100 - threshold) * 200 * LARGEST_WEIGHT) + own;
      if (boundScale.slot !== 100) gain = Math.trunc((gain * boundScale.slot) / 100);
      if (gain < 0) gain = 0;
      net[p * LONGEST_QUERY + i] = gain;
      total[p]! += gain;
    }
  }

  function anyReaches(): boolean {
    for (let p = 0; p < profileCount; p++) if (total[p]! >= required[p]!) return true;
    return false;
  }

  /** Marks slots as not essential, those with most postings first, while their net maxima stay below what is required. */
  function chooseEssential(slots: Int32Array, m: number, profile: number): number {
    const { records } = tokens;
    const from = profile * LONGEST_QUERY;
    const limit = required[profile]!;
    essential.fill(1, 0, m);
    let count = m;
    let covered = 0;
    for (;;) {
      let widest = -1;
      let most = -1;
      for (let i = 0; i < m; i++) {
        if (essential[i] === 0 || (covered + net[from + i]!) * boundScale.essential >= limit * 100) continue;
        const postings = records[slots[i]! * RECORD + BOUNDS + 3 * profile + 2]!;
        if (postings <= most) continue;
        most = postings;
        widest = i;
      }
      if (widest < 0) return count;
      essential[widest] = 0;
      covered += net[from + widest]!;
      count--;
    }
  }

  /**
   * Each bucket gets the greatest gross gain of any (slot, token) that falls into it. The only essential slot is left
   * out: its pair is the one the posting was reached by.
   */
  function fillTable(
    slots: Int32Array,
    m: number,
    { profile, threshold, only }: { readonly profile: number; readonly threshold: number; readonly only: boolean },
  ): void {
    const { records, arena } = tokens;
    const perWeight = threshold * betas[profile]!;
    const excess = (INITIAL_PERCENT - threshold) * 200;
    let overflow = 0;
    loose = 0;
    loosePerWeight = Math.max(0, perWeight + Math.min(0, excess));
    for (let i = 0; i < m; i++) {
      const at = slots[i]! * RECORD;
      const own = threshold * alphas[profile]! * (records[at + WEIGHT]! & 0xff);
      looseOf[i] = 0;
      if (only && essential[i] === 1) continue;
      if (tokens.letter(slots[i]!) >= 0) {
        const most = own + Math.max(0, excess) * LARGEST_WEIGHT;
        looseOf[i] = boundScale.initials === 100 ? most : Math.trunc((most * boundScale.initials) / 100);
        loose += looseOf[i]!;
      }
      overflow += Math.max(0, records[at + BOUNDS + 3 * profile + 1]! + own);
      const end = (records[at + FIRST_NEIGHBOUR]! + records[at + NEIGHBOURS]!) * NEIGHBOUR;
      for (let k = records[at + FIRST_NEIGHBOUR]! * NEIGHBOUR; k < end; k += NEIGHBOUR) {
        const second = arena[k + 1]!;
        const gain = ((arena[k]! & 0xff) - threshold) * 200 * (second & 0xff) + own + perWeight * (second & 0xff);
        if (gain > table[second >>> 8]!) table[second >>> 8] = gain;
      }
    }
    if (loose === 0) loosePerWeight = 0;
    table[NO_TOKEN] = 0;
    table[MORE_TOKENS] = overflow;
  }

  function clearTable(slots: Int32Array, m: number): void {
    const { records, arena } = tokens;
    for (let i = 0; i < m; i++) {
      const at = slots[i]! * RECORD;
      const end = (records[at + FIRST_NEIGHBOUR]! + records[at + NEIGHBOURS]!) * NEIGHBOUR;
      for (let k = records[at + FIRST_NEIGHBOUR]! * NEIGHBOUR; k < end; k += NEIGHBOUR) table[arena[k + 1]! >>> 8] = 0;
    }
    table[MORE_TOKENS] = 0;
  }

  function scanSlots(slots: Int32Array, m: number, scan: Scan): boolean {
    const { records } = tokens;
    for (let i = 0; i < m; i++) {
      if (essential[i] === 0) continue;
      const at = slots[i]! * RECORD;
      const own = scan.options.threshold * alphas[scan.profile]! * (records[at + WEIGHT]! & 0xff);
      const others = total[scan.profile]! - net[scan.profile * LONGEST_QUERY + i]!;
      const elsewhere = loose - looseOf[i]!;
      const first = records[at + FIRST_NEIGHBOUR]!;
      if (!scanLists(first, first + records[at + NEIGHBOURS]!, { own, others, elsewhere }, scan)) return false;
      const letter = tokens.letter(slots[i]!);
      if (letter < 0) continue;
      const initials = tokens.initials[letter * 2]!;
      const end = initials + tokens.initials[letter * 2 + 1]!;
      if (!scanLists(initials, end, { own, others, elsewhere }, scan)) return false;
    }
    return true;
  }

  /** Scans the postings of the neighbours `[from, to)` of one slot. */
  function scanLists(from: number, to: number, { own, others, elsewhere }: ScannedSlot, scan: Scan): boolean {
    const { arena } = tokens;
    const { profile, options, found } = scan;
    const { threshold, typeMask } = options;
    const need = required[profile]!;
    const perWeight = threshold * betas[profile]! - loosePerWeight;
    const mixedTypes = (typesOfProfile[profile]! & typeMask) !== typesOfProfile[profile]!;
    for (let k = from * NEIGHBOUR; k < to * NEIGHBOUR; k += NEIGHBOUR) {
      const gain = ((arena[k]! & 0xff) - threshold) * 200 * (arena[k + 1]! & 0xff) + own;
      if (gain <= 0 || gain + others < need) continue;
      const first = arena[k + NEIGHBOUR_POSTINGS + profile]!;
      const last = arena[k + NEIGHBOUR_POSTINGS + profile + 1]!;
      if (first === last) continue;
      work.postings += last - first;
      work.steps += LIST_STEPS;
      if (work.postings > WORK_LIMIT || work.steps > WORK_LIMIT) return false;
      for (let word = first * POSTING_WORDS; word < last * POSTING_WORDS; word += POSTING_WORDS) {
        const head = words[word]!;
        const second = words[word + 1]!;
        const third = words[word + 2]!;
        let bound =
          gain +
          elsewhere +
          table[second & 0xfff]! +
          table[(second >>> 12) & 0xfff]! +
          table[third & 0xfff]! +
          table[(third >>> 12) & 0xfff]! +
          table[(second >>> 24) | ((third >>> 24) << 8)]!;
        if (boundScale.posting !== 100) bound = (bound * boundScale.posting) / 100;
        if (bound < need + perWeight * (head & 0xff)) continue;
        const row = head >>> 8;
        if (mixedTypes && (typeBitOf(traits[row]!) & typeMask) === 0) continue;
        if (!verifier.verify(row, profile, threshold, found)) return false;
      }
    }
    return true;
  }
}

interface Scan {
  readonly profile: number;
  readonly options: CompiledSearchOptions;
  readonly found: FoundRow;
}

/** What a slot's own weight is worth, what the other slots can carry, and what those of them that are initials gain. */
interface ScannedSlot {
  readonly own: number;
  readonly others: number;
  readonly elsewhere: number;
}

/** In which round the neighbours of a word are looked for, by its length. */
function roundOf(length: number): number {
  if (length === 1) return 2;
  return length > SHORT ? 1 : 0;
}

/** The same bytes; reading them signed keeps them small integers. */
function asSigned({ buffer, byteOffset, length }: Uint32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}
