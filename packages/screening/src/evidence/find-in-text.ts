import { LONGEST_TEXT } from "../engine/read-query.ts";
import { isIban, isLei, isShipNumber } from "./check-digits.ts";
import { type AskedKind, keysOfAsked } from "./identifier-keys.ts";
import { plainCharacters } from "./plain-characters.ts";
import { looksLikeWallet } from "./wallet.ts";

/** A part of a text that reads like an identifier; offsets are UTF-16 units. */
export interface TextIdentifier {
  readonly kind: AskedKind;
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
}

/** Nothing shorter identifies anybody. */
const runs = /[A-Za-z0-9]{7,}/g;
const email = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/g;
/** In groups of four, as it is printed. */
const spacedIban = /\b[A-Z]{2}[0-9]{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?\b/gi;
/** Words and the codes of field 50F that say what number follows. */
const labelled =
  /\b(passport|ppt|ccpt|nidn|txid|inn|ogrn|tin|mmsi)(?:\/[A-Z]{2}\/|[\s:.#/-]{0,3}(?:(?:no|nr|number)[\s:.#-]{1,3})?)([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)/gi;

const kindOfLabel: Readonly<Record<string, AskedKind>> = {
  passport: "PASSPORT",
  ppt: "PASSPORT",
  ccpt: "PASSPORT",
  nidn: "NATIONAL_ID",
  txid: "TAX_ID",
  inn: "TAX_ID",
  tin: "TAX_ID",
  ogrn: "REGISTRATION",
  mmsi: "MMSI",
};

/**
 * Identifiers that a line of free text, or a name, shows by their own shape or check digits (IMO, BIC, IBAN, LEI, wallet,
 * e-mail), or that it names (passport, tax and national numbers, MMSI). In the order of the text. A text that is too
 * long to be searched for names has none: its event is held.
 */
export function identifiersIn(text: string): readonly TextIdentifier[] {
  if (text.length < 7 || text.length > LONGEST_TEXT) return NONE;
  const plain = plainWidth(text);
  return mayHoldIdentifier(plain) ? everyIdentifierIn(plain) : NONE;
}

const otherForm = /[\uff01-\uff5e]|[^\P{Nd}0-9]/u;
const otherForms = new RegExp(otherForm, "gu");

/** The text with wide letters and the digits of other scripts as ASCII has them, unit for unit, so that places in it stay. */
function plainWidth(text: string): string {
  if (!otherForm.test(text)) return text;
  return text.replaceAll(otherForms, (character) => {
    const wide = character.normalize("NFKC");
    const plain = /^[\x21-\x7e]$/.test(wide) ? wide : plainCharacters(character);
    return plain.length === character.length ? plain : character;
  });
}

/** The same without the quick look beforehand, which must never say no to a text that holds one. */
export function everyIdentifierIn(text: string): readonly TextIdentifier[] {
  const found: TextIdentifier[] = [];
  const add = (kind: AskedKind, start: number, value: string): void => {
    const keys = keysOfAsked(kind, value);
    if (keys.length > 0) found.push({ kind, start, end: start + value.length, keys });
  };
  for (const { index, 0: word } of text.matchAll(runs)) {
    const kind = kindOfRun(word, text, index);
    if (kind !== null) add(kind, index, word);
  }
  if (text.includes("@")) for (const { index, 0: address } of text.matchAll(email)) add("EMAIL", index, address);
  for (const { index, 0: printed } of text.matchAll(spacedIban)) addIban(printed, index, add);
  for (const match of text.matchAll(labelled)) {
    const [whole, label = "", number = ""] = match;
    add(kindOfLabel[label.toLowerCase()] ?? "OTHER", match.index + whole.length - number.length, number);
  }
  return found.toSorted((a, b) => a.start - b.start);
}

const NONE: readonly TextIdentifier[] = Object.freeze([]);

const LETTER = 1;
const DIGIT = 2;
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9]/.test(character)) return DIGIT;
  return /[A-Za-z]/.test(character) ? LETTER : 0;
});
const mark = new RegExp(`${spacedIban.source}|${labelled.source}`, "i");

/**
 * One pass over the characters, for most texts hold none. A run of letters alone can only be a BIC, of 8, 11 or 12, or one as
 * long as an account's number; what is grouped or named has two digits at least.
 */
export function mayHoldIdentifier(text: string): boolean {
  let run = 0;
  let digits = 0;
  let digitsBefore = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    const kind = code < 128 ? kinds[code]! : 0;
    if (kind !== 0) {
      run++;
      if (kind === DIGIT) digits++;
      continue;
    }
    if (run >= SHORTEST_RUN && (digits > digitsBefore || run === 8 || run === 11 || run === 12 || run >= LONG_RUN))
      return true;
    run = 0;
    digitsBefore = digits;
    if (code === AT) return true;
  }
  return digits >= 2 && mark.test(text);
}

const AT = 0x40;
const SHORTEST_RUN = 7;
const LONG_RUN = 15;

/** What a run of letters and digits may be by its length, shape and check digits. */
function kindOfRun(word: string, text: string, at: number): AskedKind | null {
  const capitals = word.toUpperCase();
  const shipNumber = /^(?:IMO)?([0-9]{7})$/.exec(capitals)?.[1];
  if (shipNumber !== undefined) {
    const said =
      capitals.length > 7 || /\bIMO(?:[\s:.#/-]|no\b|number\b)*$/i.test(text.slice(Math.max(0, at - 20), at));
    return said || (isShipNumber(shipNumber) && !isPartOfAmount(text, at, at + word.length)) ? "IMO" : null;
  }
  if (/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3,4})?$/.test(capitals)) return "BIC";
  if (isLei(capitals)) return "LEI";
  if (isIban(capitals)) return "IBAN";
  return looksLikeWallet(word) ? "WALLET" : null;
}

/** `9278064.50` and `1,9278064` are sums of money. */
function isPartOfAmount(text: string, start: number, end: number): boolean {
  return /^[.,][0-9]/.test(text.slice(end, end + 2)) || /[0-9][.,]$/.test(text.slice(Math.max(0, start - 2), start));
}

/** The longest beginning, in whole groups, that the check digits bear out: words may follow the number. */
function addIban(printed: string, at: number, add: (kind: AskedKind, start: number, value: string) => void): void {
  for (let value = printed; value.includes(" "); value = value.slice(0, value.lastIndexOf(" "))) {
    if (!isIban(value.replaceAll(" ", "").toUpperCase())) continue;
    add("IBAN", at, value);
    return;
  }
}
