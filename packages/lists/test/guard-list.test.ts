import type { Designation } from "@cordon/screening";
import { describe, expect, test } from "vitest";

import { guardList } from "../src/guard-list.ts";
import { type ParsedList, parsedList } from "../src/parsed-list.ts";
import { designation } from "./designation.ts";
import { errorFrom } from "./fixtures.ts";

const listOf = (designations: readonly Designation[]): ParsedList =>
  parsedList({ list: "uk", designations, publishedAt: null, rows: 0, unknown: {}, notKept: {} });
const some = (count: number, parts: Partial<Designation> = {}): readonly Designation[] =>
  Array.from({ length: count }, (_, n) => designation(`${parts.type ?? ""}${String(n)}`, parts));

describe("the guard of a list", () => {
  test.each([
    [50, 100, 50],
    [51, 100, 49],
    [1, null, 0],
    [1, 0, 0],
    [200, 100, 0],
    [1, 100, 100],
  ])("lets %i designations pass after %s at a limit of %i %%", (now, previousEntries, maxShrinkPercent) => {
    expect(() => guardList({ parsed: listOf(some(now)), previousEntries, maxShrinkPercent })).not.toThrow();
  });

  test("refuses half the entries gone and one more, with the numbers", async () => {
    const error = await errorFrom(() =>
      guardList({ parsed: listOf(some(49)), previousEntries: 100, maxShrinkPercent: 50 }),
    );
    expect(error.code).toBe("LIST_SHRUNK");
    expect(error.details).toEqual({ list: "uk", what: "designations", before: 100, now: 49, maxShrinkPercent: 50 });
  });

  test("refuses one type gone while the total looks well", async () => {
    const error = await errorFrom(() =>
      guardList({
        parsed: listOf(some(90)),
        previousEntries: 130,
        previousByType: { PERSON: 90, ORGANISATION: 40 },
        maxShrinkPercent: 50,
      }),
    );
    expect(error.code).toBe("LIST_SHRUNK");
    expect(error.details).toMatchObject({ what: "ORGANISATION", before: 40, now: 0 });
  });

  test("lets a type with few entries go", () => {
    const parsed = listOf(some(90));
    expect(() =>
      guardList({ parsed, previousEntries: 109, previousByType: { VESSEL: 19 }, maxShrinkPercent: 50 }),
    ).not.toThrow();
  });

  test("refuses a list of nothing, even a first one", async () => {
    const error = await errorFrom(() =>
      guardList({ parsed: listOf([]), previousEntries: null, maxShrinkPercent: 100 }),
    );
    expect(error.code).toBe("LIST_EMPTY");
  });

  test("refuses a list whose names are mostly not primary", async () => {
    const aliases = some(6, { type: "OTHER", names: [{ text: "A", kind: "ALIAS", strength: "UNKNOWN" }] });
    const mostly = [...aliases, ...some(5)];
    expect(() =>
      guardList({ parsed: listOf(mostly.slice(1)), previousEntries: null, maxShrinkPercent: 50 }),
    ).not.toThrow();
    const error = await errorFrom(() =>
      guardList({ parsed: listOf(mostly), previousEntries: null, maxShrinkPercent: 50 }),
    );
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toMatchObject({ entries: 11, primaryMissing: 6 });
  });

  test.each([-1, 101, Number.NaN])("takes no share of %s percent", async (maxShrinkPercent) => {
    const error = await errorFrom(() =>
      guardList({ parsed: listOf(some(1)), previousEntries: null, maxShrinkPercent }),
    );
    expect(error.code).toBe("OPTIONS_INVALID");
  });
});
