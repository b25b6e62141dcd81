import { expect, test } from "vitest";

import { joiningWordsOfScripts } from "../../src/text/joining-words.ts";
import { mayHoldMore } from "../../src/text/may-hold-more.ts";

test.each([
  "Nusret Seferovic",
  "NUSRET B. SEFEROVIC",
  "Anna van der O'Neill",
  "'Abd al-Rahman",
  "Alpa Handels GmbH",
  "Нусрет Сеферович",
  "Łukasz Żmijewski",
  "रजनीकांत अहलूवालिया",
  "习近平",
  "Dr. Nusret Seferovic",
  "",
])("a plain name holds nothing more: %j", (name) => {
  expect(mayHoldMore(name)).toBe(false);
});

test.each([
  "Nusret Seferovic, Horgos",
  "Nusret Seferovic 14",
  "Nusret Seferovic & Ana Horvat",
  "Nusret Seferovic and Ana Horvat",
  "Nusret Seferovic - Ana Horvat",
  "Nusret Seferovic–Ana Horvat",
  "Nusret Seferovic-Ana Horvat",
  "Nusret Seferovic\nHorgos",
  "Alpa d.b.a. Seferovic",
  "Estate of Seferovic",
  "Ana Horvat 'Nusret Seferovic'",
  "Ana Horvat ‘Nusret Seferovic’",
  "Nusret Seferovic www.example.org",
  "Ana Horvat née Seferovic",
  "Ана Хорват для Нусрет Сеферович",
  "Ana Horvat или Nusret Seferovic",
  "Ana Maria Horvat Nusret Seferovic Senior",
  "Nusret Seferovic Germany",
  "Ana Horvat wat Nusret Seferovic",
])("a field may hold more than a name: %j", (name) => {
  expect(mayHoldMore(name)).toBe(true);
});

test("joining words of other scripts are written in small letters and without marks", () => {
  for (const word of joiningWordsOfScripts) {
    expect(word).toMatch(/^[^\p{Lu}\p{M}\s]+$/u);
    expect(mayHoldMore(`Ana ${word} Nusret`)).toBe(true);
  }
});
