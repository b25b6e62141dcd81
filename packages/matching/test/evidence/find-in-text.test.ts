import { describe, expect, test } from "vitest";

import type { IdentifierKind } from "../../src/designation.ts";
import { everyIdentifierIn, identifiersIn } from "../../src/evidence/find-in-text.ts";
import { keysOfListed } from "../../src/evidence/listed-keys.ts";

/** What of a text is the listed identifier, and what it is called. */
function told(text: string, kind: IdentifierKind, value: string): string | null {
  const listed = keysOfListed({ kind, value });
  expect(listed).not.toEqual([]);
  const found = identifiersIn(text).find(({ keys }) => keys.some((key) => listed.includes(key)));
  return found === undefined ? null : `${found.kind} ${text.slice(found.start, found.end)}`;
}

const hex = "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B";
const base58 = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT";
const bech32 = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";

/** Rows: the text, what is listed, what of the text it is. Invented numbers; those with check digits bear them. */
describe("a text shows", () => {
  test.each([
    ["FREIGHT MV OCEAN IMO 9074729 OF MAY", "IMO", "9074729", "IMO 9074729"],
    ["imo9074729", "IMO", "9074729", "IMO imo9074729"],
    ["IMO NO. 9074728, check digit wrong but said to be one", "IMO", "9074728", "IMO 9074728"],
    ["charter 9074729", "IMO", "9074729", "IMO 9074729"],
    ["owner 9074722", "IMO", "9074722", "IMO 9074722"],
    ["(9074729)", "IMO", "9074729", "IMO 9074729"],
    ["№9074729,", "IMO", "9074729", "IMO 9074729"],
    ["REF9074729", "IMO", "9074729", "IMO 9074729"],
    ["IMO 907 4729", "IMO", "9074729", "IMO 907 4729"],
    ["IMO# 907-4729", "IMO", "9074729", "IMO 907-4729"],
    ["MV Cat 9 0 7 4 7 2 9", "IMO", "9074729", "IMO 9 0 7 4 7 2 9"],
    ["freight 9O74729", "IMO", "9074729", "IMO 9O74729"],
    ["🙂🙂 IMO 9074729", "IMO", "9074729", "IMO 9074729"],
    ["𝟗 سفينة IMO ٩٠٧٤٧٢٩", "IMO", "9074729", "IMO ٩٠٧٤٧٢٩"],
    ["船 ＩＭＯ ９０７４７２９", "IMO", "9074729", "IMO ９０７４７２９"],
    ["/INS/AAAAIRTHXXX", "BIC", "AAAAIRTH", "BIC AAAAIRTHXXX"],
    ["via aaaairth to you", "BIC", "AAAAIRTH", "BIC aaaairth"],
    ["SWIFT AAAA IR TH", "BIC", "AAAAIRTH", "BIC AAAA IR TH"],
    ["SWIFTAAAAIRTH", "BIC", "AAAAIRTH", "BIC AAAAIRTH"],
    ["BIC: AAAAIRTH XXX", "BIC", "AAAAIRTH", "BIC AAAAIRTH XXX"],
    ["経由 ＡＡＡＡＩＲＴＨ", "BIC", "AAAAIRTH", "BIC ＡＡＡＡＩＲＴＨ"],
    ["to GB33 BUKB 2020 1555 5555 55 please", "IBAN", "GB33BUKB20201555555555", "IBAN GB33 BUKB 2020 1555 5555 55"],
    ["to gb33-bukb-2020-1555-5555-55", "IBAN", "GB33BUKB20201555555555", "IBAN gb33-bukb-2020-1555-5555-55"],
    ["IBAN:GB33BUKB20201555555555", "IBAN", "GB33BUKB20201555555555", "IBAN GB33BUKB20201555555555"],
    ["LEI 5493 001K JTII GC8Y 1R12", "LEI", "5493001KJTIIGC8Y1R12", "LEI 5493 001K JTII GC8Y 1R12"],
    [`btc ${base58}!`, "WALLET", base58, `WALLET ${base58}`],
    [`pay bitcoin:${base58}?amount=1`, "WALLET", base58, `WALLET ${base58}`],
    [`usdt to ${hex.toLowerCase()} thanks`, "WALLET", hex, `WALLET ${hex.toLowerCase()}`],
    [`ETH${hex.toUpperCase()}`, "WALLET", hex, `WALLET ETH${hex.toUpperCase()}`],
    [`btc ${bech32}`, "WALLET", bech32.toUpperCase(), `WALLET ${bech32}`],
    [
      "1Boa tSLR HtKN ngkd XEeo bR76 b53L ETtp yT",
      "WALLET",
      base58,
      "WALLET 1Boa tSLR HtKN ngkd XEeo bR76 b53L ETtp yT",
    ],
    ["1BoatSLRHtKN ngkdXEeobR76b53LETtpyT", "WALLET", base58, "WALLET 1BoatSLRHtKN ngkdXEeobR76b53LETtpyT"],
    ["write to info@example.org.", "EMAIL", "info@example.org", "EMAIL info@example.org"],
    ["INFO (at) example [dot] org", "EMAIL", "info@example.org", "EMAIL INFO (at) example [dot] org"],
    ["info at example dot org", "EMAIL", "info@example.org", "EMAIL info at example dot org"],
    ["see info @ example.org. Thanks", "EMAIL", "info@example.org", "EMAIL info @ example.org"],
    ["ppt no. A1234567 of the sender", "PASSPORT", "A1234567", "PASSPORT A1234567"],
    ["1/CCPT/RU/A1234567", "PASSPORT", "A1234567", "PASSPORT A1234567"],
    ["PP NO: 381942", "PASSPORT", "381942", "PASSPORT 381942"],
    ["passport no AB 123456", "PASSPORT", "AB123456", "PASSPORT AB 123456"],
    ["Passeport n° 12AB34567", "PASSPORT", "12AB34567", "PASSPORT 12AB34567"],
    ["паспорт серия 45 03 № 123456", "PASSPORT", "4503123456", "PASSPORT 45 03 № 123456"],
    ["PassportAD123456", "PASSPORT", "AD123456", "PASSPORT AD123456"],
    ["护照号AD123456", "PASSPORT", "AD123456", "PASSPORT AD123456"],
    ["ppt no. A۱۲۳۴۵۶۷", "PASSPORT", "A1234567", "PASSPORT A۱۲۳۴۵۶۷"],
    ["passport АВ123456", "PASSPORT", "AB123456", "PASSPORT АВ123456"],
    ["thanks AD123456 ok", "PASSPORT", "AD123456", "OTHER AD123456"],
    ["INN 253716334825", "TAX_ID", "253716334825", "TAX_ID 253716334825"],
    ["ИНН7707083893", "TAX_ID", "7707083893", "TAX_ID 7707083893"],
    ["7707083893 - Russia INN", "TAX_ID", "7707083893", "TAX_ID 7707083893"],
    ["OGRN: 114 237 300 24 30", "REGISTRATION", "1142373002430", "REGISTRATION 114 237 300 24 30"],
    ["MMSI: 273312345", "MMSI", "273312345", "MMSI 273312345"],
    ["tel+98 21 8888 7777", "PHONE", "+98 21 8888 7777", "PHONE 98 21 8888 7777"],
    ["call 0098 (0)21-8888.7777 ext 4", "PHONE", "+98 21 8888 7777", "PHONE 0098 (0)21-8888.7777"],
    ["https://wa.me/982188887777", "PHONE", "+98 21 8888 7777", "PHONE 982188887777"],
  ] as const)("%s", (text, kind, value, expected) => {
    expect(told(text, kind, value)).toBe(expected);
  });
});

