import { isCountryAt, looksLikeBic } from "./bank-code.ts";
import { dialledFromAbroad } from "./calling-codes.ts";
import { isIban, isLei, isShipNumber } from "./check-digits.ts";
import {
  type AskedKind,
  bicKeys,
  type Family,
  isPlaceholder,
  leastRoom,
  LONG_CODE,
  LONGEST_NUMBER,
  mayBeInAccount,
  numberKeys,
  walletKeys,
} from "./identifier-keys.ts";
import { isStateRegistration, isTaxpayerNumber } from "./register-check-digits.ts";
import { said, type SaidOf } from "./said-of.ts";
import type { Standing, TextIdentifier } from "./text-identifier.ts";
import { gap, readsLikeDate, type Token } from "./text-tokens.ts";
import { walletIn } from "./wallet.ts";

/** A folded text, its tokens and what is said of them. */
export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly said: SaidOf;
  readonly standing: Standing;
}

/** Tokens of one identifier: an IBAN of 34 characters in groups of one. Addresses of wallets are longer and in groups of one or two. */
const MOST_TOKENS = 34;
const MOST_PAIRS = 110;
/** Tokens, and characters, of a number that has no check of its own. */
const MOST_PARTS = 12;
const LONGEST_PARTED = 24;
const LONGEST_JOINED = 130;
/** Letters of a word that may belong to a number, as `AB` does and `HRB`; longer ones only where something says so, or a mark ties them to it. */
export const LONGEST_SERIES = { spaced: 3, named: 4, marked: 8 };
/** Digits of whatever identifies, in one run and in several: a year beside a word is nobody's number. */
export const FEWEST_DIGITS = { alone: 4, parted: 5 };
/** Characters of the shortest address, and of a part of one that is not grouped evenly. */
export const WALLET = { shortest: 20, part: 10 };
/** Digits that are glued to letters count as a number by themselves: at one end of the run, and within it. */
const SHORTEST_GLUED = { end: 7, within: 9 };

/** Neighbouring tokens read as one: `text` without what stands between them. */
interface Part {
  readonly start: number;
  readonly end: number;
  /** Places of the first and the last token. */
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly digits: number;
  /** Tokens without a digit, and the letters of the longest. */
  readonly words: number;
  readonly longestWord: number;
  /** What stands between the tokens, beside nothing. */
  readonly spaces: boolean;
  readonly marks: boolean;
  readonly loose: boolean;
  /** Each token is as long as the first, the last perhaps shorter. */
  readonly even: boolean;
}

type Found = (one: TextIdentifier) => void;

/** Finds whatever begins with a token, alone or with its neighbours. */
export function numbersFrom(read: ReadText, found: Found): void {
  const { tokens } = read;
  for (let first = 0; first < tokens.length; first++) {
    if (mayBegin(read, first)) for (const part of partsFrom(read, first)) judge(read, part, found);
    for (const part of gluedDigits(read, first)) judge(read, part, found);
  }
}

/** A word begins an identifier only if it is short and what follows may go on with it. */
function mayBegin({ tokens, said: { bits } }: ReadText, first: number): boolean {
  const { start, end, digits, noNumber } = tokens[first]!;
  if (noNumber) return false;
  const length = end - start;
  if (
    digits > 0 ||
    (bits[first]! & said.BIC) !== 0 ||
    length === 8 ||
    length === 11 ||
    length === 12 ||
    length >= WALLET.shortest
  )
    return true;
  const next = tokens[first + 1];
  if (next === undefined || next.gap === gap.BREAK) return false;
  if (length <= LONGEST_SERIES.marked && next.digits > 0) return true;
  const other = next.end - next.start;
  return (length === 4 && other === 2) || (other === length && length <= 6);
}

