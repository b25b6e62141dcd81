import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type Designation,
  designationTypes,
  type ListedName,
  nameKinds,
  nameStrengths,
} from "../../src/designation.ts";
import { openSnapshot, openWithSettings } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { scanEverything } from "../../src/engine/scan-everything.ts";
import type { SearchResult } from "../../src/search.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { scanText } from "../../src/text/scan-text.ts";
import { designation } from "../example-designations.ts";

/** Words that meet each other in every way, and words of lines around them. */
const vocabulary = (
  "mohammed muhammad ahmed ali hassan gaddafi qadhafi khadafi husayn osama usama laden bin al abu abd rahman tetouani " +
  "tetwani jahovic jahovitch kazawi gang alpa alpha trading company limited ooo fzco 1980 61398 a b abcabcab abcabcabc " +
  "aabbaabb o'brien obrien al-qaida алина 习近平 fortune horizon bank of for the to payment invoice rent , . / thanks " +
  "& - and c/o d.b.a. или ( ) \n Zhou Enlai Chou En-lai Hsi-an Xian mr street Mohammed GADDAFI Alpa FZCO via 'alpha' 2/ 14 Moscow 04xm264r 02ab1234 01hr2m2n222 ramana"
).split(" ");
const word = fc.constantFrom(...vocabulary);
const words = (least: number, most: number): fc.Arbitrary<string> =>
  fc.array(word, { minLength: least, maxLength: most }).map((parts) => parts.join(" "));
const listedName: fc.Arbitrary<ListedName> = fc.record({
  text: fc.oneof({ weight: 8, arbitrary: words(1, 5) }, { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) }),
  kind: fc.constantFrom(...nameKinds),
  strength: fc.constantFrom(...nameStrengths),
});
const list: fc.Arbitrary<readonly Designation[]> = fc
  .array(fc.tuple(fc.array(listedName, { minLength: 1, maxLength: 3 }), fc.constantFrom(...designationTypes)), {
    minLength: 1,
    maxLength: 10,
  })
  .map((entries) => entries.map(([names, type], at) => designation(String(at), names, type)));
const options = fc
  .record({
    threshold: fc.integer({ min: 60, max: 100 }),
    types: fc.subarray([...designationTypes], { minLength: 1 }),
    weakAliases: fc.constantFrom("confirm" as const, "raise" as const),
  })
  .map(compileSearchOptions);

/** Names of the list, disturbed, in a line. */
function linesOf(entries: readonly Designation[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...entries.flatMap(({ names }) => names.map(({ text }) => text)));
  const disturbed = fc.tuple(name, fc.nat(), fc.nat(6)).map(([text, place, how]) => {
    const at = place % (text.length + 1);
    if (how === 0) return text.slice(0, at) + text.slice(at + 1);
    if (how === 1) return text.split(" ").toReversed().join(" ").toUpperCase();
    if (how === 2) return text.replace(" ", " b ");
    if (how === 3) return text.replaceAll(" ", "");
    if (how === 4) return Array.from(text).join(" ");
    return how === 5 ? `${text.slice(0, at)} ${text.slice(at)}` : text;
  });
  return fc.tuple(words(0, 6), disturbed, words(0, 6)).map((parts) => parts.join(" "));
}

const situation = list.chain((entries) =>
  fc.record({
    entries: fc.constant(entries),
    lines: fc.array(fc.oneof(linesOf(entries), words(1, 16)), { minLength: 1, maxLength: 8 }),
    options,
  }),
);
const places = ["line", "name"] as const;

test("the search in lines and within names finds exactly what an exhaustive scan finds", () => {
  const matches = { line: 0, name: 0 };
  let tried = 0;
  fc.assert(
    fc.property(situation, ({ entries, lines, options: chosen }) => {
      tried++;
      const index = openSnapshot(compileSnapshot(entries));
      for (const line of lines) {
        for (const place of places) {
          const scanned = scanText(entries, line, chosen, place);
          expect(index.searchText(line, chosen, place)).toEqual(scanned);
          if (scanned.kind === "matches") matches[place] += scanned.matches.length;
        }
      }
    }),
    { numRuns: 1000 },
  );
  // A property about nothing would hold as well.
  expect(matches.line / tried).toBeGreaterThan(400 / 1000);
  expect(matches.name / tried).toBeGreaterThan(400 / 1000);
});

