import { CordonError } from "@cordon/errors";
import {
  type Designation,
  designationId,
  type DesignationType,
  type IdentifierKind,
  type ListedAddress,
  type ListedBirthDate,
  type ListedName,
  type ListedRemark,
  type ListedVesselFact,
  type NameKind,
  type NameStrength,
  type VesselFactKind,
} from "@cordon/matching/listed";

import { cleanText, detached } from "../format/clean-text.ts";
import { countryCode } from "../publisher/countries.ts";
import { dateOfIso, dayMonthYear } from "../publisher/dates.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { imoValues } from "../publisher/imo-values.ts";
import { createListedIdentifiers } from "../publisher/listed-identifiers.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { ukBirthDate } from "../uk/birth-date.ts";
import { ukFullName } from "../uk/names.ts";
import { type OfsiField, ofsiFieldNames, type OfsiRecord } from "./fields.ts";
import { numbered, pairedWith } from "./numbered.ts";
import { labelledParts } from "./other-information.ts";

/** One target being gathered from its records. */
export interface OfsiEntry {
  /** Throws LIST_MALFORMED for a type, alias type or quality that is not known. */
  readonly add: (record: OfsiRecord) => void;
  /** Throws LIST_MALFORMED if no record had a name. */
  readonly designation: () => Designation;
}

const types: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["individual", "PERSON"],
  ["entity", "ORGANISATION"],
  ["ship", "VESSEL"],
]);

const nameKinds: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ["primary name", "PRIMARY"],
  ["primary name variation", "VARIATION"],
  ["aka", "ALIAS"],
  ["alias", "ALIAS"],
  ["fka", "FORMER"],
]);

const nameStrengths: ReadonlyMap<string, NameStrength> = new Map<string, NameStrength>([
  ["", "UNKNOWN"],
  ["good quality", "STRONG"],
  ["low quality", "WEAK"],
]);

/** `GrpStatus`: what is imposed on the target. */
const statuses: ReadonlyMap<string, string> = new Map([
  ["a", "Asset freeze"],
  ["i", "Investment ban"],
]);

const vesselFacts: readonly (readonly [OfsiField, VesselFactKind])[] = [
  ["shipType", "TYPE"],
  ["flag", "FLAG"],
  ["formerFlags", "FORMER_FLAG"],
  ["owner", "OWNER"],
  ["formerOwners", "FORMER_OWNER"],
  ["tonnage", "TONNAGE"],
  ["shipLength", "LENGTH"],
  ["yearBuilt", "YEAR_BUILT"],
  ["hullNumber", "HULL_NUMBER"],
];

const remarkFields: readonly (readonly [OfsiField, string])[] = [
  ["title", "Title"],
  ["position", "Position"],
  ["gender", "Gender"],
  ["entityType", "Type of entity"],
  ["parentCompany", "Parent company"],
  ["subsidiaries", "Subsidiaries"],
  ["website", "Website"],
  ["reasons", "UK Statement of Reasons"],
];

/** Labels of `Other Information` whose text is a number of some kind, in lower case. */
const labelledNumbers: ReadonlyMap<string, IdentifierKind> = new Map<string, IdentifierKind>([
  ["phone number", "PHONE"],
  ["email address", "EMAIL"],
  ["imo number", "IMO"],
  ["business reg no", "REGISTRATION"],
  ["business registration number", "REGISTRATION"],
]);

export function refuseOfsi(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `OFSI list: ${what} at line ${String(line)}`, { details: { line } });
}

const wordsOf = (record: OfsiRecord, field: OfsiField): string => cleanText(record.field(field)).toLowerCase();

function typeOf(record: OfsiRecord): DesignationType {
  const type = types.get(wordsOf(record, "groupType"));
  if (type === undefined) throw refuseOfsi("a type of target that is not known", record.line);
  return type;
}

