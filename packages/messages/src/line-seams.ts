import type { FieldMatch } from "./field-match.ts";
import type { ScreenableField } from "./screenable-event.ts";

/** Two lines of one text as one, about the place where they meet. */
export interface Seam {
  readonly first: ScreenableField;
  readonly second: ScreenableField;
  /** The end of the first line and the beginning of the second. */
  readonly text: string;
  /** Where the first line ends in `text`, and where the second begins. */
  readonly firstEnd: number;
  readonly secondStart: number;
  /** Where `text` begins in the first line. */
  readonly offset: number;
}

/** UTF-16 units of each line that are looked at: more than the longest listed name that could go on from one to the next. */
const REACH = 200;

/** Widths at which rails break lines in the middle of a word: 35 in SWIFT MT (33 behind `//`), 140 in ISO 20022. */
const BROKEN_AT: ReadonlySet<number> = new Set([33, 35, 140]);

/**
 * Where lines of free text meet, in order: a name may go on from one line to the next. They are joined by a space,
 * and where a full line may have broken a word, by nothing, too.
 */
export function seamsOf(fields: readonly ScreenableField[]): readonly Seam[] {
  const seams: Seam[] = [];
  for (let i = 1; i < fields.length; i++) {
    const first = fields[i - 1]!;
    const second = fields[i]!;
    if (first.bearer !== "text" || second.bearer !== "text" || arrayOf(first) !== arrayOf(second)) continue;
    seams.push(seam(first, second, " "));
    if (BROKEN_AT.has(first.text.length) && /[\p{L}\p{M}\p{N}]$/u.test(first.text)) seams.push(seam(first, second, ""));
  }
  return seams;
}

function arrayOf({ path }: ScreenableField): string {
  return path.split("[", 1)[0]!;
}

function seam(first: ScreenableField, second: ScreenableField, joint: string): Seam {
  const offset = Math.max(0, first.text.length - REACH);
  const firstEnd = first.text.length - offset;
  const text = `${first.text.slice(offset)}${joint}${second.text.slice(0, REACH)}`;
  return { first, second, text, firstEnd, secondStart: firstEnd + joint.length, offset };
}

/** What is listed and stands in both lines, told of the first. */
export function acrossSeam(
  { first, second, firstEnd, secondStart, offset, text }: Seam,
  found: readonly FieldMatch[],
): readonly FieldMatch[] {
  const { path, bearer, role } = first;
  return found
    .filter(({ start, end }) => start < firstEnd && end > secondStart)
    .map((match) => ({
      ...match,
      field: { path, bearer, role, text: first.text },
      start: match.start + offset,
      end: firstEnd + offset,
      reasons: [
        ...match.reasons,
        { kind: "goes-on", detail: `goes on in ${second.path}: "${text.slice(secondStart, match.end)}"`, points: 0 },
      ],
    }));
}

/** The line to search: the joined text in the place of the first. */
export function lineOfSeam({ first, text }: Seam): ScreenableField {
  return { ...first, text };
}
