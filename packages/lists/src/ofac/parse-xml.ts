import { CordonError } from "@cordon/errors";
import type { Designation, DesignationType, ListedBirthDate, ListedName } from "@cordon/matching/listed";

import { countUnknownElements } from "../format/known-elements.ts";
import { type ListTallies, readXmlList, refusalOf } from "../format/read-xml-list.ts";
import { descendantsOf, fieldOf } from "../format/xml-fields.ts";
import type { XmlElement } from "../format/xml-records.ts";
import type { ParseOptions } from "../parse-options.ts";
import type { ParsedList } from "../parsed-list.ts";
import { isoDate } from "../publisher/dates.ts";
import { createEntryDetails, type EntryDetails } from "../publisher/entry-details.ts";
import { createEntryIdentifiers, type EntryIdentifiers } from "../publisher/entry-identifiers.ts";
import type { Tally } from "../tally.ts";
import { ofacBirthDate } from "./birth-date.ts";
import { ofacAliasKinds, ofacDesignation, type OfacEntry, type OfacListName, ofacTypes } from "./entry.ts";
import { addNumber, ofacTypedNumber } from "./number-labels.ts";
import { readRemarks } from "./remarks.ts";
import { ofacXmlElements, remarkIdTypes, vesselElements } from "./xml-elements.ts";

interface Reading extends ListTallies {
  readonly list: OfacListName;
}

/** Longest uid; the published ones have five digits. */
const longestKey = 12;

const refuse = refusalOf("OFAC list (XML)");

function checkRoot(name: string, namespace: string | undefined, line: number): void {
  if (name !== "sdnList") throw refuse("a root element other than sdnList", line);
  if (namespace !== undefined && !/\/XML$/i.test(namespace))
    throw refuse("a namespace this parser does not know", line);
}

/**
 * Reads SDN.XML or CONSOLIDATED.XML, which have one schema (`sdnList` of `sdnEntry`), from bytes cut anywhere, one
 * entry at a time. Weak a.k.a.s are marked there; `idList` holds remarks beside numbers.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for what
 * is not this list or not complete, another count of entries than the file states, a DOCTYPE, another root or
 * namespace, an unknown type of entry or alias, a new element about names, a uid that is missing or occurs twice.
 */
export function parseOfacXml(
  list: OfacListName,
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  return readXmlList(chunks, options, (tallies) => {
    let publishedAt: string | null = null;
    let stated: string | null = null;
    return {
      list,
      refuse,
      recordDepth: 2,
      key: "a uid",
      onStart: ({ name, attributes, line }) => {
        checkRoot(name, attributes["xmlns"], line);
      },
      designationOf: (record) => {
        if (record.name === "publshInformation") {
          publishedAt = monthDayYear(fieldOf(record, "Publish_Date"));
          stated = fieldOf(record, "Record_Count");
          return null;
        }
        if (record.name !== "sdnEntry") throw refuse("an entry of another kind", record.line);
        return designationOf(record, { list, ...tallies });
      },
      publishedAt: () => publishedAt,
      publishedIn: "Publish_Date",
      onEnd: (entries) => {
        refuseOtherCount(stated, entries);
      },
    };
  });
}

/** The file says how many entries it has: another number means that some are gone, whatever the XML looks like. */
function refuseOtherCount(stated: string | null, entries: number): void {
  if (stated === null || stated === "" || Number(stated) === entries) return;
  throw new CordonError("LIST_MALFORMED", "OFAC list (XML): Record_Count is not the number of entries", {
    details: { stated: stated.slice(0, 12), entries },
  });
}

/** ISO date of `03/28/2025`, OFAC's form; null for anything else. */
function monthDayYear(text: string): string | null {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return parts === null ? null : isoDate(parts[3] ?? "", parts[1], parts[2]);
}

function keyOf(record: XmlElement): string {
  const key = fieldOf(record, "uid");
  if (!/^\d+$/.test(key) || key.length > longestKey) throw refuse("an entry without a uid", record.line);
  return key;
}

function typeOf(record: XmlElement): DesignationType {
  const type = ofacTypes.get(fieldOf(record, "sdnType").toLowerCase());
  if (type === undefined) throw refuse("an sdnType that is not known", record.line);
  return type;
}

