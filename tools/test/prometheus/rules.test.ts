import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { metricDefinitions } from "@cordon/service";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { alertRules, metricNames, recordedNames } from "../../prometheus/rules.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function texts(pattern: string): ReadonlyMap<string, string> {
  return new Map(globSync(pattern, { cwd: root }).map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

const rules = [...texts("deploy/prometheus/rules/*.yml").values()].join("\n");
const runbooks = texts("docs/runbooks/*.md");
const alerts = alertRules(rules);

interface RuleTests {
  readonly tests: readonly {
    readonly promql_expr_test?: readonly { readonly expr: string; readonly exp_samples: readonly unknown[] }[];
    readonly alert_rule_test?: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
  }[];
}
const tests = [...texts("deploy/prometheus/tests/*.yml").values()].flatMap((text) => (parse(text) as RuleTests).tests);

/** What the tests of one alert expect, by the count of its firing series or by the alerts themselves. */
function expectations(alert: string): readonly string[] {
  const firing = `count(ALERTS{alertname="${alert}", alertstate="firing"})`;
  const expected = tests.flatMap(({ promql_expr_test: counts = [], alert_rule_test: fired = [] }) => [
    ...counts
      .filter(({ expr }) => expr === firing || expr.startsWith(`${firing} by `))
      .map(({ exp_samples }) => exp_samples),
    ...fired.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts),
  ]);
  return expected.map((series) => (series.length === 0 ? "quiet" : "fires"));
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

test("every runbook belongs to an alert, or to codes of errors.md, and each alert's is in the runbooks' table", () => {
  const codes = readFileSync(join(root, "docs/specs/errors.md"), "utf8");
  const linked = new Set(alerts.map(({ runbook }) => runbook));
  const own = [...runbooks.keys()].filter((file) => basename(file) !== "README.md");
  expect(own.filter((file) => !linked.has(file) && !codes.includes(`(../runbooks/${basename(file)})`))).toEqual([]);
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
