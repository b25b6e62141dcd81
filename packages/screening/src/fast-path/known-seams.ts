import { numberSeamTexts, seamTexts } from "@cordon/decisions";

import type { InHand } from "./known-bearers.ts";
import type { KnownTexts, TextMemory } from "./known-texts.ts";
import { NOT_PACKED, workOf } from "./packed-verdict.ts";
import type { PartCounts } from "./part-counts.ts";
import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";

/** What stands across the ends of the lines of one text, remembered as a whole: of four lines that is a dozen texts. */
export interface KnownSeams {
  /** The work that it takes, which may be more than is left; infinite where it is not clear. */
  workOf(lines: readonly string[], of: TextMemory, inHand: InHand): number;
}

export interface KnownSeamsOptions {
  readonly texts: KnownTexts;
  /** How many it remembers of each kind of text. */
  readonly most: number;
  readonly counts: PartCounts;
}

/** Bytes of a key, all of ASCII. */
const LONGEST = 512;
/** More work is not kept. */
const MOST_WORK = 2 ** 30;

export function knownSeams({ texts, most, counts: { text: count } }: KnownSeamsOptions): KnownSeams {
  /** By what is known of single texts of that kind. */
  const seamsBy = new WeakMap<RecentBytes, RecentBytes>();
  const scratch = Buffer.alloc(LONGEST);
  const scratchView = new DataView(scratch.buffer, scratch.byteOffset, scratch.byteLength);

  /** Text by text. */
  function judged(lines: readonly string[], of: TextMemory, { judges, workLeft }: InHand): number {
    let all = 0;
    for (const text of seamTexts(lines)) {
      const verdict = texts.verdictOn(text, of, { judges, workLeft: workLeft - all });
      if (verdict === NOT_PACKED) return Infinity;
      all += workOf(verdict);
    }
    for (const { text, work } of numberSeamTexts(lines)) {
      if (!judges.now.noIdentifierIn(text)) return Infinity;
      all += work;
    }
    return all;
  }

  function memoryOf({ lines }: TextMemory): RecentBytes {
    let seams = seamsBy.get(lines);
    if (seams === undefined) seamsBy.set(lines, (seams = createRecentBytes(most, LONGEST)));
    return seams;
  }

  return {
    workOf(lines, of, inHand) {
      const { age, now } = inHand.judges;
      const key = now.seamsKey(lines);
      if (key === null || key.length > LONGEST) return judged(lines, of, inHand);
      const memory = memoryOf(of);
      const length = scratch.write(key, "latin1");
      const known = memory.get(scratchView, 0, length);
      if (known !== NOTHING_KEPT && memory.keptAt() === age.number) {
        count.known++;
        return known;
      }
      const work = judged(lines, of, inHand);
      if (work <= MOST_WORK) memory.keep(scratchView, 0, length, work, age.number);
      return work;
    },
  };
}
