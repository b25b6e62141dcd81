import fc from "fast-check";
import { expect, test } from "vitest";

import { wadeGilesReadings, wadeSpellings } from "../../src/normalise/wade-giles.ts";

const syllable = fc
  .constantFrom(..."zhou en lai zhuang shuang xiong xiang chuang yi er ci ge ze lü qiong".split(" "))
  .chain((pinyin) => fc.constantFrom(...wadeSpellings(pinyin), "hsiung", "tsʻao", "ch’iung", "t`ang", "lü", "ch'en"));
const between = fc.constantFrom(" ", "-", "‐", "–", ", ", "\u00a0", " 12 ", " / ", "5");
/** Marks and numbers that are no letters of a name. */
const beside = fc.constantFrom("", "", "12345678", "2024 11", ". / 2", "(61398)", "-");
const marked = /[a-zü]['’ʻ`]?[-‐–][a-zü]|[a-z]['’ʻ`][a-z]|(?:^|[\s,])hs[iu]/;

test("each name of two to four syllables with a mark of Wade and Giles is read, and the numbers stay beside it", () => {
  let read = 0;
  fc.assert(
    fc.property(
      fc.array(syllable, { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(between),
      beside,
      fc.boolean(),
      (syllables, marks, number, capitals) => {
        const joined = syllables.map((each, at) => (at === 0 ? each : marks.next().value + each)).join("");
        const text = `${joined} ${number}`;
        const readings = wadeGilesReadings(capitals ? text.toUpperCase() : text);
        if (!marked.test(text)) return;
        read++;
        expect(readings.length).toBeGreaterThan(0);
        const digits = number.split(" ").flatMap((part) => part.match(/[0-9]+/g) ?? []);
        for (const words of readings) {
          expect(words).not.toContain("");
          expect(words.slice(words.length - digits.length)).toEqual(digits);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(1000);
});

test.each(["Chou En lai", "Mary Ann Lee", "Chuangg En-lai", "a-b", "Chou En lai Hsi An", "Chou En-lai Xi", ""])(
  "%s is no such name",
  (text) => {
    expect(wadeGilesReadings(text)).toEqual([]);
  },
);
