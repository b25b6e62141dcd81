import { compilePolicy } from "@cordon/decisions";
import { nothingKnown, type ScreeningIndex, type SearchResult } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { byEvidence } from "../src/by-evidence.ts";
import { type Compared, compare } from "../src/compare.ts";
import type { FieldMatch } from "../src/field-match.ts";
import type { ScreenableField } from "../src/screenable-field.ts";
import type { ScreenableIdentifier } from "../src/screenable-identifier.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const policy = compilePolicy();
const iban = "GB29NWBK60161331926819";
const smuggler = listed("uk:1", "Vile Smuggler", {
  identifiers: [
    { kind: "IBAN", value: iban, note: null },
    { kind: "PASSPORT", value: "ZK4711923", note: null },
  ],
});
const index = fakeIndex([smuggler, listed("uk:3", "Sea Vile", { type: "VESSEL" })]);

function nameOf(text: string, change: Partial<ScreenableField> = {}): ScreenableField {
  const path = change.path ?? "parties[0].name";
  const known = {
    role: "DEBTOR",
    kind: "NAME",
    comparison: "any",
    required: true,
    facts: nothingKnown,
    place: null,
  } as const;
  return { ...known, bearer: "party", text, ...change, path };
}

function lineOf(text: string, at = 0, change: Partial<ScreenableField> = {}): ScreenableField {
  const path = `remittanceInformation[${String(at)}]`;
  const role = "REMITTANCE_INFORMATION";
  return nameOf(text, { bearer: "text", role, comparison: "text", required: false, path, ...change });
}

function identifierOf(text: string): ScreenableIdentifier {
  const known = { bearer: "party", role: "DEBTOR", issuer: null, facts: nothingKnown } as const;
  return { ...known, path: "parties[0].identifiers[0].value", text, kind: "PASSPORT" };
}

interface Asked {
  readonly fields?: readonly ScreenableField[];
  readonly identifiers?: readonly ScreenableIdentifier[];
  readonly mostWork?: number;
  readonly by?: ScreeningIndex;
}

function compared({ fields = [], identifiers = [], mostWork, by = index }: Asked): Compared {
  return compare({ fields, identifiers, problems: [] }, by, policy, mostWork === undefined ? {} : { mostWork });
}

/** Who was found, and where: the path, the beginning and the end. */
function found(asked: Asked): readonly string[] {
  return compared(asked).matches.map(
    ({ designation, field, start, end }) => `${designation.id} ${field.path} ${String(start)}-${String(end)}`,
  );
}

function problemsOf(asked: Asked): readonly string[] {
  return [...compared(asked).problems];
}

function times<T>(count: number, item: T): readonly T[] {
  return Array.from({ length: count }, () => item);
}

describe("the number of fields and of identifiers is bounded", () => {
  test("a thousand fields are compared, and one more holds", () => {
    expect(problemsOf({ fields: times(1000, nameOf("Ann")) })).toEqual([]);
    expect(problemsOf({ fields: times(1001, nameOf("Ann")) })).toEqual(["QUERY_TOO_BROAD"]);
  });

  test("a thousand identifiers are looked up, and one more holds", () => {
    expect(problemsOf({ identifiers: times(1000, identifierOf("AB12")) })).toEqual([]);
    expect(problemsOf({ identifiers: times(1001, identifierOf("AB12")) })).toEqual(["QUERY_TOO_BROAD"]);
  });

  test("what stands behind the thousandth identifier is not looked up", () => {
    const last = identifierOf("ZK4711923");
    expect(found({ identifiers: [...times(999, identifierOf("AB12")), last] })).toHaveLength(1);
    expect(found({ identifiers: [...times(1000, identifierOf("AB12")), last] })).toEqual([]);
  });
});

