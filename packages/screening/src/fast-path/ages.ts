import { type PartJudge, partJudge, type PartVerdict, type Policy, type Treatment } from "@cordon/decisions";
import type { ScreeningIndex } from "@cordon/matching";

import { NOT_PACKED, packed, type PackedPart, withMoreWork } from "./packed-verdict.ts";
import { NOTHING_KEPT } from "./recent-bytes.ts";

/** One index after another under which parts are remembered. */
export interface Age {
  /** Of all ages of one memory no two have the same. */
  readonly number: number;
  readonly index: ScreeningIndex;
  /** The last ages, ascending and without a gap up to this one, each with what it lists that the one before it did not. */
  readonly added: readonly Added[];
}

export interface Added {
  readonly number: number;
  readonly index: ScreeningIndex;
}

/** Older verdicts are judged anew: so many small indexes cost as much as the whole one. */
const MOST_ADDED = 3;

export function firstAge(index: ScreeningIndex): Age {
  return { number: 0, index, added: [] };
}

export function ageAfter({ number, added }: Age, index: ScreeningIndex, addedNow: ScreeningIndex): Age {
  const next = { number: number + 1, index: addedNow };
  return { number: next.number, index, added: [...added, next].slice(-MOST_ADDED) };
}

/** Who judges parts in one age, of one treatment. */
export interface Judges {
  readonly age: Age;
  readonly now: PartJudge;
  /**
   * The verdict on a part that was kept in an earlier age, as it would be given now: what was clear is clear exactly if it is clear
   * against all that was added since. `NOTHING_KEPT` where only the whole index can say: of a part that was not clear, that is not clear
   * any more, or that was kept too long ago. `by` judges the part within the work that is left.
   */
  renewed(kept: PackedPart, keptAt: number, by: (judge: PartJudge) => PartVerdict): PackedPart;
}

export function judgesOf(age: Age, policy: Policy, treatment: Treatment): Judges {
  const judges = age.added.map(({ number, index }) => ({
    number,
    judge: index.lists.length === 0 ? null : partJudge(index, policy, treatment),
  }));
  return {
    age,
    now: partJudge(age.index, policy, treatment),
    renewed(kept, keptAt, by) {
      if (kept === NOT_PACKED || keptAt > age.number || keptAt < age.number - judges.length) return NOTHING_KEPT;
      let renewed = kept;
      for (const { number, judge } of judges) {
        if (number <= keptAt || judge === null) continue;
        const verdict = by(judge);
        if (verdict === "unknown" || verdict === "not-clear") return NOTHING_KEPT;
        renewed = withMoreWork(renewed, verdict.work);
        if (renewed === NOT_PACKED) return NOTHING_KEPT;
      }
      return renewed;
    },
  };
}

/** What is kept of a verdict; null for one that is not to be kept. */
export function packedVerdict(verdict: PartVerdict): PackedPart | null {
  return verdict === "unknown" ? null : packed(verdict);
}
