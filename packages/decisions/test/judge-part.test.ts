import { compilePolicy, type PolicyRule } from "@cordon/decisions";
import type { Designation, ListedPlace } from "@cordon/matching";
import { describe, expect, test } from "vitest";

import { numberSeamTexts, type PartJudge, partJudge, seamTexts } from "../src/judge-part.ts";
import { party } from "./events.ts";
import { fakeIndex, listed } from "./fake-index.ts";

const iban = "GB29NWBK60161331926819";
const index = fakeIndex([
  listed("uk:1", "Vile Smuggler", { identifiers: [{ kind: "IBAN", value: iban, note: null }] }),
]);
const judge = partJudge(index, compilePolicy());
const MOST = 1_000_000;
const debtor = { role: "DEBTOR", named: true } as const;
const text = { role: "MESSAGE", kind: "TEXT" } as const;

function placeOf(name: string, more: Partial<ListedPlace>): Designation {
  const rules = { rule: "hit", ruleInText: "hold", ruleOfOrigin: "tell" } as const;
  return listed(`places:${name}`, name, {
    type: "OTHER",
    place: { kind: "TOWN", codes: [], elsewhere: [], ...rules, ...more },
  });
}

function by(entries: readonly Designation[], ...rules: readonly PolicyRule[]): PartJudge {
  return partJudge(fakeIndex(entries), compilePolicy({ rules }));
}

function listedOnes(one: PartJudge): readonly boolean[] {
  return ["QD", "qd ", "GB"].map((code) => one.isListedCountry(code));
}

test("a part is clear where nothing matches and nothing holds it", () => {
  expect(judge.party(party("DEBTOR", "Ann Baker"), debtor, MOST)).toMatchObject({
    fieldsScreened: 1,
    namesScreened: 1,
    size: 1,
  });
  expect(judge.line("rent for May", text, MOST)).toMatchObject({ fieldsScreened: 1, namesScreened: 0, size: 1 });
});

test("a part that matches is not clear, though nothing holds it", () => {
  expect(judge.party(party("DEBTOR", "Vile Smuggler"), debtor, MOST)).toBe("not-clear");
  expect(judge.line("to Vile Smuggler", text, MOST)).toBe("not-clear");
});

test("a part that is held is not clear, though nothing matches", () => {
  expect(judge.party(party("DEBTOR", " "), debtor, MOST)).toBe("not-clear");
  expect(judge.line("Gor\uFFFDn", text, MOST)).toBe("not-clear");
});

test("a part that takes more work than is allowed is of no known outcome, whatever was found by then", () => {
  expect(judge.line("rent for May", text, 1)).toBe("unknown");
  expect(judge.line("BROAD", text, MOST)).toBe("unknown");
});

test("a line holds no identifier only where none that is listed stands in it", () => {
  expect(judge.noIdentifierIn("rent for May")).toBe(true);
  expect(judge.noIdentifierIn(`to ${iban}`)).toBe(false);
});

test("a part of which something is told is not clear, though it clears: an event must tell it", () => {
  const rules = [{ name: "r", because: "b", when: {}, apply: { lists: { except: ["uk"] } } }];
  const lenient = partJudge(index, compilePolicy({ rules }));
  expect(lenient.line("rent for May", text, MOST)).toMatchObject({ fieldsScreened: 1 });
  expect(lenient.line("to Vile Smuggler", text, MOST)).toBe("not-clear");
  const places = partJudge(fakeIndex([placeOf("Tirganta", { ruleInText: "tell" })]), compilePolicy());
  expect(places.line("to Leeds", text, MOST)).toMatchObject({ fieldsScreened: 1 });
  expect(places.line("to Tirganta", text, MOST)).toBe("not-clear");
});

describe("of places a judge tells", () => {
  const quendria = placeOf("Quendria", { kind: "COUNTRY", codes: ["QD"] });
  const order = placeOf("order 4711", { kind: "WORD" });
  const person = listed("uk:1", "Vile Smuggler");

  test("whether the index lists any", () => {
    expect([by([person]), by([person, quendria]), by([order])].map((one) => one.listsPlaces)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("whether a listed word has a number in it", () => {
    expect([by([person]), by([quendria]), by([quendria, order])].map((one) => one.wordsHaveNumbers)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("whether a country of the event is listed, where such fields are screened", () => {
    const noCodes = { name: "r", because: "b", when: { role: ["CODE"] }, apply: { screened: false } } as const;
    const noNames = { name: "r", because: "b", when: { kind: ["NAME"] }, apply: { screened: false } } as const;
    expect(listedOnes(by([quendria]))).toEqual([true, true, false]);
    expect(listedOnes(by([person]))).toEqual([false, false, false]);
    expect(listedOnes(by([quendria], noCodes))).toEqual([false, false, false]);
    expect(listedOnes(by([person], noCodes))).toEqual([false, false, false]);
    expect(listedOnes(by([quendria], noNames))).toEqual([true, true, false]);
  });
});

test("lines of one text are judged with what stands across their ends", () => {
  expect(seamTexts(["Vile", "Smuggler"])).toEqual(["Vile Smuggler"]);
  expect(numberSeamTexts(["GB29", "NWBK"])).toEqual([{ text: "GB29NWBK", work: 800 }]);
});
