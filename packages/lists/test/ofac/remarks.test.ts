import { describe, expect, test } from "vitest";

import { ofacBirthDate } from "../../src/ofac/birth-date.ts";
import { naturalOrder } from "../../src/ofac/natural-name.ts";
import { readRemarks } from "../../src/ofac/remarks.ts";
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
  const notKept = createTally();
  return { ...readRemarks(text, { unknown, notKept }), unknown: unknown.counts(), notKept: notKept.counts() };
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
    ["Passport 1084010 (Egypt)", "PASSPORT", "1084010", "(Egypt)"],
    ["alt. Diplomatic Passport D9 issued 04 Oct 2000", "PASSPORT", "D9", "issued 04 Oct 2000"],
    ["National ID No. 2802738003 (Iran)", "NATIONAL_ID", "2802738003", "(Iran)"],
    ["Tax ID No. 100036386 (Serbia).", "TAX_ID", "100036386", "(Serbia)"],
    ["Registration ID 14063277.", "REGISTRATION", "14063277", ""],
    ["SWIFT/BIC HAVIGB2L", "BIC", "HAVIGB2L", ""],
    ["Identification Number IMO 7406784", "IMO", "7406784", ""],
    ["Company Number IMO 7406784", "IMO", "7406784", ""],
    ["Identification Number 2.194.975 (Paraguay)", "NATIONAL_ID", "2.194.975", "(Paraguay)"],
    ["Email Address a.b@example.net.", "EMAIL", "a.b@example.net", ""],
    ["alt. Phone Number 982188526300", "PHONE", "982188526300", ""],
    ["alt. Digital Currency Address - ETH 0x85", "WALLET", "0x85", "ETH"],
    ["D-U-N-S Number 542957624", "OTHER", "542957624", "D-U-N-S Number"],
  ])("%j is an identifier", (text, kind, value, note) => {
    expect(read(text).identifiers).toEqual([{ kind, value, note }]);
  });

  test("have parts that are counted by their label, never by what they say", () => {
    expect(
      read("Linked To: SOMEBODY; POB Somewhere; Minister of Secrets; nationality of Registration Malta;;."),
    ).toEqual({
      weakNames: [],
      birthDates: [],
      nationalities: [],
      identifiers: [],
      unknown: {},
      notKept: {
        "remark: country of registration": 1,
        "remark: linked to": 1,
        "remark: other": 1,
        "remark: place of birth": 1,
      },
    });
  });

  test("with an IMO number that is none, or a date that is none, are counted as not understood", () => {
    expect(read("Company Number IMO 543400; DOB of old").unknown).toEqual({
      "IMO number that is not seven digits": 1,
      "birth date": 1,
    });
  });
});
