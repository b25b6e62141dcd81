import type { IdentifierKind } from "@cordon/matching/listed";

import { countryCode } from "../publisher/countries.ts";
import type { EntryIdentifiers } from "../publisher/entry-identifiers.ts";

/** Labels of numbers: what the number is, and what the label reads. The first that fits counts. */
const labels: readonly (readonly [kind: IdentifierKind, label: RegExp])[] = [
  ["IMO", /^(?:vessel registration identification|identification number|company number) imo /i],
  ["IMO", /^imo(?: number)? (?=\d)/i],
  ["MMSI", /^(?:mmsi|maritime mobile service identity(?: \(mmsi\))?) /i],
  ["BIC", /^swift\/bic /i],
  ["LEI", /^(?:legal entity (?:identifier|number)|lei) /i],
  ["IBAN", /^iban /i],
  ["WALLET", /^digital currency address - /i],
  ["EMAIL", /^email address /i],
  ["PHONE", /^(?:phone number|phone no\.|telephone(?: no\.)?|fax) /i],
  ["PASSPORT", /^(?:(?:[a-z'. ]+ )?passport(?: (?:no\.|number|#))?|travel document number) /i],
  [
    "NATIONAL_ID",
    /^(?:cedula(?: de [a-z]+)? no\.|national id no\.|national foreign id number|d\.n\.i\.|c\.u\.r\.p\.|c\.u\.i\.|i\.f\.e\.|ssn|personal id card|identification number|citizen's card number|identity card|numero de identidad|residency number|[a-z]+ identification number|tazkira national id card) /i,
  ],
  [
    "TAX_ID",
    /^(?:tax id no\.|nit #|ruc #|rif #|r\.f\.c\.|rfc|v\.a\.t\. number|c\.u\.i\.t\.|c\.u\.i\.l\.|italian fiscal code|fiscal code|rtn|us fein) /i,
  ],
  [
    "REGISTRATION",
    /^(?:registration (?:number|id)|commercial registry number|company number|uk company number|folio mercantil no\.|matricula mercantil no\.?|business registration (?:document #|number)|trade license no\.|c\.r\. no\.|chamber of commerce number|business number|certificate of incorporation number|public registration number|enterprise number|government gazette number|license|l\.l\.c\. number|registered charity no\.|(?:united|unified) social credit code(?: certificate)? \([a-z]+\)) /i,
  ],
  [
    "OTHER",
    /^(?:d-u-n-s number|bik \(ru\)|isin|aircraft tail number|previous aircraft tail number|aircraft construction number \([^)]*\)|aircraft manufacturer's serial number \([^)]*\)|aircraft mode s transponder code|driver's license no\.|electoral registry no\.|credencial electoral|cartilla de servicio militar nacional|military registration number|(?:vessel )?call sign) /i,
  ],
];

export interface OfacNumber {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly note: string;
  /** As published, "" for none. */
  readonly country: string;
  /** Of a wallet, else "". */
  readonly currency: string;
}

/** `1084010 (Egypt) issued 1999 expires 2004`: the number, and what is told about it. */
function numberAndNote(text: string): { readonly value: string; readonly note: string } {
  const at = text.search(/\s\(|\s(?:issued|expires)\b/i);
  return at < 0 ? { value: text, note: "" } : { value: text.slice(0, at).trim(), note: text.slice(at).trim() };
}

/** The country in the first brackets of a note, if it is one: `(Egypt) issued 1999`. */
function countryIn(note: string): string {
  const text = /^\(([^()]{2,60})\)/.exec(note)?.[1] ?? "";
  return countryCode(text) === null ? "" : text;
}

/** A Dutch registration has the same label as an LEI, and nine digits. */
function kindOf(kind: IdentifierKind, value: string): IdentifierKind {
  return kind === "LEI" && value.length !== 20 ? "REGISTRATION" : kind;
}

/** The kind and the label of a text that begins with one, and what stands behind it. */
function labelOf(
  text: string,
): { readonly kind: IdentifierKind; readonly label: string; readonly rest: string } | null {
  for (const [kind, label] of labels) {
    const found = label.exec(text)?.[0];
    if (found !== undefined) return { kind, label: found.trim(), rest: text.slice(found.length) };
  }
  return null;
}

/** A label, a number, and what is told about it, in one text: `Passport A1 (Egypt)`. Null without a known label. */
export function ofacNumber(text: string): OfacNumber | null {
  const found = labelOf(text);
  if (found === null) return null;
  const { kind, label, rest } = found;
  if (kind === "WALLET") return wallet(rest, "");
  const { value, note } = numberAndNote(rest);
  const about = kind === "OTHER" || /^fax$/i.test(label) ? [label, note] : [note];
  return {
    kind: kindOf(kind, value),
    value,
    note: about.filter((words) => words !== "").join(" "),
    country: countryIn(note),
    currency: "",
  };
}

/** A number whose type stands apart from it, as in the XML editions. Null for a type that is not known as a number's. */
export function ofacTypedNumber(type: string, number: string, note: string): OfacNumber | null {
  const found = labelOf(`${type} ${number}`);
  if (found === null) return null;
  const { kind, label, rest } = found;
  if (kind === "WALLET") return wallet(rest, note);
  const tell = kind === "OTHER" || /^fax$/i.test(label);
  return {
    kind: kindOf(kind, rest.trim()),
    value: rest.trim(),
    note: [tell ? label : "", note].filter((words) => words !== "").join(", "),
    country: "",
    currency: "",
  };
}

/** A wallet stands behind its currency: `XBT 12QtD5BF…`. */
function wallet(text: string, note: string): OfacNumber {
  const [currency = "", ...address] = text.split(" ");
  return address.length === 0
    ? { kind: "WALLET", value: currency, note, country: "", currency: "" }
    : { kind: "WALLET", value: address.join(" "), note, country: "", currency };
}

export function addNumber(identifiers: EntryIdentifiers, number: OfacNumber, country = number.country): void {
  identifiers.add(number.kind, number.value, number.note, { country, currency: number.currency });
}
