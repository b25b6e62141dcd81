import type { Designation } from "@cordon/matching";
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

  test("refuses a type of exactly twenty entries that is gone", async () => {
    const parsed = listOf(some(90));
    const error = await errorFrom(() =>
      guardList({ parsed, previousEntries: 110, previousByType: { VESSEL: 20 }, maxShrinkPercent: 50 }),
    );
    expect(error.details).toMatchObject({ what: "VESSEL", before: 20, now: 0 });
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

describe("the guard of a complete list", () => {
  const guards = { floors: { PERSON: 30, VESSEL: 1 }, canaries: ["ANNA  Example", "Nobody AT ALL"] };
  const named = some(1, { names: [{ text: "nobody at all", kind: "PRIMARY", strength: "UNKNOWN" }], type: "VESSEL" });
  const guard = (designations: readonly Designation[]): void => {
    guardList({ parsed: listOf(designations), previousEntries: null, maxShrinkPercent: 50, guards });
  };

  test("lets a list pass that has what the list always had", () => {
    expect(() => guard([...some(30), ...named])).not.toThrow();
  });

  test("refuses fewer of a type than its floor", async () => {
    const error = await errorFrom(() => guard([...some(29), ...named]));
    expect(error.code).toBe("LIST_INCOMPLETE");
    expect(error.details).toEqual({ list: "uk", type: "PERSON", now: 29, floor: 30 });
  });

  test("knows a canary in another case, with other spaces around it and within", () => {
    const widely = some(1, {
      names: [{ text: " Nobody  at\tALL ", kind: "PRIMARY", strength: "UNKNOWN" }],
      type: "VESSEL",
    });
    expect(() => guard([...some(30), ...widely])).not.toThrow();
    const sharp = { ...guards, canaries: [" STRASSE "] };
    const street = some(1, { names: [{ text: "straße", kind: "PRIMARY", strength: "UNKNOWN" }], type: "VESSEL" });
    expect(() =>
      guardList({
        parsed: listOf([...some(30), ...street]),
        previousEntries: null,
        maxShrinkPercent: 50,
        guards: sharp,
      }),
    ).toThrow("lacks names");
  });

  test("refuses a canary that is gone, and does not say whose name it is", async () => {
    const error = await errorFrom(() => guard([...some(30), ...some(1, { type: "VESSEL" })]));
    expect(error.code).toBe("LIST_INCOMPLETE");
    expect(error.details).toEqual({ list: "uk", missing: "2", canaries: 2 });
    expect(error.message).not.toMatch(/nobody/i);
  });
});

const dry = (count: number, dated: number): readonly Designation[] => [
  ...some(dated),
  ...some(count - dated, { birthDates: [] }),
];
const ships = (count: number, dated: number): readonly Designation[] =>
  some(count, { type: "VESSEL" }).map((ship, at) => (at < dated ? ship : { ...ship, birthDates: [] }));
const guardAfter = (before: readonly Designation[], now: readonly Designation[], maxDriftPercent?: number): void => {
  guardList({
    parsed: listOf(now),
    previousEntries: before.length,
    previous: before,
    maxShrinkPercent: 50,
    ...(maxDriftPercent === undefined ? {} : { maxDriftPercent }),
  });
};

describe("the guard of two versions", () => {
  test("refuses a column that ran dry, with its share before and now", async () => {
    const error = await errorFrom(() => guardAfter(dry(100, 80), dry(100, 39)));
    expect(error.code).toBe("LIST_INCOMPLETE");
    expect(error.details).toEqual({
      list: "uk",
      type: "PERSON",
      column: "birth dates",
      from: 80,
      to: 39,
      maxDriftPercent: 50,
    });
  });

  test("refuses a column that exactly twenty had and that ran dry", async () => {
    const error = await errorFrom(() => guardAfter(dry(100, 20), dry(100, 0)));
    expect(error.details).toMatchObject({ column: "birth dates", from: 20, to: 0 });
  });

  test("compares columns where exactly twenty entries of the type are left, and not where fewer are", async () => {
    const error = await errorFrom(() => guardAfter(dry(40, 40), dry(20, 0)));
    expect(error.details).toMatchObject({ column: "birth dates", from: 100, to: 0 });
    expect(() => guardAfter([...some(100), ...ships(30, 30)], [...some(100), ...ships(19, 0)])).not.toThrow();
    expect(() => guardAfter([...some(100), ...ships(30, 30)], some(100))).not.toThrow();
  });

  test("refuses a column that ran dry for one type alone", async () => {
    const numbered = (identifiers: Designation["identifiers"]) => some(30, { type: "VESSEL", identifiers });
    const [before, now] = [
      [...some(500), ...numbered([{ kind: "IMO", value: "1", note: null }])],
      [...some(500), ...numbered([])],
    ];
    const error = await errorFrom(() => guardAfter(before, now));
    expect(error.details).toMatchObject({ type: "VESSEL", column: "identifiers", from: 100, to: 0 });
  });

  test.each([
    ["half of it gone", 80, 40, undefined],
    ["a column that fills", 20, 80, undefined],
    ["few to fall from", 19, 0, undefined],
    ["a fall that is allowed", 80, 0, 100],
  ])("lets pass %s", (_what, before, now, maxDriftPercent) => {
    expect(() => guardAfter(dry(100, before), dry(100, now), maxDriftPercent)).not.toThrow();
  });
});

const guardUnknown = (unknown: ParsedList["unknown"]): void => {
  guardList({ parsed: { ...listOf(some(100)), unknown }, previousEntries: null, maxShrinkPercent: 50 });
};

const guardShort = (count: number): void => {
  guardList({
    parsed: { ...listOf(some(30)), unknown: { "birth date": count } },
    previousEntries: null,
    maxShrinkPercent: 50,
  });
};

describe("the guard of what is not understood", () => {
  test("refuses one kind that more than a quarter of the entries have", async () => {
    const error = await errorFrom(() => guardUnknown({ "birth date": 26 }));
    expect(error.code).toBe("LIST_MALFORMED");
    expect(error.details).toMatchObject({ kind: "birth date", count: 26, entries: 100 });
  });

  test("looks at a kind that exactly twenty entries have, and lets a short list have fewer", async () => {
    expect((await errorFrom(() => guardShort(20))).code).toBe("LIST_MALFORMED");
    expect(() => guardShort(19)).not.toThrow();
  });

  test("lets pass what is rarer, and a new part of the file", () => {
    expect(() => guardUnknown({ "birth date": 25, "column New": 100, "property new": 100 })).not.toThrow();
  });
});
