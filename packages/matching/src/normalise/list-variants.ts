import type { DesignationType } from "../designation.ts";
import { isKnownName } from "../names/known.ts";
import { isSyllable } from "../names/syllables.ts";
import { weightOf } from "../weights/weight.ts";
import { canonicalToken } from "./canonical.ts";
import { koreanVariants } from "./korean-variants.ts";
import { INITIALS } from "./marked-words.ts";
import { particles } from "./particles.ts";
import { markSouthern } from "./signs.ts";
import type { Token } from "./token.ts";
import { type Variant, variants } from "./variants.ts";

/**
 * The readings of a listed name: those of any text, then
 * - with neighbours joined that make a known name (Khair Ullah, Khairullah; Nur al-Din, Noureddine),
 * - with words split that are two known names (Ahmadinejad, Ahmadi Nejad),
 * - for an organisation of at least four words that count, their initials (IRISL, NIOC).
 * Only the list is read so: a payment written in one way meets the list's reading of the same, and costs no more.
 */
export function listVariants(text: string, type: DesignationType): readonly Variant[] {
  const read = variants(text).map(markSouthern);
  const plain = type === "PERSON" ? inNaturalOrder(text, read) : read;
  const [first] = plain;
  if (first === undefined) return plain;
  const found = new Map(plain.map((variant) => [keyOf(variant), variant]));
  const add = (variant: Variant): void => {
    if (!found.has(keyOf(variant))) found.set(keyOf(variant), variant);
  };
  add(joinKnown(first));
  add(splitKnown(first));
  for (const korean of koreanVariants(first)) add(korean);
  if (type === "ORGANISATION") {
    add(initialsOf(first, false));
    add(initialsOf(first, true));
  }
  return [...found.values()];
}

/** `LAST SECOND, First` with the words behind its only comma first: which word begins a name tells whose it is. */
function inNaturalOrder(text: string, readings: readonly Variant[]): readonly Variant[] {
  const comma = text.indexOf(",");
  if (comma < 0 || text.includes(",", comma + 1)) return readings;
  return readings.map((tokens) => {
    const at = tokens.findIndex(({ start }) => start > comma);
    return at <= 0 ? tokens : [...tokens.slice(at), ...tokens.slice(0, at)];
  });
}

function keyOf(variant: Variant): string {
  return variant.map((token) => token.text).join(" ");
}

const SHORTEST_JOINED = 6;

const articles = new Set("al el ad ed ud ul".split(" "));
const FAITH = /^d[ie]e?ne?$/;

function joinKnown(tokens: Variant): Variant {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const third = tokens[at + 2];
    if (third !== undefined && FAITH.test(third.written) && articles.has(tokens[at + 1]!.written)) {
      joined.push(joinedWithFaith(tokens[at]!, third));
      at += 2;
      continue;
    }
    const [one, two] = [tokens[at]!, tokens[at + 1]];
    const written = one.written + (two?.written ?? "");
    if (two !== undefined && written.length >= SHORTEST_JOINED && isOneName(one, two, written)) {
      joined.push({ text: canonicalToken(written), written, start: one.start, end: two.end });
      at++;
    } else {
      joined.push(one);
    }
  }
  return joined;
}

/** Nur al-Din in one word, as it is spelt then. */
function joinedWithFaith(first: Token, faith: Token): Token {
  const written = `${first.written}eddin`;
  return { text: canonicalToken(written), written, start: first.start, end: faith.end };
}

/** Two syllables make too many Chinese names of too little weight; a particle is joined elsewhere. */
function isOneName(one: Token, two: Token, written: string): boolean {
  if (particles.has(one.written) || (isSyllable(one.written) && isSyllable(two.written))) return false;
  return certainLastParts.includes(two.written) || isKnownName(written);
}

const SHORTEST_SPLIT = 7;
const SHORTEST_PART = 3;

function splitKnown(tokens: Variant): Variant {
  return tokens.flatMap((token) => {
    const { written, start, end } = token;
    if (written.length < SHORTEST_SPLIT || written !== token.text || !/^[a-z]+$/.test(written)) return [token];
    const at = splitAt(written);
    if (at === undefined) return [token];
    return [written.slice(0, at), written.slice(at)].map((part) => ({ text: part, written: part, start, end }));
  });
}

/** Names that others are built with, at the end or at the beginning. */
const certainLastParts = "ullah uddin eddin eddine aldin nejad nezhad zadeh".split(" ");
const lastParts = "allah zada zai khan pour pur abadi".split(" ");
const firstParts =
  "abdul abdel abdal abdur abdus abdu abu nur saif sayf shams haji mir amir ali gul muhammad mohammad".split(" ");

function splitAt(word: string): number | undefined {
  const certain = certainLastParts.find((part) => word.endsWith(part) && word.length - part.length >= SHORTEST_PART);
  if (certain !== undefined) return word.length - certain.length;
  const last = lastParts.find((part) => word.endsWith(part) && isNamePart(word.slice(0, -part.length)));
  if (last !== undefined) return word.length - last.length;
  const first = firstParts.find((part) => word.startsWith(part) && isNamePart(word.slice(part.length)));
  return first?.length;
}

function isNamePart(word: string): boolean {
  return word.length >= SHORTEST_PART && isKnownName(word);
}

const FEWEST_WORDS = 4;
const LIGHTEST_WORD = 3;

const COMPANY = /^(?:company|corporation|corp|co)$/;

/** The initials of the words that count (`company`: and of that word), as one; the words themselves if they are too few. */
function initialsOf(tokens: Variant, company: boolean): Variant {
  const counting = tokens.filter(
    ({ text, written }) =>
      /^[a-z]{2,}$/.test(written) && (weightOf(text) >= LIGHTEST_WORD || (company && COMPANY.test(written))),
  );
  if (counting.length < FEWEST_WORDS) return tokens;
  const written = counting.map((token) => token.written[0]!).join("");
  return [{ text: `${INITIALS}${written}`, written, start: tokens[0]!.start, end: tokens.at(-1)!.end }];
}
