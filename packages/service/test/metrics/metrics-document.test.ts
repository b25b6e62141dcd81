import { readFileSync } from "node:fs";

import { type MetricDefinition, metricDefinitions } from "@cordon/service";
import { expect, test } from "vitest";

const document = readFileSync(new URL("../../../../docs/specs/metrics.md", import.meta.url), "utf8");

/** A definition as a row of the document. Lists of words stand in code font, sets in words do not. */
function rowOf({ name, type, services, labels, buckets, help }: MetricDefinition): string {
  const labelCell = Object.entries(labels)
    .map(([label, values]) => {
      const set = typeof values === "string" ? values : values.map((value) => `\`${value}\``).join(" ");
      return `\`${label}\`: ${set}`;
    })
    .join("; ");
  const bounds = buckets === undefined ? "" : ` Buckets: ${buckets.join(", ")}.`;
  return `| \`${name}\` | ${type} | ${services.join(", ")} | ${labelCell} | ${help}${bounds} |`;
}

test("docs/specs/metrics.md has exactly one row for each metric, as it is defined", () => {
  const rows = document.split("\n").filter((line) => line.startsWith("| `cordon_"));
  expect(rows).toEqual(Object.values<MetricDefinition>(metricDefinitions).map(rowOf));
});

test("metrics named in the document's text exist", () => {
  const names = new Set(Object.values<MetricDefinition>(metricDefinitions).map(({ name }) => name));
  const text = document
    .split("\n")
    .filter((line) => !line.startsWith("| `cordon_"))
    .join("\n");
  const mentioned = [...text.matchAll(/\bcordon_[a-z_]+/g)].map(([name]) => name.replace(/_(?:bucket|sum|count)$/, ""));
  expect(mentioned.length).toBeGreaterThan(0);
  expect(mentioned.filter((name) => !names.has(name))).toEqual([]);
});
