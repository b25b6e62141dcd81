import { joinSources, partOf, type SourceText } from "../text/source-text.ts";
import { filledLines, type FinField, lineText } from "./field.ts";

/** Lines that are one text. */
export interface JoinedLines {
  readonly text: SourceText;
  /** The same where full lines end with a word, which nobody can tell from one that is cut; null where no line does. */
  readonly spaced: SourceText | null;
}

/** A line of a text: which one of the field, and how many of its characters are no text. */
export interface TextLine {
  readonly index: number;
  readonly skipped: number;
}

/** All lines of a field as a text. */
export function wholeLines(field: FinField): readonly TextLine[] {
  return filledLines(field).map((index) => ({ index, skipped: 0 }));
}

/**
 * Joins lines that a converter has broken at a width: by nothing where a full line may end within a word, else by a space. A line is full
 * at the width of its field, or when it says as much as the first line did, which is full: some break what a code leaves of a line's width.
 */
export function joinLines(field: FinField, all: readonly TextLine[], width: number): JoinedLines {
  const lines = all.filter(({ index, skipped }) => field.lines[index]!.raw.slice(skipped).trim() !== "");
  const parts = lines.map(({ index, skipped }) => lineText(field, index, skipped));
  const first = lines[0];
  const firstChars = first === undefined ? 0 : charsOf(field, first);
  const firstIsFull = first !== undefined && field.lines[first.index]!.raw.length >= width;
  const joints: string[] = [];
  let cutWords = 0;
  lines.slice(1).forEach((next, i) => {
    const line = lines[i]!;
    const { raw } = field.lines[line.index]!;
    const isFull = raw.length >= width || (firstIsFull && charsOf(field, line) === firstChars);
    const meetsWord = MAY_GO_ON.test(raw) && GOES_ON.test(field.lines[next.index]!.raw.slice(next.skipped));
    const cuts = isFull && meetsWord;
    if (cuts && /[\p{L}\p{N}]$/u.test(raw)) cutWords++;
    joints.push(cuts ? "" : " ");
  });
  return { text: joinSources(parts, joints), spaced: cutWords === 0 ? null : joinSources(parts, " ") };
}

const MAY_GO_ON = /[\p{L}\p{M}\p{N}'\p{Pd}/(.]$/u;
const GOES_ON = /^[\p{L}\p{M}\p{N}'\p{Pd}/).,]/u;

function charsOf({ lines }: FinField, { index, skipped }: TextLine): number {
  return lines[index]!.raw.length - skipped;
}

/** Lines of a text without a width of its own: as wide as the widest, if that is as wide as lines are. */
export function ownWidth({ lines }: FinField): number {
  return Math.max(LINE, ...lines.map(({ raw }) => raw.length));
}

/** Characters of a line in most fields. */
export const LINE = 35;

/** A code word in front of a text, and what stands behind it. */
export function behind(source: SourceText, from: number): SourceText {
  const part = partOf(source, from);
  const skipped = part.text.length - part.text.trimStart().length;
  return skipped === 0 ? part : partOf(source, from + skipped);
}
