import fc from "fast-check";
import { expect, test } from "vitest";

import { abjadKey, isAbjad } from "../../src/relations/abjad.ts";
import { pairsOf } from "../../src/relations/letters.ts";
import { respelt, skeleton } from "../../src/relations/skeleton.ts";
import { words } from "../arbitraries.ts";

/** The rules one after the other, as a reader would write them. */
function abjadKeyByRules(text: string): string {
  const letters = isAbjad(text) ? text.slice(1) : text;
  if (/[0-9]/.test(letters)) return "";
  const key = letters
    .replace(/ph/g, "f")
    .replace(/tz|ts/g, "s")
    .replace(/dzh|dj/g, "j")
    .replace(/ch(?!r)/g, "c")
    .replace(/kh|gh|ck/g, "k")
    .replace(/sh|sch/g, "s")
    .replace(/th/g, "t")
    .replace(/dh/g, "d")
    .replace(/[aeiouywv]/g, "")
    .replace(/[qg]/g, "k")
    .replace(/z/g, "d")
    .replace(/p/g, "b")
    .replace(/x/g, "ks")
    .replace(/h$/, "")
    .replace(/(.)\1+/g, "$1");
  return key.length >= 4 ? key : "";
}

function skeletonByRules(token: string): string {
  const letters = respelt(token);
  let out = "";
  let afterVowel = false;
  for (let i = 0; i < letters.length; i++) {
    const sound = soundAt(letters, i, afterVowel);
    if (sound === "") continue;
    if (!out.endsWith(sound)) out += sound;
    afterVowel = "aio".includes(sound);
    if (letters.startsWith("ph", i) || letters.startsWith("ee", i)) i++;
  }
  return out;
}

const plain: Readonly<Record<string, string>> = JSON.parse(
  '{"q":"k","c":"k","g":"k","z":"s","d":"t","a":"a","e":"a","i":"i","y":"i","j":"i","o":"o","u":"o"}',
) as Record<string, string>;

function soundAt(token: string, i: number, afterVowel: boolean): string {
  if (token.startsWith("ph", i)) return "f";
  if (token.startsWith("ee", i)) return "i";
  const letter = token.charAt(i);
  const next = token.charAt(i + 1);
  if (letter === "h") return i === 0 || afterVowel ? "h" : "";
  if (letter === "w") return afterVowel && (next === "" || "uo".includes(next) || !"aeiyj".includes(next)) ? "o" : "v";
  return plain[letter] ?? letter;
}

const pairs = fc.array(
  fc.constantFrom(
    ..."ph tz ts dzh dj ch chr kh gh ck sh sch th dh tsch dsch off ew a e i o u w y v q g z p x h d j c k t s b f 0".split(
      " ",
    ),
  ),
  { maxLength: 8 },
);

test("the keys by consonants and by sound are what their rules say, one after the other", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        pairs.map((parts) => parts.join("")),
        words(0, 14),
      ),
      (word) => {
        expect(abjadKey(word, pairsOf(word))).toBe(abjadKeyByRules(word));
        expect(skeleton(word)).toBe(skeletonByRules(word));
      },
    ),
    { numRuns: 20_000 },
  );
});
