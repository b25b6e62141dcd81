import { mayHoldNamesInRuns } from "../normalise/names-in-runs.ts";
import { particles } from "../normalise/particles.ts";
import { joiningWords, joiningWordsOfScripts, placeWords, streetWords } from "./joining-words.ts";

/** So many words are more than a name has, even if nothing stands between them. */
const MANY_WORDS = 6;
/** A hyphen without spaces joins two names of one person; between so many words it may part two people. */
const MANY_AROUND_HYPHEN = 4;

/**
 * Whether a field that should hold one name may hold more: marks, digits, joining words, more words than a name has, or without spaces
 * more than a name.
 * Where it says no, nothing is searched for within: this is part of what "a name contains a name" means. It reads the
 * characters once and, for ASCII, makes nothing.
 */
export function mayHoldMore(text: string): boolean {
  let words = 0;
  let key = 0;
  let hyphens = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return mayHoldMoreBeyondAscii(text);
    switch (kinds[code]!) {
      case LETTER:
        if (key === 0) words++;
        key = nextKey(key, code | 0x20);
        continue;
      case APOSTROPHE:
        if (isGap(text, at - 1)) quoted = true;
        else if (quoted && isGap(text, at + 1)) return true;
        continue;
      case STOP:
        // An address of the net, or a sentence without a space; initials and short forms have one letter before each stop.
        if (isLetter(text, at + 1) && isLetter(text, at - 1) && isLetter(text, at - 2)) return true;
        continue;
      case HYPHEN:
        if (isGap(text, at - 1) || isGap(text, at + 1)) return true;
        hyphens++;
        break;
      case SPACE:
        break;
      default:
        return true;
    }
    if (joiningKeys.has(key)) return true;
    key = 0;
  }
  if (joiningKeys.has(key) || words >= MANY_WORDS || (hyphens > 0 && words >= MANY_AROUND_HYPHEN)) return true;
  return isOfTwoCases(text);
}

const OTHER = 0;
const LETTER = 1;
const SPACE = 2;
const HYPHEN = 3;
const APOSTROPHE = 4;
const STOP = 5;

const kinds: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return LETTER;
  if (character === " ") return SPACE;
  if (character === "-") return HYPHEN;
  if (character === "'") return APOSTROPHE;
  return character === "." ? STOP : OTHER;
});

/** A number for a word, never 0. Words that share one only make the answer yes more often. */
function nextKey(key: number, letter: number): number {
  return (Math.imul(key, 31) + letter) & 0x3fffffff;
}

/** Words that stand beside a name and in none. */
const wordsOfMore: ReadonlySet<string> = new Set([...joiningWords, ...streetWords, ...placeWords]);

const joiningKeys: ReadonlySet<number> = new Set(Array.from(wordsOfMore, keyOf));

function keyOf(word: string): number {
  let key = 0;
  for (let at = 0; at < word.length; at++) key = nextKey(key, word.charCodeAt(at));
  return key;
}

function isLetter(text: string, at: number): boolean {
  return kinds[text.charCodeAt(at)] === LETTER;
}

function isGap(text: string, at: number): boolean {
  return at < 0 || at >= text.length || text.charCodeAt(at) === 0x20;
}

/** Marks and digits; a line break; a hyphen beside a space; a word in quotes. Signs without width and apostrophes are none. */
const marks =
  /[^\p{L}\p{M}\p{Cf}\s'’‘`´.‐-]|[\t\r\n\u2028\u2029]|(?:^|\s)[‐-]|[‐-](?:\s|$)|(?:^|\s)['’‘`].*['’‘`](?:\s|$)|\p{L}{2}\.\p{L}/u;
const wordsOf = /[\p{L}\p{Cf}'’‘`´.]+/gu;

function mayHoldMoreBeyondAscii(text: string): boolean {
  if (marks.test(text) || mayHoldNamesInRuns(text)) return true;
  if (isOfTwoCases(text)) return true;
  const folded = bare(text);
  const words = folded.match(wordsOf) ?? [];
  if (words.length >= MANY_WORDS || (/[‐-]/.test(text) && words.length >= MANY_AROUND_HYPHEN)) return true;
  return words.some((word) => {
    const plain = word.replaceAll(".", "");
    return wordsOfMore.has(plain) || ofScripts.has(plain);
  });
}

/** Small letters without accents. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll("ı", "i");
}

/** Whether words in small letters stand among others with capitals: what is said of a name, if they are no particles. */
function isOfTwoCases(text: string): boolean {
  return small.test(text) && /\p{Lu}/u.test(text);
}

const small = new RegExp(`(?<!\\S)(?!(?:${[...particles].join("|")})(?!\\S))\\p{Ll}[\\p{Ll}\\p{M}]+(?!\\S)`, "u");
const ofScripts: ReadonlySet<string> = new Set(Array.from(joiningWordsOfScripts, bare));
