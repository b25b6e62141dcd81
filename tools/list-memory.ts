/**
 * `npm run memory:lists`: writes an SDN_ADVANCED.XML of invented parties, 130 MB, and prints the most memory that a
 * process of its own had which read it (the parser and the guards alone), then which synced it (all of list-sync, with
 * a real Kafka, registry and Redis): as the first version, and again over the first with every entry amended.
 */
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { guardList, parseOfacAdvanced } from "@cordon/lists";
import { startStack } from "@cordon/local-stack";

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

/** The file, piece by piece; each party lives in that road. */
function* advancedFile(road: string): Generator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="https://example.org/ADVANCED_XML"><DateOfIssue><Year>2026</Year><Month>7</Month><Day>4</Day></DateOfIssue>${tables}<Locations>`;
  for (const id of ids)
    yield `<Location ID="${id}"><LocationCountry CountryID="1"/><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true"><Comment/><Value>${id} ${road}</Value></LocationPartValue></LocationPart></Location>\n`;
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

/** Writes a process's own peak when it ends. */
const tellPeak = `data:text/javascript,${encodeURIComponent('process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))')}`;

/** Kilobytes that list-sync had at most while it synced the file. Throws when it did not. */
function syncOnce(path: string, env: Readonly<Record<string, string | undefined>>): number {
  const service = fileURLToPath(new URL("../services/list-sync/src/main.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tellPeak, service, "--once"], {
    env: { ...env, LIST_OFAC: path },
    encoding: "utf8",
  });
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  if (status !== 0 || peak === undefined)
    throw new Error(`list-sync ended with ${String(status)}: ${stdout.slice(-2000)}`);
  return Number(peak);
}

async function sync(first: string, second: string): Promise<void> {
  const { PATH, JAVA_HOME } = process.env;
  const stack = await startStack({ env: { PATH, JAVA_HOME }, report: console.error, containers: "never" });
  try {
    const env = {
      PATH,
      KAFKA_BROKERS: stack.kafkaBrokers,
      SCHEMA_REGISTRY_URL: stack.registryUrl,
      REDIS_URL: stack.redisUrl,
      KAFKA_REPLICATION_FACTOR: "1",
      KAFKA_MIN_INSYNC_REPLICAS: "1",
      HTTP_PORT: "0",
      // The machine may have other work.
      LIST_TIMEOUT_SECONDS: "3600",
      LIST_UK: "off",
      LIST_UN: "off",
    };
    for (const [what, path] of [
      ["first version", first],
      ["every entry amended", second],
    ] as const)
      console.log(`list-sync, ${what}: peak resident memory ${String(Math.round(syncOnce(path, env) / 1000))} MB`);
  } finally {
    await stack.stop();
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-list-memory-"));
  try {
    const [first, second] = ["first", "second"].map((name) => join(folder, `${name}.xml`)) as [string, string];
    await pipeline(Readable.from(advancedFile("Example Road")), createWriteStream(first));
    const run = spawnSync(
      process.execPath,
      [`--max-old-space-size=${String(heapMegabytes)}`, fileURLToPath(import.meta.url), first],
      { stdio: "inherit" },
    );
    process.exitCode = run.status ?? 1;
    if (run.status !== 0) return;
    await pipeline(Readable.from(advancedFile("Sample Road")), createWriteStream(second));
    await sync(first, second);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , given] = process.argv;
await (given === undefined ? main() : read(given));