function* partsFrom({ text, tokens, said: { bits } }: ReadText, first: number): Generator<Part> {
  const { start, end } = tokens[first]!;
  const group = end - start;
  const codes = (bits[first]! & said.BIC) !== 0;
  let [digits, words, longestWord, joined] = [0, 0, 0, ""];
  let [spaces, marks, loose, even] = [false, false, false, true];
  const most = Math.min(tokens.length, first + (group <= 2 ? MOST_PAIRS : MOST_TOKENS));
  for (let last = first; last < most; last++) {
    const token = tokens[last]!;
    if (last > first) {
      if (token.gap === gap.BREAK || token.noNumber) return;
      spaces ||= token.gap === gap.SPACE;
      marks ||= token.gap === gap.MARK;
      loose ||= token.gap === gap.LOOSE;
      even &&= last === first + 1 || tokens[last - 1]!.end - tokens[last - 1]!.start === group;
    }
    const length = token.end - token.start;
    even &&= length <= group;
    if (token.digits === 0) {
      words++;
      longestWord = Math.max(longestWord, length);
    }
    digits += token.digits;
    joined += text.slice(token.start, token.end);
    if (joined.length > LONGEST_JOINED && last > first) return;
    yield { start, end: token.end, first, last, text: joined, digits, words, longestWord, spaces, marks, loose, even };
    if (even) continue;
    // A word that follows is no more of it, nor is anything behind so many parts.
    if (last - first >= MOST_TOKENS || (longestWord > LONGEST_SERIES.marked && !codes) || words > 3 + digits) return;
  }
}

/** `REF9278064`, `1247700291200KPP`: what it is glued to need not be known. */
function* gluedDigits({ text, tokens }: ReadText, at: number): Generator<Part> {
  const { start, end, digits, noNumber } = tokens[at]!;
  if (noNumber || digits < SHORTEST_GLUED.end || digits === end - start) return;
  for (const { index, 0: number } of text.slice(start, end).matchAll(/[0-9]{7,}/g)) {
    const from = start + index;
    const to = from + number.length;
    if (from > start && to < end && number.length < SHORTEST_GLUED.within) continue;
    const one = {
      first: at,
      last: at,
      words: 0,
      longestWord: 0,
      spaces: false,
      marks: false,
      loose: false,
      even: false,
    };
    yield { ...one, start: from, end: to, text: number, digits: number.length };
  }
}

function judge(read: ReadText, part: Part, found: Found): void {
  const { text, digits, first } = part;
  const { bits, kinds } = read.said;
  const add = (kind: AskedKind, keys: readonly string[]): void => {
    if (keys.length > 0) found({ kind, start: part.start, end: part.end, keys });
  };
  const length = text.length;
  if (length < 6) return;
  const plain = text.toUpperCase();
  const isRun = !part.spaces && !part.marks && !part.loose;
  if (digits >= (isRun ? FEWEST_DIGITS.alone : FEWEST_DIGITS.parted)) {
    if (length === 7 || length === 10) add("IMO", shipKeys(read, part, plain));
    if (length <= LONGEST_NUMBER) add(kinds[first] ?? read.standing.field ?? "OTHER", plainKeys(read, part, plain));
    if (digits === length && length <= 20) add("PHONE", phoneKeys(read, part));
    if (isRun || part.longestWord <= LONGEST_SERIES.named) add(...checkedKeys(plain));
  }
  // Codes of few digits, such as the passport's C4KNRMNCF, in one run only: words beside a digit have such letters, too.
  else if (isRun && digits > 0 && length >= LONG_CODE && length <= LONGEST_NUMBER)
    add(kinds[first] ?? read.standing.field ?? "OTHER", plainKeys(read, part, plain));
  if (length >= 8 && length <= 12 && looksLikeBic(plain) && (isRun || mayBeBic(read, part, bits[first]!)))
    add("BIC", bicKeys(plain, "asked"));
  if (length >= WALLET.shortest) add("WALLET", addressKeys(read, part, isRun));
}

