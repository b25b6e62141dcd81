import { dottedHan } from "./han.ts";
import { isKoreanName } from "./hangul.ts";
import { KOREAN, PINYIN, SIGN, SOUTHERN } from "./marked-words.ts";
import { signWord, type Speech, speechLetters, spellingsOfSign } from "./sign-spellings.ts";
import type { Token } from "./token.ts";
import { hanReaders, SOUTHERN_SPELLING, type Variant } from "./variants.ts";

const sign = /[\p{Script=Han}\p{Script=Hangul}]/u;
const nothingButHan = /^[\p{Script=Han}\P{L}]+$/u;
const nothingButHangul = /^[\p{Script=Hangul}\P{L}]+$/u;
const hangulRuns = /\p{Script=Hangul}+/gu;
const letters = /^[a-z]+$/;
/** A reader who spells what he hears, or whose spellings no table has. */
const spelling: ReadonlySet<string | undefined> = new Set([hanReaders.Japanese, hanReaders.Vietnamese]);
/** `signReading` has these with their other spellings. */
const spelt: ReadonlySet<string | undefined> = new Set([hanReaders.Cantonese, hanReaders.Hokkien]);

/** The readings of a payment's name that holds Han characters or Hangul, with the words marked whose sounds a table tells. */
export function readingsOfSigns(text: string, readings: readonly Variant[]): readonly Variant[] {
  if (!sign.test(text) || dottedHan.test(text)) return readings;
  const korean = isKoreanName(text.match(hangulRuns) ?? []);
  const marked = readings
    .filter((tokens) => !spelt.has(tokens[0]?.as))
    .map((tokens) => tokens.map((token) => markedToken(token, text, korean)));
  if (!nothingButHan.test(text)) return marked;
  const bySign = speechLetters.flatMap((speech) => {
    const reading = signReading(text, speech);
    return reading === undefined ? [] : [reading];
  });
  return [...marked, ...bySign];
}

function markedToken(token: Token, text: string, korean: boolean): Token {
  if (!letters.test(token.text) || spelling.has(token.as)) return token;
  if (token.as === hanReaders.Korean) return { ...token, text: KOREAN + token.text };
  const written = text.slice(token.start, token.end);
  if (nothingButHan.test(written)) return { ...token, text: PINYIN + token.text };
  return korean && nothingButHangul.test(written) ? { ...token, text: KOREAN + token.text } : token;
}

/** In the south a given name has two characters, but for few. */
const FEWEST: Readonly<Record<Speech, number>> = { s: 3, w: 2 };
const MOST = 4;

/** A name that is nothing but a few characters, each as it is spelt by one speech. */
function signReading(text: string, speech: Speech): Variant | undefined {
  const tokens: Token[] = [];
  let before = -1;
  for (let at = 0; at < text.length; at++) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const end = at + character.length;
    if (sign.test(character)) {
      // The first of a run may be the family name.
      const family = before !== at;
      const [usual] = spellingsOfSign(character, speech, family);
      if (usual === undefined) return undefined;
      const word = SIGN + signWord(character, speech, family);
      tokens.push({ text: word, written: usual, start: at, end, as: speltBy[speech] });
      before = end;
    }
    at = end - 1;
  }
  return tokens.length < FEWEST[speech] || tokens.length > MOST ? undefined : tokens;
}

const speltBy: Readonly<Record<Speech, string>> = {
  s: "as Hong Kong or Southeast Asia spells it",
  w: "as Taiwan spells it",
};

/** The readings of a listed name, with the words marked that only stand for other characters' spellings. */
export function markSouthern(tokens: Variant): Variant {
  if (tokens[0]?.as !== SOUTHERN_SPELLING) return tokens;
  return tokens.map((token) => (letters.test(token.text) ? { ...token, text: SOUTHERN + token.text } : token));
}
