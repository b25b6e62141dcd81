import { upperHalf, utf8Character, utf8Length } from "./character-sets.ts";
import { type Edit, edited, editsOf, type MappedText } from "./mapped-text.ts";
import { byteMaps, wordsBeyondAscii } from "./mojibake-bytes.ts";
import { foreignRepairs } from "./mojibake-foreign.ts";
import { latinRepairs, mixedWordRepairs } from "./mojibake-latin.ts";
import { rare, scriptsIn } from "./reads-as-text.ts";

/** What a text says in the sets of characters that it may have been written in before it was read in a wrong one. */
export interface Repairs {
  readonly readings: readonly MappedText[];
  /** It looks like bytes of another set, and in none that we have do they say anything. */
  readonly unreadable: boolean;
}

const NOTHING: Repairs = { readings: [], unreadable: false };
const beyondAscii = /[\x80-\uFFFF]/;
/** Control characters of Latin-1, which nobody types; U+0085 ends lines. */
const control = /[\x80-\x84\x86-\x9F]/;

/**
 * Reads a text whose bytes were read in a wrong character set. UTF-8 is known by itself. A set of one byte a character is
 * known only by what it says: each that gives words of one script is a reading, the likeliest first; not again in a text that was
 * `repaired` so before.
 */
export function repairs(source: MappedText, repaired: boolean): Repairs {
  const { text } = source;
  if (!beyondAscii.test(text)) return NOTHING;
  const sixteen = [swappedUnits(text), unitsOfAscii(text, 8), unitsOfAscii(text, 0)].filter(
    (edits) => edits !== undefined,
  );
  const utf8 = utf8Repairs(text);
  const certain = [...utf8, ...sixteen, ...westernControls(text)];
  if (repaired || utf8.some((edits) => edits.length >= SURE_OF_UTF8))
    return { readings: apply(source, certain), unreadable: false };
  const words = wordsBeyondAscii(text);
  const foreign = foreignRepairs(text, words);
  const guesses = [...certain, ...foreign.repairs, ...latinRepairs(text), ...mixedWordRepairs(words)];
  return {
    readings: apply(source, guesses.slice(0, MOST_GUESSES)),
    unreadable: guesses.length === 0 && (foreign.suspicious || control.test(text)),
  };
}

const MOST_GUESSES = 7;
/** So many sequences of UTF-8 are no chance. */
const SURE_OF_UTF8 = 4;

function apply(source: MappedText, repairsOf: readonly (readonly Edit[])[]): readonly MappedText[] {
  const readings = repairsOf.map((edits) => edited(source, edits));
  return readings.filter(
    ({ text }, at) => text !== source.text && readings.findIndex((other) => other.text === text) === at,
  );
}

/** windows-1252 read as Latin-1: its signs came out as control characters. */
function westernControls(text: string): readonly (readonly Edit[])[] {
  const edits = editsOf(text, /[\x80-\x84\x86-\x9F]/g, ([sign]) => {
    const meant = upperHalf("windows-1252")[sign.charCodeAt(0) - 0x80]!;
    return meant === sign ? undefined : meant;
  });
  return edits.length > 0 ? [edits] : [];
}

/** Sets that UTF-8 was read in; the first is Latin-1 and windows-1252 together. */
const readersOfUtf8 = [
  "latin",
  "windows-1251",
  "koi8-r",
  "koi8-u",
  "ibm866",
  "x-mac-cyrillic",
  "iso-8859-5",
  "windows-1250",
  "iso-8859-2",
  "windows-1254",
  "windows-1253",
  "iso-8859-7",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "iso-8859-15",
  "macintosh",
  "ibm437",
  "ibm850",
  "ibm852",
  "ibm857",
];

const MOST_OF_UTF8 = 2;
/** A blank that does not break often becomes one that does: here behind the first bytes of `à` and of Cyrillic capitals. */
const runBeyondAscii = /(?:[\xC3\xD0] (?![\x80-\xBF])|[\x80-\uFFFF])+/g;
const NO_BREAK = 0xa0;
const asciiLetter = /[A-Za-z]/;

interface Run {
  readonly text: string;
  readonly start: number;
  /** A letter of ASCII stands before or behind it. */
  readonly besideLetter: boolean;
}

/** UTF-8 read in a set of one byte a character. */
function utf8Repairs(text: string): readonly (readonly Edit[])[] {
  const runs: Run[] = [];
  for (const { 0: run, index } of text.matchAll(runBeyondAscii)) {
    const besideLetter = asciiLetter.test(text[index - 1] ?? "") || asciiLetter.test(text[index + run.length] ?? "");
    if (run.length > 1) runs.push({ text: run, start: index, besideLetter });
  }
  const found: (readonly Edit[])[] = [];
  const possible = runs.reduce((readers, { text: run }) => readers | readersThatMayShow(run), 0);
  for (const [at, reader] of readersOfUtf8.entries()) {
    if (found.length === MOST_OF_UTF8) break;
    if ((possible & (1 << at)) === 0) continue;
    const edits = utf8ReadAs(runs, reader);
    if (edits.length > 0) found.push(edits);
  }
  return found;
}

/** By unit: a bit for each reader in whose set it is a byte that begins a character of UTF-8, and one that goes on with it. */
interface Masks {
  readonly begins: ReadonlyMap<number, number>;
  readonly goesOn: ReadonlyMap<number, number>;
}

let known: Masks | undefined;

