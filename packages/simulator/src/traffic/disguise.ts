import type { Random } from "./random.ts";

export const disguises = [
  "as listed",
  "upper case",
  "other order",
  "family name first",
  "letter dropped",
  "letter doubled",
  "letters swapped",
  "punctuation",
  "accents",
  "spaces",
] as const;
export type Disguise = (typeof disguises)[number];

const accented: Readonly<Record<string, string>> = {
  a: "á",
  c: "ç",
  e: "é",
  i: "í",
  n: "ñ",
  o: "ó",
  s: "š",
  u: "ú",
};

/** The shortest token in which one letter may be off and the name must still be found. */
const leastLettersForATypo = 7;

function typo(token: string, how: "letter dropped" | "letter doubled" | "letters swapped", random: Random): string {
  const at = 2 + random.below(token.length - 4); // neither among the first two letters nor among the last two
  switch (how) {
    case "letter dropped":
      return token.slice(0, at) + token.slice(at + 1);
    case "letter doubled":
      return token.slice(0, at) + token.charAt(at) + token.slice(at);
    case "letters swapped":
      return token.slice(0, at) + token.charAt(at + 1) + token.charAt(at) + token.slice(at + 2);
  }
}

/**
 * Spells a listed name in a way no screener may miss. `typoFits` tells the words that a letter may be off in: a name is
 * not known by words such as Company, in whatever language, so a typo in one of those is another matter. A disguise
 * that does not fit the name gives way to "as listed".
 */
export function disguise(
  name: string,
  random: Random,
  { typoFits, isPerson }: { readonly typoFits: (word: string) => boolean; readonly isPerson: boolean },
): { readonly text: string; readonly how: Disguise } {
  const tokens = name.split(" ");
  const last = tokens.at(-1) ?? "";
  const rest = tokens.slice(0, -1).join(" ");
  const how = random.pick(disguises);
  switch (how) {
    case "as listed":
      return { text: name, how };
    case "upper case":
      return { text: name.toUpperCase(), how };
    case "other order":
      return { text: tokens.toReversed().join(" "), how };
    case "family name first":
      return isPerson ? { text: `${last}, ${rest}`, how } : { text: name, how: "as listed" };
    case "letter dropped":
    case "letter doubled":
    case "letters swapped": {
      const long = tokens.flatMap((token, at) =>
        token.length >= leastLettersForATypo && /^[A-Za-z]+$/.test(token) && typoFits(token) ? [at] : [],
      );
      if (long.length === 0) return { text: name, how: "as listed" };
      const chosen = random.pick(long);
      return { text: tokens.map((token, at) => (at === chosen ? typo(token, how, random) : token)).join(" "), how };
    }
    case "punctuation":
      return { text: `${tokens.join(". ")}.`, how };
    case "accents":
      return { text: name.replaceAll(/[aceinosu]/g, (letter) => accented[letter] ?? letter), how };
    case "spaces":
      return { text: `  ${tokens.join("   ")} `, how };
  }
}
