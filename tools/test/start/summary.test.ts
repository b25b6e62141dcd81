import { describe, expect, test } from "vitest";

import { passed, type SummaryFacts, summaryLines } from "../../start/summary.ts";

const hit = {
  eventId: "start-x-5",
  text: "QUENTIN MARROWBONE",
  how: "upper case",
  designationIds: ["uk:A", "uk:B"],
  found: "uk:A",
} as const;

const facts: SummaryFacts = {
  totals: {
    sent: 1000,
    decided: 1000,
    outcomes: { CLEAR: 997, HIT: 2, HOLD: 1 },
    repeated: 0,
    contradicted: 0,
    unexpected: 0,
    wronglyCleared: 0,
    pending: 0,
  },
  goal: 1000,
  planted: [hit, { ...hit, eventId: "start-x-9", how: "accents", found: "uk:B" }],
  missing: [],
  seconds: 4,
  latency: { p50: 12, p95: 80, p99: 140, worst: 290 },
  restarts: 0,
};

describe("the summary", () => {
  test("names every planted hit and what became of it", () => {
    expect(summaryLines(facts)).toMatchInlineSnapshot(`
      [
        "",
        "planted hits",
        "  found      start-x-5  "QUENTIN MARROWBONE" (upper case): uk:A",
        "  found      start-x-9  "QUENTIN MARROWBONE" (accents): uk:B",
        "",
        "events          1,000 sent, 1,000 decided",
        "decisions       CLEAR 997, HIT 2, HOLD 1; 0 not as expected (those held were sent without a name)",
        "planted hits    2 sent, 2 found, 0 missed",
        "lost            0",
        "repeated        0",
        "throughput      250 events/s over 4 s",
        "latency         p50 12 ms, p95 80 ms, p99 140 ms, worst 290 ms from sending to the decision read back",
        "passed: nothing lost, every planted name found, nothing cleared that must not be",
      ]
    `);
    expect(passed(facts)).toBe(true);
  });

  test("an event that was cleared and must not be fails the run, though all names were found", () => {
    const cleared = { ...facts, totals: { ...facts.totals, unexpected: 3, wronglyCleared: 1 } };
    expect(passed(cleared)).toBe(false);
    const text = summaryLines(cleared).join("\n");
    expect(text).toContain("3 not as expected, 1 of them CLEAR");
    expect(text).toContain("FAILED");
    const stopped = { ...facts, totals: { ...facts.totals, unexpected: 3 } };
    expect(passed(stopped)).toBe(true);
    expect(summaryLines(stopped).join("\n")).toMatch(/3 not as expected$/m);
  });

  test("a planted name that was missed fails the run, and is named", () => {
    const missed = { ...facts, planted: [hit, { ...hit, eventId: "start-x-9", found: null }] };
    expect(passed(missed)).toBe(false);
    const text = summaryLines(missed).join("\n");
    expect(text).toContain('NOT FOUND  start-x-9  "QUENTIN MARROWBONE" (upper case): expected uk:A or uk:B');
    expect(text).toContain("2 sent, 1 found, 1 missed");
    expect(text).toContain("FAILED");
  });

  test("an event without a decision fails the run, and is named", () => {
    const lost = { ...facts, totals: { ...facts.totals, decided: 999, pending: 1 }, missing: ["start-x-7"] };
    expect(passed(lost)).toBe(false);
    expect(summaryLines(lost).join("\n")).toContain("lost            1, such as start-x-7");
  });

  test("an event that was never sent fails the run", () => {
    expect(passed({ ...facts, totals: { ...facts.totals, sent: 999, decided: 999 } })).toBe(false);
  });

  test("restarts and repeated decisions are told and do not fail it", () => {
    const again = { ...facts, totals: { ...facts.totals, repeated: 12, contradicted: 2 }, restarts: 1 };
    expect(passed(again)).toBe(true);
    const text = summaryLines(again).join("\n");
    expect(text).toContain("repeated        12, 2 of them with another outcome");
    expect(text).toContain("restarts        1");
  });
});
