import { describe, expect, test } from "vitest";

import type { Expected } from "../../src/judge/answer.ts";
import { breaches, judge, type Verdict } from "../../src/judge/judge.ts";
import type { Seen, SeenDecision } from "../../src/judge/seen.ts";

function decision(eventId: string, offset: number, change: Partial<SeenDecision> = {}): SeenDecision {
  return {
    source: `payments.v1/0/${String(offset)}`,
    eventId,
    outcome: "CLEAR",
    holdReason: null,
    alertId: null,
    index: { version: "v1", entries: 2 },
    timeless: `${eventId} decided`,
    ...change,
  };
}

const expected = new Map<string, Expected>([
  ["a", { outcome: "CLEAR" }],
  ["b", { outcome: "HIT", designationIds: ["uk:1", "uk:2"] }],
]);

const hit = decision("b", 1, { outcome: "HIT", alertId: "x" });

/** Two events, both decided as they must be. */
const whole: Seen = {
  events: [
    { at: "payments.v1/0/0", key: "a" },
    { at: "payments.v1/0/1", key: "b" },
  ],
  decisions: [decision("a", 0), hit],
  alerts: [{ source: "payments.v1/0/1", eventId: "b", alertId: "x", designationIds: ["uk:2"] }],
  deadLetters: [],
};

function verdictOn(change: Partial<Seen>, mayHold: readonly string[] = []): Verdict {
  return judge({ ...whole, ...change }, { expected, mayHold: new Set(mayHold) });
}

const byEntries = (entries: number): "HIT" | "CLEAR" => (entries === 3 ? "HIT" : "CLEAR");

const told = (verdict: Verdict, repeatsAllowed = false): readonly string[] => breaches(verdict, { repeatsAllowed });

describe("the judge of a fault", () => {
  test("finds nothing wrong where each event has its decision and each planted name its alert", () => {
    expect(told(verdictOn({}))).toEqual([]);
  });

  test("lets a hold of the fault's doing be replaced, and any other answer not", () => {
    const late = decision("a", 0, { outcome: "HOLD", holdReason: "DEADLINE_PASSED", timeless: "a held" });
    const decisions = [late, decision("a", 0), hit];
    expect(verdictOn({ decisions }, ["DEADLINE_PASSED"]).differing).toEqual([]);
    expect(verdictOn({ decisions }).differing).toEqual(["payments.v1/0/0"]);
  });

  test("misses an event without a decision, by its place and not only by its id", () => {
    const again = [...whole.events, { at: "payments.v1/0/2", key: "a" }];
    expect(verdictOn({ events: again }).missing).toEqual(["payments.v1/0/2"]);
  });

  test("is content with a dead letter where the record has no key to decide under", () => {
    const events = [...whole.events, { at: "payments.v1/0/2", key: null }];
    const deadLetters = [{ source: "payments.v1/0/2", code: "RECORD_UNDECODABLE", valueHash: "h" }];
    expect(verdictOn({ events, deadLetters }).missing).toEqual([]);
  });

  test("asks for a decision beside the dead letter where the record has a key", () => {
    const events = [...whole.events, { at: "payments.v1/0/2", key: "junk" }];
    const deadLetters = [{ source: "payments.v1/0/2", code: "RECORD_UNDECODABLE", valueHash: "h" }];
    expect(verdictOn({ events, deadLetters }).missing).toEqual(["payments.v1/0/2"]);
  });

  test("counts an equal repeat, which only some faults allow", () => {
    const verdict = verdictOn({ decisions: [...whole.decisions, decision("a", 0)] });
    expect([told(verdict, true), told(verdict, false)]).toEqual([[], ["repeated 1"]]);
  });

  test("counts a repeated alert and a repeated dead letter, which only some faults allow", () => {
    const deadLetter = { source: "payments.v1/0/1", code: "RECORD_UNDECODABLE", valueHash: "h" };
    const verdict = verdictOn({ alerts: [...whole.alerts, ...whole.alerts], deadLetters: [deadLetter, deadLetter] });
    expect([told(verdict, true), told(verdict, false)]).toEqual([[], ["alerts or dead letters repeated 2"]]);
  });

  test("finds a repeat of the same index that differs in more than time", () => {
    const decisions = [...whole.decisions, decision("a", 0, { timeless: "otherwise" })];
    expect(verdictOn({ decisions }).differing).toEqual(["payments.v1/0/0"]);
  });

  test("lets a repeat differ where the index changed in between", () => {
    const decisions = [
      ...whole.decisions,
      decision("a", 0, { timeless: "otherwise", index: { version: "v2", entries: 3 } }),
    ];
    expect(verdictOn({ decisions }).differing).toEqual([]);
  });

  test("tells a wrong clear apart from what is merely unexpected", () => {
    const verdict = verdictOn({ decisions: [decision("a", 0, { outcome: "HIT", alertId: "x" }), decision("b", 1)] });
    expect([verdict.unexpected, verdict.wronglyCleared]).toEqual([["a HIT", "b CLEAR"], ["b CLEAR"]]);
  });

  test("takes a hold that the fault allows for a late answer, and no other hold", () => {
    const decisions = [decision("a", 0, { outcome: "HOLD", holdReason: "INDEX_STALE" }), hit];
    expect([verdictOn({ decisions }, ["INDEX_STALE"]).unexpected, verdictOn({ decisions }).unexpected]).toEqual([
      [],
      ["a HOLD INDEX_STALE"],
    ]);
  });

  test("misses a planted name whose alert names somebody else", () => {
    const alerts = [{ source: "payments.v1/0/1", eventId: "b", alertId: "x", designationIds: ["uk:9"] }];
    expect(verdictOn({ alerts }).missedHits).toEqual(["b"]);
  });

  test("misses the alert of a decision HIT by its alert id", () => {
    const alerts = [{ source: "payments.v1/0/1", eventId: "b", alertId: "y", designationIds: ["uk:1"] }];
    expect(verdictOn({ alerts }).unalerted).toEqual(["b"]);
  });

  test("finds decisions on records that nobody sent", () => {
    expect(verdictOn({ decisions: [...whole.decisions, decision("a", 7)] }).strangers).toEqual(["payments.v1/0/7"]);
  });

  test("takes silence for a breach", () => {
    const verdict = judge(
      { events: [], decisions: [], alerts: [], deadLetters: [] },
      { expected: new Map(), mayHold: new Set() },
    );
    expect(told(verdict)).toEqual(["no event was seen"]);
  });

  test("lets the outcome depend on the list that the decision names", () => {
    const seen = {
      ...whole,
      decisions: [decision("a", 0), decision("a", 1, { index: { version: "v2", entries: 3 } })],
    };
    const rules = {
      expected: new Map<string, Expected>([["a", { outcome: "CLEAR", byEntries }]]),
      mayHold: new Set<string>(),
    };
    expect(judge(seen, rules).unexpected).toEqual(["a CLEAR"]);
  });
});
