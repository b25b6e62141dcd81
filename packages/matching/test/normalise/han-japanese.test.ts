import { expect, test } from "vitest";

import { compareTexts } from "../../src/index.ts";
import { hanByLanguage } from "../../src/normalise/han-by-language.ts";
import { variants } from "../../src/normalise/variants.ts";

const japanese = (run: string): readonly string[] =>
  hanByLanguage(run)
    .filter(({ language }) => language === "Japanese")
    .map(({ words }) => words.join(" "));

test.each([
  ["安倍晋三", "abe shinzo"],
  ["黒澤明", "kurosawa akira"],
  ["三船敏郎", "mifune toshiro"],
  ["大谷翔平", "otani shohei"],
  ["山本五十六", "yamamoto isoroku"],
])("%s has %s among its Japanese readings, or is not claimed to", (run, reading) => {
  const compared = compareTexts(run, reading, "PERSON");
  const score = compared.kind === "compared" ? compared.score : 0;
  expect(score >= 8500).toBe(japanese(run).includes(reading));
});

test("a given name that no table has is read by its characters, each as names read it", () => {
  expect(japanese("田中俊彦")).toContain("tanaka toshihiko");
  expect(japanese("中村博之")).toContain("nakamura hiroyuki");
});

test("readings stay few", () => {
  for (const run of ["長谷川洋一", "佐藤正美", "高橋光春"]) expect(japanese(run).length).toBeLessThanOrEqual(36);
});

const readingsOf = (text: string): readonly string[] =>
  variants(text)
    .filter((tokens) => tokens.some(({ as }) => as !== undefined))
    .map((tokens) => tokens.map(({ written }) => written).join(" "));

test("what stands beside the characters, a mark upon one of them too, takes no reading away", () => {
  const plain = readingsOf("田中俊彦");
  expect(plain).toContain("tanaka toshihiko");
  for (const text of ["(田中俊彦)", "田中俊彦\u0301", " 田中俊彦."])
    expect([text, readingsOf(text)]).toEqual([text, plain]);
  expect(readingsOf("12 田中俊彦 34")).toEqual(plain.map((words) => `12 ${words} 34`));
});
