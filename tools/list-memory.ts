/**
 * `npm run memory:lists`: writes an SDN_ADVANCED.XML of invented parties, 130 MB, reads it as list-sync does, in a
 * process of its own, and prints the most memory that process had.
 */
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { guardList, parseOfacAdvanced } from "@cordon/lists";

const megabyte = 1e6;
const parties = 19_000;
/** Old space of the reading process in MB; without a bound V8 lets garbage lie while there is room. */
const heapMegabytes = 256;

const ids = Array.from({ length: parties }, (_, at) => String(10_000 + at));

const tables = `<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
<CountryValues><Country ID="1">Iraq</Country></CountryValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="25">Location</FeatureType><FeatureType ID="26">Linked To:</FeatureType></FeatureTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
<LocPartTypeValues><LocPartType ID="1">ADDRESS1</LocPartType></LocPartTypeValues>
<NamePartTypeValues><NamePartType ID="1">Last Name</NamePartType><NamePartType ID="2">First Name</NamePartType></NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
<SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType></SanctionsTypeValues>
<ScriptValues><Script ID="215">Latin</Script><Script ID="220">Cyrillic</Script></ScriptValues></ReferenceValueSets>`;

function nameText(id: string, script: string, last: string, first: string): string {
  const part = (group: string, text: string): string =>
    `<DocumentedNamePart><NamePartValue NamePartGroupID="${id}${group}" ScriptID="${script}" ScriptStatusID="1" Acronym="false">${text}</NamePartValue></DocumentedNamePart>`;
  return `<DocumentedName ID="${id}" FixedRef="${id}" DocNameStatusID="1">${part("1", last)}${part("2", first)}</DocumentedName>`;
}

const day = (name: string, month: number, of: number): string =>
  `<${name}><Year>1970</Year><Month>${String(month)}</Month><Day>${String(of)}</Day></${name}>`;

function partyText(id: string): string {
  const aliases = Array.from(
    { length: 6 },
    (_, at) =>
      `<Alias FixedRef="${id}" AliasTypeID="${at === 0 ? "1403" : "1400"}" Primary="${String(at === 0)}" LowQuality="${String(at === 5)}">${nameText(id, "215", `INVENTED${id}`, `Given ${String(at)}`)}${at === 0 ? nameText(id, "220", "ВЫДУМАННЫЙ", `Имя${id}`) : ""}</Alias>`,
  );
  const period = `<DatePeriod CalendarTypeID="1" YearFixed="false" MonthFixed="false" DayFixed="false"><Start Approximate="false">${day("From", 1, 1)}${day("To", 1, 1)}</Start><End Approximate="false">${day("From", 12, 31)}${day("To", 12, 31)}</End></DatePeriod>`;
  const feature = (type: string, inside: string): string =>
    `<Feature ID="${id}" FeatureTypeID="${type}"><FeatureVersion ID="${id}" ReliabilityID="1"><Comment/>${inside}</FeatureVersion></Feature>`;
  return `<DistinctParty FixedRef="${id}"><Comment/><Profile ID="${id}" PartySubTypeID="4"><Identity ID="${id}" FixedRef="${id}" Primary="true" False="false">${aliases.join("\n")}<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="${id}1" NamePartTypeID="1"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="${id}2" NamePartTypeID="2"/></MasterNamePartGroup></NamePartGroups></Identity>${feature("8", period)}${feature("25", `<VersionLocation LocationID="${id}"/>`)}${feature("26", `<VersionDetail DetailTypeID="1432">${`party ${id} `.repeat(150)}</VersionDetail>`)}</Profile></DistinctParty>\n`;
}

/** The file, piece by piece. */
function* advancedFile(): Generator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="https://example.org/ADVANCED_XML"><DateOfIssue><Year>2026</Year><Month>7</Month><Day>4</Day></DateOfIssue>${tables}<Locations>`;
  for (const id of ids)
    yield `<Location ID="${id}"><LocationCountry CountryID="1"/><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true"><Comment/><Value>${id} Example Road</Value></LocationPartValue></LocationPart></Location>\n`;
  yield "</Locations><IDRegDocuments>";
  for (const id of ids)
    yield `<IDRegDocument ID="${id}" IDRegDocTypeID="1571" IdentityID="${id}" IssuedBy-CountryID="1"><Comment/><IDRegistrationNo>A${id}</IDRegistrationNo></IDRegDocument>\n`;
  yield "</IDRegDocuments><DistinctParties>";
  for (const id of ids) yield partyText(id);
  yield "</DistinctParties><SanctionsEntries>";
  for (const id of ids)
    yield `<SanctionsEntry ID="${id}" ProfileID="${id}" ListID="1550"><SanctionsMeasure ID="${id}" SanctionsTypeID="1"><Comment>TEST</Comment></SanctionsMeasure></SanctionsEntry>\n`;
  yield "</SanctionsEntries></Sanctions>";
}

async function read(path: string): Promise<void> {
  const parsed = await parseOfacAdvanced("ofac", createReadStream(path));
  guardList({ parsed, previousEntries: parties, maxShrinkPercent: 10 });
  const { designations, names } = parsed.counts;
  const peak = Math.round(process.resourceUsage().maxRSS / 1000);
  process.stdout.write(
    `${String(Math.round(statSync(path).size / megabyte))} MB, ${String(designations)} designations, ${String(names)} names: peak resident memory ${String(peak)} MB\n`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-list-memory-"));
  try {
    const path = join(folder, "sdn_advanced.xml");
    await pipeline(Readable.from(advancedFile()), createWriteStream(path));
    const run = spawnSync(
      process.execPath,
      [`--max-old-space-size=${String(heapMegabytes)}`, fileURLToPath(import.meta.url), path],
      { stdio: "inherit" },
    );
    process.exitCode = run.status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , given] = process.argv;
await (given === undefined ? main() : read(given));
