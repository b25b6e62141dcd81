import { CordonError } from "@cordon/errors";
import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type ListedName,
} from "@cordon/matching/listed";

import { countUnknownElements } from "../format/known-elements.ts";
import { attributeOf, childrenOf, descendantsOf, fieldOf } from "../format/xml-fields.ts";
import type { XmlElement } from "../format/xml-records.ts";
import { isCountryCode } from "../publisher/check-numbers.ts";
import { dateOfIso, isoDate } from "../publisher/dates.ts";
import { createEntryDetails, type EntryDetails } from "../publisher/entry-details.ts";
import { createEntryIdentifiers, type EntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { euElements, euIdentificationKinds } from "./elements.ts";

/** Longest key; the published ones are like `EU.27.28`. */
const longestKey = 32;

const types: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["person", "PERSON"],
  ["enterprise", "ORGANISATION"],
]);

/** How the remark on a name says that it is weak, slips of the pen included. */
const lowQuality = /\b(?:low|lo|ood) quality/i;

function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `EU list: ${what} at line ${String(line)}`, { details: { line } });
}

const filled = (text: string): boolean => text !== "";

/** An attribute; `UNKNOWN` and the country `00` are the publisher's words for none. */
function valueOf(element: XmlElement, name: string): string {
  const text = attributeOf(element, name);
  return /^(?:unknown|00)$/i.test(text) ? "" : text;
}

function remarksOf(element: XmlElement): string {
  return childrenOf(element, "remark")
    .map(({ text }) => text.trim())
    .filter(filled)
    .join("; ");
}

function countryOf(element: XmlElement): string {
  return valueOf(element, "countryIso2Code") || valueOf(element, "countryDescription");
}

/** Nationalities: the published codes as they are, anything else by its name. */
function countriesOf(record: XmlElement, unknown: Tally): readonly string[] {
  const countries = childrenOf(record, "citizenship").map(countryOf).filter(filled);
  const codes = countries.filter(isCountryCode);
  const named = countries.filter((country) => !isCountryCode(country));
  return [...new Set([...codes, ...nationalitiesOf(named, unknown)])];
}

function keyOf(record: XmlElement): string {
  const key = valueOf(record, "euReferenceNumber") || valueOf(record, "logicalId");
  if (key === "" || key.length > longestKey) throw refuse("an entity without a usable reference number", record.line);
  return key;
}

function typeOf(record: XmlElement): DesignationType {
  const code = childrenOf(record, "subjectType").map((element) => valueOf(element, "code").toLowerCase());
  const type = types.get(code[0] ?? "");
  if (type === undefined) throw refuse("a subject type that is not known", record.line);
  return type;
}

