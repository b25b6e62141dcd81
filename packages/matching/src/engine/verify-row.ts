import { INITIAL_PERCENT } from "../relations/similarity.ts";
import { profiles } from "../score/profile.ts";
import { BELOW, exactWeight, LONGEST_QUERY, newComparison, reserve, scoreOf } from "../score/score.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { FIRST_NEIGHBOUR, NEIGHBOUR, NEIGHBOURS, type QueryTokens, RECORD, WEIGHT } from "./query-tokens.ts";
import { CANDIDATE_STEPS, type FoundRow, type SearchWork, WORK_LIMIT } from "./work.ts";

export interface RowVerifier {
  /** Starts a reading of a query: rows may be verified once each until the next. */
  begin(slots: Int32Array, m: number): void;
  /** Scores a row exactly, unless it was already; false if the work limit was passed. */
  verify(row: number, profile: number, threshold: number, found: FoundRow): boolean;
}

/** An epoch that no stamp holds after the stamps are cleared. */
const LAST_EPOCH = 0x7fffffff;

export interface VerifierDeps {
  readonly snapshot: Snapshot;
  readonly tokens: QueryTokens;
  readonly work: SearchWork;
  /** Percent by which the quick bound is multiplied; 100 but in tests. */
  readonly boundScale: number;
  /** Where the count of epochs begins; tests begin it just before its end. */
  readonly firstEpoch?: number;
}

/**
 * Scratch, reused for every query: a stamp for each row and token, whose value is the epoch of the reading it belongs
 * to, and for each stamped token a chain of the slots it is a neighbour of. What a letter is but an initial of is told by
 * the first letter of a token instead. Stamps are cleared before epochs wrap.
 */
export function rowVerifier({ snapshot, tokens, work, boundScale, firstEpoch = 0 }: VerifierDeps): RowVerifier {
  const { rows, dictionary } = snapshot;
  const { beginnings } = dictionary;
  const rowStamps = new Int32Array(rows.count);
  /** Stamp and head of the chain of each token. */
  const tokenStates = new Int32Array(dictionary.size * 2);
  let chainNext = new Int32Array(1024);
  let chainSlot = new Uint8Array(1024);
  let chainPercent = new Uint8Array(1024);
  const comparison = newComparison();
  let epoch = firstEpoch;
  let chained = false;
  let slots = new Int32Array(0);
  let m = 0;
  /** Slots that are single letters, and which. */
  const letterSlots = new Int32Array(LONGEST_QUERY);
  const letters = new Int32Array(LONGEST_QUERY);
  let letterCount = 0;

  function chainNeighbours(): void {
    const { records, arena } = tokens;
    let length = 0;
    letterCount = 0;
    comparison.signs = true;
    for (let i = 0; i < m; i++) {
      if (!tokens.isSign(slots[i]!)) comparison.signs = false;
      const at = slots[i]! * RECORD;
      const count = records[at + NEIGHBOURS]!;
      const letter = tokens.letter(slots[i]!);
      if (letter >= 0) {
        letterSlots[letterCount] = i;
        letters[letterCount++] = letter;
      }
      reserveChain(length + count);
      const end = (records[at + FIRST_NEIGHBOUR]! + count) * NEIGHBOUR;
      for (let k = records[at + FIRST_NEIGHBOUR]! * NEIGHBOUR; k < end; k += NEIGHBOUR) {
        const state = (arena[k]! >>> 8) * 2;
        chainNext[length] = tokenStates[state] === epoch ? tokenStates[state + 1]! : -1;
        chainSlot[length] = i;
        chainPercent[length] = arena[k]! & 0xff;
        tokenStates[state] = epoch;
        tokenStates[state + 1] = length++;
      }
    }
    chained = true;
  }

  function reserveChain(needed: number): void {
    if (needed <= chainNext.length) return;
    const [next, slot, percent] = [chainNext, chainSlot, chainPercent];
    chainNext = new Int32Array(needed * 2);
    chainSlot = new Uint8Array(needed * 2);
    chainPercent = new Uint8Array(needed * 2);
    chainNext.set(next);
    chainSlot.set(slot);
    chainPercent.set(percent);
  }

  function fill(row: number): void {
    const start = rows.starts[row]!;
    const n = rows.starts[row + 1]! - start;
    reserve(comparison, m, n);
    const { queryWeights, rowWeights, percent } = comparison;
    for (let i = 0; i < m; i++) queryWeights[i] = tokens.records[slots[i]! * RECORD + WEIGHT]! & 0xff;
    for (let j = 0; j < n; j++) {
      const token = rows.tokens[start + j]!;
      rowWeights[j] = token & 0xff;
      if (comparison.signs) comparison.rowSyllables[j] = Number(dictionary.term(token >>> 8).syllable);
      const state = (token >>> 8) * 2;
      if (tokenStates[state] === epoch) {
        for (let at = tokenStates[state + 1]!; at >= 0; at = chainNext[at]!)
          percent[chainSlot[at]! * n + j] = chainPercent[at]!;
      }
      if (letterCount === 0) continue;
      const beginning = beginnings[token >>> 8]!;
      for (let k = 0; k < letterCount; k++) {
        const cell = letterSlots[k]! * n + j;
        if (letters[k] === beginning && percent[cell]! < INITIAL_PERCENT) percent[cell] = INITIAL_PERCENT;
      }
    }
  }

  /**
   * False if not even the best pair of every slot, or of every list word, would do:
   * sum_i max_j g_ij < T * (A * W_Q + B * W_R), with g_ij = (s - T) * 200 * w_j + T * A * w_i + T * B * w_j.
   */
  function mayReach(profile: number, threshold: number): boolean {
    const { n, queryWeights, rowWeights, percent } = comparison;
    const { alpha, beta } = profiles[profile]!;
    let needed = 0;
    let carried = 0;
    for (let j = 0; j < n; j++) needed += threshold * beta * rowWeights[j]!;
    for (let i = 0; i < m; i++) {
      const own = threshold * alpha * queryWeights[i]!;
      needed += own;
      let best = 0;
      for (let j = 0; j < n; j++) {
        const s = percent[i * n + j]!;
        if (s === 0) continue;
        const gain = ((s - threshold) * 200 + threshold * beta) * rowWeights[j]! + own;
        if (gain > best) best = gain;
      }
      carried += best;
    }
    return carried * boundScale >= needed * 100;
  }

  return {
    begin(query, length): void {
      if (epoch >= LAST_EPOCH) {
        rowStamps.fill(0);
        tokenStates.fill(0);
        epoch = 0;
      }
      epoch++;
      chained = false;
      slots = query as Int32Array<ArrayBuffer>;
      m = length;
    },
    verify(row, profile, threshold, found): boolean {
      if (rowStamps[row] === epoch) return true;
      rowStamps[row] = epoch;
      if (!chained) chainNeighbours();
      fill(row);
      work.candidates++;
      work.steps += CANDIDATE_STEPS + m * comparison.n;
      if (!mayReach(profile, threshold)) return work.steps <= WORK_LIMIT;
      comparison.work = work.steps;
      const score = scoreOf(comparison, profiles[profile]!, threshold);
      work.steps = comparison.work;
      if (score !== BELOW) found(row, score, exactWeight(comparison));
      return work.steps <= WORK_LIMIT;
    },
  };
}
