import { expect, test } from "vitest";

import { variants } from "../../src/normalise/variants.ts";

function read(text: string): string {
  return (variants(text)[0] ?? []).map((token) => token.text).join(" ");
}

test.each([
  ["Си Цзиньпин", "xi jinping"],
  ["Дэн Сяопин", "deng xiaoping"],
  ["Ху Цзиньтао", "hu jintao"],
  ["Чжоу Эньлай", "zhou enlai"],
  ["Ван И Чжэн", "wang yi zheng"],
  ["Чанъань Цзян", "changan jiang"],
])("%s, written by Palladius, is %s", (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ["Ким Чен Ын", "kim jong un"],
  ["Ким Ир Сен", "kim il song"],
  ["Ли Ён Хо", "ri yong ho"],
  ["Пак Кынхе", "pak kun hye"],
])("%s, written by Kontsevich, is %s", (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each(["Владимир Путин", "Сергей Ван", "Иван Цой", "Ли Сергей Ир", "Анна Ким"])(
  "%s is read letter by letter",
  (text) => {
    expect(read(text)).not.toMatch(/wang|choe|^ri|kim anna/);
  },
);
