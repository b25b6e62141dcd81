import { assert, nat, property, string } from "fast-check";
import { expect, test } from "vitest";

import { marked, markedWords } from "../../../src/page/alert/marked.ts";

const anyText = string({ unit: "grapheme" });

test("the pieces of a text are the text, and the marked one is what its offsets say", () => {
  assert(
    property(anyText, nat(40), nat(40), (text, a, b) => {
      const start = Math.min(a, b, text.length);
      const end = Math.min(Math.max(a, b), text.length);
      const pieces = marked(text, start, end);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      expect(
        pieces
          .filter((piece) => piece.matched)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text.slice(start, end));
    }),
  );
});

test("the words of a listed name are the name, whatever the reasons say", () => {
  assert(
    property(anyText, anyText, (name, word) => {
      const pieces = markedWords(name, [{ kind: "exact", detail: `"${word}": 100 %`, points: 50 }]);
      expect(pieces.map((piece) => piece.text).join("")).toBe(name);
    }),
  );
});

test("a word is marked for points it gives, not for points it takes, and without regard to accents", () => {
  const reasons = [
    { kind: "exact", detail: '"dragovic": 100 % of weight 12', points: 50 },
    { kind: "unmatched-in-list", detail: '"hasan" of the listed name is not in the payment', points: -4 },
  ];
  expect(markedWords("Dragović-Hasan", reasons)).toEqual([
    { text: "Dragović", matched: true },
    { text: "-", matched: false },
    { text: "Hasan", matched: false },
  ]);
});

test("words that are read as one are marked as one, with what stands between them", () => {
  const reasons = [
    { kind: "exact", detail: '"yassine": 100 % of weight 12', points: 50 },
    { kind: "exact", detail: '"alkasaoui": 100 % of weight 12', points: 50 },
  ];
  expect(markedWords("Yassine Al Maghribi Al-Kasaoui", reasons)).toEqual([
    { text: "Yassine", matched: true },
    { text: " ", matched: false },
    { text: "Al", matched: false },
    { text: " ", matched: false },
    { text: "Maghribi", matched: false },
    { text: " ", matched: false },
    { text: "Al-Kasaoui", matched: true },
  ]);
});
