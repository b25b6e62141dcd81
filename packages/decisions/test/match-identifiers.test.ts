import { compileSnapshot, nothingKnown, openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { listedIn, matchIdentifier, matchIdentifiersIn } from "../src/match-identifiers.ts";
import type { ScreenableField } from "../src/screenable-field.ts";
import type { ScreenableIdentifier } from "../src/screenable-identifier.ts";
import { listed } from "./fake-index.ts";

const passport = { kind: "PASSPORT" as const, value: "A 1234567", note: null };
const person = listed("uk:1", "Vile Smuggler", {
  identifiers: [
    { ...passport, country: "IQ" },
    { kind: "IMO", value: "9074729", note: null },
  ],
  references: ["un:9"],
});
const index = openSnapshot(compileSnapshot([person, listed("un:9", "Wile Smagler")]));

const asked: ScreenableIdentifier = {
  path: "parties[0].identifiers[0].value",
  bearer: "party",
  role: "DEBTOR",
  text: "A1234567",
  kind: "PASSPORT",
  issuer: null,
  facts: nothingKnown,
};

function found(change: Partial<ScreenableIdentifier> = {}, by: ScreeningIndex = index) {
  return matchIdentifier({ ...asked, ...change }, by);
}

function unasked(): never {
  throw new Error("looked up all the same");
}

function unlisted() {
  return [{ kind: "PASSPORT" as const, start: 0, end: 8, keys: ["no such key"] }];
}

describe("an identifier in a field of its own", () => {
  test("is that of an entry, and of each that is linked with it, once", () => {
    expect(found().map(({ designation, identifier }) => [designation.id, identifier?.via, identifier?.kind])).toEqual([
      ["uk:1", null, "PASSPORT"],
      ["un:9", "uk:1", "PASSPORT"],
    ]);
    const both = listed("un:9", "Wile Smagler", { identifiers: [passport], references: ["uk:1"] });
    expect(found({}, openSnapshot(compileSnapshot([person, both]))).map(({ identifier }) => identifier?.via)).toEqual([
      null,
      null,
    ]);
  });

  test("is none where nothing is listed, or the index says at once that it cannot be", () => {
    expect(found({ text: "B7654321" })).toEqual([]);
    expect(
      listedIn("A1234567", { ...index, mayFindIdentifier: () => false, findIdentifier: unasked }, unasked),
    ).toEqual([]);
    expect(
      listedIn("A1234567", { ...index, mayFindIdentifier: () => true, findIdentifier: unasked }, () => []),
    ).toEqual([]);
  });

  test("is none where what may be one is not listed", () => {
    expect(listedIn("A1234567", index, unlisted)).toEqual([]);
  });

  test("tells what it is by the list where the event does not say", () => {
    expect(found({ kind: "OTHER", text: "IMO 9074729" })[0]?.identifier?.kind).toBe("IMO");
    expect(found({ kind: "TAX_ID" })[0]?.identifier?.kind).toBe("TAX_ID");
  });
});

/** Rows: who issued it, as the event says and as the list does, and what the alert tells of that. */
test.each([
  [null, "IQ", "issuer-absent the event does not say who issued it"],
  ["  ", "IQ", "issuer-absent the event does not say who issued it"],
  ["IQ", null, "issuer-absent the list does not say who issued it"],
  [" iq ", "IQ", "issuer-agree both say IQ"],
  ["IQ", "iq", "issuer-agree both say iq"],
  ["SY", "IQ", "issuer-conflict SY, but listed as IQ"],
  ["Iraq", "IQ", "issuer-absent IRAQ, listed as IQ: not comparable"],
  ["IQ", "Iraq", "issuer-absent IQ, listed as Iraq: not comparable"],
  ["XIQ", "IQ", "issuer-absent XIQ, listed as IQ: not comparable"],
])("issued by %j, listed as %j: %s", (issuer, country, told) => {
  const entry = listed("uk:1", "Vile", { identifiers: [country === null ? passport : { ...passport, country }] });
  const [match] = found({ issuer }, openSnapshot(compileSnapshot([entry])));
  const reason = match?.reasons.find(({ kind }) => kind.startsWith("issuer"));
  expect(`${reason?.kind ?? ""} ${reason?.detail ?? ""}`).toBe(told);
});

describe("an identifier in any other text", () => {
  const field = { ...asked, bearer: "text", path: "purpose", text: "IMO 9074729", kind: "TEXT" } as const;
  const inText = (change: object): readonly string[] =>
    matchIdentifiersIn({ ...field, ...change } as unknown as ScreenableField, index).map(
      ({ designation }) => designation.id,
    );

  test("is found, each entry once, though it stands there twice", () => {
    expect(inText({})).toEqual(["uk:1", "un:9"]);
    expect(inText({ text: "IMO 9074729, IMO 9074729" })).toEqual(["uk:1", "un:9"]);
    expect(inText({ text: "IMO 9074730" })).toEqual([]);
  });

  test("is told by what stands there, and by the entry's primary name", () => {
    const [match] = matchIdentifiersIn({ ...field, text: "on IMO 9074729 today" } as unknown as ScreenableField, index);
    expect(match?.reasons[0]?.detail).toMatch(/"(?:IMO )?9074729" is that of this entry, listed as "9074729"$/);
    expect(match?.name.text).toBe("Vile Smuggler");
  });

  test("is left to the field of its own where it stands in one, and a name is none", () => {
    for (const path of ["contact", "bic", "lei", "clearingId", "account.value", "identifiers[0].value"])
      expect(inText({ path: `parties[0].${path}` })).toEqual([]);
    expect(inText({ path: "parties[0].contact", bearer: "party" })).toEqual(["uk:1", "un:9"]);
  });

  test("says of a name's bearer what the event knows of it, and of nobody's text nothing", () => {
    const facts = { ...nothingKnown, nationalities: ["IQ"] };
    const reasons = (bearer: "party" | "text"): readonly string[] =>
      matchIdentifiersIn({ ...field, bearer, facts } as unknown as ScreenableField, index).flatMap((match) =>
        match.reasons.map(({ detail }) => detail),
      );
    expect(reasons("text")).toContain("the event says no nationality");
    expect(reasons("party")).not.toContain("the event says no nationality");
  });
});
