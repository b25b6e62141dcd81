import { describe, expect, test } from "vitest";

import { type Canary, canaryRound } from "../src/canary-events.ts";
import { type CanaryLedger, createCanaryLedger } from "../src/ledger.ts";

const knownBad = { list: "uk", text: "Goran Jalal", type: "PERSON" as const, designationIds: ["uk:1", "un:2"] };
const round = canaryRound({ round: "r", knownBad: [knownBad], goodName: "Cordon Canary", at: 0 });

function flying(kind: Canary["kind"]): { readonly ledger: CanaryLedger; readonly id: string } {
  const ledger = createCanaryLedger({ deadlineMs: 1000 });
  const canary = round.find((one) => one.kind === kind);
  if (canary === undefined) throw new Error(`the round has no ${kind}`);
  ledger.sent(canary, 0);
  return { ledger, id: canary.eventId };
}

describe("a known-bad canary", () => {
  test("passes with a HIT and an alert that names its designation, in either order", () => {
    const first = flying("known_bad");
    expect(first.ledger.decided(first.id, "HIT", 100)).toBeNull();
    expect(first.ledger.alerted(first.id, ["ofac:9", "un:2"], 200)).toMatchObject({
      result: "passed",
      milliseconds: 200,
    });
    const second = flying("known_bad");
    expect(second.ledger.alerted(second.id, ["uk:1"], 100)).toBeNull();
    expect(second.ledger.decided(second.id, "HIT", 150)).toMatchObject({ result: "passed", milliseconds: 150 });
  });

  test.each(["CLEAR", "HOLD", ""])("is wrong when it is decided %j", (outcome) => {
    const { ledger, id } = flying("known_bad");
    expect(ledger.decided(id, outcome, 100)?.result).toBe("wrong");
  });

  test("is wrong when the alert names somebody else", () => {
    const { ledger, id } = flying("known_bad");
    expect(ledger.alerted(id, ["uk:7"], 100)?.result).toBe("wrong");
  });

  test("is missed when the alert stays away", () => {
    const { ledger, id } = flying("known_bad");
    ledger.decided(id, "HIT", 100);
    expect(ledger.overdue(1000)).toEqual([]);
    expect(ledger.overdue(1001)).toMatchObject([{ eventId: id, result: "missed", why: "only a decision in time" }]);
  });
});

describe("a known-good canary", () => {
  test("passes with a CLEAR", () => {
    const { ledger, id } = flying("known_good");
    expect(ledger.decided(id, "CLEAR", 5)?.result).toBe("passed");
  });

  test.each(["HIT", "HOLD"])("is wrong when it is decided %s", (outcome) => {
    const { ledger, id } = flying("known_good");
    expect(ledger.decided(id, outcome, 5)?.result).toBe("wrong");
  });
});

test("a canary gets one verdict: repeats, late results and strangers lead to none", () => {
  const { ledger, id } = flying("known_good");
  ledger.decided(id, "CLEAR", 5);
  expect(ledger.decided(id, "CLEAR", 6)).toBeNull();
  expect(ledger.decided("cordon-canary:other", "CLEAR", 6)).toBeNull();
  expect(ledger.overdue(5000)).toEqual([]);
});
