import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { spawnLeashed } from "@cordon/local-stack";

import { type Area, areas } from "./areas.ts";
import { document, killedPercent, mutatedFiles, type MutationReport } from "./report.ts";

/*
 * `npm run mutation [-- FOLDER]`: changes each condition that decides money and sees whether a test notices. Without a folder it writes
 * docs/mutation.md. Exit code 1 when fewer than 95 % are noticed.
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

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { code } = await spawnLeashed(command, args, { cwd, grace: 20 }).exited;
  if (code !== 0) throw new Error(`${command} ${args[0] ?? ""} ended with ${String(code)}`);
}

/** Stryker has a lock of its own, and is installed when this first runs. */
async function install(): Promise<void> {
  const lock = readFileSync(`${here}package-lock.json`, "utf8");
  const stamp = `${here}node_modules/.installed`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  await run("npm", ["ci", "--legacy-peer-deps", "--no-fund", "--no-audit", "--loglevel=error"], here);
  writeFileSync(stamp, lock);
}

async function mutate({ folder, files }: Area): Promise<MutationReport> {
  const name = folder.replaceAll("/", "-");
  const config = `${reports}/${name}.config.json`;
  const fileName = `${reports}/${name}.json`;
  rmSync(fileName, { force: true });
  const options = {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    coverageAnalysis: "perTest",
    mutate: files.map((file) => `${folder}/${file}`),
    mutator: { excludedMutations },
    vitest: { configFile: "tools/mutation/vitest.config.ts", dir: folder, related: false },
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName },
    tempDirName: ".tools/mutation",
    ignorePatterns: ["/.tools", "/.reports", "/.turbo", "dist", "/tools/mutation/node_modules"],
    // TypeScript 7 has no interface that Stryker could read a configuration with; nothing here needs one.
    tsconfigFile: "tools/mutation/none.json",
    timeoutMS: 60_000,
    concurrency: 2,
  };
  writeFileSync(config, JSON.stringify(options, null, 2));
  await run("node", [`${here}node_modules/@stryker-mutator/core/bin/stryker.js`, "run", config], root);
  return JSON.parse(readFileSync(fileName, "utf8")) as MutationReport;
}

const [only] = process.argv.slice(2);
const chosen = areas.filter(({ folder }) => only === undefined || folder === only);
if (chosen.length === 0) {
  console.error(`no such area: take one of ${areas.map(({ folder }) => folder).join(", ")}`);
  process.exitCode = 2;
} else {
  mkdirSync(reports, { recursive: true });
  await install();
  const found = [];
  for (const area of chosen) found.push(...mutatedFiles(await mutate(area)));
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  const text = document(found, { commit, day: new Date().toISOString().slice(0, 10) });
  if (only === undefined) writeFileSync(`${root}docs/mutation.md`, text);
  else console.log(text);
  const percent = killedPercent(found);
  console.log(`${String(percent)} % of the conditions are noticed (goal ${String(GOAL)})`);
  if (percent < GOAL) process.exitCode = 1;
}
