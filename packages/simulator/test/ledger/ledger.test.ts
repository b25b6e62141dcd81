import { createLedger, createPlantedRegister, latencyHistogram, type TrafficEvent } from "@cordon/simulator";
import { describe, expect, test } from "vitest";

describe("the ledger", () => {
  test("counts each event's first decision and every further one apart", () => {
    const ledger = createLedger();
    ledger.sent(0, "CLEAR", 1000);
    ledger.sent(1, "HIT", 1000);
    ledger.sent(2, "CLEAR", 1000);
    expect(ledger.decided(0, "CLEAR", 1010)).toBe(true);
    expect(ledger.decided(1, "CLEAR", 1020)).toBe(true);
    expect(ledger.decided(0, "CLEAR", 1030)).toBe(false);
    expect(ledger.decided(0, "HOLD", 1040)).toBe(false);
    expect(ledger.totals()).toEqual({
      sent: 3,
      decided: 2,
      outcomes: { CLEAR: 2, HIT: 0, HOLD: 0 },
      repeated: 2,
      contradicted: 1,
      unexpected: 1,
      wronglyCleared: 1,
      pending: 1,
    });
    expect(ledger.missing(10)).toEqual([2]);
  });

  test("tells an event that was cleared and must not be from one that was stopped and need not be", () => {
    const ledger = createLedger();
    ledger.sent(0, "HOLD", 0);
    ledger.sent(1, "CLEAR", 0);
    ledger.decided(0, "CLEAR", 1);
    ledger.decided(1, "HIT", 1);
    expect(ledger.totals()).toMatchObject({ unexpected: 2, wronglyCleared: 1 });
  });

  test("measures from sending to the first decision, and forgets what is older than ten seconds", () => {
    const ledger = createLedger();
    for (let number = 0; number < 100; number += 1) ledger.sent(number, "CLEAR", 10_000);
    for (let number = 0; number < 100; number += 1) ledger.decided(number, "CLEAR", 10_000 + number + 1);
    const p95 = ledger.latency.percentile(95) ?? 0;
    expect(p95).toBeGreaterThanOrEqual(95);
    expect(p95).toBeLessThan(95 * 1.05);
    expect(ledger.recentLatency(19_900).count()).toBe(100);
    expect(ledger.recentLatency(21_000).count()).toBe(0);
  });

  test("remembers decided events of any number", () => {
    const ledger = createLedger();
    for (const number of [0, 7, 8, 100_000]) {
      ledger.sent(number, "CLEAR", 0);
      ledger.decided(number, "CLEAR", 1);
      ledger.decided(number, "CLEAR", 2);
    }
    expect(ledger.totals()).toMatchObject({ decided: 4, repeated: 4, contradicted: 0 });
  });
});

describe("the histogram", () => {
  test("knows nothing while it is empty", () => {
    expect(latencyHistogram().percentile(50)).toBeNull();
  });

  test("is within four percent above the truth, whatever the size", () => {
    for (const value of [0.2, 1, 17, 950, 60_000, 3_600_000]) {
      const histogram = latencyHistogram();
      histogram.add(value);
      const told = histogram.percentile(99) ?? 0;
      expect(told).toBeGreaterThanOrEqual(value * 0.999_999);
      expect(told).toBeLessThanOrEqual(value * 1.041);
    }
  });
});

describe("the register of planted names", () => {
  const event = {
    eventId: "t-5",
    expected: {
      outcome: "HIT",
      text: "QUENTIN MARROWBONE",
      how: "upper case",
      designationIds: ["uk:A", "uk:B"],
      path: "sender.name",
    },
  } as unknown as TrafficEvent;

  test("an alert on any right designation finds the name, another does not", () => {
    const register = createPlantedRegister();
    register.sent(5, event);
    register.alerted(5, ["uk:Z"]);
    register.alerted(6, ["uk:A"]);
    expect(register.counts()).toEqual({ sent: 1, found: 0 });
    register.alerted(5, ["uk:Z", "uk:B"]);
    register.alerted(5, ["uk:A"]);
    expect(register.counts()).toEqual({ sent: 1, found: 1 });
    expect(register.hits()[0]).toMatchObject({ eventId: "t-5", found: "uk:B" });
  });
});
