import type { ListedBirthDate, VesselFactKind } from "@cordon/matching/listed";

import { cleanText } from "../../format/clean-text.ts";
import { childrenOf, descendantsOf, fieldOf } from "../../format/xml-fields.ts";
import type { XmlElement } from "../../format/xml-records.ts";
import type { AddressParts, EntryDetails } from "../../publisher/entry-details.ts";
import type { EntryIdentifiers } from "../../publisher/entry-identifiers.ts";
import type { Tally } from "../../tally.ts";
import { addNumber, ofacTypedNumber } from "../number-labels.ts";
import { remarkIdTypes } from "../xml-elements.ts";
import { birthDateOfPeriod } from "./date-period.ts";
import type { ReferenceValues } from "./reference-values.ts";

export interface FeaturesReading {
  readonly references: ReferenceValues;
  readonly locations: ReadonlyMap<string, AddressParts>;
  readonly unknown: Tally;
}

/** What features add to. */
export interface FeatureTarget {
  readonly identifiers: EntryIdentifiers;
  readonly details: EntryDetails;
  readonly birthDates: ListedBirthDate[];
  readonly nationalities: string[];
}

const vesselFeatures: ReadonlyMap<string, VesselFactKind> = new Map<string, VesselFactKind>([
  ["vessel flag", "FLAG"],
  ["other vessel flag", "FORMER_FLAG"],
  ["former vessel flag", "FORMER_FLAG"],
  ["vessel type", "TYPE"],
  ["vessel owner", "OWNER"],
  ["vessel tonnage", "TONNAGE"],
  ["vessel gross tonnage", "GROSS_TONNAGE"],
  ["vessel gross registered tonnage", "GROSS_TONNAGE"],
  ["vessel year of build", "YEAR_BUILT"],
]);

/** One version of a feature. */
interface FeatureValue {
  readonly text: string;
  readonly periods: readonly XmlElement[];
  readonly places: readonly AddressParts[];
}

function valueOf(version: XmlElement, { references, locations, unknown }: FeaturesReading): FeatureValue {
  const details = childrenOf(version, "VersionDetail").map(
    ({ text, attributes }) => cleanText(text) || references.text("DetailReference", attributes["DetailReferenceID"]),
  );
  const places = childrenOf(version, "VersionLocation").flatMap(({ attributes }) => {
    const place = locations.get(attributes["LocationID"] ?? "");
    if (place === undefined) unknown.count("location that the file does not have");
    return place === undefined ? [] : [place];
  });
  const text = [...details, fieldOf(version, "Comment")].filter((part) => part !== "").join(", ");
  return { text, periods: childrenOf(version, "DatePeriod"), places };
}

function placeText({ lines = [], city, region, country }: AddressParts): readonly string[] {
  return [...lines, city ?? "", region ?? "", country ?? ""];
}

function addBirthDates({ periods, text }: FeatureValue, target: FeatureTarget, unknown: Tally): void {
  for (const period of periods) {
    const date = birthDateOfPeriod(period);
    if (date === null) unknown.count("birth date");
    else target.birthDates.push(date);
  }
  target.details.addRemark("Birth date", text);
}

/** A place or a country as its own kind; true when the feature was one of these. */
function addPlace(type: string, { text, places }: FeatureValue, { details, nationalities }: FeatureTarget): boolean {
  if (type === "place of birth") {
    for (const place of places) details.addBirthPlace(...placeText(place));
    details.addBirthPlace(text);
  } else if (type === "nationality country" || type === "citizenship country") {
    nationalities.push(...places.map(({ country }) => country ?? ""), text);
  } else if (type === "location") for (const place of places) details.addAddress({ ...place, note: text });
  else return false;
  return true;
}

function addOther(type: string, value: FeatureValue, target: FeatureTarget, unknown: Tally): void {
  const words = [value.text, ...value.places.flatMap(placeText)].filter((part) => part !== "").join(", ");
  const vesselFact = vesselFeatures.get(type.toLowerCase());
  const number = value.text === "" ? null : ofacTypedNumber(type, value.text, "");
  if (vesselFact !== undefined) target.details.addVesselFact(vesselFact, words);
  else if (number !== null) addNumber(target.identifiers, number);
  else {
    if (type === "" || !(remarkIdTypes.test(type) || type.endsWith(":"))) unknown.count(`feature ${type.slice(0, 64)}`);
    const dates = value.periods.flatMap((period) => birthDateOfPeriod(period)?.date ?? []);
    target.details.addProse(
      type.replace(/\s*[:-]$/, "") || "Feature",
      [words, ...dates].filter((part) => part !== "").join(", "),
      target.identifiers,
    );
  }
}

/** Reads the features of a profile by the texts of their types; one of no known type is a remark, and is counted. */
export function readFeatures(profile: XmlElement, target: FeatureTarget, reading: FeaturesReading): void {
  for (const feature of childrenOf(profile, "Feature")) {
    const type = reading.references.text("FeatureType", feature.attributes["FeatureTypeID"]);
    for (const version of descendantsOf(feature, "FeatureVersion")) {
      const value = valueOf(version, reading);
      if (type.toLowerCase() === "birthdate") addBirthDates(value, target, reading.unknown);
      else if (!addPlace(type.toLowerCase(), value, target)) addOther(type, value, target, reading.unknown);
    }
  }
}