test.each([
  ["a memory too small for one line", { memory: { records: 1, neighbours: 1, keyBytes: 1 } }],
  ["every text read in full", { fastReading: false }],
])("%s changes nothing that is found in lines, and neither does what is remembered between them", (_, settings) => {
  fc.assert(
    fc.property(situation, ({ entries, lines, options: chosen }) => {
      const bytes = compileSnapshot(entries);
      const warm = openSnapshot(bytes);
      const other = openWithSettings(bytes, settings);
      const lower = { ...chosen, threshold: 60 };
      for (const line of lines) warm.searchText(line, lower);
      for (const line of lines) {
        for (const place of places) {
          for (const how of [chosen, lower]) {
            const expected = openSnapshot(bytes).searchText(line, how, place);
            expect(warm.searchText(line, how, place)).toEqual(expected);
            expect(other.searchText(line, how, place)).toEqual(expected);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});

/** Whole texts that may be read by Wade and Giles, with what their readers do not count. */
const besideNumbers = fc.record({
  name: fc.constantFrom(
    "Chou En-lai",
    "chou En-lai",
    "Hsi En Lai",
    "Ch\u00ad'ou En-lai",
    "Chou\u00ad En-lai",
    "Chou5En-lai",
  ),
  before: fc.constantFrom("", "", "2024 11", "12345678", ". / 2", "\u00e9\u00e9"),
  behind: fc.constantFrom("", "", "-", "1234567", "12 34", "4711, 4712 / 3", "an123", "x", "\u00fc\u00fc 5"),
});

test("a Chinese name in an old spelling is found in lines whatever numbers and marks stand beside it", () => {
  const entries = ["Zhou Enlai", "Xi Enlai"].map((name, at) => designation(String(at), [name]));
  const index = openSnapshot(compileSnapshot(entries));
  const how = compileSearchOptions();
  let tried = 0;
  let matched = 0;
  fc.assert(
    fc.property(besideNumbers, ({ name, before, behind }) => {
      tried++;
      const line = `${before} ${name} ${behind}`.trim();
      const scanned = scanText(entries, line, how);
      expect(index.searchText(line, how)).toEqual(scanned);
      if (scanned.kind === "matches") matched += scanned.matches.length;
    }),
    { numRuns: 300 },
  );
  expect(matched / tried).toBeGreaterThan(50 / 300);
  for (const line of ["Chou En-lai 1234567", "Chou En-lai 12 34", "12345678 Chou En-lai"])
    expect(index.searchText(line, how)).toMatchObject({ matches: [{}] });
});

/** Words in signs, which stand in their order, and the house of a family, beside what parts them from others. */
const inSigns = fc
  .array(
    fc.constantFrom(
      ..."상호 김상호 김 영수 수 이 성진 东 王 王东 桂華 李桂華 雅 的 آل شعبان جلاء محمد , for Leeds kim sang ho".split(
        " ",
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(" "));

test("names in Hangul, Han and Arabic are found in lines and within names as an exhaustive scan finds them", () => {
  const people = ["KIM, Sang-ho", "RI Su Yong", "Ri Song Jin", "HENG Tong", "WANG, Dong", "LI, Kwai-wah", "CHEN, Zhu"];
  const entries = [
    ...people.map((name, at) => designation(String(at), [name], "PERSON")),
    ...["AL-SHABAN", "AL-JALAA"].map((name, at) => designation(String(people.length + at), [name], "ORGANISATION")),
  ];
  const index = openSnapshot(compileSnapshot(entries));
  const met = new Set<string>();
  fc.assert(
    fc.property(inSigns, options, fc.constantFrom(...places), (line, chosen, place) => {
      const scanned = scanText(entries, line, chosen, place);
      expect(index.searchText(line, chosen, place)).toEqual(scanned);
      if (scanned.kind === "matches") for (const { name } of scanned.matches) met.add(name.text);
    }),
    { numRuns: 2000 },
  );
  expect(met.size).toBeGreaterThan(5);
});

/** Names in running text, with what stands beside them there. */
const running = fc
  .array(
    fc.constantFrom(
      ..."付给 金正恩 金 正恩 王朔 王 李桂華 山田太郎 的 房租 先生 様 へ さん 之 于 成 文 弗拉基米尔·普京 弗拉基米尔普京 ウラジーミルプーチン فلاديمير بوتين · 1 ⾦正恩 﨑 김정은 님께 วลาดีมีร์ ปูติน ให้ ค่าเช่า , for kim".split(
        " ",
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .chain((parts) => fc.constantFrom("", "", " ").map((between) => parts.join(between)));

test("names in text without spaces are found in lines and within names as an exhaustive scan finds them", () => {
  const people = [
    "KIM, Jong Un",
    "WANG Shuo",
    "LI, Kwai-wah",
    "YAMADA Taro",
    "Vladimir PUTIN",
    "CHEN, Zhu",
    "WEN Cheng",
  ];
  const entries = people.map((name, at) => designation(String(at), [name], "PERSON"));
  const index = openSnapshot(compileSnapshot(entries));
  const met = new Set<string>();
  fc.assert(
    fc.property(running, options, fc.constantFrom(...places), (line, chosen, place) => {
      const scanned = scanText(entries, line, chosen, place);
      expect(index.searchText(line, chosen, place)).toEqual(scanned);
      expect(index.search(line, chosen)).toEqual(scanEverything(entries, line, chosen));
      if (scanned.kind === "matches") for (const { name } of scanned.matches) met.add(name.text);
    }),
    { numRuns: 1000 },
  );
  expect(met.size).toBeGreaterThan(4);
});

/** Names of three words and four with words of no name among them: what the bounds of the sieve are about. */
const stretched = fc
  .array(fc.array(word, { minLength: 2, maxLength: 5 }), { minLength: 2, maxLength: 10 })
  .chain((names) =>
    fc.record({
      entries: fc.constant(names.map((parts, at) => designation(String(at), [parts.join(" ")]))),
      lines: fc.array(
        fc
          .tuple(
            fc.constantFrom(...names),
            fc.array(fc.constantFrom("", "", "", "of", "rent", "zzyzx"), { minLength: 5, maxLength: 5 }),
          )
          .map(([parts, between]) => `x ${parts.map((part, at) => `${part} ${between[at] ?? ""}`).join(" ")}`),
        { minLength: 4, maxLength: 10 },
      ),
      options,
    }),
  );

test("names with other words among theirs are found in lines as an exhaustive scan finds them", () => {
  let tried = 0;
  let matched = 0;
  fc.assert(
    fc.property(stretched, ({ entries, lines, options: chosen }) => {
      tried++;
      const index = openSnapshot(compileSnapshot(entries));
      for (const line of lines) {
        const scanned = scanText(entries, line, chosen);
        if (scanned.kind === "matches") matched += scanned.matches.length;
        expect(index.searchText(line, chosen)).toEqual(scanned);
      }
    }),
    { numRuns: 250 },
  );
  expect(matched / tried).toBeGreaterThan(400 / 200);
});

test.each([
  ["windows", { window: 80 }],
  ["best run", { run: 90 }],
])("the %s of the sieve, made smaller, lose hits that the comparison notices", (_, sieveScale) => {
  let lost = 0;
  const samples = [
    ...fc.sample(situation, { numRuns: 150, seed: 7 }),
    ...fc.sample(stretched, { numRuns: 300, seed: 8 }),
  ];
  for (const { entries, lines, options: how } of samples) {
    const bytes = compileSnapshot(entries);
    const exact = openSnapshot(bytes);
    const weakened = openWithSettings(bytes, { sieveScale });
    for (const line of lines) lost += found(exact.searchText(line, how)) - found(weakened.searchText(line, how));
  }
  expect(lost).toBeGreaterThan(0);
});

function found(result: SearchResult): number {
  return result.kind === "matches" ? result.matches.length : 0;
}
