import anyAscii from "any-ascii";

/**
 * What one user-perceived character contributes to a token.
 * - `letters`: bytes a-z0-9, none for a letter that Latin does not write. `alone`: a script whose runs are words of their own (Han, Hangul).
 * - `apostrophe`: joins the letters around it, or separates them, as the reader of the text prefers.
 * - `nothing`: vanishes without separating (zero-width characters, points, the soft sign).
 * - `separator`: everything else.
 */
export type Folded =
  | { readonly kind: "letters"; readonly text: string; readonly alone: boolean }
  | { readonly kind: "apostrophe" }
  | { readonly kind: "nothing" }
  | { readonly kind: "separator" };

const SEPARATOR: Folded = { kind: "separator" };
const NOTHING: Folded = { kind: "nothing" };
const APOSTROPHE: Folded = { kind: "apostrophe" };

/** Straight, curly, accents used as apostrophes, primes, and the modifier letters that stand for ayn and hamza. */
const apostrophes = new Set("'’‘‛`´ʹʻʼʽʾʿˈ′＇");

const letterOrNumber = /^[\p{L}\p{N}]$/u;
const mark = /^\p{M}$/u;
/** Marks of scripts in which they only refine a letter. Those of other scripts (Indic, Thai) are vowels and stay. */
const pointsOnly =
  /^[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]$/u;
const invisible = /^[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u3164\uffa0™℠®©]$/u;
const syllables = /^[\p{Script=Han}\p{Script=Hangul}]/u;

/** The letters a to z in dots. */
const braille = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";
const A = 0x61;

/** Bounds the memo: a hostile stream cannot make it grow for ever. */
const MEMO_LIMIT = 1 << 15;
const memo = new Map<string, Folded>();

/** Folds one character: a code point with the combining marks that follow it. Same input, same result, for ever. */
export function fold(character: string): Folded {
  const known = memo.get(character);
  if (known !== undefined) return known;
  const folded = foldUncached(character);
  if (memo.size >= MEMO_LIMIT) memo.clear();
  memo.set(character, folded);
  return folded;
}

function foldUncached(character: string): Folded {
  if (apostrophes.has(character)) return APOSTROPHE;
  const dots = braille.indexOf(character);
  if (dots >= 0) return { kind: "letters", text: String.fromCharCode(A + dots), alone: false };
  let text = "";
  let separates = false;
  let letters = false;
  if (invisible.test(character)) return NOTHING;
  for (const point of character.normalize("NFKC")) {
    if (invisible.test(point)) continue;
    if (mark.test(point)) {
      if (!pointsOnly.test(point)) text += romanise(point);
    } else if (letterOrNumber.test(point)) {
      text += romanise(point);
      letters = true;
    } else {
      separates = true;
    }
  }
  // A letter may leave nothing (alef, the soft sign) and still be part of its word.
  if (text !== "" || letters) return { kind: "letters", text, alone: syllables.test(character) };
  return separates ? SEPARATOR : NOTHING;
}

/** Bytes a-z0-9 only; what the romanisation writes beside them (ayn as a backtick, the soft sign) is dropped. */
function romanise(point: string): string {
  return anyAscii(point)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

/** All letters of a word, folded one by one. */
export function foldWord(word: string): string {
  let out = "";
  for (const character of word.normalize("NFC").matchAll(/.\p{M}*/gsu)) {
    const folded = fold(character[0]);
    if (folded.kind === "letters") out += folded.text;
  }
  return out;
}
