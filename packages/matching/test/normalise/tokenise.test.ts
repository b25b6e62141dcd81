import { expect, test } from "vitest";

import { tokenise } from "../../src/normalise/tokenise.ts";

const cases: readonly (readonly [text: string, tokens: string, what: string])[] = [
  ["Almir JAHOVIĆ", "almir jahovic", "accents and capitals"],
  ["Jahovic\u0301", "jahovic", "a combining accent"],
  ["Müller-Straße", "muller strasse", "a hyphen separates"],
  ["O'Brien O’Brien Sa`id ʿAli", "obrien obrien said ali", "an apostrophe inside a word joins"],
  ["'quoted'", "quoted", "a quote around a word separates"],
  ["A.B.C. Trading", "a b c trading", "dotted letters are single"],
  ["Ｆｕｌｌ Ｗｉｄｔｈ", "full width", "full-width forms"],
  ["Put\u200Bin\u00AD\uFEFF", "putin", "zero-width characters vanish"],
  ["Владимир Путин", "vladimir putin", "Cyrillic"],
  ["Ильич\u0439 Игорь", "ilichy igor", "a soft sign vanishes"],
  ["Γεώργιος", "georgios", "Greek"],
  ["مُحَمَّد", "mohamed", "Arabic points vanish, a table knows the name"],
  ["مقتدشي", "0mqtdsy", "an Arabic word that no table knows is its consonants, marked"],
  ["الزقورت عبدالزقورت", "al 0zqwrt abd al 0zqwrt", "the article, and the servant of, stand apart"],
  ["שָׁלוֹם", "shalom", "Hebrew points vanish"],
  ["习近平", "xi jinping", "a Han name is family name and given name"],
  ["欧阳明高", "ouyang minggao", "some Han family names have two characters"],
  ["桂珍 红 徐", "guizhen hong xu", "Han words apart stay apart"],
  ["华为技术有限公司", "huawei technology co ltd", "a Han organisation"],
  ["弗拉基米尔·普京", "vladimir putin", "a foreign name in Han"],
  ["김정은", "kim jung un", "each Hangul syllable is a token, in its usual spelling"],
  ["キム・ジョンウン たろう", "kim jongun taro", "kana"],
  ["मोहन नरेंद्र शर्मा", "mohan narendra sharma", "Devanagari, with the vowels it does not write"],
  ["Vlаdimir Рutin", "vladimir putin", "Cyrillic letters that look Latin"],
  ["Put1n 0sama covid19 A320 7eleven", "putin osama covid19 a320 televen", "digits that stand for letters"],
  ["٠١٢", "012", "digits of other scripts"],
  ["Shop №5 ™ 7️⃣", "shop no5 7", "symbols separate, forms of digits count"],
  ["Acme Limited, OOO", "acme ltd ltd", "legal forms are canonical"],
  ["Acme Incorpoorated", "acme inc", "also with a slip"],
  ["🙂 — \u0000 \ud800", "", "symbols, controls and half characters hold nothing"],
];

test.each(cases)("%s becomes: %s (%s)", (text, tokens) => {
  expect(
    tokenise(text)
      .tokens.map((token) => token.text)
      .join(" "),
  ).toBe(tokens);
});

test("offsets are UTF-16 units of the original, beyond the basic plane too", () => {
  const text = "🙂 \u{1D400}li—Joãó 习";
  const parts = tokenise(text).tokens.map(({ start, end }) => text.slice(start, end));
  expect(parts).toEqual(["\u{1D400}li", "Joãó", "习"]);
});

test("an apostrophe can be asked to separate", () => {
  const { tokens, apostropheInside } = tokenise("Ma'an", "separate");
  expect(tokens.map((token) => token.text)).toEqual(["ma", "an"]);
  expect(apostropheInside).toBe(true);
  expect(tokenise("'Said'").apostropheInside).toBe(false);
});

test("a token longer than any name is kept whole", () => {
  const long = "a".repeat(5000);
  expect(tokenise(long).tokens[0]?.text).toBe(long);
});