/** An address in one run, in groups as it is printed, or with a stray space or two: words of a sentence are neither. */
function addressKeys({ text, tokens }: ReadText, part: Part, isRun: boolean): readonly string[] {
  const { first, last, start, end, digits } = part;
  const inOne = tokens.slice(first, last + 1).some((one) => one.end - one.start >= WALLET.part && one.digits > 0);
  const keys: string[] = [];
  if (
    isRun ||
    (digits >= 2 && digits < part.text.length && ((part.even && last - first >= 2) || (inOne && last - first <= 3)))
  )
    keys.push(...(isRun ? walletIn(part.text) : [part.text]).flatMap(walletKeys));
  // Base64url has two of the marks.
  if (inOne && part.marks && !part.spaces && !part.loose && end - start === 48)
    keys.push(...walletKeys(text.slice(start, end)));
  return keys;
}

/** Nothing between the tokens, or one sort of mark; words short enough to be the letters of a number. */
function isOneNumber({ first, last, spaces, marks, loose, words, longestWord, text }: Part): boolean {
  if (first === last) return true;
  if (loose || (spaces && marks) || last - first >= MOST_PARTS || text.length > LONGEST_PARTED) return false;
  return spaces
    ? words <= 1 && longestWord <= LONGEST_SERIES.spaced
    : words <= 2 && longestWord <= LONGEST_SERIES.marked;
}

/** The same for a number that is said to be one: in its groups there is more than one sort of mark. */
function isNamedNumber({ first, last, spaces, loose, words, longestWord, even }: Part): boolean {
  if (words > 3 || (last - first >= MOST_PARTS && !even)) return false;
  return longestWord <= (spaces || loose ? LONGEST_SERIES.named : LONGEST_SERIES.marked);
}

const familyBits: readonly (readonly [number, Family])[] = [
  [said.PASSPORT, "passport"],
  [said.REGISTER, "register"],
  [said.NUMBER, "number"],
];

/** Kinds of one form: what has another in such a field is a number of another kind. */
const ofOneForm: ReadonlySet<AskedKind> = new Set(["LEI", "BIC", "IMO", "MMSI", "WALLET", "IBAN"]);

/** Passports and the numbers of registers, a ship's station and whatever else has no shape of its own. */
function plainKeys({ said: { bits }, standing: { field } }: ReadText, part: Part, plain: string): readonly string[] {
  const bit = bits[part.first]!;
  const told = familyBits.filter(([of]) => (bit & of) !== 0).map(([, family]) => family);
  const alone = isOneNumber(part);
  const named = told.length > 0 && isNamedNumber(part);
  const keys: string[] = [];
  if (plain.length === 9 && part.digits === 9 && (alone || (bit & said.MMSI) !== 0) && !isPlaceholder(plain))
    keys.push(`mmsi:${plain}`);
  if (!alone && !named) return keys;
  // Eight digits that are a day are one, unless a word beside them says that they are a number.
  if (told.length === 0 && readsLikeDate(plain)) return keys;
  if (told.length === 0 && field === "ACCOUNT" && !mayBeInAccount(plain)) return keys;
  const least = told.length > 0 || (field !== null && ofOneForm.has(field)) ? leastRoom.told : leastRoom.bare;
  return [...keys, ...numberKeys(plain, { families: told, least, vague: (bit & said.VAGUE) !== 0 })];
}

/** Seven digits that the check digit bears out, or of which something says that they are a ship's. */
function shipKeys({ text, tokens, standing, said: { bits } }: ReadText, part: Part, plain: string): readonly string[] {
  const number = /^(?:IMO)?([0-9]{7})$/.exec(plain)?.[1];
  if (number === undefined || isPlaceholder(number)) return [];
  const { start, end, first, last } = part;
  const glued = !part.spaces && !part.marks && !part.loose;
  if (plain.length > 7 && !glued) return [];
  if ((bits[first]! & said.IMO) !== 0 || plain.length > 7) return [`imo:${number}`];
  const told = standing.field !== null && standing.field !== "ACCOUNT" && standing.field !== "PHONE";
  if ((!isShipNumber(number) && !told) || isPartOfAmount(text, start, end)) return [];
  // Local phone numbers are parted as `931-8541`, too, and longer codes have groups of seven digits.
  if (first !== last && standing.field === null && !(part.even && last - first === 6)) return [];
  const beside = [tokens[first - 1], tokens[last + 1]].some((token, i) => {
    const between = i === 0 ? tokens[first]!.gap : token?.gap;
    return token !== undefined && between === gap.MARK && /^[0-9]{3,}$/.test(text.slice(token.start, token.end));
  });
  return beside ? [] : [`imo:${number}`];
}

