import { namesOrganisation } from "./han.ts";
import { tokenise } from "./tokenise.ts";
import type { Variant } from "./variants.ts";

/** A word of letters that a table or their sounds tell, and nothing beside it but marks. */
const oneWord =
  /^\P{L}*([\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Georgian}\p{Script=Armenian}\p{Script=Greek}\p{Script=Ethiopic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Han}\p{M}ー\uff70\uff9e\uff9f'׳]+)\P{L}*$/u;
/** With marks behind them, those of half-width kana, too. */
const characters = /.[\p{M}\uff9e\uff9f]*/gsu;
const hangul = /\p{Script=Hangul}/u;
const SHORTEST = 6;
/** Each is a syllable. */
const SHORTEST_OF_HANGUL = 5;
const LONGEST = 24;
const SHORTEST_PART = 2;
/** Parts two names of a foreigner in Han characters and Hangul, too. */
const BETWEEN = "·";

/**
 * A name of two words that another script writes as one: parted at each place, each part read by a table or by its sounds. Words of Latin
 * letters, and of those that are read as Latin ones, are known without their spaces.
 */
export function partedNames(text: string): readonly Variant[] {
  const word = oneWord.exec(text)?.[1];
  if (word === undefined || namesOrganisation(word)) return [];
  const all = word.match(characters) ?? [];
  const shortest = hangul.test(word) ? SHORTEST_OF_HANGUL : SHORTEST;
  if (all.length < shortest || all.length > LONGEST) return [];
  const start = text.indexOf(word);
  const places = Array.from(
    { length: all.length + 1 - 2 * SHORTEST_PART },
    (_, i) => all.slice(0, i + SHORTEST_PART).join("").length,
  );
  return places.flatMap((at) => {
    const parted = word.slice(0, at) + BETWEEN + word.slice(at);
    const [left, right] = [
      { start, end: start + at },
      { start: start + at, end: start + word.length },
    ];
    return (["unknown", "heard"] as const).map((reading) =>
      tokenise(parted, reading).tokens.map((token) => ({ ...token, ...(token.start < at ? left : right) })),
    );
  });
}
