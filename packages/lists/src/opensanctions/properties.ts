import type { DesignationType, IdentifierKind, NameKind, NameStrength, VesselFactKind } from "@cordon/matching/listed";

/** The topic that makes an entity a designation. `sanction.linked` and the like are not listed themselves. */
export const targetTopic = "sanction";

/** FollowTheMoney schemas of things that can be listed. Another one is OTHER and counted as unknown. */
export const schemaTypes: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["Person", "PERSON"],
  ["Organization", "ORGANISATION"],
  ["Company", "ORGANISATION"],
  ["PublicBody", "ORGANISATION"],
  ["LegalEntity", "OTHER"],
  ["Vessel", "VESSEL"],
  ["Airplane", "AIRCRAFT"],
  ["CryptoWallet", "OTHER"],
  ["Security", "OTHER"],
  ["Asset", "OTHER"],
]);

/** Schemas that belong to a listed thing, and the property that says to which. Addresses are named by the thing. */
export const linkHolders: ReadonlyMap<string, string | null> = new Map([
  ["Sanction", "entity"],
  ["Passport", "holder"],
  ["Identification", "holder"],
  ["CryptoWallet", "holder"],
  ["Address", null],
]);

export const nameProperties: ReadonlyMap<string, { readonly kind: NameKind; readonly strength: NameStrength }> =
  new Map<string, { readonly kind: NameKind; readonly strength: NameStrength }>([
    ["name", { kind: "VARIATION", strength: "UNKNOWN" }],
    ["alias", { kind: "ALIAS", strength: "UNKNOWN" }],
    ["previousName", { kind: "FORMER", strength: "UNKNOWN" }],
    ["pastNames", { kind: "FORMER", strength: "UNKNOWN" }],
    ["weakAlias", { kind: "ALIAS", strength: "WEAK" }],
    ["abbreviation", { kind: "ALIAS", strength: "WEAK" }],
  ]);

/** Parts of names: the whole names are published beside them. */
const nameParts = [
  "firstName",
  "secondName",
  "middleName",
  "fatherName",
  "motherName",
  "lastName",
  "nameSuffix",
] as const;

export const identifierProperties: ReadonlyMap<
  string,
  { readonly kind: IdentifierKind; readonly note: string | null }
> = new Map<string, { readonly kind: IdentifierKind; readonly note: string | null }>([
  ["passportNumber", { kind: "PASSPORT", note: null }],
  ["idNumber", { kind: "NATIONAL_ID", note: null }],
  ["socialSecurityNumber", { kind: "NATIONAL_ID", note: "social security number" }],
  ["taxNumber", { kind: "TAX_ID", note: null }],
  ["innCode", { kind: "TAX_ID", note: "INN" }],
  ["vatCode", { kind: "TAX_ID", note: "VAT" }],
  ["registrationNumber", { kind: "REGISTRATION", note: null }],
  ["ogrnCode", { kind: "REGISTRATION", note: "OGRN" }],
  ["uscCode", { kind: "REGISTRATION", note: "USCC" }],
  ["leiCode", { kind: "LEI", note: null }],
  ["swiftBic", { kind: "BIC", note: null }],
  ["imoNumber", { kind: "IMO", note: null }],
  ["mmsi", { kind: "MMSI", note: null }],
  ["publicKey", { kind: "WALLET", note: null }],
  ["iban", { kind: "IBAN", note: null }],
  ["phone", { kind: "PHONE", note: null }],
  ["email", { kind: "EMAIL", note: null }],
  // Shared by many, or of registers no payment speaks of: kept for an analyst to read.
  ["kppCode", { kind: "OTHER", note: "KPP" }],
  ["okpoCode", { kind: "OTHER", note: "OKPO" }],
  ["bikCode", { kind: "OTHER", note: "BIK" }],
  ["dunsCode", { kind: "OTHER", note: "D-U-N-S" }],
  ["uniqueEntityId", { kind: "OTHER", note: "UEI" }],
  ["permId", { kind: "OTHER", note: "PermID" }],
  ["npiCode", { kind: "OTHER", note: "NPI" }],
  ["cikCode", { kind: "OTHER", note: "CIK" }],
  ["isin", { kind: "OTHER", note: "ISIN" }],
  ["isinCode", { kind: "OTHER", note: "ISIN" }],
  ["callSign", { kind: "OTHER", note: "call sign" }],
  ["accountNumber", { kind: "OTHER", note: "account" }],
]);

