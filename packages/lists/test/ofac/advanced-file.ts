/** The tables by which the parts below name their types. */
export const references = `<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
<CountryValues><Country ID="11091" ISO2="IQ">Iraq</Country></CountryValues>
<DetailReferenceValues><DetailReference ID="91526">Female</DetailReference></DetailReferenceValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
<FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="25">Location</FeatureType>
<FeatureType ID="224">Gender</FeatureType><FeatureType ID="345">Digital Currency Address - ETH</FeatureType>
<FeatureType ID="13">SWIFT/BIC</FeatureType><FeatureType ID="999">Favourite Colour</FeatureType></FeatureTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType><IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType></IDRegDocTypeValues>
<IDRegDocDateTypeValues><IDRegDocDateType ID="1480">Issue Date</IDRegDocDateType></IDRegDocDateTypeValues>
<LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType><NamePartType ID="1525">Entity Name</NamePartType></NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
<RelationTypeValues><RelationType ID="15003">Associate Of</RelationType></RelationTypeValues>
<SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="2">Block</SanctionsType></SanctionsTypeValues>
<ScriptValues><Script ID="215">Latin</Script><Script ID="220">Cyrillic</Script></ScriptValues>
</ReferenceValueSets>`;

const day = (name: string, date: string): string => {
  const [year, month, dayOfMonth] = date.split("-").map(Number);
  return `<${name}><Year>${String(year)}</Year><Month>${String(month)}</Month><Day>${String(dayOfMonth)}</Day></${name}>`;
};

export function datePeriod(from: string, to: string, approximate = false): string {
  const mark = `Approximate="${String(approximate)}"`;
  return `<DatePeriod CalendarTypeID="1" YearFixed="false" MonthFixed="false" DayFixed="false"><Start ${mark}>${day("From", from)}${day("To", from)}</Start><End ${mark}>${day("From", to)}${day("To", to)}</End></DatePeriod>`;
}

export function feature(type: string, inside: string): string {
  return `<Feature ID="1" FeatureTypeID="${type}"><FeatureVersion ID="1" ReliabilityID="1"><Comment/>${inside}</FeatureVersion><IdentityReference IdentityID="1" IdentityFeatureLinkTypeID="1"/></Feature>`;
}

export const detail = (text: string): string => `<VersionDetail DetailTypeID="1432">${text}</VersionDetail>`;

/** Groups `${id}1` and `${id}2` are the last and the first name. */
function alias(
  id: string,
  attributes: string,
  names: readonly (readonly [script: string, last: string, first: string])[],
): string {
  const value = (group: string, script: string, text: string): string =>
    `<DocumentedNamePart><NamePartValue NamePartGroupID="${id}${group}" ScriptID="${script}" ScriptStatusID="1" Acronym="false">${text}</NamePartValue></DocumentedNamePart>`;
  const documented = names.map(
    ([script, last, first]) =>
      `<DocumentedName ID="1" FixedRef="${id}" DocNameStatusID="1">${value("1", script, last)}${value("2", script, first)}</DocumentedName>`,
  );
  return `<Alias FixedRef="${id}" ${attributes}>${documented.join("")}</Alias>`;
}

export interface PartyText {
  readonly id?: string;
  readonly subType?: string;
  readonly features?: readonly string[];
  /** The groups of names before the aliases, as nobody has yet published them. */
  readonly reordered?: boolean;
}

/** A DistinctParty for an invented person. Its profile and identity have its number. */
export function party({ id = "901", subType = "4", features = [], reordered = false }: PartyText = {}): string {
  const aliases =
    alias(id, 'AliasTypeID="1403" Primary="true" LowQuality="false"', [
      ["215", `EXAMPLE ${id}`, "Anna"],
      ["220", "ПРИМЕР", "Анна"],
    ]) + alias(id, 'AliasTypeID="1401" Primary="false" LowQuality="true"', [["215", "MUSTER", "Anni"]]);
  const groups = `<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="${id}1" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="${id}2" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups>`;
  const inside = reordered ? groups + aliases : aliases + groups;
  return `<DistinctParty FixedRef="${id}"><Comment/><Profile ID="${id}" PartySubTypeID="${subType}"><Identity ID="${id}" FixedRef="${id}" Primary="true" False="false">${inside}</Identity>${features.join("")}</Profile></DistinctParty>`;
}

export function documentText(identity: string, type: string, number: string): string {
  return `<IDRegDocument ID="1" IDRegDocTypeID="${type}" IdentityID="${identity}" IssuedBy-CountryID="11091" ValidityID="1"><Comment/><IDRegistrationNo>${number}</IDRegistrationNo><IssuingAuthority/><DocumentDate IDRegDocDateTypeID="1480">${datePeriod("2020-02-03", "2020-02-03")}</DocumentDate></IDRegDocument>`;
}

export function sanctionsEntry(profile: string, programme = "TEST"): string {
  return `<SanctionsEntry ID="1" ProfileID="${profile}" ListID="1550"><EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1"><Comment/><Date CalendarTypeID="1"><Year>2024</Year><Month>2</Month><Day>1</Day></Date></EntryEvent><SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>${programme}</Comment></SanctionsMeasure><SanctionsMeasure ID="2" SanctionsTypeID="2"><Comment/></SanctionsMeasure></SanctionsEntry>`;
}

export const location = `<Location ID="25"><LocationCountry CountryID="11091" CountryRelevanceID="1"/><LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1"><Comment/><Value>1 Example Road</Value></LocationPartValue></LocationPart><LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1"><Comment/><Value>Exampletown</Value></LocationPartValue></LocationPart></Location>`;

export interface AdvancedTexts {
  readonly parties?: readonly string[];
  readonly documents?: readonly string[];
  readonly entries?: readonly string[];
}

export function advancedXml({
  parties = [party()],
  documents = [],
  entries = [sanctionsEntry("901")],
}: AdvancedTexts = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML" Version="3">
<DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>7</Month><Day>4</Day></DateOfIssue>
${references}<Locations>${location}</Locations><IDRegDocuments>${documents.join("")}</IDRegDocuments>
<DistinctParties>${parties.join("\n")}</DistinctParties>
<ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="901" To-ProfileID="902" RelationTypeID="15003"/></ProfileRelationships>
<SanctionsEntries>${entries.join("\n")}</SanctionsEntries></Sanctions>`;
}
