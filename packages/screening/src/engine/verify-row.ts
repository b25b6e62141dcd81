import { profiles } from "../score/profile.ts";
import { BELOW, exactWeight, newComparison, reserve, scoreOf } from "../score/score.ts";
import type { Snapshot } from "../snapshot/open.ts";
import type { SlotEntry } from "./token-cache.ts";
import { type FoundRow, type SearchWork, WORK_LIMIT } from "./work.ts";

export interface RowVerifier {
  /** Starts a reading of a query: rows may be verified once each until the next. */
  begin(slots: readonly SlotEntry[]): void;
  /** Scores a row exactly, unless it was already; false if the work limit was passed. */
  verify(row: number, how: VerifyOptions): boolean;
}

export interface VerifyOptions {
  readonly profile: number;
  readonly threshold: number;
  readonly found: FoundRow;
}

/** An epoch that no stamp holds after the stamps are cleared. */
const LAST_EPOCH = 0xffffffff;

/**
 * Scratch, reused for every query: a stamp for each row and token, whose value is the epoch of the reading it belongs
 * to, and for each stamped token a chain of the slots it is a neighbour of. Stamps are cleared before epochs wrap.
 */
export function rowVerifier({ rows, dictionary }: Snapshot, work: SearchWork): RowVerifier {
  const rowStamps = new Uint32Array(rows.count);
  const tokenStamps = new Uint32Array(dictionary.size);
  const chainHeads = new Int32Array(dictionary.size);
  let chainNext = new Int32Array(1024);
  let chainSlot = new Uint8Array(1024);
  let chainPercent = new Uint8Array(1024);
  const comparison = newComparison();
  let epoch = 0;
  let chained = false;
  let slots: readonly SlotEntry[] = [];

  function chainNeighbours(): void {
    const needed = slots.reduce((sum, slot) => sum + slot.ids.length, 0);
    if (needed > chainNext.length) {
      chainNext = new Int32Array(needed * 2);
      chainSlot = new Uint8Array(needed * 2);
      chainPercent = new Uint8Array(needed * 2);
    }
    let length = 0;
    for (const [i, { ids, percents }] of slots.entries()) {
      for (let k = 0; k < ids.length; k++) {
        const id = ids[k]!;
        chainNext[length] = tokenStamps[id] === epoch ? chainHeads[id]! : -1;
        chainSlot[length] = i;
        chainPercent[length] = percents[k]!;
        tokenStamps[id] = epoch;
        chainHeads[id] = length++;
      }
    }
    chained = true;
  }

  function fill(row: number): void {
    const start = rows.starts[row]!;
    const n = rows.starts[row + 1]! - start;
    reserve(comparison, slots.length, n);
    for (const [i, slot] of slots.entries()) comparison.queryWeights[i] = slot.weight;
    for (let j = 0; j < n; j++) {
      const token = rows.tokens[start + j]!;
      comparison.rowWeights[j] = dictionary.weights[token]!;
      if (tokenStamps[token] !== epoch) continue;
      for (let at = chainHeads[token]!; at >= 0; at = chainNext[at]!) {
        comparison.percent[chainSlot[at]! * n + j] = chainPercent[at]!;
      }
    }
  }

  return {
    begin(query): void {
      if (epoch === LAST_EPOCH) {
        rowStamps.fill(0);
        tokenStamps.fill(0);
        epoch = 0;
      }
      epoch++;
      chained = false;
      slots = query;
    },
    verify(row, { profile, threshold, found }): boolean {
      if (rowStamps[row] === epoch) return true;
      rowStamps[row] = epoch;
      if (!chained) chainNeighbours();
      fill(row);
      work.candidates++;
      comparison.work = work.steps;
      const score = scoreOf(comparison, profiles[profile]!, threshold);
      work.steps = comparison.work;
      if (score !== BELOW) found(row, score, exactWeight(comparison));
      return work.steps <= WORK_LIMIT;
    },
  };
}
