import { expect, test } from "vitest";

import { resultText, settingsText, shadowReports } from "../../../src/page/pages/results.ts";
import type { Job } from "../../../src/page/wire.ts";

const done = (result: Job["result"]): Job => ({ id: "j", state: "DONE", ...(result === undefined ? {} : { result }) });

function failed(said: string): string {
  return resultText({ id: "j", state: "FAILED", result: { failed: said } }, "look-backs");
}

test("why a run failed is told without what only the command line knows", () => {
  expect(failed("cordon: there is no version to compare with: give --whole to look for everything\n")).toBe(
    "There is no version to compare with",
  );
  expect(failed("Redis is away")).toBe("Redis is away");
});

test.each([
  [
    "look-backs",
    { alerts: 118, events: 21594, added: 5, amended: 1, from: { version: "v" }, notScreened: {} },
    "118 alerts · 21,594 payments looked at · 5 entries added and 1 amended",
  ],
  ["look-backs", { nothingNew: true, dryRun: false }, "Nothing is new since the last one."],
  [
    "look-backs",
    { alerts: 1, events: 1, added: 1, amended: 0, notScreened: { QUERY_TOO_BROAD: 2, NAME_UNREADABLE: 1 } },
    "1 alert · 1 payment looked at · 1 entry added and 0 amended · 3 could not be screened",
  ],
  [
    "customer-files",
    { customers: 1200, inFull: 1200, found: 1, refused: 0, version: "v", changes: null },
    "1 customer with something new · 1,200 customers screened",
  ],
  [
    "customer-files",
    { customers: 1, found: 0, refused: 2 },
    "0 customers with something new · 1 customer screened · 2 lines refused",
  ],
  [
    "shadow-runs",
    {
      alerts: { a: 216, b: 228, gained: 12, lost: 0, kept: 216 },
      alertsPerDay: { a: 100.5, b: 110 },
      trueMatches: 3,
      trueLost: [],
      scores: [],
    },
    "12 alerts gained · 0 lost · 216 in both · 100.5 a day now, 110 then · no true match lost",
  ],
  [
    "shadow-runs",
    { alerts: { gained: 0, lost: 9, kept: 1 }, alertsPerDay: null, trueMatches: 3, trueLost: [{}] },
    "0 alerts gained · 9 lost · 1 in both · TRUE MATCHES LOST: 1",
  ],
  [
    "shadow-runs",
    { alerts: { gained: 0, lost: 0, kept: 1 }, trueMatches: null, trueLost: [] },
    "0 alerts gained · 0 lost · 1 in both",
  ],
  ["shadow-runs", { failed: "INDEX_ABSENT: nothing\n" }, "INDEX_ABSENT: nothing"],
] as const)("of %s, %j is told as a sentence", (kind, result, text) => {
  expect(resultText(done(result), kind)).toBe(text);
});

test.each([
  ["look-backs", { days: 1 }, "1 day"],
  ["customer-files", { name: "customers.ndjson" }, "customers.ndjson"],
  ["shadow-runs", { threshold: 80, events: 100_000 }, "threshold 80, 100,000 payments"],
  [
    "shadow-runs",
    { weakAliases: "raise", hardConflicts: "clear", events: 1 },
    "weak aliases raise, hard conflicts clear, 1 payment",
  ],
  ["shadow-runs", null, ""],
] as const)("of %s, %j is told as what it was asked for", (kind, settings, text) => {
  expect(settingsText({ id: "j", state: "WAITING", settings }, kind)).toBe(text);
});

test("of what still runs nothing is told, and of what is not known nothing that is not there", () => {
  expect(resultText({ id: "j", state: "RUNNING", result: { alerts: 3 } }, "look-backs")).toBe("");
  expect(resultText(done(null), "look-backs")).toBe("");
  expect(resultText(done({}), "customer-files")).toBe("");
});

const row = (name: string, gained: number, lost = 0, kept = 0) => ({ name, gained, lost, kept });

test("what a shadow run would gain and lose is plotted by score, list, regime and rail, as far as it is told", () => {
  const all = shadowReports(
    done({ byBand: [row("80–85", 12)], byList: [row("uk", 12, 1, 216)], byRegime: [], scores: [] }),
  );
  expect(all.map(({ title, rows }) => [title, rows])).toEqual([
    ["By score", [["80–85", 12, 0, 0]]],
    ["By list", [["uk", 12, 1, 216]]],
  ]);
  expect(all[0]?.columns.map(({ name }) => name)).toEqual(["Score", "Gained", "Lost", "In both"]);
  expect(shadowReports(done(null))).toEqual([]);
});

test("where more is lost than gained, what is lost is plotted", () => {
  const byList = [{ name: "uk", gained: 1, lost: 9, kept: 3 }];
  const [report] = shadowReports(done({ alerts: { gained: 1, lost: 9 }, byList }));
  expect(report).toMatchObject({ rows: [["uk", 9, 1, 3]] });
  expect(report?.columns[1]?.name).toBe("Lost");
});
