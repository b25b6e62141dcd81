import { expect, test } from "vitest";

import { tokenise } from "../../src/normalise/tokenise.ts";
import { wordMemo } from "../../src/normalise/word-memo.ts";

function counted(): { readonly calls: () => number; readonly read: (word: string) => readonly string[] } {
  let calls = 0;
  const read = (word: string): readonly string[] => {
    calls++;
    return [word, word.toUpperCase()];
  };
  return { calls: () => calls, read };
}

function written(text: string): readonly string[] {
  return tokenise(text).tokens.map((token) => token.written);
}

test("a word is read once, and says the same each time", () => {
  const { calls, read } = counted();
  const memo = wordMemo(read);
  expect(memo("иван")).toEqual(["иван", "ИВАН"]);
  expect(memo("иван")).toEqual(["иван", "ИВАН"]);
  expect(calls()).toBe(1);
});

test("nothing is a reading, too", () => {
  let calls = 0;
  const memo = wordMemo(() => {
    calls++;
    return null;
  });
  expect([memo("x"), memo("x"), calls]).toEqual([null, null, 1]);
});

test("a long word is not remembered, for it would keep its whole text", () => {
  const { calls, read } = counted();
  const memo = wordMemo(read);
  for (const word of ["a".repeat(12), "a".repeat(12), "a".repeat(13), "a".repeat(13)]) memo(word);
  expect(calls()).toBe(3);
});

test("any number of words is read, and not all are remembered", () => {
  const { calls, read } = counted();
  const memo = wordMemo(read);
  for (let word = 0; word < 40_000; word++) memo(String(word));
  expect(memo("0")).toEqual(["0", "0"]);
  expect(calls()).toBe(40_001);
});

test("a word is read by what stands beside it, whatever was read before", () => {
  // Two runs of Han are a foreign name, one is a name of the country; Цзиньпин is read as Chinese beside Си alone.
  for (const text of ["普京", "弗拉基米尔·普京", "Си Цзиньпин", "Иван Цзиньпин Петрович Сидоров Кузьмин"]) {
    const alone = written(text);
    for (const other of ["京", "Цзиньпин", "Цзиньпин Иванов", "普京 弗拉基米尔"]) written(other);
    expect(written(text)).toEqual(alone);
  }
});
