import type { IdentifierKind } from "@cordon/matching/listed";

import { detached } from "../format/clean-text.ts";
import {
  isBic,
  isIban,
  isImoNumber,
  isLei,
  isMmsi,
  isRussianRegistration,
  isRussianTaxNumber,
} from "./check-numbers.ts";
import { walletInProse } from "./wallets.ts";

export interface ProseIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** What the number is, where the kind does not say it: `OGRN`, `Fax`. */
  readonly what: string;
  /** Of a wallet, else "". */
  readonly currency: string;
}

export interface ProseReading {
  readonly found: readonly ProseIdentifier[];
  /** Kinds of numbers that stood behind their label and failed their check digit, one for each. */
  readonly failed: readonly IdentifierKind[];
  /** The text with spaces where something was found. */
  readonly rest: string;
}

interface Rule {
  readonly kind: IdentifierKind;
  readonly what: string;
  readonly label: string;
  readonly value: string;
  /** The value as it is kept, or null: it is none, or its check digit is wrong. */
  readonly read: (text: string) => string | null;
  /** Whether a value that cannot be read is worth telling. */
  readonly checked: boolean;
  /** A number that many have, which identifies nobody: it is read over. */
  readonly shared: boolean;
}

/** Words between a label and its number: `no.`, `number:`, ` - `, `is`. */
const joint = String.raw`(?:\s{0,3}(?:numbers?|nos?|nr|codes?)\b\.?)?(?:\s{0,3}(?:is|are)\b)?[\s:#=(–-]{0,5}`;

/** A number of letters and digits as documents have it: at most a few letters, then mostly digits. */
const documentNumber = String.raw`(?:[A-Z]{1,4}[ -]?)?\d[\dA-Z_./-]{3,24}`;

function withDigits(fewest: number): (text: string) => string | null {
  return (text) => {
    const value = text.replace(/[_./-]+$/, "");
    return value.replaceAll(/\D/g, "").length >= fewest ? value : null;
  };
}

const checkedBy =
  (isRight: (text: string) => boolean) =>
  (text: string): string | null =>
    isRight(text) ? text : null;

function phone(text: string): string | null {
  // The bracket of `(04) 710043` may have been taken for one around the whole number.
  const value = text.includes(")") && !text.includes("(") ? `(${text.trim()}` : text.trim();
  const digits = value.replaceAll(/\D/g, "").length;
  return digits >= 7 && digits <= 15 ? value : null;
}

/** An account number in groups may be followed by words: the longest beginning that passes is it. */
function iban(text: string): string | null {
  const groups = text.split(/\s/);
  for (let length = groups.length; length > 0; length -= 1) {
    const value = groups.slice(0, length).join("");
    if (isIban(value)) return value;
  }
  return null;
}

const rule = (
  kind: IdentifierKind,
  label: string,
  value: string,
  read: Rule["read"],
  {
    what = "",
    checked = false,
    shared = false,
  }: { readonly what?: string; readonly checked?: boolean; readonly shared?: boolean } = {},
): Rule => ({ kind, what, label, value, read, checked, shared });

/** The narrower labels first: text that one has read is not read again. */
const rules: readonly Rule[] = [
  rule("IMO", "IMO", String.raw`\d{7}(?!\d)`, checkedBy(isImoNumber), { checked: true }),
  rule("MMSI", "MMSI|maritime mobile service identity", String.raw`\d{9}(?!\d)`, checkedBy(isMmsi), { checked: true }),
  rule(
    "BIC",
    String.raw`(?:SWIFT|BIC)(?:\s{0,2}[/-]?\s{0,2}(?:BIC|BIN|SWIFT))?`,
    String.raw`[A-Z]{6}[\dA-Z]{2}(?:[\dA-Z]{3})?(?![\dA-Za-z])`,
    checkedBy(isBic),
    { checked: true },
  ),
  rule("LEI", "LEI|legal entity identifier|legal entity", String.raw`[\dA-Z]{20}(?![\dA-Za-z])`, checkedBy(isLei), {
    checked: true,
  }),
  rule("IBAN", "IBAN", String.raw`[A-Z]{2}\d{2}(?:\s?[\dA-Z]{1,4}){3,8}`, iban, { checked: true }),
  rule("TAX_ID", "INN", String.raw`\d{10}(?:\d{2})?(?!\d)`, checkedBy(isRussianTaxNumber), {
    what: "INN",
    checked: true,
  }),
  rule(
    "REGISTRATION",
    "OGRN(?:IP)?|PSRN|primary state registration",
    String.raw`\d{13}(?:\d{2})?(?!\d)`,
    checkedBy(isRussianRegistration),
    { what: "OGRN", checked: true },
  ),
  rule("OTHER", "KPP|PPC|КПП", String.raw`\d{4}[\dA-Z]{2}\d{3}(?!\d)`, withDigits(7), { what: "KPP", shared: true }),
  rule("OTHER", "BIK", String.raw`\d{9}(?!\d)`, withDigits(9), { what: "BIK" }),
  rule("OTHER", "OKPO", String.raw`\d{8}(?:\d{2})?(?!\d)`, withDigits(8), { what: "OKPO" }),
  rule("OTHER", "D-U-N-S", String.raw`\d[\d-]{7,10}`, withDigits(9), { what: "D-U-N-S" }),
  rule(
    "TAX_ID",
    String.raw`TIN|VAT(?: registration)?|(?:tax(?:payer)?|fiscal)(?:[ -](?:payer|id|identification|registration|code|account|reference))*`,
    documentNumber,
    withDigits(5),
  ),
  rule("PASSPORT", "passports?", String.raw`(?:[A-Z]{1,3}[ -]?)?\d{5,10}[A-Z]?(?![\dA-Za-z])`, withDigits(5)),
  rule(
    "REGISTRATION",
    String.raw`(?:registration|registry|register|incorporation|company|licen[cs]e)(?: (?:certificate|id|identification))?(?=\s{0,3}(?:numbers?|nos?|nr|codes?|id)\b|\s{0,3}[:#])(?: id\b)?`,
    documentNumber,
    withDigits(4),
  ),
  rule(
    "NATIONAL_ID",
    String.raw`(?:national (?:id|identity|identification)|identity|identification|personal(?: id| identity)?|citizenship|tazkira|ID)(?: (?:card|document|certificate|code))?(?=\s{0,3}(?:numbers?|nos?|nr)\b|\s{0,3}[:#])`,
    documentNumber,
    withDigits(4),
  ),
  rule("PHONE", "fax", String.raw`\+?\(?\d[\d\s()./-]{5,22}\d`, phone, { what: "Fax" }),
  rule("PHONE", "(?:tele|mobile )?phone|tel|mobile|cell", String.raw`\+?\(?\d[\d\s()./-]{5,22}\d`, phone),
];