function strengthOf(alias: XmlElement): ListedName["strength"] {
  const strong = attributeOf(alias, "strong").toLowerCase();
  if (!["true", "false", ""].includes(strong)) throw refuse("a strong that is neither true nor false", alias.line);
  if (strong === "false" || lowQuality.test(remarksOf(alias))) return "WEAK";
  return strong === "true" ? "STRONG" : "UNKNOWN";
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(filled)
    .toSorted()
    .join(" ");

/** The whole name, and its parts where they say something else or the whole is not given. */
function textsOf(alias: XmlElement): readonly string[] {
  const whole = valueOf(alias, "wholeName");
  const parts = ["firstName", "middleName", "lastName"]
    .map((part) => valueOf(alias, part))
    .filter(filled)
    .join(" ");
  return wordsOf(whole) === wordsOf(parts) ? [whole] : [whole, parts].filter(filled);
}

/** Nothing marks the primary name: it is the first that is not weak. Each spelling is listed once. */
function namesOf(record: XmlElement, unknown: Tally): readonly ListedName[] {
  const published = childrenOf(record, "nameAlias").flatMap((alias): ListedName[] => {
    const [strength, language] = [strengthOf(alias), valueOf(alias, "nameLanguage")];
    const texts = textsOf(alias).flatMap(separateNames);
    if (texts.length === 0) unknown.count("name that is empty");
    return texts.map((text) => ({ text, kind: "ALIAS", strength, ...(filled(language) ? { language } : {}) }));
  });
  const primary = Math.max(
    0,
    published.findIndex(({ strength }) => strength !== "WEAK"),
  );
  const names = createEntryNames(unknown);
  for (const [at, name] of published.entries()) names.add(at === primary ? { ...name, kind: "PRIMARY" } : name);
  const listed = names.list();
  if (listed.length === 0) throw refuse("an entity without a name", record.line);
  return listed;
}

/** A date, a month, a year or a span of years; null when none can be read or the calendar is another. */
function birthDateOf(element: XmlElement): ListedBirthDate | null {
  if (!/^(?:gregorian|)$/i.test(attributeOf(element, "calendarType"))) return null;
  const approximate = attributeOf(element, "circa") === "true";
  const [from, to] = [valueOf(element, "yearRangeFrom"), valueOf(element, "yearRangeTo")];
  const date = wholeDate(element) ?? isoDate(from || to);
  if (date === null) return null;
  return { date, until: from !== "" && to !== "" && to !== from && date === from ? isoDate(to) : null, approximate };
}

function wholeDate(element: XmlElement): string | null {
  const full = dateOfIso(valueOf(element, "birthdate"));
  if (full !== null) return full;
  const [year, month, day] = ["year", "monthOfYear", "dayOfMonth"].map((part) => valueOf(element, part));
  if (month === undefined || month === "") return isoDate(year ?? "");
  return isoDate(year ?? "", month, day === "" ? undefined : day) ?? isoDate(year ?? "");
}

const dateAttributes = ["birthdate", "year", "yearRangeFrom", "yearRangeTo"];

function birthDatesOf(record: XmlElement, details: EntryDetails, unknown: Tally): readonly ListedBirthDate[] {
  const found = new Map<string, ListedBirthDate>();
  for (const element of childrenOf(record, "birthdate")) {
    const place = ["city", "place", "region"].map((part) => valueOf(element, part));
    details.addBirthPlace(...place, valueOf(element, "countryDescription") || valueOf(element, "countryIso2Code"));
    details.addRemark("Birth date", remarksOf(element));
    const dated = dateAttributes.map((name) => valueOf(element, name)).filter(filled);
    const date = birthDateOf(element);
    if (date !== null) found.set(Object.values(date).join(" "), date);
    else if (dated.length > 0) {
      unknown.count("birth date");
      details.addRemark("Birth date", [...dated, attributeOf(element, "calendarType")].join(" "));
    }
  }
  return [...found.values()];
}

const flags = ["diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer"];

function noteOf(element: XmlElement): string {
  const told = [
    valueOf(element, "issuedBy") && `issued by ${valueOf(element, "issuedBy")}`,
    valueOf(element, "issuedDate") && `issued ${valueOf(element, "issuedDate")}`,
    valueOf(element, "validFrom") && `valid from ${valueOf(element, "validFrom")}`,
    valueOf(element, "validTo") && `valid to ${valueOf(element, "validTo")}`,
    ...flags.filter((flag) => attributeOf(element, flag) === "true"),
    remarksOf(element),
  ];
  return told.filter(filled).join(", ");
}

function addIdentifications(record: XmlElement, to: Target): void {
  for (const element of childrenOf(record, "identification")) {
    const code = valueOf(element, "identificationTypeCode");
    const kind = euIdentificationKinds.get(code.toLowerCase());
    if (kind === undefined) to.unknown.count(`document ${code.slice(0, 64)}`);
    const what =
      kind === undefined || kind === "OTHER" ? valueOf(element, "identificationTypeDescription") || code : "";
    const note = [what, noteOf(element)].filter(filled).join(", ");
    const numbers = [...new Set([valueOf(element, "number"), valueOf(element, "latinNumber")].filter(filled))];
    for (const number of numbers) to.identifiers.add(kind ?? "OTHER", number, note, { country: countryOf(element) });
    if (numbers.length === 0 && !to.identifiers.addFromProse(note, code))
      to.unknown.count("identification without a number");
    to.details.addRemark("Name on a document", valueOf(element, "nameOnDocument"));
  }
}

function addContact(element: XmlElement, { identifiers, details }: Target): void {
  const [key, value] = [valueOf(element, "key"), valueOf(element, "value")];
  if (/phone|fax|mobile/i.test(key)) identifiers.addCell("PHONE", value, /fax/i.test(key) ? "Fax" : "");
  else if (/mail/i.test(key)) identifiers.addCell("EMAIL", value, "");
  else details.addProse(key || "Contact", value, identifiers);
}

interface Target {
  readonly identifiers: EntryIdentifiers;
  readonly details: EntryDetails;
  readonly unknown: Tally;
}

function addAddresses(record: XmlElement, to: Target): void {
  for (const element of childrenOf(record, "address")) {
    to.details.addAddress({
      lines: ["street", "poBox", "place"].map((part) => valueOf(element, part)),
      city: valueOf(element, "city"),
      region: valueOf(element, "region"),
      postalCode: valueOf(element, "zipCode"),
      country: countryOf(element),
      note: remarksOf(element),
    });
    to.identifiers.addFromProse(remarksOf(element), "in the note on an address");
  }
  for (const contact of [...childrenOf(record, "contactInfo"), ...descendantsOf(record, "address", "contactInfo")])
    addContact(contact, to);
}

function addRemarks(record: XmlElement, { details, identifiers }: Target): void {
  for (const alias of childrenOf(record, "nameAlias")) {
    for (const [attribute, label] of [
      ["title", "Title"],
      ["function", "Position"],
      ["gender", "Gender"],
    ] as const)
      details.addRemark(label, valueOf(alias, attribute));
    details.addProse("Note on a name", remarksOf(alias), identifiers);
  }
  details.addProse("Remark", remarksOf(record), identifiers);
  details.addProse("Designation details", valueOf(record, "designationDetails"), identifiers);
  for (const regulation of childrenOf(record, "regulation"))
    details.addRemark(
      "Regulation",
      [valueOf(regulation, "numberTitle"), fieldOf(regulation, "publicationUrl")].filter(filled).join(" "),
    );
}

function datesOf(record: XmlElement, attribute: string): readonly string[] {
  return childrenOf(record, "regulation")
    .map((regulation) => dateOfIso(valueOf(regulation, attribute)))
    .filter((date) => date !== null)
    .toSorted();
}

function regimeOf(record: XmlElement, unknown: Tally): Pick<Designation, "regime" | "regimeCode"> {
  const programmes = childrenOf(record, "regulation").map((regulation) => valueOf(regulation, "programme"));
  const distinct = [...new Set(programmes.filter(filled))];
  if (distinct.length === 0) unknown.count("designation without a programme");
  return { regime: distinct.join(", "), regimeCode: distinct.length === 1 ? (distinct[0] ?? null) : null };
}

/**
 * One sanctionEntity as a designation. The file is that of financial sanctions, so an asset freeze stands behind each.
 * Throws LIST_MALFORMED, with the line; what is not understood beside the names is counted in `unknown`.
 */
export function euDesignation(
  record: XmlElement,
  { unknown, notKept }: { readonly unknown: Tally; readonly notKept: Tally },
): Designation {
  countUnknownElements(record, { list: "EU", known: euElements, unknown });
  const target: Target = {
    identifiers: createEntryIdentifiers(unknown),
    details: createEntryDetails(notKept),
    unknown,
  };
  addIdentifications(record, target);
  addAddresses(record, target);
  const birthDates = birthDatesOf(record, target.details, unknown);
  addRemarks(record, target);
  const unitedNations = valueOf(record, "unitedNationId");
  return {
    id: designationId("eu", keyOf(record)),
    list: "eu",
    type: typeOf(record),
    names: namesOf(record, unknown),
    ...regimeOf(record, unknown),
    measures: [],
    birthDates,
    nationalities: countriesOf(record, unknown),
    identifiers: target.identifiers.list(),
    designatedOn: dateOfIso(valueOf(record, "designationDate")) ?? datesOf(record, "entryIntoForceDate").at(0) ?? null,
    updatedOn: datesOf(record, "publicationDate").at(-1) ?? null,
    references: filled(unitedNations) ? [`un:${unitedNations}`] : [],
    assetFreeze: true,
    ...target.details.fields(),
  };
}
