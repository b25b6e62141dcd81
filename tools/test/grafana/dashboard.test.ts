import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { dashboard, dashboardText, rows } from "../../grafana/dashboard.ts";
import { recordedNames } from "../../prometheus/rules.ts";

interface Placed {
  readonly id: number;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

const { panels } = dashboard() as { readonly panels: readonly Placed[] };

test("the committed dashboard is the generated one", () => {
  expect(readFileSync(new URL("../../../deploy/grafana/cordon.json", import.meta.url), "utf8")).toBe(dashboardText());
});

test("no two panels lie over each other or share an id", () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${String(x + (at % w))}/${String(y + Math.floor(at / w))}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

test("what a panel reads of the recorded series is recorded", () => {
  const recording = readFileSync(new URL("../../../deploy/prometheus/rules/recording.yml", import.meta.url), "utf8");
  const used = recordedNames(JSON.stringify(rows));
  expect([...used].filter((name) => !recording.includes(`record: ${name}\n`))).toEqual([]);
});
