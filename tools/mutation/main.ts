import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { spawnSupervised } from "@cordon/local-stack";

import { type Area, areas } from "./areas.ts";
import { document } from "./document.ts";
import { type AreaResult, killedPercent, mutatedFiles, type MutationReport } from "./report.ts";

/*
 * `npm run mutation [-- AREA...] [--again]`: changes each condition that decides money and sees whether a test notices. Without an area
 * all are run. Afterwards docs/mutation.md has the last result of each. `--again` keeps what it can of the run before: enough to see
 * what a new test notices. Exit code 1 when fewer than 95 % are noticed.
 */

const GOAL = 95;
const root = fileURLToPath(new URL("../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const reports = `${root}.reports/mutation`;

/** What Stryker changes otherwise: texts, objects, whole blocks, sums. Only conditions are asked for here. */
const excludedMutations = [
  "ArithmeticOperator",
  "ArrayDeclaration",
  "ArrowFunction",
  "AssignmentOperator",
  "BlockStatement",
  "ObjectLiteral",
  "OptionalChaining",
  "Regex",
  "StringLiteral",
  "UnaryOperator",
  "UpdateOperator",
];

async function run(command: string, args: readonly string[], { cwd, tests }: RunOptions): Promise<void> {
  const env = { ...process.env, CORDON_MUTATION_TESTS: JSON.stringify(tests) };
  const { code } = await spawnSupervised(command, args, { cwd, env, grace: 20 }).exited;
  if (code !== 0) throw new Error(`${command} ${args[0] ?? ""} ended with ${String(code)}`);
}

interface RunOptions {
  readonly cwd: string;
  readonly tests: readonly string[];
}

/** Stryker has a lock of its own, and is installed when this first runs. */
async function install(): Promise<void> {
  const lock = readFileSync(`${here}package-lock.json`, "utf8");
  const stamp = `${here}node_modules/.installed`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  const args = ["ci", "--legacy-peer-deps", "--no-fund", "--no-audit", "--loglevel=error"];
  await run("npm", args, { cwd: here, tests: [] });
  writeFileSync(stamp, lock);
}

function fileOf({ name }: Area, kind: "config" | "report" | "result" | "kept"): string {
  return `${reports}/${name.replaceAll("/", "-")}.${kind}.json`;
}

/** One process changes and tests, so that it disturbs whatever else the machine does no more than it must. */
async function mutate(area: Area, again: boolean): Promise<void> {
  const started = Date.now();
  rmSync(fileOf(area, "report"), { force: true });
  if (!again) rmSync(fileOf(area, "kept"), { force: true });
  const options = {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: "perTest",
    incremental: true,
    incrementalFile: fileOf(area, "kept"),
    mutate: area.files,
    mutator: { excludedMutations },
    vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName: fileOf(area, "report") },
    tempDirName: `.tools/mutation/${area.name.replaceAll("/", "-")}`,
    // The chart has links to folders, which Stryker cannot copy; no test of an area reads it.
    ignorePatterns: ["/.tools", "/.reports", "/.turbo", "/deploy/helm", "dist", "/tools/mutation/node_modules"],
    // TypeScript 7 has no interface that Stryker could read a configuration with; nothing here needs one.
    tsconfigFile: "tools/mutation/none.json",
    timeoutMS: 60_000,
    concurrency: 1,
  };
  writeFileSync(fileOf(area, "config"), JSON.stringify(options, null, 2));
  const stryker = `${here}node_modules/@stryker-mutator/core/bin/stryker.js`;
  await run("node", [stryker, "run", fileOf(area, "config")], { cwd: root, tests: area.tests });
  const report = JSON.parse(readFileSync(fileOf(area, "report"), "utf8")) as MutationReport;
  const result: AreaResult = {
    name: area.name,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim(),
    day: new Date().toISOString().slice(0, 10),
    seconds: again ? null : Math.round((Date.now() - started) / 1000),
    files: mutatedFiles(report),
  };
  writeFileSync(fileOf(area, "result"), JSON.stringify(result));
}

const args = process.argv.slice(2);
const again = args.includes("--again");
const names = args.filter((arg) => arg !== "--again");
const unknown = names.filter((name) => areas.every((area) => area.name !== name));
if (unknown.length > 0) {
  console.error(`no such area: ${unknown.join(", ")}; take of ${areas.map(({ name }) => name).join(", ")}`);
  process.exitCode = 2;
} else {
  mkdirSync(reports, { recursive: true });
  await install();
  for (const area of areas) if (names.length === 0 || names.includes(area.name)) await mutate(area, again);
  const results = areas
    .filter((area) => existsSync(fileOf(area, "result")))
    .map((area) => JSON.parse(readFileSync(fileOf(area, "result"), "utf8")) as AreaResult);
  writeFileSync(`${root}docs/mutation.md`, document(results));
  for (const { name, files } of results) console.log(`${name}: ${String(killedPercent(files))} %`);
  const percent = killedPercent(results.flatMap(({ files }) => files));
  console.log(`${String(percent)} % of the conditions are noticed (goal ${String(GOAL)})`);
  if (percent < GOAL) process.exitCode = 1;
}
