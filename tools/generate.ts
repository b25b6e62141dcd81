import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { policyFileSchema } from "@cordon/decisions";
import { format } from "oxfmt";

import { chartSchemaText } from "./generate/chart-schema.ts";
import { withConfiguration } from "./generate/configuration.ts";
import { generateTypes } from "./generate/types.ts";
import { dashboardText } from "./grafana/dashboard.ts";

const help = `Makes what is generated: from schemas/avro the TypeScript types in schemas/src/generated, and from what the
services read the tables of variables in docs/configuration.md, the schemas of policy files and of the chart's values, and the Grafana dashboard.

  npm run generate                     writes types and tables
  npm run generate -- --check          compares only; exit code 1 when a file is out of date
  npm run generate -- --record         also adds each changed schema to schemas/history as its next version
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const avro = join(root, "schemas/avro");
const history = join(root, "schemas/history");
const target = join(root, "schemas/src/generated");
const configuration = join(root, "docs/configuration.md");
const grafana = join(root, "deploy/grafana/cordon.json");
const policySchema = join(root, "schemas/policy/policy.schema.json");
const chartSchema = join(root, "deploy/helm/cordon/values.schema.json");

function subjects(): readonly string[] {
  return readdirSync(avro)
    .filter((name) => name.endsWith(".avsc"))
    .map((name) => name.slice(0, -".avsc".length))
    .toSorted();
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

async function generated(): Promise<ReadonlyMap<string, string>> {
  const schemas = new Map<string, unknown>();
  for (const subject of subjects())
    schemas.set(subject, JSON.parse(readFileSync(join(avro, `${subject}.avsc`), "utf8")));
  const { ignorePatterns: _, ...style } = JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8")) as Readonly<
    Record<string, unknown>
  >;
  const files = new Map<string, string>();
  for (const [name, source] of generateTypes(schemas)) {
    const { code, errors } = await format(name, source, style);
    if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message ?? "cannot be formatted"}`);
    files.set(name, code);
  }
  return files;
}

async function policySchemaText(): Promise<string> {
  return (await format("policy.schema.json", JSON.stringify(policyFileSchema), {})).code;
}

async function check(): Promise<number> {
  const wanted = await generated();
  const stale = [...wanted].filter(([name, text]) => readOrEmpty(join(target, name)) !== text).map(([name]) => name);
  const left = readdirSync(target).filter((name) => !wanted.has(name));
  for (const name of stale) console.error(`schemas/src/generated/${name} is out of date: npm run generate`);
  for (const name of left) console.error(`schemas/src/generated/${name} belongs to no schema: delete it`);
  const told = readOrEmpty(configuration);
  const untrue = withConfiguration(told) !== told;
  if (untrue) console.error("docs/configuration.md: the tables of variables are out of date: npm run generate");
  const otherBoard = readOrEmpty(grafana) !== dashboardText();
  if (otherBoard) console.error("deploy/grafana/cordon.json is out of date: npm run generate");
  const otherPolicy = readOrEmpty(policySchema) !== (await policySchemaText());
  if (otherPolicy) console.error("schemas/policy/policy.schema.json is out of date: npm run generate");
  const otherChart = readOrEmpty(chartSchema) !== chartSchemaText();
  if (otherChart) console.error("deploy/helm/cordon/values.schema.json is out of date: npm run generate");
  return stale.length + left.length > 0 || untrue || otherBoard || otherPolicy || otherChart ? 1 : 0;
}

async function write(): Promise<number> {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of await generated()) writeFileSync(join(target, name), text);
  writeFileSync(configuration, withConfiguration(readOrEmpty(configuration)));
  writeFileSync(grafana, dashboardText());
  mkdirSync(dirname(policySchema), { recursive: true });
  writeFileSync(policySchema, await policySchemaText());
  writeFileSync(chartSchema, chartSchemaText());
  return 0;
}

/** Adds the current text of each schema that differs from its newest recorded version. */
function record(): void {
  for (const subject of subjects()) {
    const folder = join(history, subject);
    mkdirSync(folder, { recursive: true });
    const newest = Math.max(0, ...readdirSync(folder).map((name) => Number.parseInt(name, 10)));
    const text = readFileSync(join(avro, `${subject}.avsc`), "utf8");
    if (readOrEmpty(join(folder, `${String(newest)}.avsc`)) === text) continue;
    writeFileSync(join(folder, `${String(newest + 1)}.avsc`), text);
    console.log(`schemas/history/${subject}/${String(newest + 1)}.avsc`);
  }
}

async function main(options: readonly string[]): Promise<number> {
  const [option = "", ...more] = options;
  if (more.length > 0 || !["", "--check", "--record", "--help"].includes(option)) {
    process.stderr.write(help);
    return 2;
  }
  if (option === "--help") {
    process.stdout.write(help);
    return 0;
  }
  if (option === "--check") return check();
  if (option === "--record") record();
  return write();
}

process.exitCode = await main(process.argv.slice(2));