/** Rows: the text, and what is listed but not said in it. */
describe("a text does not show", () => {
  test.each([
    ["Invoice 9074728", "IMO", "9074728"],
    ["amount 9074729.50 EUR", "IMO", "9074729"],
    ["amount 1,9074729", "IMO", "9074729"],
    ["paid EUR 9074729 in May", "IMO", "9074729"],
    ["balance 9074729 USD", "IMO", "9074729"],
    ["£9074729", "IMO", "9074729"],
    ["call 907-4729", "IMO", "9074729"],
    ["495-6732308-9074729", "IMO", "9074729"],
    ["Order 123457", "PASSPORT", "123457"],
    ["paid 12.03.2024", "PASSPORT", "12032024"],
    ["paid 20240312", "PASSPORT", "20240312"],
    ["INN 7707083893 KPP 770701001", "REGISTRATION", "770701001"],
    [`to ${base58.toLowerCase()}`, "WALLET", base58],
    ["my.info@example.org", "EMAIL", "info@example.org"],
    ["info@example.org.uk", "EMAIL", "info@example.org"],
    ["IMO 9074729 ".repeat(400), "IMO", "9074729"],
  ] as const)("%.60s", (text, kind, value) => {
    expect(told(text, kind, value)).toBeNull();
  });
});

test.each([["Invoice 4711 of March"], ["Rent, May 2024"], ["Salary of the second quarter"], ["a b c d e"], [""]])(
  "%s is told by the quick look to hold nothing",
  (text) => {
    expect(identifiersIn(text)).toEqual([]);
  },
);

test("what is looked up grows with the text, not with its square", () => {
  for (const piece of ["1 ", "12 ", "1234 ", "AB12 ", "1/", "a1@b.c ", "9Oxy"]) {
    const keys = (length: number): number =>
      everyIdentifierIn(piece.repeat(Math.ceil(length / piece.length)).slice(0, length)).flatMap((one) => one.keys)
        .length;
    expect(keys(4000)).toBeLessThan(2.2 * keys(2000) + 100);
  }
});
