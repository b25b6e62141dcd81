import { digitOf, lookalikeOf } from "./plain-characters.ts";

/** A text as it reads in ASCII, as far as it does, and where each of its units stands in the text as received. */
export interface FoldedText {
  readonly text: string;
  /** Place in the text as received of the part `[start, end)` of this one. */
  place(start: number, end: number): { readonly start: number; readonly end: number };
}

const ascii = /^[\x20-\x7e]*$/;

/**
 * Wide, small, raised and mathematical forms, digits of any script, and letters of other alphabets that print like a Latin one become
 * ASCII; case stays, for some codes differ by it. Accents, marks and what takes no room are gone; spaces and line ends are one space,
 * dashes a hyphen, `№` is `#`.
 */
export function foldText(text: string): FoldedText {
  if (ascii.test(text)) return { text, place: (start, end) => ({ start, end }) };
  let folded = "";
  /** By unit of the folded text: where its character begins and ends. */
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = foldCharacter(character);
    folded += plain;
    for (let i = 0; i < plain.length; i++) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { text: folded, place: (start, end) => ({ start: starts[start] ?? at, end: ends[end - 1] ?? at }) };
}

const known = new Map<string, string>();
/** Far more than the characters of the scripts that payments are written in. */
const MOST_KNOWN = 20_000;

function foldCharacter(character: string): string {
  const unit = character.charCodeAt(0);
  if (unit >= 0x20 && unit < 0x7f) return character;
  const folded = known.get(character);
  if (folded !== undefined) return folded;
  const fresh = folding(character);
  if (known.size < MOST_KNOWN) known.set(character, fresh);
  return fresh;
}

const invisible = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;

function folding(character: string): string {
  if (character === "№") return "#";
  if (/[\p{Z}\p{Cc}]/u.test(character)) return " ";
  if (/[\p{Pd}\u2212\u2043]/u.test(character)) return "-";
  if (/[\u00b7\u2022\u2027\u30fb\u2219\u22c5\u3002]/u.test(character)) return ".";
  let folded = "";
  for (const one of character.normalize("NFKD").replaceAll(invisible, ""))
    folded += digitOf(one) ?? lookalikeOf(one) ?? one;
  return folded;
}