/** Kind and strength decide what is matched, so one we do not know refuses the file. */
function namesOf(record: OfsiRecord, type: DesignationType, unknown: Tally): readonly ListedName[] {
  const published = wordsOf(record, "aliasType");
  const kind = published === "" ? "ALIAS" : nameKinds.get(published);
  if (kind === undefined) throw refuseOfsi("an alias type that is not known", record.line);
  const strength = nameStrengths.get(wordsOf(record, "aliasQuality").replace(/ a\.?k\.?a\.?$/, ""));
  if (strength === undefined) throw refuseOfsi("an alias quality that is not known", record.line);
  const given = (["name1", "name2", "name3", "name4", "name5"] as const).map(record.field);
  const text = ukFullName(type, given, record.field("name6"));
  if (published === "" && text !== "") unknown.count("name without a type");
  const others = separateNames(cleanText(record.field("nonLatinName")));
  return [
    ...separateNames(text).map((name): ListedName => ({ text: name, kind, strength })),
    ...others.map((name): ListedName => ({ text: name, kind: "VARIATION", strength: "UNKNOWN" })),
  ];
}

function birthDatesOf(texts: readonly string[], unknown: Tally): readonly ListedBirthDate[] {
  const byText = new Map<string, ListedBirthDate>();
  for (const text of texts.flatMap(numbered)) {
    const read = ukBirthDate(text);
    if (read === null || !read.whole) unknown.count("birth date");
    if (read !== null) byText.set(`${read.birthDate.date} ${read.birthDate.until ?? ""}`, read.birthDate);
  }
  return [...byText.values()];
}

function addressOf(record: OfsiRecord): ListedAddress | null {
  const lines = (["address1", "address2", "address3", "address4", "address5", "address6"] as const).map((line) =>
    cleanText(record.field(line)),
  );
  const [postCode, country] = [cleanText(record.field("postCode")), cleanText(record.field("country"))];
  const text = [...lines, postCode, country].filter((part) => part !== "").join(", ");
  if (text === "") return null;
  return {
    text,
    city: null,
    postalCode: postCode === "" ? null : postCode,
    country: country === "" ? null : (countryCode(country) ?? country),
  };
}

/** The dates of a field as ISO text, oldest first; the CSV has `31/01/2020`, the XML `2020-01-31T00:00:00`. */
function datesOf(texts: readonly string[], field: OfsiField, unknown: Tally): readonly string[] {
  const dates = texts.map((text) => dayMonthYear(text) ?? dateOfIso(text));
  for (const date of dates) if (date === null) unknown.count(`date in ${field}`);
  return dates.filter((date) => date !== null).toSorted();
}

/**
 * Gathers one target from the records of its Group ID: one for each name, or for each name and address. Every field is
 * a set, because the same cells stand on each.
 */
