import { describe, expect, test } from "vitest";

import {
  countryName,
  dueOf,
  millisOf,
  reasonsFor,
  reasonsInWords,
  reasonWords,
  writtenDate,
  writtenMoney,
  writtenScore,
} from "../../src/page/words.ts";

const now = new Date(2026, 9, 12, 14, 0).getTime();

describe("wire names in the words of people", () => {
  test.each([
    ["1980-01-31", "31 January 1980", null],
    ["1980-01", "January 1980", "month only"],
    ["1980", "1980", "year only"],
    ["1970/1972", "1970 to 1972", null],
    ["about 1980", "about 1980", null],
  ])("the date %s is %s", (date, text, note) => {
    expect(writtenDate(date)).toEqual({ text, note });
  });

  test.each([
    [{ amount: "950.00000", currency: "GBP" }, "GBP 950.00"],
    [{ amount: "1234567.12500", currency: "EUR" }, "EUR 1,234,567.125"],
    [{ amount: "0.00001", currency: "XBT" }, "XBT 0.00001"],
    [{ amount: 12, currency: "JPY" }, "JPY 12.00"],
    [{ amount: "-1500", currency: "USD" }, "USD -1,500.00"],
  ])("the money %j is %s", (money, text) => {
    expect(writtenMoney(money)).toBe(text);
  });

  test("times are milliseconds, in digits or ISO 8601; anything else is none", () => {
    expect([
      millisOf(5),
      millisOf("5"),
      millisOf("1970-01-01T00:00:00.005Z"),
      millisOf("soon"),
      millisOf(null),
    ]).toEqual([5, 5, 5, null, null]);
  });

  test("due is late from the moment on, soon within the hour, then a time", () => {
    expect(dueOf(now - 1, now)?.kind).toBe("late");
    expect(dueOf(now, now)?.kind).toBe("soon");
    expect(dueOf(now + 3_600_000, now)).toEqual({ kind: "later", text: "15:00" });
    expect(dueOf(now - 84_000_000, now)?.text).toBe("late by 23 h 20 min");
  });

  test("every reason that a form offers has words, and the keys of those for another person do not change with the decision", () => {
    for (const decision of ["RELEASE", "REJECT", "ESCALATE", null] as const)
      for (const reason of reasonsFor(decision)) expect(reasonWords[reason]).toBeDefined();
    expect(reasonsFor("RELEASE")).toEqual(reasonsFor(null));
    expect(reasonsFor("REJECT").slice(0, 3)).toEqual(["SAME_IDENTIFIER", "SAME_BIRTH_DATE", "CONFIRMED"]);
  });

  test("reasons are listed as people list them, unknown ones too", () => {
    expect(reasonsInWords(["BIRTH_DATE", "COUNTRY", "BRAND_NEW"])).toBe("birth date, country and brand new");
    expect(reasonsInWords([])).toBe("no reason named");
  });

  test("countries are named; what is no code stays as published", () => {
    expect([countryName("XK"), countryName("HR"), countryName("Former Yugoslavia")]).toEqual([
      "Kosovo",
      "Croatia",
      "Former Yugoslavia",
    ]);
  });

  test("points have two decimals and a true minus", () => {
    expect([writtenScore(91.4), writtenScore(-3.6)]).toEqual(["91.40", "−3.60"]);
  });
});