describe("once the work is over its bound", () => {
  test("no identifier, no field and no seam of lines is read any more", () => {
    const identifiers = [identifierOf("ZK4711923")];
    expect(found({ identifiers, mostWork: 1 })).toEqual([]);
    expect(found({ fields: [nameOf("Vile Smuggler")], mostWork: 1 })).toEqual([]);
    expect(found({ fields: [lineOf("GB29NWBK6016"), lineOf("1331926819", 1)], mostWork: 1 })).toEqual([]);
    expect(found({ fields: [lineOf("GB29NWBK6016"), lineOf("1331926819", 1)] })).toEqual([
      "uk:1 remittanceInformation[0] 0-12",
    ]);
  });

  test("the event is too broad, also where identifiers alone took it all", () => {
    const identifiers = [identifierOf("AB12")];
    expect(problemsOf({ identifiers, mostWork: 399 })).toEqual(["QUERY_TOO_BROAD"]);
    expect(problemsOf({ identifiers: [identifierOf("ZK4711923")], mostWork: 2000 })).toEqual(["QUERY_TOO_BROAD"]);
  });

  test("a field that is not read any more does not count as compared", () => {
    const fields = [nameOf("Ann")];
    expect(compared({ fields, mostWork: 300 })).toMatchObject({ fieldsScreened: 1, namesScreened: 1 });
    expect(compared({ fields, mostWork: 299 })).toMatchObject({ fieldsScreened: 0, namesScreened: 0 });
  });

  test("what it takes to read the rest is not even counted", () => {
    const fields = Array.from({ length: 100 }, (_, at) => lineOf("to nobody at", at));
    const one = "to nobody at".length * 100;
    const seam = "to nobody atto nobody at".length * 100;
    const { work, problems } = compared({ fields, mostWork: 1 });
    expect([...problems]).toEqual(["QUERY_TOO_BROAD"]);
    expect(work).toBeGreaterThanOrEqual(one);
    expect(work).toBeLessThan(one + 20 * seam);
  });

  test("a seam of lines is not searched", () => {
    const seams = fakeIndex([]);
    compared({ fields: [lineOf("Vile"), lineOf("Smuggler", 1)], by: seams });
    expect(seams.searched).toContain("text: Vile Smuggler");
    const over = fakeIndex([]);
    const fields = [lineOf("Vile"), lineOf("Smuggler", 1)];
    compared({ fields, mostWork: 100 * "VileSmuggler".length - 1, by: over });
    expect(over.searched).not.toContain("text: Vile Smuggler");
  });

  test("a reading of a text is not searched, nor that of an identifier looked up", () => {
    const fields = [nameOf("Vile%20Smuggler")];
    expect(found({ fields })).toHaveLength(1);
    expect(found({ fields, mostWork: 100 * "Vile%20Smuggler".length })).toEqual([]);
    expect(problemsOf({ fields, mostWork: 100 * "Vile%20Smuggler".length })).toEqual(["QUERY_TOO_BROAD"]);
    const identifiers = [identifierOf("ZK%34711923")];
    expect(found({ identifiers })).toHaveLength(1);
    expect(found({ identifiers, mostWork: 100 * "ZK%34711923".length })).toEqual([]);
  });
});

test("to describe what was found is work, too", () => {
  const none = fakeIndex([]);
  const fields = [nameOf("Vile Smuggler")];
  expect(compared({ fields }).work).toBe(compared({ fields, by: none }).work + 3000);
  const identifiers = [identifierOf("ZK4711923")];
  const looksUpTwice = compared({ identifiers }).work - compared({ identifiers, by: none }).work;
  expect(looksUpTwice).toBeGreaterThanOrEqual(3000);
});

describe("what is encoded is found where it stands as received", () => {
  test("an identifier in a field of its own", () => {
    expect(found({ identifiers: [identifierOf("ZK%34711923")] })).toEqual([
      "uk:1 parties[0].identifiers[0].value 0-11",
    ]);
  });

  test("a name, and an identifier in a line", () => {
    expect(found({ fields: [lineOf("to Vile%20Smuggler")] })).toEqual(["uk:1 remittanceInformation[0] 3-18"]);
    expect(found({ fields: [lineOf("IBAN GB29NWBK601613319268%31%39")] })).toEqual([
      "uk:1 remittanceInformation[0] 5-31",
    ]);
  });

  test("a text that is too broad once it is decoded holds", () => {
    expect(problemsOf({ fields: [nameOf("%42ROAD")] })).toEqual(["QUERY_TOO_BROAD"]);
  });

  test("letters of escapes are no name of a text as received", () => {
    const u = listed("uk:7", "u0056\\u0065");
    const text = "\\u0056\\u0065\\u006c\\u0064\\u0061";
    expect(found({ fields: [lineOf(text)], by: fakeIndex([u]) })).toEqual([]);
  });
});

describe("what stands across the end of a line", () => {
  const full = `${"x ".repeat(16)}BRO`;

  test("holds where it is too broad to search", () => {
    expect(full).toHaveLength(35);
    expect(problemsOf({ fields: [lineOf(full), lineOf("AD", 1)] })).toEqual(["QUERY_TOO_BROAD"]);
  });

  test.each([
    ["a letter that was lost in a word that a full line broke", `${"x ".repeat(16)}Goï`, "¿½n Doe"],
    ["two words of question marks", "rent ???", "??? Doe"],
  ])("holds by %s, which neither line tells", (_what, first, second) => {
    const fields = [lineOf(first), lineOf(second, 1)];
    for (const one of fields) expect(problemsOf({ fields: [one] })).toEqual([]);
    expect(problemsOf({ fields })).toEqual(["NAME_UNREADABLE"]);
  });

  test("is told once, though it is found with a hyphen and without", () => {
    expect(found({ fields: [lineOf("GB29-NWBK-6016-"), lineOf("1331-9268-19", 1)] })).toHaveLength(1);
  });
});

