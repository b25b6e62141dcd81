import { CordonError } from "@cordon/errors";
import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type IdentifierKind,
  type ListedName,
} from "@cordon/matching/listed";

import { childrenOf, fieldOf, valuesOf } from "../format/xml-fields.ts";
import type { XmlElement } from "../format/xml-records.ts";
import { dateOfIso } from "../publisher/dates.ts";
import { createEntryDetails, type EntryDetails } from "../publisher/entry-details.ts";
import { createEntryIdentifiers, type EntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { unBirthDate } from "./birth-date.ts";
import { unAliasQualities } from "./names.ts";
import { unRegime } from "./regimes.ts";

/** Longest REFERENCE_NUMBER; the published ones have seven characters. */
const maxKeyChars = 32;

const documentKinds: ReadonlyMap<string, IdentifierKind> = new Map<string, IdentifierKind>([
  ["passport", "PASSPORT"],
  ["numéro de passeport", "PASSPORT"],
  ["número de pasaporte", "PASSPORT"],
  ["national identification number", "NATIONAL_ID"],
]);

function refuse(what: string, { line }: XmlElement): CordonError {
  return new CordonError("LIST_MALFORMED", `UN list: ${what} at line ${String(line)}`, { details: { line } });
}

/** FIRST_NAME to FOURTH_NAME in order; an entity has its whole name, or two joined by ` ; `, in FIRST_NAME. */
function primaryNames(record: XmlElement): readonly ListedName[] {
  const parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map((part) => fieldOf(record, part));
  const text = parts.filter((part) => part !== "").join(" ");
  return separateNames(text).map((name) => ({ text: name, kind: "PRIMARY", strength: "UNKNOWN" }));
}

/** Kind and strength decide what is matched, so a quality we do not know refuses the file. */
function aliasNames(alias: XmlElement): readonly ListedName[] {
  const quality = unAliasQualities.get(fieldOf(alias, "QUALITY").toLowerCase());
  if (quality === undefined) throw refuse("an alias QUALITY that is not known", alias);
  return separateNames(fieldOf(alias, "ALIAS_NAME")).map((text) => ({ text, ...quality }));
}

/** Aliases of either kind: one that stands in the wrong kind of entry is a name all the same. */
function aliasesOf(record: XmlElement): readonly XmlElement[] {
  return ["INDIVIDUAL_ALIAS", "ENTITY_ALIAS"].flatMap((name) => childrenOf(record, name));
}

function namesOf(record: XmlElement, unknown: Tally): readonly ListedName[] {
  const names = createEntryNames(unknown);
  for (const name of primaryNames(record)) names.add(name);
  for (const element of childrenOf(record, "NAME_ORIGINAL_SCRIPT"))
    for (const text of separateNames(fieldOf({ ...record, children: [element] }, "NAME_ORIGINAL_SCRIPT")))
      names.add({ text, kind: "VARIATION", strength: "UNKNOWN" });
  for (const alias of aliasesOf(record)) for (const name of aliasNames(alias)) names.add(name);
  const listed = names.list();
  if (listed.length === 0) throw refuse("an entry without a name", record);
  if (listed[0]?.kind !== "PRIMARY") unknown.count("designation without a primary name");
  for (const { text } of listed) if (text.includes("\uFFFD")) unknown.count("damaged character in a name");
  return listed;
}

const dateTypes = new Set(["", "exact", "approximately", "between"]);

function birthDatesOf(record: XmlElement, unknown: Tally): readonly ListedBirthDate[] {
  const found = new Map<string, ListedBirthDate>();
  const add = (birthDate: ListedBirthDate | null): void => {
    if (birthDate === null) unknown.count("birth date");
    else found.set(Object.values(birthDate).join(" "), birthDate);
  };
  for (const element of childrenOf(record, "INDIVIDUAL_DATE_OF_BIRTH")) {
    const fields = {
      type: fieldOf(element, "TYPE_OF_DATE"),
      date: fieldOf(element, "DATE"),
      year: fieldOf(element, "YEAR"),
      from: fieldOf(element, "FROM_YEAR"),
      to: fieldOf(element, "TO_YEAR"),
      note: fieldOf(element, "NOTE"),
    };
    if (!dateTypes.has(fields.type.toLowerCase())) unknown.count("TYPE_OF_DATE");
    if (Object.entries(fields).some(([name, text]) => name !== "type" && text !== "")) add(unBirthDate(fields));
  }
  for (const alias of childrenOf(record, "INDIVIDUAL_ALIAS")) {
    const date = fieldOf(alias, "DATE_OF_BIRTH");
    if (date !== "") add(unBirthDate({ type: "", date, year: "", from: "", to: "", note: "" }));
  }
  return [...found.values()];
}

/** A document's number, and beside it in words what is known of its type, country, place, dates. */
function addDocuments(record: XmlElement, identifiers: EntryIdentifiers, unknown: Tally): void {
  for (const document of childrenOf(record, "INDIVIDUAL_DOCUMENT")) {
    const type = fieldOf(document, "TYPE_OF_DOCUMENT");
    const number = fieldOf(document, "NUMBER");
    const kind = documentKinds.get(type.toLowerCase());
    if (type !== "" && kind === undefined) unknown.count("TYPE_OF_DOCUMENT");
    const country = fieldOf(document, "ISSUING_COUNTRY") || fieldOf(document, "COUNTRY_OF_ISSUE");
    const about = [
      kind === undefined ? type : "",
      ...["TYPE_OF_DOCUMENT2", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE", "DATE_OF_ISSUE", "NOTE"].map(
        (name) => fieldOf(document, name),
      ),
    ];
    const note = [...new Set(about.filter((text) => text !== ""))].join(", ");
    if (number !== "") {
      identifiers.add(kind ?? "OTHER", number, note, { country });
      identifiers.addFromProse(note, "in the note on a document");
    } else if (document.children.length > 0 && !identifiers.addFromProse(`${type}: ${note}`, note))
      unknown.count("document without a number");
  }
}

function addAddresses(record: XmlElement, details: EntryDetails, identifiers: EntryIdentifiers): void {
  for (const element of childrenOf(record, `${record.name}_ADDRESS`)) {
    const note = fieldOf(element, "NOTE");
    details.addAddress({
      lines: [fieldOf(element, "STREET")],
      city: fieldOf(element, "CITY"),
      region: fieldOf(element, "STATE_PROVINCE"),
      postalCode: fieldOf(element, "ZIP_CODE"),
      country: fieldOf(element, "COUNTRY"),
      note,
    });
    identifiers.addFromProse(note, "in the note on an address");
  }
}

function addBirthPlaces(record: XmlElement, details: EntryDetails): void {
  for (const element of childrenOf(record, "INDIVIDUAL_PLACE_OF_BIRTH"))
    details.addBirthPlace(
      ...["STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"].map((name) => fieldOf(element, name)),
    );
  for (const element of childrenOf(record, "INDIVIDUAL_ALIAS"))
    details.addBirthPlace(fieldOf(element, "CITY_OF_BIRTH"), fieldOf(element, "COUNTRY_OF_BIRTH"));
}

/** Elements with plain text, and with VALUEs, that are told as they stand. */
const remarkElements: readonly (readonly [element: string, label: string])[] = [
  ["GENDER", "Gender"],
  ["SUBMITTED_BY", "Submitted by"],
  ["SUBMITTED_ON", "Submitted on"],
  ["NATIONALITY2", "Second nationality"],
  ["DELISTED_ON", "Delisted on"],
];

function addRemarks(record: XmlElement, details: EntryDetails, identifiers: EntryIdentifiers): void {
  for (const title of valuesOf(record, "TITLE")) details.addRemark("Title", title);
  for (const position of valuesOf(record, "DESIGNATION")) details.addRemark("Position", position);
  for (const [element, label] of remarkElements) details.addRemark(label, fieldOf(record, element));
  for (const alias of aliasesOf(record)) details.addRemark("Note on a name", fieldOf(alias, "NOTE"));
  details.addProse("Comments", fieldOf(record, "COMMENTS1"), identifiers);
}

function datesOf(texts: readonly string[], element: string, unknown: Tally): readonly string[] {
  const dates = texts.filter((text) => text !== "").map(dateOfIso);
  for (const date of dates) if (date === null) unknown.count(`date in ${element}`);
  return dates.filter((date) => date !== null).toSorted();
}

/** REFERENCE_NUMBER, the key that lasts: DATAID changes between editions. */
function keyOf(record: XmlElement): string {
  const key = fieldOf(record, "REFERENCE_NUMBER");
  if (key === "" || key.length > maxKeyChars) throw refuse("an entry without a usable REFERENCE_NUMBER", record);
  return key;
}

/** The letters before `i.` or `e.` of a reference number (`QDi.006`) are the UN's code of the regime. */
function regimeCodeOf(key: string, unknown: Tally): string | null {
  const code = /^([A-Z]{2,3})[ie]\.\d+$/.exec(key)?.[1] ?? null;
  if (code === null) unknown.count("REFERENCE_NUMBER without a regime code");
  return code;
}

/**
 * One INDIVIDUAL or ENTITY as a designation. Throws LIST_MALFORMED, with the line, for a missing key or name and for
 * an alias quality that is not known; what is not understood beside the names is counted in `unknown`.
 */
export function unDesignation(
  record: XmlElement,
  type: DesignationType,
  { unknown, notKept }: { readonly unknown: Tally; readonly notKept: Tally },
): Designation {
  const key = keyOf(record);
  const listType = fieldOf(record, "UN_LIST_TYPE");
  const regime = unRegime(listType);
  if (regime === null) unknown.count("UN_LIST_TYPE");
  const identifiers = createEntryIdentifiers(unknown);
  const details = createEntryDetails(notKept);
  addDocuments(record, identifiers, unknown);
  addAddresses(record, details, identifiers);
  addBirthPlaces(record, details);
  addRemarks(record, details, identifiers);
  return {
    id: designationId("un", key),
    list: "un",
    type,
    names: namesOf(record, unknown),
    regime: regime ?? listType,
    regimeCode: regimeCodeOf(key, unknown),
    measures: [],
    birthDates: birthDatesOf(record, unknown),
    nationalities: nationalitiesOf(valuesOf(record, "NATIONALITY"), unknown),
    identifiers: identifiers.list(),
    designatedOn: datesOf([fieldOf(record, "LISTED_ON")], "LISTED_ON", unknown).at(0) ?? null,
    updatedOn: datesOf(valuesOf(record, "LAST_DAY_UPDATED"), "LAST_DAY_UPDATED", unknown).at(-1) ?? null,
    references: [],
    ...details.fields(),
  };
}
