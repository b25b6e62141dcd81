import { expect, test } from "vitest";

import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";

/** Names of the UK list's irregular-migration regime (OGL v3.0) and well-known ones. */
const index = openSnapshot(
  compileSnapshot([
    designation("jahovic", ["Almir JAHOVIĆ"]),
    designation("tetouani", ["Mohammed TETOUANI", "Mohammed TETWANI"]),
    designation("kazawi-gang", ["The Kazawi Gang"], "ORGANISATION"),
    designation("alpa", ["ALPA TRADING FZCO"], "ORGANISATION"),
    designation("qadhafi", ["Muammar Mohammed Abu Minyar QADHAFI"]),
    designation("putin", ["Vladimir Vladimirovich PUTIN", "Владимир Владимирович ПУТИН"]),
    designation("soleimani", ["Qasem SOLEIMANI"]),
    designation("qaida", ["Al-Qaida", "القاعدة"], "ORGANISATION"),
    designation("rahman", ["Abd al-Rahman al-Sa'di"]),
    designation("xi", ["习近平"]),
    designation("unit", ["Unit 61398"], "ORGANISATION"),
    designation("freya", ["FREYA"], "VESSEL"),
    // A letter is no initial of a Roman number.
    designation("bicentenario-x", ["BICENTENARIO X"], "VESSEL"),
    designation("bicentenario-xii", ["BICENTENARIO XII"], "VESSEL"),
  ]),
);

const cases: readonly (readonly [query: string, expected: string, score: number, reasons: string])[] = [
  ["Almir Jahovic", "jahovic", 10_000, "exact exact"],
  ["JAHOVIĆ, Almir", "jahovic", 10_000, "exact exact"],
  ["ALMIR JAHOVIC", "jahovic", 10_000, "exact exact"],
  ["Almir Jahovc", "jahovic", 9300, "exact spelling"],
  ["Almir K. Jahovic", "jahovic", 9580, "exact exact unmatched-in-payment"],
  ["Mr Almir Jahovic", "jahovic", 9856, "exact exact unmatched-in-payment"],
  ["almirjahovic", "jahovic", 9800, "spaceless"],
  ["JAHOVICALMIR", "jahovic", 9800, "spaceless"],
  ["JahovicAlmir", "jahovic", 10_000, "exact exact"],
  ["J@hovic Almir", "jahovic", 10_000, "exact exact"],
  ["Си Цзиньпин", "xi", 10_000, "exact exact"],
  ["Ａｌｍｉｒ Ｊａｈｏｖｉｃ", "jahovic", 10_000, "exact exact"],
  ["Алмир Јаховић", "jahovic", 9350, "exact spelling"],
  ["Muhammad Tetwani", "tetouani", 9875, "name-class exact"],
  ["Mohammed Tetouani", "tetouani", 10_000, "exact exact"],
  ["Kazawi Gang", "kazawi-gang", 9855, "exact exact unmatched-in-list"],
  ["kazawi-gang", "kazawi-gang", 9855, "exact exact unmatched-in-list"],
  ["ALPA TRADING", "alpa", 9714, "exact exact unmatched-in-list"],
  ["Alpa Trading FZE", "alpa", 10_000, "exact exact exact"],
  ["Vladimir Putin", "putin", 9574, "exact exact unmatched-in-list"],
  ["Wladimir Wladimirowitsch Putin", "putin", 9772, "name-class name-class exact"],
  ["Владимир Путин", "putin", 9574, "exact exact unmatched-in-list"],
  ["Kassem Soleimani", "soleimani", 9750, "name-class exact"],
  ["Alqaeda", "qaida", 8600, "spelling"],
  ["القاعدة", "qaida", 10_000, "exact exact"],
  ["Abdul Rahman Alsadi", "rahman", 9750, "name-class exact"],
  ["Xi Jinping", "xi", 10_000, "exact exact"],
  ["Unit 61398", "unit", 10_000, "exact number"],
  ["Unit 61399", "", 0, ""],
  ["Oliver Baker", "", 0, ""],
  ["Freya Iqbal", "", 0, ""],
  ["Bicentenario X", "bicentenario-x", 10_000, "exact exact"],
  ["MV Freya", "freya", 9411, "exact unmatched-in-payment"],
];

test.each(cases)("%s: %s at %i", (query, expected, score, reasons) => {
  const result = index.search(query, compileSearchOptions());
  const best = result.kind === "matches" ? result.matches[0] : undefined;
  expect({
    id: best === undefined ? "" : best.designation.id.replace("test:", ""),
    score: best?.score ?? 0,
    reasons: best?.reasons.map(({ kind }) => kind).join(" ") ?? "",
  }).toEqual({ id: expected, score, reasons });
});

test("offsets point at the words that matched, astral characters before them too", () => {
  const text = "🙂🙂 Mr. Álmir  JAHOVIĆ 🙂";
  const result = index.search(text, compileSearchOptions());
  if (result.kind !== "matches") throw new Error(result.kind);
  const [match] = result.matches;
  expect(text.slice(match?.start, match?.end)).toBe("Álmir  JAHOVIĆ");
});

test.each(["", "   ", "🙂", "—", "\u200b"])("%j is unreadable", (text) => {
  expect(index.search(text, compileSearchOptions()).kind).toBe("unreadable");
});

test("a query of 64 words is searched, one of 65 is too broad, and so is a text without end", () => {
  const options = compileSearchOptions();
  const words = Array.from({ length: 64 }, (_, i) => `w${String(i)}`).join(" ");
  expect(index.search(words, options).kind).toBe("matches");
  expect(index.search(`${words} more`, options).kind).toBe("too-broad");
  expect(index.search("a".repeat(4096), options).kind).toBe("matches");
  expect(index.search("a".repeat(4097), options).kind).toBe("too-broad");
});

test("a search that would never end is too broad, not cut short", () => {
  const name = Array.from({ length: 64 }, () => "ali").join(" ");
  const hard = openSnapshot(
    compileSnapshot(Array.from({ length: 40 }, (_, at) => designation(String(at), [`${name} ali`]))),
  );
  expect(hard.search(name, compileSearchOptions()).kind).toBe("too-broad");
  expect(hard.search("ali ali", compileSearchOptions()).kind).toBe("matches");
});
