import type { IdentifierKind } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { createEntryIdentifiers } from "../../src/publisher/entry-identifiers.ts";
import { createTally, type Counts } from "../../src/tally.ts";

function read(kind: IdentifierKind, cell: string, how: "add" | "addCell" = "addCell"): [readonly string[], Counts] {
  const tally = createTally();
  const identifiers = createEntryIdentifiers(tally);
  identifiers[how](kind, cell, "");
  return [identifiers.list().map(({ kind: one, value }) => `${one} ${value}`), tally.counts()];
}

describe("a cell with several things in it", () => {
  test.each<[IdentifierKind, string, readonly string[]]>([
    ["REGISTRATION", "1234567890127", ["REGISTRATION 1234567890127"]],
    [
      "REGISTRATION",
      "OGRN: 1234567890127KPP: 770701001INN: 7830002293",
      ["TAX_ID 7830002293", "REGISTRATION 1234567890127"],
    ],
    [
      "REGISTRATION",
      "INN: 7830002293 House register 5512345",
      ["TAX_ID 7830002293", "REGISTRATION INN: 7830002293 House register 5512345"],
    ],
    ["EMAIL", "a@example.org and b@example.net", ["EMAIL a@example.org", "EMAIL b@example.net"]],
    ["EMAIL", "a@example.org and b@exam ple.net", ["EMAIL a@example.org", "EMAIL a@example.org and b@exam ple.net"]],
    ["PHONE", "+7 495 123 45 67, a@example.org", ["EMAIL a@example.org", "PHONE +7 495 123 45 67, a@example.org"]],
  ])("%s %s", (kind, cell, found) => {
    expect(read(kind, cell)).toEqual([found, {}]);
  });

  test("and nothing but a number that many share is kept to be read, and not counted", () => {
    expect(read("REGISTRATION", "KPP: 770701001")).toEqual([["REGISTRATION KPP: 770701001"], {}]);
  });
});

describe("numbers with a check digit", () => {
  test.each<[IdentifierKind, string, readonly string[], Counts]>([
    ["IMO", "IMO9221970, IMO 9412347", ["IMO 9221970", "IMO 9412347"], {}],
    ["IMO", "IMO: 9074729", ["IMO 9074729"], {}],
    ["IMO", "9074729/9074728", ["IMO 9074729", "IMO 9074729/9074728"], { "IMO that fails its check": 1 }],
    ["IMO", "9074728", ["IMO 9074728"], { "IMO that fails its check": 1 }],
    ["MMSI", "273312345 (former 273354321)", ["MMSI 273312345", "MMSI 273354321"], {}],
    ["BIC", "EXAMGB2L; EXAMDEFF123", ["BIC EXAMGB2L", "BIC EXAMDEFF123"], {}],
  ])("%s %s", (kind, cell, found, counts) => {
    expect(read(kind, cell, "add")).toEqual([found, counts]);
  });
});

test.each<[IdentifierKind, string, Counts]>([
  ["PASSPORT", "issued in spring", { "PASSPORT that no rule reads": 1 }],
  ["PASSPORT", "20694", { "PASSPORT too short to tell anybody apart": 1 }],
  ["EMAIL", "www.example.org", { "EMAIL that no rule reads": 1 }],
  ["OTHER", "EP-MMH", {}],
  ["PASSPORT", "C4KNRMNCF", {}],
])("what no payment can hit is counted: %s %s", (kind, cell, counts) => {
  expect(read(kind, cell, "add")[1]).toEqual(counts);
});
