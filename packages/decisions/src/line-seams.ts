import type { FieldMatch } from "./field-match.ts";
import type { ScreenableField } from "./screenable-event.ts";

/** Lines of one text as one, about the place where two of them meet. */
export interface Seam {
  readonly first: ScreenableField;
  readonly second: ScreenableField;
  /** The end of the first line and what begins with the second. */
  readonly text: string;
  /** Where the first line ends in `text`, and where the second begins. */
  readonly firstEnd: number;
  readonly secondStart: number;
  /** Where `text` begins in the first line. */
  readonly offset: number;
}

/** UTF-16 units that are looked at on each side: more than the longest listed name that could go on from one line to the next. */
const REACH = 200;

/** Lines that a name may go on in, behind the one in which it begins. */
const MOST_LINES = 6;

/** Widths at which rails break lines in the middle of a word: 35 in SWIFT MT (33 behind `//`), 140 in ISO 20022. */
const BROKEN_AT: ReadonlySet<number> = new Set([33, 35, 140]);

/**
 * Where lines of free text meet, in order: a name may go on from one line to the next, and past that one if it is short.
 * They are joined by a space, and where a full line may have broken a word, by nothing, too.
 */
export function seamsOf(fields: readonly ScreenableField[]): readonly Seam[] {
  const seams: Seam[] = [];
  for (const [first, second, i] of meetings(fields)) {
    for (const onward of textsFrom(fields, i)) {
      seams.push(seam({ first, second, onward }, " "));
      if (mayBreakWord(first)) seams.push(seam({ first, second, onward }, ""));
    }
  }
  return seams;
}

/**
 * The same for identifiers, which any line may break, whatever its width: the lines about each end joined by nothing, without the
 * hyphen and the spaces there. None where the joint cannot lie within an identifier.
 */
export function numberSeamsOf(fields: readonly ScreenableField[]): readonly Seam[] {
  const seams: Seam[] = [];
  for (const [first, second, i] of meetings(fields)) {
    const before = first.text.slice(-REACH).trimEnd();
    const offset = Math.max(0, first.text.length - REACH);
    const onward = onwardFrom(fields, i);
    if (!ends.test(before) || !begins.test(onward)) continue;
    const firsts = new Set([before, before.replace(/\p{Pd}$/u, "")]);
    for (const one of firsts)
      seams.push({ first, second, text: one + onward, firstEnd: one.length, secondStart: one.length, offset });
  }
  return seams;
}

const ends = /[\p{L}\p{N}\p{Pd}@._+]$/u;
const begins = /^[\p{L}\p{N}\p{Pd}@._]/u;

/** Whether what stands across the ends of these lines is some of them whole, joined by spaces: nothing is cut off, and no line may have broken a word. */
export function areJoinedBySpaces(lines: readonly string[]): boolean {
  let length = lines.length - 1;
  for (const line of lines) {
    if (BROKEN_AT.has(line.length)) return false;
    length += line.length;
  }
  return length <= REACH;
}

/** The lines from one on, joined by nothing. */
function onwardFrom(fields: readonly ScreenableField[], from: number): string {
  let text = fields[from]!.text.trim();
  for (let i = from + 1; i < fields.length && text.length < REACH && areOfOneText(fields[i - 1]!, fields[i]!); i++)
    text += fields[i]!.text.trim();
  return text.slice(0, REACH);
}

/** Neighbouring lines of one text, and the place of the second. */
function* meetings(fields: readonly ScreenableField[]): Generator<[ScreenableField, ScreenableField, number]> {
  for (let i = 1; i < fields.length; i++) {
    const first = fields[i - 1]!;
    const second = fields[i]!;
    if (areOfOneText(first, second)) yield [first, second, i];
  }
}

function areOfOneText(first: ScreenableField, second: ScreenableField): boolean {
  const array = arrayOf(first);
  return array !== null && array === arrayOf(second);
}

/** The array whose item a text is: `parties[0].address.lines` of `parties[0].address.lines[1]`. Null where it is in none, as each name is. */
function arrayOf({ path }: ScreenableField): string | null {
  return path.endsWith("]") ? path.slice(0, path.lastIndexOf("[")) : null;
}

function mayBreakWord({ text }: ScreenableField): boolean {
  return BROKEN_AT.has(text.length) && /[\p{L}\p{M}\p{N}]$/u.test(text);
}

/**
 * The line at `from` alone and with each of those behind it, as far as one looks: a name is told from its neighbour where a
 * line ends. Joined by spaces, and with the words of full lines whole.
 */
function textsFrom(fields: readonly ScreenableField[], from: number): ReadonlySet<string> {
  let spaced = fields[from]!.text;
  let whole = spaced;
  const texts = new Set([spaced.slice(0, REACH)]);
  for (let i = from + 1; i < Math.min(fields.length, from + MOST_LINES) && whole.length < REACH; i++) {
    const before = fields[i - 1]!;
    const next = fields[i]!;
    if (!areOfOneText(before, next)) break;
    spaced += ` ${next.text}`;
    whole += mayBreakWord(before) ? next.text : ` ${next.text}`;
    texts.add(spaced.slice(0, REACH)).add(whole.slice(0, REACH));
  }
  return texts;
}

interface Meeting extends Pick<Seam, "first" | "second"> {
  readonly onward: string;
}

function seam({ first, second, onward }: Meeting, joint: string): Seam {
  const offset = Math.max(0, first.text.length - REACH);
  const firstEnd = first.text.length - offset;
  const text = `${first.text.slice(offset)}${joint}${onward}`;
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
