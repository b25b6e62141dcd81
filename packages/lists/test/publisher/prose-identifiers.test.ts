import { describe, expect, test } from "vitest";

import { identifiersInProse } from "../../src/publisher/prose-identifiers.ts";

const read = (text: string): readonly string[] =>
  identifiersInProse(text).found.map(({ kind, value, what, currency }) =>
    [kind, value, what, currency].filter((part) => part !== "").join(" "),
  );
const wallet = `0x${"0123456789abcdefABCD".repeat(2)}`;

describe("identifiers in prose", () => {
  // The ways in which the UK's other information and OFAC's remarks have them.
  test.each([
    ["SWIFT/BIC - EXAMGB2L", ["BIC EXAMGB2L"]],
    ["SWIFT/BIN EXAMKHPP / 5040942458", ["BIC EXAMKHPP"]],
    ["The bank's SWIFT code is EXAMGB2LXXX.", ["BIC EXAMGB2LXXX"]],
    ["BIC: EXAMGB2L, EXAMDEFF and EXAMXKPR", ["BIC EXAMGB2L", "BIC EXAMDEFF", "BIC EXAMXKPR"]],
    ["IMO number 9074729", ["IMO 9074729"]],
    ["(IMO: 9074729; 1234567)", ["IMO 9074729", "IMO 1234567"]],
    ["MMSI 232003556", ["MMSI 232003556"]],
    ["LEI 529900T8BM49AURSDO55", ["LEI 529900T8BM49AURSDO55"]],
    ["IBAN GB82 WEST 1234 5698 7654 32 was used", ["IBAN GB82WEST12345698765432"]],
    ["paid to GB82WEST12345698765432.", ["IBAN GB82WEST12345698765432"]],
    ["OGRN: 1234567890127KPP: 770701001INN: 7830002293", ["TAX_ID 7830002293 INN", "REGISTRATION 1234567890127 OGRN"]],
    ["INN 500100732259", ["TAX_ID 500100732259 INN"]],
    ["D-U-N-S 12-345-6789", ["OTHER 12-345-6789 D-U-N-S"]],
    ["Tax ID No. 12345678", ["TAX_ID 12345678"]],
    ["passport number P04581926, issued on 7 August 2024", ["PASSPORT P04581926"]],
    ["Passport no: A1234567 and B7654321", ["PASSPORT A1234567", "PASSPORT B7654321"]],
    ["Company registration number 0055512", ["REGISTRATION 0055512"]],
    ["National ID card No. 123-4567-8", ["NATIONAL_ID 123-4567-8"]],
    ["Tel: +44 (0)20 7946 0000; fax 020 7946 0001", ["PHONE 020 7946 0001 Fax", "PHONE +44 (0)20 7946 0000"]],
    ["Write to anna.example@test.example.", ["EMAIL anna.example@test.example"]],
    [`ETH address ${wallet}`, [`WALLET ${wallet} ETH`]],
  ])("are read: %s", (text, found) => {
    expect(read(text)).toEqual(found);
  });

  test.each([
    "He was issued a passport in 2004 and left on 12 May 2010.",
    "The SWIFT network was used.",
    "SWIFT code withheld",
    "IMO Resolution 1117 applies; UN Security Council Resolution 2270 (2016)",
    "Linked To: EXAMPLE TRADING 9074729",
    "Member of the State Duma since 20.11.2014",
    "Order No. 1234567 of the President",
    "phone book of 1998",
    "",
  ])("are not made up: %s", (text) => {
    expect(identifiersInProse(text)).toMatchObject({ found: [], failed: [] });
  });

  test.each([
    ["IMO 9074728", "IMO"],
    ["MMSI 132003556", "MMSI"],
    ["SWIFT/BIC EXAMZZ2L", "BIC"],
    ["INN: 7830002294", "TAX_ID"],
    ["OGRN: 1234567890128", "REGISTRATION"],
    ["IBAN GB83WEST12345698765432", "IBAN"],
    ["LEI 529900T8BM49AURSDO56", "LEI"],
  ])("whose check digit is wrong are not taken, and told: %s", (text, kind) => {
    expect(identifiersInProse(text)).toMatchObject({ found: [], failed: [kind] });
  });

  test("are read once each: what one label has read is not read again", () => {
    expect(read("Tax registration number 12345678")).toEqual(["TAX_ID 12345678"]);
    expect(read("IMO number: 9074729 (registration number 9074729)")).toEqual(["IMO 9074729", "REGISTRATION 9074729"]);
  });

  test("are found in texts of the largest cell quickly, whatever is in them", () => {
    const hostile = [
      "IMO ".repeat(60_000),
      "1".repeat(250_000),
      "a@".repeat(120_000),
      "registration ".repeat(20_000),
      `IBAN ${"GB82 ".repeat(50_000)}`,
      `SWIFT/BIC ${"EXAMGB2L, ".repeat(20_000)}`,
      "(".repeat(250_000),
      "phone +".repeat(35_000),
    ];
    for (const text of hostile) {
      const began = performance.now();
      identifiersInProse(text);
      expect([text.slice(0, 12), performance.now() - began < 2000]).toEqual([text.slice(0, 12), true]);
    }
  });
});
