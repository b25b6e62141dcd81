import { byAlternatives, byRivals, settle } from "./decoders.ts";
import { isUnreadable } from "./lost-characters.ts";
import { type MappedText, placeIn } from "./mapped-text.ts";
import { isPieceOfWord } from "./piece-of-word.ts";
import { signs as signsOf, signsIn } from "./quick-look.ts";
import { utf16Bytes } from "./utf16-bytes.ts";

/** A text as it reads once what wraps its characters is taken away. */
export interface DecodedText {
  readonly text: string;
  /** Where the part `[start, end)` of this text stands in the text as received. UTF-16 offsets; `start < end` on both sides. */
  place(start: number, end: number): { readonly start: number; readonly end: number };
}

/** How a text can be read besides as it stands. */
export interface Decoded {
  /** What it says in each encoding that a fixed rule decodes, to be screened beside the text as received. None for a plain text. */
  readonly readings: readonly DecodedText[];
  /** It lost characters (U+FFFD), or looks encoded and no rule decodes it: what it says was not read. */
  readonly unreadable: boolean;
  /**
   * Whether the part `[start, end)` of the text as received is made of escapes rather than of letters, a third or more of it: what reads like
   * a name there is none. A name in which somebody escaped a letter is one in both.
   */
  readonly isEscaped: (start: number, end: number) => boolean;
}

const nothingEscaped = (): boolean => false;
const PLAIN: Decoded = Object.freeze({ readings: Object.freeze([]), unreadable: false, isEscaped: nothingEscaped });
const UNREADABLE: Decoded = Object.freeze({
  readings: Object.freeze([]),
  unreadable: true,
  isEscaped: nothingEscaped,
});

/** UTF-16 units. Longer texts with signs of an encoding are not decoded: what they hold is longer than what is searched. */
const LONGEST = 1 << 14;
/** How many encodings may hold one another, besides those that one pass takes away together. */
const DEEPEST = 3;
/** A text that can be read in more ways than this is unreadable beside them. */
export const MOST_READINGS = 8;

/**
 * The one decoder before all reading: of names, lines and identifiers. Pure. A text is settled first: escapes of all kinds are taken
 * away until none is left. Where a text can be meant in several ways, each is settled in its turn, so that encodings may hold one another.
 */
export function decodeText(text: string): Decoded {
  const found = signsIn(text);
  if (found === 0) return PLAIN;
  if (text.length > LONGEST) return UNREADABLE;
  return decodeSigned(text, found);
}

interface Step {
  readonly source: MappedText;
  readonly depth: number;
  /** Its characters were read in another set than they came in. */
  readonly repaired: boolean;
}

function decodeSigned(text: string, found: number): Decoded {
  const seen = new Set([text]);
  const readings: MappedText[] = [];
  const steps: Step[] = [{ source: { text }, depth: 0, repaired: false }];
  // Bytes of UTF-16 may be meant otherwise as well, and are read in one way only: what they say is held besides.
  let unreadable = isUnreadable(text) || ((found & signsOf.control) !== 0 && utf16Bytes(text).length > 0);
  let withoutEscapes: MappedText = { text };
  for (let next = 0; next < steps.length && readings.length <= MOST_READINGS; next++) {
    const { source, depth, repaired } = steps[next]!;
    const signs = depth === 0 ? found : signsIn(source.text);
    const { settled, tooDeep } = settle(source, signs);
    if (next === 0) withoutEscapes = settled;
    if (settled.text !== text) readings.push(settled);
    seen.add(settled.text);
    const others = byAlternatives(settled, signsIn(settled.text), repaired);
    // What was only guessed says nothing of whether the text can be read.
    if (depth === 0) unreadable ||= others.unreadable || (settled.text !== text && isUnreadable(settled.text, text));
    unreadable ||= tooDeep;
    const add = (reading: MappedText, isRepaired: boolean): void => {
      if (seen.has(reading.text)) return;
      seen.add(reading.text);
      if (depth < DEEPEST) steps.push({ source: reading, depth: depth + 1, repaired: isRepaired });
      else unreadable = true;
    };
    for (const reading of [...byRivals(source, signs), ...others.readings]) add(reading, repaired);
    for (const reading of others.repairs) add(reading, true);
  }
  const telling = readings.filter((reading) => readsOtherwise(reading.text, text));
  if (telling.length === 0) return unreadable ? UNREADABLE : PLAIN;
  const distinct = telling.filter(({ text: one }, at) => telling.findIndex((other) => other.text === one) === at);
  return {
    readings: distinct.slice(0, MOST_READINGS).map(decodedText),
    unreadable: unreadable || readings.length > MOST_READINGS,
    isEscaped: (start, end) => {
      const gone =
        end - start - unitsKept(withoutEscapes, start, end) + (text.slice(start, end).match(control)?.length ?? 0);
      return gone * ESCAPED_OF >= end - start || isPieceOfWord(text, { start, end, readings: distinct });
    },
  };
}

/** A part counts as escapes if one unit in so many is gone or replaced. */
const ESCAPED_OF = 3;

/** Nobody writes them, but for the ends of lines and tabs. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

/** How many units of `[start, end)` of the text as received stand in this one as they are. */
function unitsKept({ text, starts, ends }: MappedText, start: number, end: number): number {
  if (starts === undefined || ends === undefined) return end - start;
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    const from = starts[at]!;
    if (from >= start && from < end && from + 1 === ends[at]) kept++;
  }
  return kept;
}

const withoutWidth = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u3164\uffa0]/gu;

/** Whether the engine would read one text otherwise than the other: it passes over what has no width, and over compatibility. */
function readsOtherwise(one: string, other: string): boolean {
  return asEngineReads(one) !== asEngineReads(other);
}

const asEngineReads = (text: string): string =>
  text.normalize("NFKC").replaceAll(withoutWidth, "").replaceAll(/\s+/g, " ").trim();

function decodedText(source: MappedText): DecodedText {
  return { text: source.text, place: (start, end) => placeIn(source, start, end) };
}