export function createOfsiEntry(key: string, firstLine: number, unknown: Tally): OfsiEntry {
  const names = createEntryNames(unknown);
  const identifiers = createListedIdentifiers(unknown);
  const addresses = new Map<string, ListedAddress>();
  const birthPlaces = new Set<string>();
  const references = new Set<string>();
  const remarks = new Map<string, ListedRemark>();
  const sets = new Map<OfsiField, Set<string>>(ofsiFieldNames.map((field) => [field, new Set()]));
  let type: DesignationType | null = null;

  const textsOf = (field: OfsiField): readonly string[] => [...(sets.get(field) ?? [])];
  const remark = (label: string, text: string): void => {
    remarks.set(`${label}\n${text}`, { label, text });
  };
  const number = (kind: IdentifierKind, value: string, note: string | null = null): void => {
    for (const one of kind === "IMO" ? imoValues(value, unknown) : [value]) identifiers.add({ kind, value: one, note });
  };

  const addNumbers = (record: OfsiRecord): void => {
    for (const [kind, value, details] of [
      ["PASSPORT", "passportNumber", "passportDetails"],
      ["NATIONAL_ID", "nationalId", "nationalIdDetails"],
    ] as const) {
      const notes = numbered(record.field(details));
      const pairs = pairedWith(numbered(record.field(value)), notes);
      for (const { value: text, note } of pairs) number(kind, text, note);
      if (pairs.length === 0 && notes.length > 0)
        remark(kind === "PASSPORT" ? "Passport" : "National id", notes.join("; "));
    }
    for (const [kind, field] of [
      ["REGISTRATION", "registration"],
      ["IMO", "imoNumber"],
      ["PHONE", "phone"],
      ["EMAIL", "email"],
    ] as const)
      for (const text of numbered(record.field(field))) number(kind, text);
  };

  const reference = (list: "uk" | "un", text: string): void => {
    for (const found of text.match(list === "uk" ? /\b[A-Z]{2,5}\d{4}\b/g : /\b[A-Z]{2,3}[ie]\.\d{3}\b/gi) ?? [])
      references.add(`${list}:${found}`);
  };

  const addOtherInformation = (raw: string): void => {
    for (const { label, text } of labelledParts(raw)) {
      const kind = labelledNumbers.get(label.toLowerCase());
      if (kind !== undefined) for (const value of numbered(text)) number(kind, value);
      else if (label === "UK Sanctions List Ref") reference("uk", text);
      else if (label === "UN Ref") reference("un", text);
      else remark(label === "" ? "Other Information" : label, text);
    }
  };

  const add = (record: OfsiRecord): void => {
    const recordType = typeOf(record);
    if (type !== null && type !== recordType) throw refuseOfsi("a second type for one Group ID", record.line);
    type = recordType;
    for (const name of namesOf(record, type, unknown)) names.add(name);
    addNumbers(record);
    const address = addressOf(record);
    if (address !== null) addresses.set(address.text.toLowerCase(), address);
    const place = [record.field("townOfBirth"), record.field("countryOfBirth")].map(cleanText);
    if (place.some((part) => part !== "")) birthPlaces.add(place.filter((part) => part !== "").join(", "));
    for (const [field, texts] of sets) {
      const text = record.field(field);
      // `Other Information` stands on every record of a target, and is read once.
      if (text.trim() === "" || texts.has(text)) continue;
      texts.add(detached(text));
      if (field === "otherInformation") addOtherInformation(text);
    }
  };

  const measuresOf = (): readonly string[] => {
    const measures = textsOf("status").map((text) => statuses.get(cleanText(text).toLowerCase()) ?? null);
    for (const measure of measures) if (measure === null) unknown.count("GrpStatus");
    return [...new Set(measures.filter((measure) => measure !== null))].toSorted();
  };

  const factsOf = (): readonly ListedVesselFact[] =>
    vesselFacts.flatMap(([field, kind]) =>
      textsOf(field)
        .flatMap(numbered)
        .map((value) => ({ kind, value })),
    );

  const designation = (): Designation => {
    const listed = names.list();
    if (type === null || listed.length === 0) throw refuseOfsi("a target without a name, first", firstLine);
    if (listed[0]?.kind !== "PRIMARY") unknown.count("designation without a primary name");
    for (const text of textsOf("ukReference")) reference("uk", text);
    for (const text of textsOf("unReference")) reference("un", text);
    for (const [field, label] of remarkFields) for (const text of textsOf(field)) remark(label, cleanText(text));
    const regimes = textsOf("regime").map(cleanText);
    if (regimes.length !== 1) unknown.count("designation without one regime");
    const ukKey = [...references].find((text) => text.startsWith("uk:"));
    const measures = measuresOf();
    const facts = factsOf();
    const dates = [
      ...datesOf(textsOf("designatedOn"), "designatedOn", unknown),
      ...datesOf(textsOf("listedOn"), "listedOn", unknown),
    ];
    return {
      id: designationId("ofsi", key),
      list: "ofsi",
      type,
      names: listed,
      regime: regimes[0] ?? "",
      regimeCode: ukKey === undefined ? null : ukKey.replaceAll(/^uk:|\d+$/g, ""),
      measures,
      birthDates: birthDatesOf(textsOf("birthDate"), unknown),
      nationalities: nationalitiesOf(textsOf("nationality").flatMap(numbered), unknown),
      identifiers: identifiers.list(),
      designatedOn: dates.toSorted().at(0) ?? null,
      updatedOn: datesOf(textsOf("updatedOn"), "updatedOn", unknown).at(-1) ?? null,
      references: [...references],
      ...(measures.length > 0 ? { assetFreeze: measures.includes("Asset freeze") } : {}),
      ...(addresses.size > 0 ? { addresses: [...addresses.values()] } : {}),
      ...(birthPlaces.size > 0 ? { birthPlaces: [...birthPlaces] } : {}),
      ...(facts.length > 0 ? { vesselFacts: facts } : {}),
      ...(remarks.size > 0 ? { remarks: [...remarks.values()] } : {}),
    };
  };

  return { add, designation };
}