function designationOf(record: XmlElement, { list, unknown, notKept }: Reading): Designation {
  countUnknownElements(record, { list: "OFAC", known: ofacXmlElements, unknown });
  const identifiers = createEntryIdentifiers(unknown);
  const details = createEntryDetails(notKept);
  addIds(record, { identifiers, details, unknown });
  addPlaces(record, details);
  addVessel(record, details, identifiers);
  details.addRemark("Title", fieldOf(record, "title"));
  const remarks = readRemarks(fieldOf(record, "remarks"), { unknown, identifiers, details });
  const entry: OfacEntry = {
    list,
    key: keyOf(record),
    type: typeOf(record),
    names: [
      ...namesOf(record, unknown),
      ...remarks.weakNames.map((weak): ListedName => ({ ...weak, strength: "WEAK" })),
    ],
    programmes: textsOf(record, "programList", "program"),
    birthDates: [...birthDatesOf(record, unknown), ...remarks.birthDates],
    nationalities: [
      ...fieldsOf(record, "country", "nationalityList", "nationality"),
      ...fieldsOf(record, "country", "citizenshipList", "citizenship"),
      ...remarks.nationalities,
    ],
    identifiers,
    details,
  };
  return ofacDesignation(entry, unknown);
}

const filled = (text: string): boolean => text !== "";

function textsOf(record: XmlElement, ...path: readonly string[]): readonly string[] {
  return descendantsOf(record, ...path)
    .map(({ text }) => text.trim())
    .filter(filled);
}

function fieldsOf(record: XmlElement, field: string, ...path: readonly string[]): readonly string[] {
  return descendantsOf(record, ...path)
    .map((element) => fieldOf(element, field))
    .filter(filled);
}

/** `SURNAME, Given`, as in the CSV; a weak a.k.a. has the whole name in lastName already. */
function nameOf(element: XmlElement): string {
  return [fieldOf(element, "lastName"), fieldOf(element, "firstName")].filter(filled).join(", ");
}

function namesOf(record: XmlElement, unknown: Tally): readonly ListedName[] {
  const primary = nameOf(record);
  if (primary === "") throw refuse("an entry without a name", record.line);
  const aliases = descendantsOf(record, "akaList", "aka").map((aka): ListedName => {
    const kind = ofacAliasKinds.get(fieldOf(aka, "type").toLowerCase().replaceAll(".", ""));
    if (kind === undefined) throw refuse("an alias type that is not known", aka.line);
    const category = fieldOf(aka, "category").toLowerCase();
    if (category !== "strong" && category !== "weak") throw refuse("an alias category that is not known", aka.line);
    const text = nameOf(aka);
    if (text === "") unknown.count("alias without a name");
    return { text, kind, strength: category === "weak" ? "WEAK" : "STRONG" };
  });
  return [{ text: primary, kind: "PRIMARY", strength: "STRONG" }, ...aliases.filter(({ text }) => text !== "")];
}

function birthDatesOf(record: XmlElement, unknown: Tally): readonly ListedBirthDate[] {
  const dates = fieldsOf(record, "dateOfBirth", "dateOfBirthList", "dateOfBirthItem").map(ofacBirthDate);
  for (const date of dates) if (date === null) unknown.count("birth date");
  return dates.filter((date) => date !== null);
}

interface AddIds {
  readonly identifiers: EntryIdentifiers;
  readonly details: EntryDetails;
  readonly unknown: Tally;
}

/** Numbers by their type; what is a remark in truth is kept as one, and a type that is neither is counted. */
function addIds(record: XmlElement, { identifiers, details, unknown }: AddIds): void {
  for (const id of descendantsOf(record, "idList", "id")) {
    const [type, number, country] = [fieldOf(id, "idType"), fieldOf(id, "idNumber"), fieldOf(id, "idCountry")];
    const [issued, expires] = [fieldOf(id, "issueDate"), fieldOf(id, "expirationDate")];
    const note = [country, issued && `issued ${issued}`, expires && `expires ${expires}`].filter(filled).join(", ");
    const known = number === "" ? null : ofacTypedNumber(type, number, note);
    if (known !== null) addNumber(identifiers, known, country);
    else {
      if (!remarkIdTypes.test(type)) unknown.count(`document ${type.slice(0, 64)}`);
      details.addProse(type.replace(/:$/, ""), [number, note].filter(filled).join(", "), identifiers);
    }
  }
}

function addPlaces(record: XmlElement, details: EntryDetails): void {
  for (const address of descendantsOf(record, "addressList", "address"))
    details.addAddress({
      lines: ["address1", "address2", "address3"].map((line) => fieldOf(address, line)),
      city: fieldOf(address, "city"),
      region: fieldOf(address, "stateOrProvince"),
      postalCode: fieldOf(address, "postalCode"),
      country: fieldOf(address, "country"),
    });
  for (const place of fieldsOf(record, "placeOfBirth", "placeOfBirthList", "placeOfBirthItem"))
    details.addBirthPlace(place);
}

function addVessel(record: XmlElement, details: EntryDetails, identifiers: EntryIdentifiers): void {
  for (const vessel of descendantsOf(record, "vesselInfo")) {
    for (const [kind, element] of vesselElements) details.addVesselFact(kind, fieldOf(vessel, element));
    identifiers.add("OTHER", fieldOf(vessel, "callSign"), "Call Sign");
  }
}
