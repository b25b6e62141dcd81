import type { IdentifierKind, ListedBirthDate, NameKind } from "@cordon/screening";

import { cleanText } from "../format/clean-text.ts";
import type { Tally } from "../tally.ts";
import { ofacBirthDate } from "./birth-date.ts";

/** What the remarks of an entry say, as far as a designation has room for it. */
export interface OfacRemarks {
  /** Names in single quotes: OFAC's weak a.k.a.s, which stand nowhere else. */
  readonly weakNames: readonly { readonly text: string; readonly kind: NameKind }[];
  readonly birthDates: readonly ListedBirthDate[];
  readonly nationalities: readonly string[];
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly value: string; readonly note: string }[];
}

const weakName = /^([afn])\.k\.a\. '(.*?)('?)\.?$/is;

/** Labels of numbers: what the number is, and what the label reads. The first that fits counts. */
const identifierLabels: readonly (readonly [kind: IdentifierKind, label: RegExp])[] = [
  ["IMO", /^(?:vessel registration identification|identification number|company number) imo /i],
  ["IMO", /^imo(?: number)? (?=\d)/i],
  ["MMSI", /^mmsi /i],
  ["BIC", /^swift\/bic /i],
  ["LEI", /^(?:legal entity (?:identifier|number)|lei) /i],
  ["WALLET", /^digital currency address - /i],
  ["EMAIL", /^email address /i],
  ["PHONE", /^(?:phone number|phone no\.|telephone(?: no\.)?) /i],
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
    /^(?:d-u-n-s number|bik \(ru\)|aircraft tail number|previous aircraft tail number|aircraft construction number \([^)]*\)|aircraft manufacturer's serial number \([^)]*\)|aircraft mode s transponder code|driver's license no\.|electoral registry no\.|credencial electoral|cartilla de servicio militar nacional|military registration number|vessel call sign) /i,
  ],
];

/** Known parts of the remarks with no place in a designation, by the words they begin with. */
const notKeptLabels: readonly (readonly [what: string, label: RegExp])[] = [
  ["place of birth", /^pob /i],
  ["gender", /^gender /i],
  ["linked to", /^linked to:/i],
  ["additional sanctions information", /^(?:additional sanctions information|secondary sanctions risk)/i],
  ["transactions prohibited", /^transactions prohibited/i],
  ["directive", /^(?:executive order \d+ (?:directive|information)|caatsa section)/i],
  ["website", /^website /i],
  ["fax", /^fax /i],
  ["country of registration", /^nationality of registration /i],
  ["organisation", /^organization /i],
  ["aircraft", /^aircraft /i],
  ["former flag", /^former vessel flag /i],
  ["former type", /^former vessel type /i],
];

/** `1084010 (Egypt) issued 1999 expires 2004`: the number, and what is told about it. */
function numberAndNote(text: string): { readonly value: string; readonly note: string } {
  const at = text.search(/\s\(|\s(?:issued|expires)\b/i);
  return at < 0 ? { value: text, note: "" } : { value: text.slice(0, at).trim(), note: text.slice(at).trim() };
}

/** A wallet stands behind its currency: `XBT 12QtD5BF…`. */
function walletAndCurrency(text: string): { readonly value: string; readonly note: string } {
  const [currency = "", ...address] = text.split(" ");
  return address.length === 0 ? { value: currency, note: "" } : { value: address.join(" "), note: currency };
}

const kindOf: Readonly<Record<string, NameKind>> = { a: "ALIAS", f: "FORMER", n: "ALIAS" };

/**
 * Reads the remarks of an entry, joined with what went over into the comments: parts between semicolons, each with a
 * label before its value, `alt.` before a second value. Parts of no known label are counted, never quoted.
 */
export function readRemarks(
  text: string,
  { unknown, notKept }: { readonly unknown: Tally; readonly notKept: Tally },
): OfacRemarks {
  const weakNames: OfacRemarks["weakNames"][number][] = [];
  const birthDates: ListedBirthDate[] = [];
  const nationalities: string[] = [];
  const identifiers: OfacRemarks["identifiers"][number][] = [];

  const readName = ([, letter = "", inside = "", closing]: RegExpExecArray): void => {
    if (closing === "") unknown.count("weak alias without a closing quote");
    weakNames.push({ text: inside.trim(), kind: kindOf[letter.toLowerCase()] ?? "ALIAS" });
  };
  const readIdentifier = (part: string): boolean => {
    for (const [kind, label] of identifierLabels) {
      const rest = part.replace(label, "");
      if (rest === part) continue;
      const { value, note } = kind === "WALLET" ? walletAndCurrency(rest) : numberAndNote(rest);
      if (kind === "IMO" && !/^\d{7}$/.test(value)) unknown.count("IMO number that is not seven digits");
      const about = kind === "OTHER" ? [(label.exec(part)?.[0] ?? "").trim(), note] : [note];
      identifiers.push({ kind, value, note: about.filter((words) => words !== "").join(" ") });
      return true;
    }
    return false;
  };

  for (const raw of cleanText(text).split(";")) {
    const whole = raw.trim();
    if (whole === "" || whole === ".") continue;
    const name = weakName.exec(whole);
    if (name !== null) {
      readName(name);
      continue;
    }
    const part = whole.replace(/\.$/, "").replace(/^alt\. /i, "");
    const birth = /^dob (.*)$/i.exec(part);
    const country = /^(?:nationality(?! of registration)|citizen) (?:possibly )?(.*)$/i.exec(part);
    if (birth !== null) {
      const date = ofacBirthDate(birth[1] ?? "");
      if (date === null) unknown.count("birth date");
      else birthDates.push(date);
    } else if (country !== null) nationalities.push(country[1] ?? "");
    else if (!readIdentifier(part))
      notKept.count(`remark: ${notKeptLabels.find(([, label]) => label.test(part))?.[0] ?? "other"}`);
  }
  return { weakNames, birthDates, nationalities, identifiers };
}