describe("one match for each designation and field", () => {
  test("the first identifier of several, and the name beside it as it stands there", () => {
    const fields = [lineOf(`${iban} of Vile Smuggler`)];
    const { matches } = compared({ fields });
    expect(matches).toHaveLength(1);
    expect(matches[0]?.reasons.at(-1)?.detail).toBe(
      '"Vile Smuggler" in the same field matches the name "Vile Smuggler" (100 %)',
    );
    const two = compared({ fields: [lineOf(`${iban} ZK4711923 %41`)] });
    expect(two.matches.map(({ start }) => start)).toEqual([0]);
  });

  test("the identifier as received, before one that stands in a reading only", () => {
    const { matches } = compared({ fields: [lineOf(`ZK%34711923 or ${iban}`)] });
    expect(matches.map(({ identifier, start }) => [identifier?.kind, start])).toEqual([["IBAN", 15]]);
  });

  test("a text is not read again for a second field that has it, unless they are other places", () => {
    const once = fakeIndex([]);
    compared({ fields: [nameOf("Ann Baker"), nameOf("Ann Baker", { path: "parties[1].name" })], by: once });
    expect(once.searched).toEqual(["Ann Baker"]);
    const town = lineOf("Sea Vile", 0, { place: "town", path: "parties[0].address.town" });
    const street = lineOf("Sea Vile", 0, { place: "address", path: "parties[0].address.street" });
    expect(found({ fields: [town, street] })).toEqual(["uk:3 parties[0].address.street 0-8"]);
  });
});

test("what is known of a bearer speaks of its name, and of no name in a text", () => {
  const born = { birthDates: [{ date: "1949-03-19", until: null, approximate: false }] };
  const by = fakeIndex([listed("uk:1", "Vile Smuggler", born)]);
  const facts = { ...nothingKnown, type: "PERSON", birthDate: "1980-02-02" } as const;
  const hard = (field: ScreenableField): unknown =>
    compared({ fields: [field], by }).matches.map(({ evidence }) => evidence.some((one) => one.hard));
  expect(hard(nameOf("Vile Smuggler", { facts }))).toEqual([true]);
  expect(hard(lineOf("to Vile Smuggler", 0, { facts }))).toEqual([false]);
});

function answering(whole: SearchResult, within: SearchResult): ScreeningIndex {
  return { ...index, search: () => whole, searchText: () => within };
}
const none: SearchResult = { kind: "matches", matches: [] };
const match = (score: number): SearchResult => ({
  kind: "matches",
  matches: [{ designation: smuggler, name: smuggler.names.at(0)!, score, start: 0, end: 3, reasons: [] }],
});

describe("a name that is compared as a whole and searched", () => {
  test("is too broad where either is", () => {
    const broad: SearchResult = { kind: "too-broad" };
    const fields = [nameOf("Ann")];
    expect(problemsOf({ fields, by: answering(broad, none) })).toEqual(["QUERY_TOO_BROAD"]);
    expect(problemsOf({ fields, by: answering(none, broad) })).toEqual(["QUERY_TOO_BROAD"]);
  });

  test("is not searched where nothing of it can be read", () => {
    const fields = [nameOf("Ann")];
    const by = answering({ kind: "unreadable" }, match(9000));
    expect(compared({ fields, by })).toMatchObject({ matches: [], fieldsScreened: 0 });
    expect(problemsOf({ fields, by })).toEqual(["NAME_UNREADABLE"]);
  });

  test.each([
    [10_000, 9000, 10_000, undefined],
    [9000, 10_000, 10_000, true],
    [9000, 9000, 9000, undefined],
  ])("keeps the better of %i as a whole and %i within, and the first of equals", (whole, within, score, part) => {
    const { matches } = compared({ fields: [nameOf("Ann")], by: answering(match(whole), match(within)) });
    expect(matches.map((one) => [one.score, one.within])).toEqual([[score, part]]);
  });
});

const matchBy = (kind: "exact" | "spelling", points: number): FieldMatch => ({
  field: { path: "parties[0].name", bearer: "party", role: "DEBTOR", text: "Ann" },
  designation: smuggler,
  name: { text: "Ann", kind: "PRIMARY", strength: "UNKNOWN" },
  score: 9000,
  start: 0,
  end: 3,
  reasons: [
    { kind, detail: "", points },
    { kind: kind === "exact" ? "spelling" : "exact", detail: "", points: 9000 - points },
  ],
  evidence: [],
  identifier: null,
});

test("of equal scores, the one more of whose points come from words that are the same stands first", () => {
  expect(byEvidence(matchBy("exact", 6000), matchBy("exact", 3000))).toBeLessThan(0);
  expect(byEvidence(matchBy("exact", 3000), matchBy("spelling", 3000))).toBeGreaterThan(0);
  expect(byEvidence(matchBy("exact", 3000), matchBy("exact", 3000))).toBe(0);
});