/** Made when first asked for: who reads lists needs the memory more. */
function masks(): Masks {
  if (known !== undefined) return known;
  const begins = new Map<number, number>();
  const goesOn = new Map<number, number>();
  for (const [at, reader] of readersOfUtf8.entries())
    for (const [code, byte] of byteMaps.of(reader)) {
      if (byte >= 0xc2 && byte <= 0xf4) begins.set(code, (begins.get(code) ?? 0) | (1 << at));
      else if (byte >= 0x80 && byte <= 0xbf) goesOn.set(code, (goesOn.get(code) ?? 0) | (1 << at));
    }
  // A blank stands for one that does not break, which is a byte that goes on in all sets.
  goesOn.set(0x20, -1);
  return (known = { begins, goesOn });
}

/** A bit for each reader that may have shown UTF-8 in a run: a first byte with one behind it that goes on. */
function readersThatMayShow(run: string): number {
  const { begins, goesOn } = masks();
  let readers = 0;
  let begun = 0;
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at);
    readers |= begun & (goesOn.get(code) ?? 0);
    begun = begins.get(code) ?? 0;
  }
  return readers;
}

/**
 * Runs of a set's characters that are UTF-8 from end to end. Latin letters seldom make one; those of another script do by chance,
 * so that there must be two sequences, or one with a sign or beside a letter of ASCII.
 */
function utf8ReadAs(runs: readonly Run[], reader: string): readonly Edit[] {
  const bytes = byteMaps.of(reader);
  const edits: Edit[] = [];
  let telling = reader === "latin" ? 1 : 0;
  for (const { text, start, besideLetter } of runs) {
    const found = hasLead(text, bytes) ? sequencesOf(text, bytes) : undefined;
    if (found === undefined) continue;
    edits.push(...found.map((edit) => ({ ...edit, start: edit.start + start, end: edit.end + start })));
    if (besideLetter || /[^\p{L}]/u.test(text)) telling++;
  }
  return telling > 0 || edits.length > 1 ? edits : [];
}

/** A byte that begins a character of UTF-8. */
function hasLead(run: string, bytes: ReadonlyMap<number, number>): boolean {
  for (let at = 0; at < run.length; at++) {
    const byte = bytes.get(run.charCodeAt(at)) ?? 0;
    if (byte >= 0xc2 && byte <= 0xf4) return true;
  }
  return false;
}

/** What a reader cannot have shown stands beside the run; all else of it must be sequences. */
function sequencesOf(run: string, bytes: ReadonlyMap<number, number>): readonly Edit[] | undefined {
  const codes = Array.from({ length: run.length }, (_, at) => byteShownAs(run, at, bytes));
  const edits: Edit[] = [];
  for (let at = 0; at < codes.length;) {
    if (codes[at] === -1) {
      at++;
      continue;
    }
    const length = utf8Length(codes, at, (byte) => byte);
    if (length === 0) return undefined;
    const text = utf8Character(codes.slice(at, at + length));
    if (!plausible.test(text) || chance.test(text) || (rare.test(text) && !/[ƒˆ˜\x80-\x9F]/.test(text)))
      return undefined;
    edits.push({ start: at, end: at + length, text });
    at += length;
  }
  return edits.length > 0 ? edits : undefined;
}

const byteShownAs = (run: string, at: number, bytes: ReadonlyMap<number, number>): number =>
  bytes.get(run.charCodeAt(at)) ?? (run[at] === " " ? NO_BREAK : -1);

const plausible = /^[\p{L}\p{M}\p{P}\p{Zs}\p{S}\x80-\xFF]+$/u;
/** Letters that only chance makes; `ƒ` is what a second misreading leaves. */
const chance = /(?!\u0192)[\u0180-\u0217\u021C-\u024F\u2C00-\u2DFF\u2E80-\u2FFF\uA000-\uABFF]/;

/** Of UTF-16 units of the scripts that are read here, East Asian ones aside. */
const HIGHEST_UPPER_BYTE = 0x20;

/** UTF-16 whose bytes stand the wrong way round: at least three units whose lower bytes are upper ones, which give letters. */
function swappedUnits(text: string): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const { 0: run, index } of text.matchAll(/[\u0100-\uFFFF]{3,}/g)) {
    if (!Array.from(run).every((unit) => (unit.charCodeAt(0) & 0xff) <= HIGHEST_UPPER_BYTE)) continue;
    const units = Array.from({ length: run.length }, (_, at) => run.charCodeAt(at));
    const swapped = units.map((unit) => String.fromCharCode(((unit & 0xff) << 8) | (unit >> 8)));
    const said = swapped.join("");
    if (!/^[\p{L}\p{M}\p{P}\p{Zs}]+$/u.test(said) || scriptsIn(said) > (asciiLetter.test(said) ? 2 : 1)) continue;
    edits.push(...swapped.map((unit, at) => ({ start: index + at, end: index + at + 1, text: unit })));
  }
  return edits.length > 0 ? edits : undefined;
}

/** ASCII read as UTF-16, two letters in each character; `shift` is that of the byte that came first. */
function unitsOfAscii(text: string, shift: 0 | 8): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const { 0: run, index } of text.matchAll(/[\u2000-\u7AFF]{3,}/g)) {
    const pairs = Array.from(run, (unit) => {
      const code = unit.charCodeAt(0);
      return String.fromCharCode((code >> shift) & 0xff, (code >> (8 - shift)) & 0xff);
    });
    if (!/^[A-Za-z .,'-]+$/.test(pairs.join(""))) continue;
    edits.push(...pairs.map((pair, at) => ({ start: index + at, end: index + at + 1, text: pair })));
  }
  return edits.length > 0 ? edits : undefined;
}
