import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { metricDefinitions } from "@cordon/service";
import { describe, expect, test } from "vitest";

import { alertRules, metricNames, recordedNames } from "../../prometheus/rules.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function texts(pattern: string): ReadonlyMap<string, string> {
  return new Map(globSync(pattern, { cwd: root }).map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

const rules = [...texts("deploy/prometheus/rules/*.yml").values()].join("\n");
const tests = [...texts("deploy/prometheus/tests/*.yml").values()].join("\n");
const runbooks = texts("docs/runbooks/*.md");
const alerts = alertRules(rules);

/** The tests of one alert, as the count of its firing series that each expects. */
function expectations(alert: string): readonly string[] {
  return tests
    .split(/^ *- expr: /m)
    .filter((block) => block.startsWith(`count(ALERTS{alertname="${alert}", alertstate="firing"})`))
    .map((block) => (/exp_samples: \[\]/.test(block) ? "quiet" : "fires"));
}

test("there are alerts, and no two of one name", () => {
  const names = alerts.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(alerts)("$name", ({ name, runbook, severity }) => {
  test("links to a runbook that names it", () => {
    expect(runbook).toMatch(/^docs\/runbooks\/[a-z-]+\.md$/);
    expect(runbooks.get(runbook)).toContain(`\`${name}\``);
  });

  test("either pages or opens a ticket", () => {
    expect(["page", "ticket"]).toContain(severity);
  });

  test("has a unit test in which it fires, and one in which it keeps quiet", () => {
    expect(new Set(expectations(name))).toEqual(new Set(["fires", "quiet"]));
  });
});

test("every runbook belongs to an alert and is listed in the runbooks' table", () => {
  const linked = new Set(alerts.map(({ runbook }) => runbook));
  const own = [...runbooks.keys()].filter((file) => basename(file) !== "README.md");
  expect(own.filter((file) => !linked.has(file))).toEqual([]);
  const table = runbooks.get("docs/runbooks/README.md") ?? "";
  const rows = alerts.map(
    ({ name, runbook, severity }) =>
      `| \`${name}\` | ${severity} | [${basename(runbook, ".md")}](${basename(runbook)}) |`,
  );
  expect(rows.filter((row) => !table.includes(row))).toEqual([]);
});

test("every metric that a rule or a runbook reads is one that a service has", () => {
  const known = new Set<string>(Object.values(metricDefinitions).map(({ name }) => name));
  const used = [rules, ...runbooks.values()].flatMap((text) => [...metricNames(text)]);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test("every recorded series that an alert reads is recorded", () => {
  const recorded = new Set([...rules.matchAll(/^ *- record: *(\S+)$/gm)].map(([, name = ""]) => name));
  expect([...recordedNames(rules)].filter((name) => !recorded.has(name))).toEqual([]);
});
