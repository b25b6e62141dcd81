import type { Policy, PolicyFault, PolicyRule } from "@cordon/decisions";

import { outputTo, type Terminal } from "../terminal.ts";
import { readPolicyAt } from "./read.ts";

export interface CheckOptions {
  readonly file: string;
  readonly json: boolean;
}

/** Tells every fault of a policy's file, or what the file says. Throws UsageError. */
export async function checkPolicy({ file, json }: CheckOptions, terminal: Terminal): Promise<number> {
  const output = outputTo(terminal.stdout);
  const read = await readPolicyAt(file, terminal);
  if (read.kind === "faults") {
    const text = json
      ? `${JSON.stringify({ file, faults: read.faults })}\n`
      : read.faults.map((fault) => `${file}:${faultText(fault)}\n`).join("");
    await output.write(text);
    return 1;
  }
  const { version, rules } = read.policy;
  await output.write(
    json
      ? `${JSON.stringify({ file, version, name: read.name, rules: rules.map(({ name }) => name) })}\n`
      : told(read.policy, read.name),
  );
  return 0;
}

/** As compilers do, so that editors find the place. */
function faultText({ line, column, path, message }: PolicyFault): string {
  return `${String(line)}:${String(column)}: ${path === "" ? "" : `${path}: `}${message}`;
}

function told(
  { version, threshold, weakAliases, hardConflicts, indexMaxAgeHours, rules }: Policy,
  name: string | null,
): string {
  const head = `${name === null ? "A good policy" : `"${name}" is a good policy`}: version ${version}\n`;
  const usual = `  else: threshold ${String(threshold)}, weak aliases ${weakAliases}, hard conflicts ${hardConflicts}, lists at most ${String(indexMaxAgeHours)} hours old\n`;
  return `${head}${usual}${rules.map((rule, at) => `  ${String(at + 1)}. ${ruleText(rule)}\n`).join("")}`;
}

function ruleText({ name, when, apply, because }: PolicyRule): string {
  const conditions = Object.entries(when).map(([key, value]) => `${key} ${spelt(value)}`);
  const settings = Object.entries(apply).map(([key, value]) => `${key} ${spelt(value)}`);
  const why = because === null ? "" : `; because ${because}`;
  return `${name}: ${conditions.length === 0 ? "always" : `when ${conditions.join(", ")}`}: ${settings.join(", ")}${why}`;
}

function spelt(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join("|");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${spelt(inner)}`)
    .join(" ");
}
