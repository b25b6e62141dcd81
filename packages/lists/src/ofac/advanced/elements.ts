import type { KnownElements } from "../../format/known-elements.ts";

const period = "@CalendarTypeID @YearFixed @MonthFixed @DayFixed Comment Start End";
const point = "@Approximate @YearFixed @MonthFixed @DayFixed From To";
const date = "@CalendarTypeID Year Month Day";

/** What parties, places, documents and entries hold, by OFAC's schema; bookkeeping among it. */
export const advancedElements: KnownElements = {
  DistinctParty: "@FixedRef @DeltaAction Comment Profile",
  Profile: "@ID @PartySubTypeID @DeltaAction Comment Identity Feature SanctionsEntryReference ExternalReference",
  Identity: "@ID @FixedRef @Primary @False Comment Alias NamePartGroups IDRegDocumentReference",
  Alias: "@FixedRef @AliasTypeID @Primary @LowQuality Comment DocumentedName",
  DocumentedName:
    "@ID @FixedRef @DocNameStatusID Comment DocumentedNamePart DocumentedNameCountry DocumentedNameLanguage",
  DocumentedNamePart: "Comment NamePartValue",
  NamePartValue: "@NamePartGroupID @ScriptID @ScriptStatusID @Acronym #text Comment",
  NamePartGroups: "MasterNamePartGroup",
  MasterNamePartGroup: "NamePartGroup",
  NamePartGroup: "@ID @NamePartTypeID",
  Feature: "@ID @FeatureTypeID @DeltaAction Comment FeatureVersion IdentityReference",
  FeatureVersion: "@ID @ReliabilityID Comment DatePeriod VersionDetail VersionLocation IdentityReference",
  VersionDetail: "@DetailTypeID @DetailReferenceID",
  VersionLocation: "@LocationID",
  IdentityReference: "@IdentityID @IdentityFeatureLinkTypeID Comment",
  Location: "@ID Comment LocationAreaCode LocationCountry LocationPart FeatureVersionReference IDRegDocumentReference",
  LocationAreaCode: "@AreaCodeID",
  LocationCountry: "@CountryID @CountryRelevanceID",
  LocationPart: "@LocPartTypeID LocationPartValue",
  LocationPartValue: "@Primary @LocPartValueTypeID @LocPartValueStatusID Comment Value",
  FeatureVersionReference: "@FeatureVersionID",
  IDRegDocumentReference: "@DocumentID @IDRegDocumentID",
  IDRegDocument:
    "@ID @IDRegDocTypeID @IdentityID @IssuedBy-CountryID @IssuedIn-LocationID @ValidityID Comment IDRegistrationNo " +
    "IssuingAuthority DocumentDate IDRegDocumentMention DocumentMention FeatureVersionReference " +
    "DocumentedNameReference ProfileReference",
  DocumentDate: "@IDRegDocDateTypeID DatePeriod",
  IDRegDocumentMention: "@ReferencedDocumentID @IDRegDocID",
  DocumentedNameReference: "@DocumentedNameID",
  SanctionsEntry: "@ID @ProfileID @ListID @DeltaAction LimitationsToPublic EntryEvent SanctionsMeasure",
  EntryEvent: "@ID @EntryEventTypeID @LegalBasisID Comment Date",
  SanctionsMeasure: "@ID @SanctionsTypeID Comment DatePeriod",
  DatePeriod: period,
  Start: point,
  End: point,
  From: date,
  To: date,
  Date: date,
};
