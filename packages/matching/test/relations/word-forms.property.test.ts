import fc from "fast-check";
import { expect, test } from "vitest";

import { withoutVowels } from "../../src/relations/distorted.ts";
import { firmWords, firmWordId, firmWordsShortenedTo, isShortFor } from "../../src/relations/firm-words.ts";
import { looseSkeleton, skeleton } from "../../src/relations/skeleton.ts";
import { hashText, hashUnder } from "../../src/retrieval/hash.ts";

/** Vowels and h stand beside each other often: it is there that sounds depend on what is beside them. */
const letters = fc.constantFrom(...Array.from("aeiouhaeiouhbcdfgjklmnpqrstvwxyz"));
const word = fc.array(letters, { maxLength: 12 }).map((all) => all.join(""));
const written = fc.oneof(word, fc.stringMatching(/^[a-z0-9]{0,10}$/));

test("the loose sound is the sound with all vowels as one, and without an h behind one that no other follows", () => {
  let loose = 0;
  fc.assert(
    fc.property(word, fc.boolean(), (token, isSound) => {
      const whole = isSound ? skeleton(token) : token.replaceAll(/[^a-z]|[eu]/g, "o");
      const sound = whole.replaceAll(/[aio]h(?![aio])/g, "a").replaceAll(/[aio]+/g, "a");
      const expected = token.length >= 5 && whole.length >= 3 && sound.replaceAll("a", "").length >= 3 ? sound : "";
      expect(looseSkeleton(token, whole)).toBe(expected);
      if (expected !== "") loose++;
    }),
    { numRuns: 5000 },
  );
  expect(loose).toBeGreaterThan(500);
});

test("a word without its vowels keeps the letter that it begins with, and has three at least", () => {
  fc.assert(
    fc.property(written, (text) => {
      const bare = /^[a-z]+$/.test(text) ? text.slice(0, 1) + text.slice(1).replaceAll(/[aeiou]/g, "") : "";
      expect(withoutVowels(text)).toBe(bare.length >= 3 ? bare : "");
    }),
    { numRuns: 2000 },
  );
});

test("the words of firms that a word is short for are those of all of them that it is short for", () => {
  const shortened = fc
    .tuple(fc.constantFrom(...firmWords.map(([one]) => one)), fc.array(fc.nat(2), { minLength: 30, maxLength: 30 }))
    .map(([one, kept]) =>
      Array.from(one)
        .filter((_, at) => at === 0 || kept[at % 30] !== 0)
        .join(""),
    );
  let found = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: shortened }, { weight: 1, arbitrary: written }), (short) => {
      const all = firmWords.flatMap(([one, stands]) =>
        short.length >= 3 &&
        short.length <= 10 &&
        one.length > 4 &&
        one.startsWith(short.charAt(0)) &&
        isShortFor(short, one)
          ? [firmWordId(stands)!]
          : [],
      );
      expect(firmWordsShortenedTo(short)).toEqual([...new Set(all)].toSorted((a, b) => a - b));
      found += all.length;
    }),
    { numRuns: 1000 },
  );
  expect(found).toBeGreaterThan(100);
});

test("the hash under a prefix is that of both together", () => {
  fc.assert(
    fc.property(written, written, (prefix, text) => {
      expect(hashUnder(prefix)(text)).toBe(hashText(prefix + text));
    }),
  );
});
