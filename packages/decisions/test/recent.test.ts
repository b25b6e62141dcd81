import { expect, test } from "vitest";

import { createRecent } from "../src/recent.ts";

function counted() {
  const asked: string[] = [];
  return { asked, answer: (text: string) => (asked.push(text), text.length) };
}

test("the same text is answered once", () => {
  const recent = createRecent<number>(10);
  const { asked, answer } = counted();
  expect([recent.of("abc", answer), recent.of("abc", answer)]).toEqual([3, 3]);
  expect(asked).toEqual(["abc"]);
});

test("what was not asked for in a while is forgotten, and what was stays", () => {
  const recent = createRecent<number>(10);
  const { asked, answer } = counted();
  for (let i = 0; i < 50; i++) {
    recent.of("often", answer);
    recent.of(`once ${String(i)}`, answer);
  }
  recent.of("once 0", answer);
  expect(asked.filter((text) => text === "often")).toHaveLength(1);
  expect(asked.filter((text) => text === "once 0")).toHaveLength(2);
});

test("an answer that may not be kept, and a text that is long, are asked for each time", () => {
  const recent = createRecent<number>(10, (answer) => answer !== 1);
  const { asked, answer } = counted();
  const long = "x".repeat(300);
  for (const text of ["a", "a", long, long]) recent.of(text, answer);
  expect(asked).toEqual(["a", "a", long, long]);
});
