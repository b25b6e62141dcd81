import { CordonError } from "@cordon/errors";
import type { Designation, DesignationType } from "@cordon/matching/listed";

import { childrenOf, descendantsOf, fieldOf } from "../../format/xml-fields.ts";
import type { XmlElement } from "../../format/xml-records.ts";
import { createEntryDetails } from "../../publisher/entry-details.ts";
import { createEntryIdentifiers } from "../../publisher/entry-identifiers.ts";
import type { Tally } from "../../tally.ts";
import { ofacDesignation, type OfacListName, ofacTypes } from "../entry.ts";
import { addNumber, ofacTypedNumber } from "../number-labels.ts";
import { type FeaturesReading, type FeatureTarget, readFeatures } from "./features.ts";
import type { AdvancedDocument } from "./held-parts.ts";
import { namesOfIdentity } from "./names.ts";

export interface PartyReading extends FeaturesReading {
  readonly list: OfacListName;
  /** By the identity that holds them. */
  readonly documents: Map<string, AdvancedDocument[]>;
  readonly notKept: Tally;
}

export interface AdvancedParty {
  readonly designation: Designation;
  readonly profiles: readonly string[];
}

const longestKey = 12;

function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `OFAC list (ADVANCED): ${what} at line ${String(line)}`, {
    details: { line },
  });
}

/** By the text of the subtype, or, where it says nothing (`Unknown`), of the type that it belongs to. */
function typeOf(profile: XmlElement, { references }: PartyReading): DesignationType {
  const id = profile.attributes["PartySubTypeID"];
  const own = references.text("PartySubType", id);
  const above = references.text("PartyType", references.attribute("PartySubType", id, "PartyTypeID"));
  const type = ofacTypes.get(own.toLowerCase()) ?? ofacTypes.get(above.toLowerCase());
  if (type === undefined) throw refuse("a party type that is not known", profile.line);
  return type;
}

/** Adds the documents of an identity and forgets them. */
function addDocuments(identity: string, { identifiers, details }: FeatureTarget, reading: PartyReading): void {
  for (const { type, number, country, note } of reading.documents.get(identity) ?? []) {
    const known = number === "" ? null : ofacTypedNumber(type, number, note);
    if (known !== null) addNumber(identifiers, known, country);
    else {
      reading.unknown.count(number === "" ? "document without a number" : `document ${type.slice(0, 64)}`);
      if (number === "") details.addProse(type, note, identifiers);
      else identifiers.add("OTHER", number, [type, note].filter((text) => text !== "").join(", "), { country });
    }
  }
  reading.documents.delete(identity);
}

/** A DistinctParty as a designation, but for its programmes, which stand further down. Throws LIST_MALFORMED. */
export function advancedParty(party: XmlElement, reading: PartyReading): AdvancedParty {
  const key = party.attributes["FixedRef"] ?? "";
  if (!/^\d+$/.test(key) || key.length > longestKey) throw refuse("a party without a FixedRef", party.line);
  const profiles = childrenOf(party, "Profile");
  const [first] = profiles;
  if (first === undefined) throw refuse("a party without a profile", party.line);
  const target: FeatureTarget = {
    identifiers: createEntryIdentifiers(reading.unknown),
    details: createEntryDetails(reading.notKept),
    birthDates: [],
    nationalities: [],
  };
  const identities = profiles.flatMap((profile) => childrenOf(profile, "Identity"));
  const names = identities.flatMap((identity) => namesOfIdentity(identity, reading));
  if (names.length === 0) throw refuse("a party without a name", party.line);
  for (const { attributes } of identities) addDocuments(attributes["ID"] ?? "", target, reading);
  for (const profile of profiles) readFeatures(profile, target, reading);
  for (const text of [fieldOf(party, "Comment"), ...profiles.map((profile) => fieldOf(profile, "Comment"))])
    target.details.addProse("Comment", text, target.identifiers);
  for (const alias of descendantsOf(party, "Profile", "Identity", "Alias"))
    target.details.addRemark("Note on a name", fieldOf(alias, "Comment"));
  const entry = { list: reading.list, key, type: typeOf(first, reading), names, programmes: null, ...target };
  return {
    designation: ofacDesignation(
      { ...entry, nationalities: target.nationalities.filter((country) => country !== "") },
      reading.unknown,
    ),
    profiles: profiles.map(({ attributes }) => attributes["ID"] ?? ""),
  };
}
