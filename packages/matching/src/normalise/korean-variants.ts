import type { Token } from "./token.ts";
import type { Variant } from "./variants.ts";

/** Korean family names as they are spelt. */
const families = new Set(
  (
    "kim gim lee yi ri rhee li park pak bak choi choe jung jeong chung chong jong kang gang yoon yun youn jang chang lim im rim oh seo suh so shin sin " +
    "kwon gwon hwang ahn an song ryu yu yoo you jeon chun jun chon hong ko go koh moon mun yang son sohn bae pae baek paek paik heo hur ho nam shim sim noh roh no ro ha kwak gwak " +
    "sung seong cha joo ju chu woo u koo ku gu min na ra jin chin ji chi um eom chae won bang pang kong gong hyun hyon ham byun pyon yeom yum choo do to suk sok seok sun seol sul ma gil kil wi pyo " +
    "myung myong ki gi wang ok in maeng je cho jo han"
  ).split(" "),
);
const syllable =
  /^(?:kk|tt|pp|ss|jj|ch|kw|gw|hw|sh|[gkndtrlmbpsjhw])?(?:yeo|yae|you|yoo|yu|ya|yo|ye|wae|woo|wa|we|wi|wo|eo|eu|ae|ai|oe|ui|ee|oo|ou|a|e|i|o|u)(?:ng|[kgnmlpbt])?h?$/;
const consonantFirst = /^[^aeiou]/;
const SHORTEST = 4;
const LONGEST = 12;
const MOST_SPLITS = 2;

/** A listed Korean name with the two syllables of its given name apart, or in one word. */
export function koreanVariants(tokens: Variant): readonly Variant[] {
  if (tokens.length < 2 || tokens.length > 3) return [];
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  if (!families.has(first.written) && !families.has(last.written)) return [];
  if (tokens.length === 3) {
    const given = families.has(first.written) ? tokens.slice(1) : tokens.slice(0, 2);
    const family = families.has(first.written) ? first : last;
    return given.every((token) => syllable.test(token.written)) ? [[family, joined(given)]] : [];
  }
  const found: Variant[] = [];
  for (const [family, given] of [
    [first, last],
    [last, first],
  ] as const) {
    if (!families.has(family.written)) continue;
    for (const parts of splits(given.written))
      found.push([family, ...parts.map((part) => ({ text: part, written: part, start: given.start, end: given.end }))]);
  }
  return found;
}

function joined(given: readonly Token[]): Token {
  const written = given.map((token) => token.written).join("");
  return { text: written, written, start: given[0]!.start, end: given.at(-1)!.end };
}

function splits(word: string): readonly (readonly [string, string])[] {
  if (word.length < SHORTEST || word.length > LONGEST) return [];
  const found: (readonly [string, string])[] = [];
  for (let at = 1; at < word.length; at++) {
    const parts = [word.slice(0, at), word.slice(at)] as const;
    if (parts.every((part) => syllable.test(part))) found.push(parts);
  }
  return found
    .toSorted(([, a], [, b]) => Number(consonantFirst.test(b)) - Number(consonantFirst.test(a)))
    .slice(0, MOST_SPLITS);
}
