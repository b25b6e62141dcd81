import { jaroWinkler } from "./jaro-winkler.ts";
import { soundex } from "./soundex.ts";

/** One part of the searched name, and the part of the listed name that is nearest to it. */
export interface OfacPart {
  readonly searched: string;
  /** Null where none is near enough to count. */
  readonly listed: string | null;
  /** In [0, 1]. */
  readonly similarity: number;
  readonly soundsAlike: boolean;
}

export interface OfacScore {
  /** Whole percent, 0 to 100. */
  readonly score: number;
  /** The technique whose score is the higher one; the whole name when both are equal. */
  readonly technique: "whole-name" | "name-parts";
  /** Of the whole names, in [0, 1]; 0 where they begin with different letters. */
  readonly whole: number;
  /** The mean of the parts, in [0, 1]. */
  readonly mean: number;
  readonly parts: readonly OfacPart[];
}

/** A part below this counts only if it sounds alike: the tool shows GEORGE BUSH beside HASWANI, George with 50, the half. */
const LEAST_SIMILARITY = 0.5;

/** Parts as short as this are left out of a search that has a longer one: KIM JONG UN finds every KIM, Jong with 100. */
const SHORT_PART = 2;

/**
 * What OFAC's Sanctions List Search would give, by the method that Treasury publishes (FAQ 249): Jaro-Winkler of the whole names; and
 * of each part of the name searched for with the part of the listed name that is nearest, by Jaro-Winkler and Soundex, taken together; the
 * higher of both. A whole name is only compared with one of the same first letter. Where the FAQ is silent (weights, short parts,
 * rounding) the rules here are those that fit the scores that the tool is known to give. For people who must compare: nothing in
 * Cordon is decided by it. Names as they are written on the list, `LAST, First`.
 */
export function ofacScore(searched: string, listed: string): OfacScore {
  const [asked, known] = [searched.slice(0, LONGEST_NAME), listed.slice(0, LONGEST_NAME)];
  const whole = wholeSimilarity(wholeOf(asked), wholeOf(known));
  const parts = comparedParts(partsOf(asked), partsOf(known));
  const mean = parts.length === 0 ? 0 : parts.reduce((sum, { similarity }) => sum + similarity, 0) / parts.length;
  return {
    score: Math.round(Math.max(whole, mean) * 100),
    technique: whole >= mean ? "whole-name" : "name-parts",
    whole,
    mean,
    parts,
  };
}

/** No name is longer; the work on two is the product of their lengths. */
const LONGEST_NAME = 1000;

/** The tool is asked in any case, and shows names with a comma behind the last name. */
function wholeOf(name: string): string {
  return name.normalize("NFKC").toUpperCase().replaceAll(",", " ").replaceAll(/\s+/g, " ").trim();
}

function wholeSimilarity(searched: string, listed: string): number {
  if (searched === "" || listed === "" || searched[0] !== listed[0]) return 0;
  return jaroWinkler(searched, listed);
}

/** Apostrophes and full stops stand within a part: O'BRIEN, J.P. */
function partsOf(name: string): readonly string[] {
  const joined = name.normalize("NFKC").toUpperCase().replaceAll(/['’.]/g, "");
  return joined.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function comparedParts(searched: readonly string[], listed: readonly string[]): readonly OfacPart[] {
  const longer = searched.filter((part) => part.length > SHORT_PART);
  const known = listed.map((part) => ({ part, sound: soundex(part) }));
  return (longer.length > 0 ? longer : searched).map((part) => nearest(part, known));
}

function nearest(
  searched: string,
  listed: readonly { readonly part: string; readonly sound: string | null }[],
): OfacPart {
  const sound = soundex(searched);
  let best: OfacPart = { searched, listed: null, similarity: 0, soundsAlike: false };
  for (const { part, sound: other } of listed) {
    const similarity = jaroWinkler(searched, part);
    const soundsAlike = sound !== null && sound === other;
    if (similarity <= best.similarity || (similarity < LEAST_SIMILARITY && !soundsAlike)) continue;
    best = { searched, listed: part, similarity, soundsAlike };
  }
  return best;
}
