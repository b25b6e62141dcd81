import { readFileSync } from "node:fs";

import { compareTexts, type DesignationType } from "@cordon/matching";

/**
 * `tune`: weights and relations were tuned on it. `passed`: once held out, and judged rightly; of those held out with it,
 * the ones judged wrongly became `tune`, so what is left is right by choice and is no evidence. `held`: written after
 * that, not tuned on.
 */
export type CaseUse = "tune" | "passed" | "held";

/** A pair of names whose verdict a person gave. */
export interface LabelledPair {
  /** What varies: a culture, a script or a trick. */
  readonly kind: string;
  readonly type: DesignationType;
  readonly same: boolean;
  readonly use: CaseUse;
  readonly payment: string;
  readonly listed: string;
}

export interface ScoredPair extends LabelledPair {
  /** Percent. */
  readonly score: number;
}

/** Rows of `class,type,verdict,use,payment,listed`; a cell with a comma is quoted. */
export function readCases(path: string): readonly LabelledPair[] {
  return readCsv(path).map(([kind, type, verdict, use, payment, listed]) => ({
    kind: kind!,
    type: type as DesignationType,
    same: verdict === "same",
    use: use as CaseUse,
    payment: payment!,
    listed: listed!,
  }));
}

/** Cells of a small CSV file without line breaks in cells, its header left out. */
export function readCsv(path: string): readonly (readonly string[])[] {
  return readFileSync(path, "utf8")
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== "")
    .map((line) =>
      Array.from(line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g), ([, cell]) =>
        (cell ?? "").replace(/^"|"$/g, "").replaceAll('""', '"'),
      ),
    );
}

export function scorePair(pair: LabelledPair): ScoredPair {
  const compared = compareTexts(pair.payment, pair.listed, pair.type);
  return { ...pair, score: compared.kind === "compared" ? compared.score / 100 : 0 };
}

const scripts = ["Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hangul", "Hiragana", "Katakana", "Armenian"]
  .concat(["Georgian", "Devanagari", "Bengali", "Thai"])
  .map((script) => ({ script, test: new RegExp(`\\p{Script=${script}}`, "u") }));

/** True if the two names have no script in common. */
export function acrossScripts({ payment, listed }: LabelledPair): boolean {
  return !scripts.some(({ test }) => test.test(payment) && test.test(listed));
}