interface CompiledRule extends Rule {
  readonly first: RegExp;
  readonly next: RegExp;
}

const compiled: readonly CompiledRule[] = rules.map((each) => ({
  ...each,
  // A label may follow a digit, for some publishers leave no space; capitals of the value are looked at afterwards.
  first: new RegExp(String.raw`(?<![\p{L}])(?:${each.label})(?![\p{L}])\.?${joint}(?<value>${each.value})`, "giu"),
  next: new RegExp(String.raw`(?:\s{0,3}(?:,|;|/|&|and\b|or\b)){1,2}\s{0,3}(?<value>${each.value})`, "yiu"),
}));

const email = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
const compactIban = /(?<![\dA-Za-z])[A-Z]{2}\d{2}[\dA-Z]{11,30}(?![\dA-Za-z])/g;

/** Labels that touch an address: `EMAILa@example.orgPHONE+7 …`. */
const glued = /(?<![\dA-Za-z])E-?MAIL(?=[\da-z][\w.%+-]*@)|(?<=@[\w.-]{1,64}\.[a-z]{2,12})(?=[A-Z]{3})/g;

/** Longest text that is read; more is not prose. */
const longestText = 64 * 1024;

/**
 * The identifiers in a text written for people: numbers behind their label (`SWIFT/BIC - EXAMGB2L`, `IMO number
 * 9074729 and 9074731`, `INN: 7707083893`), several after one label, and what tells itself by its form: e-mail
 * addresses, account numbers (IBAN), wallets. Numbers with a check digit must pass it.
 */
export function identifiersInProse(whole: string): ProseReading {
  const found: ProseIdentifier[] = [];
  const failed: IdentifierKind[] = [];
  let text = whole.slice(0, longestText);
  if (text.includes("@")) text = text.replaceAll(glued, "$& ");
  const take = (identifier: ProseIdentifier | null, from: number, to: number): void => {
    if (identifier !== null) found.push({ ...identifier, value: detached(identifier.value) });
    text = text.slice(0, from) + " ".repeat(to - from) + text.slice(to);
  };

  for (const { value, from, currency } of walletInProse(text))
    take({ kind: "WALLET", value, what: "", currency }, from, from + value.length);
  for (const match of text.matchAll(email))
    take({ kind: "EMAIL", value: match[0], what: "", currency: "" }, match.index, match.index + match[0].length);
  for (const each of compiled) readRule(each, text, take, failed);
  for (const match of text.matchAll(compactIban))
    if (isIban(match[0])) take({ kind: "IBAN", value: match[0], what: "", currency: "" }, match.index, match.index);
  return { found, failed, rest: text };
}

function readRule(
  { kind, what, first, next, read, checked, shared }: CompiledRule,
  text: string,
  take: (identifier: ProseIdentifier | null, from: number, to: number) => void,
  failed: IdentifierKind[],
): void {
  for (const match of text.matchAll(first)) {
    let at = match.index;
    let part: RegExpExecArray | null = match;
    while (part !== null) {
      const published = part.groups?.["value"] ?? "";
      const value = read(published);
      if (value === null && checked && published === published.toUpperCase()) failed.push(kind);
      at = part.index + part[0].length;
      if (value !== null) take(shared ? null : { kind, value, what, currency: "" }, part.index, at);
      next.lastIndex = at;
      part = next.exec(text);
    }
  }
}
