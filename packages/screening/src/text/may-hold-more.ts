import { joiningWords, joiningWordsOfScripts } from "./joining-words.ts";

/** So many words are more than a name has, even if nothing stands between them. */
const MANY_WORDS = 6;
/** A hyphen without spaces joins two names of one person; between so many words it may part two people. */
const MANY_AROUND_HYPHEN = 4;

/**
 * Whether a field that should hold one name may hold more: marks, digits, joining words, or more words than a name has.
 * Where it says no, nothing is searched for within: this is part of what "a name contains a name" means. It reads the
 * characters once and, for ASCII, makes nothing.
 */
export function mayHoldMore(text: string): boolean {
  let words = 0;
  let key = 0;
  let hyphens = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return mayHoldMoreBeyondAscii(text);
    switch (kinds[code]!) {
      case LETTER:
        if (key === 0) words++;
        key = nextKey(key, code | 0x20);
        continue;
      case INSIDE:
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
  return joiningKeys.has(key) || words >= MANY_WORDS || (hyphens > 0 && words >= MANY_AROUND_HYPHEN);
}

const OTHER = 0;
const LETTER = 1;
const SPACE = 2;
const HYPHEN = 3;
/** Marks within a word: `O'Neill`, `J.` and `d.b.a.`. */
const INSIDE = 4;

const kinds: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return LETTER;
  if (character === " ") return SPACE;
  if (character === "-") return HYPHEN;
  return character === "'" || character === "." ? INSIDE : OTHER;
});

/** A number for a word, never 0. Words that share one only make the answer yes more often. */
function nextKey(key: number, letter: number): number {
  return (Math.imul(key, 31) + letter) & 0x3fffffff;
}

const joiningKeys: ReadonlySet<number> = new Set(
  Array.from(joiningWords, (word) => {
    let key = 0;
    for (let at = 0; at < word.length; at++) key = nextKey(key, word.charCodeAt(at));
    return key;
  }),
);

function isGap(text: string, at: number): boolean {
  return at < 0 || at >= text.length || text.charCodeAt(at) === 0x20;
}

/** Marks and digits; a line break; a hyphen beside a space. Signs without width and apostrophes are none. */
const marks = /[^\p{L}\p{M}\p{Cf}\s'’‘`´.‐-]|[\t\r\n\u2028\u2029]|(?:^|\s)[‐-]|[‐-](?:\s|$)/u;
const wordsOf = /[\p{L}\p{M}\p{Cf}'’‘`´.]+/gu;

function mayHoldMoreBeyondAscii(text: string): boolean {
  if (marks.test(text)) return true;
  const words = text.toLowerCase().match(wordsOf) ?? [];
  if (words.length >= MANY_WORDS || (/[‐-]/.test(text) && words.length >= MANY_AROUND_HYPHEN)) return true;
  return words.some((word) => {
    const bare = word.replaceAll(".", "");
    return joiningWords.has(bare) || joiningWordsOfScripts.has(bare);
  });
}
