import { describe, expect, test } from "vitest";

import { ofacBirthDate } from "../../src/ofac/birth-date.ts";
import { naturalOrder } from "../../src/ofac/natural-name.ts";
import { readRemarks } from "../../src/ofac/remarks.ts";
import { createEntryDetails } from "../../src/publisher/entry-details.ts";
import { createEntryIdentifiers } from "../../src/publisher/entry-identifiers.ts";
import { createTally } from "../../src/tally.ts";

test.each([
  ["EXAMPLE, Anna Maria", "Anna Maria EXAMPLE"],
  ["DE LA EXAMPLE, Anna", "Anna DE LA EXAMPLE"],
  ["EXAMPLE, Anna, Jr.", "Anna EXAMPLE Jr."],
  ["EXAMPLE, JR., Arturo", "Arturo EXAMPLE JR."],
  ["EXAMPLE, Anna, bint Ali", "Anna bint Ali EXAMPLE"],
  ["EXAMPLE", null],
  ["EXAMPLE,", null],
])("the natural order of %j is %j", (published, natural) => {
  expect(naturalOrder(published)).toBe(natural);
});

test.each([
  ["08 Sep 1966", "1966-09-08", null, false],
  ["1984", "1984", null, false],
  ["Oct 1966", "1966-10", null, false],
  ["circa 1956", "1956", null, true],
  ["circa 01 Jan 1961", "1961-01-01", null, true],
  ["1981 to 1983", "1981", "1983", false],
  ["01 Jan 1947 to 01 Jan 1949", "1947-01-01", "1949-01-01", false],
  ["Mar 1962 to Feb 1963", "1962-03", "1963-02", false],
  ["circa 1979-1982", "1979", "1982", true],
])("the birth date %j is read", (text, date, until, approximate) => {
  expect(ofacBirthDate(text)).toEqual({ date, until, approximate });
});

test.each(["", "unknown", "31 Feb 1980", "1981 to", "1980 to 1981 to 1982"])("the birth date %j is not", (text) => {
  expect(ofacBirthDate(text)).toBeNull();
});

function read(text: string) {
  const unknown = createTally();
  const identifiers = createEntryIdentifiers(unknown);
  const details = createEntryDetails(createTally());
  const found = readRemarks(text, { unknown, identifiers, details });
  return { ...found, ...details.fields(), identifiers: identifiers.list(), unknown: unknown.counts() };
}

describe("remarks", () => {
  test("give the names in quotes, apostrophes and all, and no quoted words elsewhere", () => {
    const { weakNames } = read(
      "Commander ('Nobody'); a.k.a. 'ABU DU'A'; a.k.a. 'ABD AL-MUHSI''; f.k.a. 'OLD'; n.k.a. 'NEW'; a.k.a. ''ALI, Abu'.",
    );
    expect(weakNames).toEqual([
      { text: "ABU DU'A", kind: "ALIAS" },
      { text: "ABD AL-MUHSI'", kind: "ALIAS" },
      { text: "OLD", kind: "FORMER" },
      { text: "NEW", kind: "ALIAS" },
      { text: "'ALI, Abu", kind: "ALIAS" },
    ]);
  });

  test("count a name that is not closed, and keep it", () => {
    expect(read("a.k.a. 'CUT OF")).toMatchObject({
      weakNames: [{ text: "CUT OF", kind: "ALIAS" }],
      unknown: { "weak alias without a closing quote": 1 },
    });
  });

  test.each([
    ["Passport 1084010 (Egypt)", { kind: "PASSPORT", value: "1084010", note: "(Egypt)", country: "EG" }],
    ["alt. Diplomatic Passport D9 issued 04 Oct 2000", { kind: "PASSPORT", value: "D9", note: "issued 04 Oct 2000" }],
    ["National ID No. 2802738003 (Iran)", { kind: "NATIONAL_ID", value: "2802738003", note: "(Iran)", country: "IR" }],
    ["Tax ID No. 100036386 (Serbia).", { kind: "TAX_ID", value: "100036386", note: "(Serbia)", country: "RS" }],
    ["Registration ID 14063277.", { kind: "REGISTRATION", value: "14063277", note: null }],
    ["SWIFT/BIC EXAMGB2L", { kind: "BIC", value: "EXAMGB2L", note: null }],
    ["Identification Number IMO 9074729", { kind: "IMO", value: "9074729", note: null }],
    ["Company Number IMO 9074729", { kind: "IMO", value: "9074729", note: null }],
    [
      "Identification Number 2.194.975 (Paraguay)",
      { kind: "NATIONAL_ID", value: "2.194.975", note: "(Paraguay)", country: "PY" },
    ],
    ["Email Address a.b@example.net.", { kind: "EMAIL", value: "a.b@example.net", note: null }],
    ["alt. Phone Number 982188526300", { kind: "PHONE", value: "982188526300", note: null }],
    ["Fax 982188526300", { kind: "PHONE", value: "982188526300", note: "Fax" }],
    ["alt. Digital Currency Address - ETH 0x85", { kind: "WALLET", value: "0x85", note: null, currency: "ETH" }],
    ["D-U-N-S Number 542957624", { kind: "OTHER", value: "542957624", note: "D-U-N-S Number" }],
  ] as const)("%j is an identifier", (text, identifier) => {
    expect(read(text).identifiers).toEqual([identifier]);
  });

  test("are kept in parts, under their label, and numbers are looked for in those of no known label", () => {
    expect(
      read("Linked To: SOMEBODY; POB Somewhere; Minister of Secrets; Former Vessel Flag Malta; bank's BIC EXAMGB2L;;."),
    ).toEqual({
      weakNames: [],
      birthDates: [],
      nationalities: [],
      identifiers: [{ kind: "BIC", value: "EXAMGB2L", note: "in Remark" }],
      unknown: {},
      birthPlaces: ["Somewhere"],
      vesselFacts: [{ kind: "FORMER_FLAG", value: "Malta" }],
      remarks: [
        { label: "Linked to", text: "SOMEBODY" },
        { label: "Remark", text: "Minister of Secrets" },
        { label: "Remark", text: "bank's BIC EXAMGB2L" },
      ],
    });
  });

  test("with an IMO number that is none, or a date that is none, are counted as not understood", () => {
    expect(read("Company Number IMO 543400; DOB of old").unknown).toEqual({
      "IMO that fails its check": 1,
      "birth date": 1,
    });
  });
});
