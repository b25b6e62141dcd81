import { describe, expect, test } from "vitest";

import { identifiersIn } from "../../src/evidence/find-in-text.ts";

function told(text: string): readonly string[] {
  return identifiersIn(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe("a text shows", () => {
  test.each([
    ["FREIGHT MV OCEAN IMO 9074729 OF MAY", ["IMO 9074729"]],
    ["imo9074729", ["IMO imo9074729"]],
    ["IMO NO. 9074728, check digit wrong but said to be one", ["IMO 9074728"]],
    ["charter 9074729", ["IMO 9074729"]],
    ["/INS/AAAAIRTHXXX", ["BIC AAAAIRTHXXX"]],
    ["via AAAAIRTH to you", ["BIC AAAAIRTH"]],
    ["a word of eight letters, NEWSPAPER no, ELECTRIC", ["BIC ELECTRIC"]],
    ["to GB33 BUKB 2020 1555 5555 55 please", ["IBAN GB33 BUKB 2020 1555 5555 55"]],
    ["to GB33BUKB20201555555555", ["IBAN GB33BUKB20201555555555"]],
    ["LEI 5493001KJTIIGC8Y1R12", ["LEI 5493001KJTIIGC8Y1R12"]],
    ["btc 1BoatSLRHtKNngkdXEeobR76b53LETtpyT!", ["WALLET 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"]],
    ["0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B", ["WALLET 0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B"]],
    ["write to info@example.org.", ["EMAIL info@example.org"]],
    ["ppt no. A1234567 of the sender", ["PASSPORT A1234567"]],
    ["1/CCPT/RU/A1234567", ["PASSPORT A1234567"]],
    ["INN 253716334825", ["TAX_ID 253716334825"]],
    ["MMSI: 273312345", ["MMSI 273312345"]],
    ["🙂🙂 IMO 9074729", ["IMO 9074729"]],
    ["𝟗 سفينة IMO ٩٠٧٤٧٢٩", ["IMO ٩٠٧٤٧٢٩"]],
    ["船 ＩＭＯ ９０７４７２９", ["IMO ９０７４７２９"]],
    ["経由 ＡＡＡＡＩＲＴＨ", ["BIC ＡＡＡＡＩＲＴＨ"]],
    ["ppt no. A۱۲۳۴۵۶۷", ["PASSPORT A۱۲۳۴۵۶۷"]],
  ])("%s", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

test.each([
  ["Invoice 4711 of 12 March"],
  ["Invoice 9074728"],
  ["amount 9074729.50 EUR"],
  ["amount 1,9074729"],
  ["Order 2026-11-23"],
  ["phone 02079460958"],
  [""],
  ["IMO 9074729 ".repeat(400)],
])("%.40s shows none", (text) => {
  expect(told(text)).toEqual([]);
});
