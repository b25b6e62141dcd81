import { describe, expect, test } from "vitest";

import { dateOfIso, dayMonthNameYear, dayMonthYear, isoDate } from "../../src/publisher/dates.ts";

describe("published dates", () => {
  test("become ISO 8601, as precise as they were", () => {
    expect(isoDate("1980")).toBe("1980");
    expect(isoDate("1980", "1")).toBe("1980-01");
    expect(isoDate("1980", "1", "31")).toBe("1980-01-31");
    expect(dayMonthYear("31/01/1980")).toBe("1980-01-31");
    expect(dayMonthNameYear("29-Apr-2026")).toBe("2026-04-29");
    expect(dayMonthNameYear("3 September 2026")).toBe("2026-09-03");
    expect(dateOfIso("2026-02-27T00:00:09.554Z")).toBe("2026-02-27");
    expect(dateOfIso("2014-09-23-04:00")).toBe("2014-09-23");
  });

  test("that never were, or are written another way, are none", () => {
    expect(isoDate("1900", "2", "29")).toBeNull();
    expect(isoDate("2000", "2", "29")).toBe("2000-02-29");
    expect(isoDate("1980", "13")).toBeNull();
    expect(isoDate("0000")).toBeNull();
    for (const text of ["", "31/06/1980", "1980-01-31", "1/1/80"]) expect(dayMonthYear(text)).toBeNull();
    for (const text of ["", "29-Foo-2026", "31-Apr-2026", "29/04/2026"]) expect(dayMonthNameYear(text)).toBeNull();
    for (const text of ["", "2026-02-30", "2026-02", "20260227"]) expect(dateOfIso(text)).toBeNull();
  });
});
