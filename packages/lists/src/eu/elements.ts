import type { IdentifierKind } from "@cordon/matching/listed";

import type { KnownElements } from "../format/known-elements.ts";

/** Of every element inside an entity: its key, and the regulation that brought it. */
const common = "@logicalId @regulationLanguage remark regulationSummary";
const country = "@countryIso2Code @countryDescription @region";

/** What a sanctionEntity holds in the edition 1.1. */
export const euElements: KnownElements = {
  sanctionEntity:
    "@designationDate @designationDetails @unitedNationId @euReferenceNumber @logicalId remark regulation " +
    "subjectType nameAlias citizenship birthdate identification address contactInfo",
  regulation:
    "@regulationType @organisationType @publicationDate @entryIntoForceDate @numberTitle @programme @logicalId " +
    "publicationUrl remark",
  regulationSummary: "@regulationType @publicationDate @numberTitle @publicationUrl",
  subjectType: "@code @classificationCode",
  nameAlias: `@firstName @middleName @lastName @wholeName @function @gender @title @nameLanguage @strong ${common}`,
  citizenship: `${country} ${common}`,
  birthdate:
    `@circa @calendarType @city @zipCode @birthdate @dayOfMonth @monthOfYear @year @yearRangeFrom @yearRangeTo @place ` +
    `${country} ${common}`,
  identification:
    "@diplomatic @knownExpired @knownFalse @reportedLost @revokedByIssuer @issuedBy @issuedDate @validFrom @validTo " +
    `@latinNumber @nameOnDocument @number @identificationTypeCode @identificationTypeDescription ${country} ${common}`,
  address: `@city @street @poBox @zipCode @place @asAtListingTime ${country} contactInfo ${common}`,
  contactInfo: `@key @value ${common}`,
};

export const euIdentificationKinds: ReadonlyMap<string, IdentifierKind> = new Map<string, IdentifierKind>([
  ["passport", "PASSPORT"],
  ["diplomaticpassport", "PASSPORT"],
  ["id", "NATIONAL_ID"],
  ["ssn", "NATIONAL_ID"],
  ["swiftbic", "BIC"],
  ["imo", "IMO"],
  ["mmsi", "MMSI"],
  ["regnumber", "REGISTRATION"],
  ["fiscalcode", "TAX_ID"],
  ["tin", "TAX_ID"],
  ["iban", "IBAN"],
  ["lei", "LEI"],
  ["other", "OTHER"],
]);
