import { isCountryAt, looksLikeBic } from "./bank-code.ts";
import { dialledFromAbroad } from "./calling-codes.ts";
import { isIban, isLei, isShipNumber, isShippingCompanyNumber } from "./check-digits.ts";
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
import { said } from "./said-of.ts";
import type { TextIdentifier } from "./text-identifier.ts";
import { FEWEST_DIGITS, isDialledFromAbroad, type Part, type ReadText, WALLET } from "./text-parts.ts";
import { gap, readsLikeDate } from "./text-tokens.ts";
import { walletIn } from "./wallet.ts";

/** Tells what a part of a text may be, by its shape, its check digits, and what is said of it: at most some ten keys. */
export function judgePart(read: ReadText, part: Part, found: (one: TextIdentifier) => void): void {
  const { text, digits, first, start, end, shape } = part;
  const { length } = text;
  const add = (kind: AskedKind, keys: readonly string[]): void => {
    if (keys.length > 0) found({ kind, start, end, keys });
  };
  const plain = text.toUpperCase();
  const isRun = shape === "run";
  const numberKind = (): AskedKind => read.said.kinds[first] ?? read.standing.field ?? "OTHER";
  if (shape !== "apart" && digits >= (isRun ? FEWEST_DIGITS.alone : FEWEST_DIGITS.parted)) {
    if (length === 7 || length === 10) add("IMO", shipKeys(read, part, plain));
    if (length <= LONGEST_NUMBER) add(numberKind(), plainKeys(read, part, plain));
    if (digits === length && length <= 20) add("PHONE", phoneKeys(read, part));
    else if (length >= 7) add(...checkedKeys(plain));
  } else if (isRun && digits > 0 && length >= LONG_CODE && length <= LONGEST_NUMBER)
    // Codes of few digits, such as the passport's C4KNRMNCF, in one run only: words beside a digit have such letters, too.
    add(numberKind(), plainKeys(read, part, plain));
  // A letter that is two capitals (ß) stands in no BIC.
  const isCode = length >= 8 && length <= 12 && plain.length === length;
  if (isCode && looksLikeBic(plain) && (isRun || mayBeBic(read, part))) add("BIC", bicKeys(plain, "asked"));
  if (length >= WALLET.shortest) add("WALLET", addressKeys(read, part));
}

/** An address in one run, in groups as it is printed, or with a stray space or two: words of a sentence are none of them. */
function addressKeys({ text: whole }: ReadText, { text, start, end, digits, shape }: Part): readonly string[] {
  if (shape === "run") return walletIn(text).flatMap(walletKeys);
  const keys = digits > 0 && digits < text.length ? [...walletKeys(text)] : [];
  // Base64url has two of the marks.
  if (end - start === 48) keys.push(...walletKeys(whole.slice(start, end)));
  return keys;
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
  const alone = part.shape !== "loose";
  const keys: string[] = [];
  if (plain.length === 9 && part.digits === 9 && (alone || (bit & said.MMSI) !== 0) && !isPlaceholder(plain))
    keys.push(`mmsi:${plain}`);
  if (!alone && told.length === 0) return keys;
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
  const { start, end, first, last, shape } = part;
  if (plain.length > 7 && shape !== "run") return [];
  if ((bits[first]! & said.IMO) !== 0 || plain.length > 7) return [`imo:${number}`];
  const told = standing.field !== null && standing.field !== "ACCOUNT" && standing.field !== "PHONE";
  if ((!isShipNumber(number) && !isShippingCompanyNumber(number) && !told) || isPartOfAmount(text, start, end))
    return [];
  // Local phone numbers are parted as `931-8541`, too, and longer codes have groups of seven digits.
  if (shape !== "run" && shape !== "even" && standing.field === null) return [];
  const beside = [tokens[first - 1], tokens[last + 1]].some((token, i) => {
    const between = i === 0 ? tokens[first]!.gap : token?.gap;
    return token !== undefined && between === gap.MARK && /^[0-9]{3,}$/.test(text.slice(token.start, token.end));
  });
  return beside ? [] : [`imo:${number}`];
}

const currency = String.raw`(?:[$€£¥₹₽₺]|(?:EUR|USD|GBP|CHF|AED|INR|RUB|TRY|CNY|JPY|PLN|SEK|NOK|DKK|CZK|HUF|RON|UAH|KZT|SAR|QAR|KWD|PKR|BDT|NGN|KES|ZAR|BRL|MXN|COP|IDR|MYR|SGD|HKD|AUD|CAD|NZD|RS|RMB|TL)(?![A-Z]))`;
const moneyBefore = new RegExp(String.raw`[0-9][.,]$|(?<![A-Z])${currency}\.?\s?$`, "i");
const moneyBehind = new RegExp(String.raw`^(?:[.,][0-9]{1,2}(?![0-9])|\s?${currency})`, "i");

/** `9278064.50`, `1,9278064` and `EUR 9278064` are sums of money. */
function isPartOfAmount(text: string, start: number, end: number): boolean {
  return moneyBehind.test(text.slice(end, end + 6)) || moneyBefore.test(text.slice(Math.max(0, start - 6), start));
}

const MOST_DIALLED = 15;

/** Digits with the country's code: behind `+`, `00` or a word, or as many as no number dialled at home has. */
function phoneKeys({ text, tokens, said: { bits }, standing: { countries } }: ReadText, part: Part): readonly string[] {
  const { first, last } = part;
  const spoken = (bits[first]! & said.PHONE) !== 0;
  const abroad = isDialledFromAbroad(text, part);
  const long =
    part.shape !== "loose" && (part.text.length >= 10 || (part.text.startsWith("0") && countries.length > 0));
  if (!spoken && !abroad && !long) return [];
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
function mayBeBic({ tokens, said: { bits } }: ReadText, { first, last }: Part): boolean {
  if ((bits[first]! & said.BIC) !== 0) return true;
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
  if (isShipNumber(digits) || isShippingCompanyNumber(digits)) return ["IMO", [`imo:${digits}`]];
  if (isTaxpayerNumber(digits) || isStateRegistration(digits))
    return ["TAX_ID", numberKeys(digits, { families: [], least: leastRoom.bare })];
  if (isLei(digits)) return ["LEI", [`lei:${digits}`]];
  const iban = plain.slice(0, 2) + digits.slice(2);
  return isOfCountry && isIban(iban) ? ["IBAN", [`iban:${iban}`]] : NOTHING;
}

const NOTHING: [AskedKind, readonly string[]] = ["OTHER", []];
