import { describe, expect, test } from "vitest";

import { createEntryIdentifiers } from "../../src/publisher/entry-identifiers.ts";
import { createEntryNames } from "../../src/publisher/entry-names.ts";
import { createTally } from "../../src/tally.ts";

describe("the names of an entry", () => {
  test("put the primary ones first and otherwise keep their order", () => {
    const names = createEntryNames(createTally());
    names.add({ text: "B", kind: "ALIAS", strength: "WEAK" });
    names.add({ text: "A", kind: "VARIATION", strength: "UNKNOWN" });
    names.add({ text: "", kind: "PRIMARY", strength: "UNKNOWN" });
    names.add({ text: "P", kind: "PRIMARY", strength: "UNKNOWN" });
    expect(names.list().map(({ text }) => text)).toEqual(["P", "B", "A"]);
  });

  test("hold each text once, with the best kind and the strength that is matched more readily", () => {
    const names = createEntryNames(createTally());
    names.add({ text: "A", kind: "FORMER", strength: "WEAK" });
    names.add({ text: "A", kind: "ALIAS", strength: "STRONG" });
    names.add({ text: "A", kind: "FORMER", strength: "UNKNOWN" });
    expect(names.list()).toEqual([{ text: "A", kind: "ALIAS", strength: "STRONG" }]);
  });
});

describe("the identifiers of an entry", () => {
  test("hold each value of a kind once, with every note about it", () => {
    const identifiers = createEntryIdentifiers(createTally());
    identifiers.add("PASSPORT", "A1", "issued in Kabul");
    identifiers.add("PASSPORT", "A1", "");
    identifiers.add("PASSPORT", "A1", "expired");
    identifiers.add("NATIONAL_ID", "A1", "");
    identifiers.add("PASSPORT", "", "no number");
    expect(identifiers.list()).toEqual([
      { kind: "PASSPORT", value: "A1", note: "issued in Kabul; expired" },
      { kind: "NATIONAL_ID", value: "A1", note: null },
    ]);
  });
});

test.each(["na", "NA", "N/A", "n.a.", "(N/A)", "none", "Unknown", "not available", "-"])(
  "%j is a word for no name: left out and counted, unless the entry has no other",
  (text) => {
    const tally = createTally();
    const names = createEntryNames(createTally());
    names.add({ text, kind: "ALIAS", strength: "UNKNOWN" });
    expect(names.list().map((name) => name.text)).toEqual([text]);
    const others = createEntryNames(tally);
    others.add({ text, kind: "ALIAS", strength: "UNKNOWN" });
    others.add({ text: "Ana EXAMPLE", kind: "PRIMARY", strength: "STRONG" });
    expect(others.list().map((name) => name.text)).toEqual(["Ana EXAMPLE"]);
    expect(tally.counts()).toEqual({ "word for no name in the place of one": 1 });
  },
);

test.each(["Na Li", "NANA", "None Such Ltd", "Naa"])("%j is a name", (text) => {
  const tally = createTally();
  const names = createEntryNames(tally);
  names.add({ text: "Ana EXAMPLE", kind: "PRIMARY", strength: "STRONG" });
  names.add({ text, kind: "ALIAS", strength: "UNKNOWN" });
  expect([names.list().length, tally.counts()]).toEqual([2, {}]);
});
