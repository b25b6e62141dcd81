declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** `<list>:<publisher's key>`, for example `uk:GIM0014`. Unique across every list loaded. */
export type DesignationId = Brand<string, "DesignationId">;

/** Joins a list's short name and the publisher's own key. */
export function designationId(list: string, key: string): DesignationId {
  return `${list}:${key}` as DesignationId;
}

export const designationTypes = ["PERSON", "ORGANISATION", "VESSEL", "AIRCRAFT", "OTHER"] as const;
export type DesignationType = (typeof designationTypes)[number];

export const nameKinds = ["PRIMARY", "VARIATION", "ALIAS", "FORMER"] as const;
export type NameKind = (typeof nameKinds)[number];

/** How much the publisher trusts a name. UNKNOWN: the publisher does not say; it is matched like STRONG. */
export const nameStrengths = ["UNKNOWN", "STRONG", "WEAK"] as const;
export type NameStrength = (typeof nameStrengths)[number];

/** One name of a designation, as published, in any script. */
export interface ListedName {
  readonly text: string;
  readonly kind: NameKind;
  readonly strength: NameStrength;
  /** Script and language of the spelling in the publisher's words, where it gives them. */
  readonly script?: string;
  readonly language?: string;
}

/** ISO 8601, possibly partial (`1980`, `1980-01`, `1980-01-31`). `until` makes it a range. */
export interface ListedBirthDate {
  readonly date: string;
  readonly until: string | null;
  readonly approximate: boolean;
}

export const identifierKinds = [
  "OTHER",
  "PASSPORT",
  "NATIONAL_ID",
  "TAX_ID",
  "REGISTRATION",
  "LEI",
  "BIC",
  "IMO",
  "MMSI",
  "WALLET",
  "PHONE",
  "EMAIL",
  "IBAN",
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** `note` is what the publisher wrote beside it, such as the issuing country in prose. */
export interface ListedIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly note: string | null;
  /** Who issued it: ISO 3166-1 alpha-2 where the published text could be mapped, else the text itself. */
  readonly country?: string;
  /** Of a wallet: the publisher's code of the currency, such as `XBT`. */
  readonly currency?: string;
}

export interface ListedAddress {
  /** The whole address, its published parts joined by `, `, the country among them. */
  readonly text: string;
  readonly city: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2 where the published text could be mapped, else the text itself. */
  readonly country: string | null;
}

const vesselFactKinds = [
  "TYPE",
  "FLAG",
  "FORMER_FLAG",
  "OWNER",
  "FORMER_OWNER",
  "TONNAGE",
  "GROSS_TONNAGE",
  "LENGTH",
  "YEAR_BUILT",
  "HULL_NUMBER",
] as const;
export type VesselFactKind = (typeof vesselFactKinds)[number];

/** One thing told about a ship, as published. Its IMO number and MMSI are identifiers. */
export interface ListedVesselFact {
  readonly kind: VesselFactKind;
  readonly value: string;
}

/** What the publisher says in words, for an analyst to read: `label` says what it is, such as `Position`. */
export interface ListedRemark {
  readonly label: string;
  readonly text: string;
}

export const placeKinds = ["TOWN", "COUNTRY", "WORD"] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** What an entry that is found somewhere leads to. */
export const placeRules = ["hit", "hold", "tell"] as const;
export type PlaceRule = (typeof placeRules)[number];

/** What makes an entry one of a place or of a word that a firm looks for: its names are no names of anybody, and never compared as such. */
export interface ListedPlace {
  readonly kind: PlaceKind;
  /** ISO 3166-1 alpha-2, of a country. */
  readonly codes: readonly string[];
  /** Spellings that are also those of places elsewhere, and in which countries. */
  readonly elsewhere: readonly { readonly spelling: string; readonly countries: readonly string[] }[];
  /** Where it is said to be where somebody is, an account or a bank, or where money goes; of a word, anywhere. */
  readonly rule: PlaceRule;
  /** In any other text. */
  readonly ruleInText: PlaceRule;
  /** Where it is said to be where somebody comes from: birth place, nationality. */
  readonly ruleOfOrigin: PlaceRule;
}

/** One entry of a publisher's list, in the one model every list is read into. Plain data: it survives JSON. */
export interface Designation {
  readonly id: DesignationId;
  /** The list's short name: `uk`, `un`, `ofac`. */
  readonly list: string;
  readonly type: DesignationType;
  /** At least one; the primary name first. */
  readonly names: readonly ListedName[];
  readonly regime: string;
  readonly regimeCode: string | null;
  /** As published. Empty: the list does not say, not that there are none. */
  readonly measures: readonly string[];
  readonly birthDates: readonly ListedBirthDate[];
  /** ISO 3166-1 alpha-2 where the published text could be mapped, else the text itself. */
  readonly nationalities: readonly string[];
  readonly identifiers: readonly ListedIdentifier[];
  /** ISO 8601 dates. */
  readonly designatedOn: string | null;
  readonly updatedOn: string | null;
  /** Other publishers' keys of the same entry, such as a UN reference number. */
  readonly references: readonly string[];
  /** Whether funds are to be frozen. Absent: the list does not say. */
  readonly assetFreeze?: boolean;
  /** Absent, here and below: none published. */
  readonly addresses?: readonly ListedAddress[];
  /** As published: town, region, country. */
  readonly birthPlaces?: readonly string[];
  readonly vesselFacts?: readonly ListedVesselFact[];
  readonly remarks?: readonly ListedRemark[];
  readonly place?: ListedPlace;
}

/** What is said of every designation. */
type SaidOfEach = Pick<Designation, "id" | "list" | "type" | "names" | "regime">;

/** A designation of which nothing is said but this: in the order of the interface, so that equal ones compile to equal bytes. */
export function newDesignation({
  id,
  list,
  type,
  names,
  regime,
  ...more
}: SaidOfEach & Partial<Designation>): Designation {
  return {
    id,
    list,
    type,
    names,
    regime,
    regimeCode: null,
    measures: [],
    birthDates: [],
    nationalities: [],
    identifiers: [],
    designatedOn: null,
    updatedOn: null,
    references: [],
    ...more,
  };
}
