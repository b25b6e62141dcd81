import { expect, test } from "vitest";

import { queryVariants } from "../../src/normalise/query-variants.ts";
import { scoreOf } from "../score-of.ts";

/** Names without the space between their words, in scripts that are read by tables and by sounds. */
test.each([
  ["فلاديميربوتين", "Vladimir Putin"],
  ["ولادیمیرپوتین", "Vladimir Putin"],
  ["ולדימירפוטין", "Vladimir Putin"],
  ["ウラジーミルプーチン", "Vladimir Putin"],
  ["ｳﾗｼﾞｰﾐﾙﾌﾟｰﾁﾝ", "Vladimir Putin"],
  ["ウラジーミルプーチン様", "Vladimir Putin"],
  ["블라디미르푸틴", "Vladimir Putin"],
  ["블라디미르푸틴님께", "Vladimir Putin"],
  ["弗拉基米尔普京", "Vladimir Putin"],
  ["วลาดีมีร์ปูติน", "Vladimir Putin"],
  ["นายวลาดีมีร์ปูติน", "Vladimir Putin"],
  ["व्लादिमीरपुतिन", "Vladimir Putin"],
  ["ვლადიმირპუტინი", "Vladimir Putin"],
  ["Βλαντιμίρπούτιν", "Vladimir Putin"],
])("%s is %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
});

test.each([
  ["فلاديميربوتين", "Vladimir Popov"],
  ["ウラジーミルプーチン", "Vladimir Popov"],
  ["블라디미르푸틴", "Valery Putin"],
  ["中国石油天然气股份有限公司", "Vladimir Putin"],
])("%s is not %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeLessThan(85);
});

test("the words of a joined name stand where they do in the text", () => {
  const text = "(فلاديميربوتين)";
  const places = queryVariants(text).readings.map((reading) => reading.map(({ start, end }) => text.slice(start, end)));
  expect(places).toContainEqual(["فلاديمير", "بوتين"]);
});

/** Names of Han characters with something among them, or in another form. */
test.each([
  ["金 正 恩", "KIM Jong Un"],
  ["金-正-恩", "KIM Jong Un"],
  ["金·正恩", "KIM Jong Un"],
  ["金1正恩", "KIM Jong Un"],
  ["金\u200b正恩", "KIM Jong Un"],
  ["\u2fa6正恩", "KIM Jong Un"],
  ["金\ufe00正恩", "KIM Jong Un"],
  ["山﨑太郎", "YAMAZAKI Taro"],
  ["冨田太郎", "TOMITA Taro"],
  ["𠮷田太郎", "YOSHIDA Taro"],
])("the name %s is %s", (payment, listed) => {
  expect(scoreOf(payment, listed)).toBeGreaterThanOrEqual(85);
});
