import { describe, expect, test } from "vitest";

import { initialOf } from "../../src/normalise/letter-names.ts";
import { scoreOf } from "../score-of.ts";

test.each([
  ["எம்", "m"],
  ["எச்", "h"],
  ["கே", "k"],
  ["சி", "c"],
  ["கு", "k"],
  ["ச", "s"],
  ["एम", "m"],
  ["जे", "j"],
  ["डब्ल्यू", "w"],
  ["मो", "m"],
  ["ಕೆ", "k"],
])("%s before a full stop is %s", (word, letter) => {
  expect(initialOf(word, false)).toBe(letter);
});

test("Tamil has one letter for p and b, and for t and d", () => {
  expect([initialOf("பி", false), initialOf("பி", true)]).toEqual(["p", "b"]);
  expect([initialOf("டி", false), initialOf("டி", true)]).toEqual(["t", "d"]);
  expect([initialOf("पी", false), initialOf("पी", true)]).toEqual(["p", "p"]);
});

test.each(["ராம்", "डॉ", "मोहन", "Ram", "ใน"])("%s is no initial", (word) => {
  expect(initialOf(word, false)).toBeUndefined();
});

describe("a name with initials in a script of India", () => {
  test.each([
    ["எம். கே. ஸ்டாலின்", "M. K. Stalin"],
    ["மு. கருணாநிதி", "M. Karunanidhi"],
    ["एम. के. स्टालिन", "M. K. Stalin"],
    ["जे.पी. नड्डा", "J. P. Nadda"],
  ])("%s is %s", (payment, listed) => {
    expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
  });

  test("without the full stop the word is a word", () => {
    expect(scoreOf("எம் கே ஸ்டாலின்", "M. K. Stalin")).toBeLessThan(85);
  });
});