/** `9278064.50` and `1,9278064` are sums of money. */
function isPartOfAmount(text: string, start: number, end: number): boolean {
  return (
    /^[.,][0-9]{1,2}(?![0-9])/.test(text.slice(end, end + 4)) ||
    /[0-9][.,]$/.test(text.slice(Math.max(0, start - 2), start))
  );
}

const MOST_DIALLED = 15;

/** Digits with the country's code: behind `+`, `00` or a word, or as many as no number dialled at home has. */
function phoneKeys({ text, tokens, said: { bits }, standing: { countries } }: ReadText, part: Part): readonly string[] {
  const { first, last, start } = part;
  const spoken = (bits[first]! & said.PHONE) !== 0;
  const abroad = /\+[\s(]{0,2}$/.test(text.slice(Math.max(0, start - 3), start)) || /^(?:00|011)/.test(part.text);
  if (!spoken && !abroad && !(isOneNumber(part) && (part.text.length >= 10 || part.text.startsWith("0")))) return [];
  // `(0)` is dialled at home only.
  let digits = part.text;
  for (let at = first + 1; at < last; at++) {
    const { start: from, end: to, before } = tokens[at]!;
    if (before !== "(" || text.charAt(to) !== ")" || text.slice(from, to) !== "0") continue;
    digits = tokens
      .slice(first, last + 1)
      .map((token, i) => (first + i === at ? "" : text.slice(token.start, token.end)))
      .join("");
    break;
  }
  const numbers = [digits.replace(/^(?:0+|011)/, "")];
  if (!abroad && digits.length >= 7) numbers.push(...dialledFromAbroad(digits, countries));
  return numbers
    .filter((number) => number.length >= 8 && number.length <= MOST_DIALLED && !isPlaceholder(number))
    .map((number) => `phone:${number}`);
}

/** A bank and its branch, or `SABR RU MM`; grouped otherwise only where something says that it is one. */
function mayBeBic({ tokens }: ReadText, { first, last }: Part, bits: number): boolean {
  if ((bits & said.BIC) !== 0) return true;
  const groups = tokens.slice(first, last + 1).map((token) => token.end - token.start);
  return ["8,3", "4,2,2", "4,2,2,3"].includes(String(groups));
}

/** What the check digits of a code bear out. `O` is read as 0, `I` and `l` as 1, only where they bear that out. */
function checkedKeys(plain: string): [AskedKind, readonly string[]] {
  const { length } = plain;
  if (length === 20 && isLei(plain)) return ["LEI", [`lei:${plain}`]];
  const isOfCountry = length >= 15 && length <= 34 && isCountryAt(plain, 0);
  if (isOfCountry && isIban(plain)) return ["IBAN", [`iban:${plain}`]];
  if (length > 34 || !/[OIL]/.test(plain)) return NOTHING;
  const digits = plain.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (isShipNumber(digits)) return ["IMO", [`imo:${digits}`]];
  if (isTaxpayerNumber(digits) || isStateRegistration(digits))
    return ["TAX_ID", numberKeys(digits, { families: [], least: leastRoom.bare })];
  if (isLei(digits)) return ["LEI", [`lei:${digits}`]];
  const iban = plain.slice(0, 2) + digits.slice(2);
  return isOfCountry && isIban(iban) ? ["IBAN", [`iban:${iban}`]] : NOTHING;
}

const NOTHING: [AskedKind, readonly string[]] = ["OTHER", []];
