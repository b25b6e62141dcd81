import { signsIn } from "../decode/quick-look.ts";
import { mayReadAcross } from "../normalise/wade-giles.ts";
import { type IsForeign, lineKey } from "./line-key.ts";

const BETWEEN = "\n";

export interface LinesKeyOptions {
  readonly isForeign: IsForeign;
  /** See `IdentifierSieve.mayAcross`. */
  readonly mayAcross: (lines: string) => boolean;
}

/**
 * See `ScreeningIndex.linesKey`. What stands across the ends of some of the lines is a part of all of them, from the beginning of one line to the
 * end of another: it has no sign of an encoding and no part of an identifier that they have not, and each of its numbers stands as alone
 * there as here. Only names of few syllables, also in disguise, are read otherwise where less stands beside them.
 */
export function linesKey(lines: readonly string[], { isForeign, mayAcross }: LinesKeyOptions): string | null {
  const joined = lines.join(" ");
  if (joined.includes(BETWEEN) || signsIn(joined) !== 0 || mayAcross(joined) || mayReadAcross(lines, joined))
    return null;
  const key = lineKey(joined, isForeign);
  let parted = "";
  let from = 0;
  for (const { length } of lines) {
    parted += key.slice(from, from + length) + BETWEEN;
    from += length + 1;
  }
  return parted;
}