export const vesselProperties: ReadonlyMap<string, VesselFactKind> = new Map<string, VesselFactKind>([
  ["type", "TYPE"],
  ["flag", "FLAG"],
  ["pastFlags", "FORMER_FLAG"],
  ["tonnage", "TONNAGE"],
  ["deadweightTonnage", "TONNAGE"],
  ["grossRegisteredTonnage", "GROSS_TONNAGE"],
  ["buildDate", "YEAR_BUILT"],
]);

/** What an analyst should be able to read, and what it is called. */
export const remarkProperties: ReadonlyMap<string, string> = new Map([
  ["position", "Position"],
  ["title", "Title"],
  ["gender", "Gender"],
  ["status", "Status"],
  ["legalForm", "Legal form"],
  ["incorporationDate", "Incorporated"],
  ["dissolutionDate", "Dissolved"],
  ["deathDate", "Died"],
  ["birthCountry", "Country of birth"],
  ["notes", "Notes"],
]);

/** What else is read from a listed thing. */
const otherTargetProperties = [
  "topics",
  "programId",
  "birthDate",
  "birthPlace",
  "nationality",
  "citizenship",
  "jurisdiction",
  "country",
  "address",
  "addressEntity",
  "currency",
  "holder",
] as const;

/** Known and of no use for screening; counted as not kept. */
const notKept = [
  ...nameParts,
  "aliasEntity",
  "amount",
  "amountUsd",
  "classification",
  "createdAt",
  "description",
  "education",
  "ethnicity",
  "keywords",
  "mainCountry",
  "model",
  "modifiedAt",
  "operator",
  "owner",
  "parent",
  "political",
  "previousAddress",
  "program",
  "programUrl",
  "publisher",
  "registrationPort",
  "religion",
  "retrievedAt",
  "sector",
  "sourceUrl",
  "summary",
  "website",
  "wikidataId",
  "wikipediaUrl",
] as const;

/** What is read of each linked schema. */
const linkProperties: Readonly<Record<string, readonly string[]>> = {
  Sanction: [
    "entity",
    "program",
    "programId",
    "provisions",
    "startDate",
    "listingDate",
    "authority",
    "reason",
    "unscId",
  ],
  Passport: ["holder", "number", "passportNumber", "country", "type", "startDate", "endDate"],
  Identification: ["holder", "number", "country", "type", "authority", "startDate", "endDate"],
  Address: [
    "full",
    "remarks",
    "postOfficeBox",
    "street",
    "street2",
    "city",
    "postalCode",
    "region",
    "state",
    "country",
  ],
};

const targetProperties: ReadonlySet<string> = new Set([
  ...nameProperties.keys(),
  ...identifierProperties.keys(),
  ...vesselProperties.keys(),
  ...remarkProperties.keys(),
  ...otherTargetProperties,
]);

const knownNotKept: ReadonlySet<string> = new Set(notKept);

/** A property we do not know that speaks of names: taken for an alias, because a name too many is the safe mistake. */
export const isNewNameProperty = (property: string): boolean =>
  /(?:name|alias|names|aliases)$/i.test(property) && !knownNotKept.has(property) && !nameProperties.has(property);

/** Whether a property of an entity is read; a linked schema has its own, and a wallet those of a thing. */
export function isRead(schema: string, property: string): boolean {
  const own = linkProperties[schema];
  if (own !== undefined) return own.includes(property);
  return targetProperties.has(property) || isNewNameProperty(property);
}

/** Whether a property that is not read is one we know. The facts of a linked record are not told apart. */
export function isKnown(schema: string, property: string): boolean {
  return linkProperties[schema] !== undefined || knownNotKept.has(property);
}
