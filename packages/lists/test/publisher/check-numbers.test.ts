import { describe, expect, test } from "vitest";

import {
  isBic,
  isCountryCode,
  isIban,
  isImoNumber,
  isLei,
  isMmsi,
  isRussianRegistration,
  isRussianTaxNumber,
} from "../../src/publisher/check-numbers.ts";

/** Examples from the standards and their publishers' own pages, or reckoned by hand. */
const right = [
  // 9*7 + 0*6 + 7*5 + 4*4 + 7*3 + 2*2 = 139
  ["a ship's IMO number", isImoNumber, "9074729"],
  // 11 - (1*8 + 2*6 + 3*4 + 4*2 + 5*9 + 6*7) % 11 = 5
  ["a company's IMO number", isImoNumber, "1234565"],
  ["an MMSI", isMmsi, "232003556"],
  ["an LEI", isLei, "529900T8BM49AURSDO55"],
  ["an IBAN", isIban, "GB82WEST12345698765432"],
  ["a long IBAN", isIban, "MT84MALT011000012345MTLCAST001S"],
  ["a BIC of 8", isBic, "DEUTDEFF"],
  ["a BIC of 11", isBic, "DEUTDEFF500"],
  ["a BIC of Kosovo", isBic, "EXAMXKPR"],
  ["an organisation's INN", isRussianTaxNumber, "7830002293"],
  ["a person's INN", isRussianTaxNumber, "500100732259"],
  // 123456789012 % 11 = 7
  ["an organisation's OGRN", isRussianRegistration, "1234567890127"],
  // 12345678901234 % 13 = 3
  ["a trader's OGRN", isRussianRegistration, "123456789012343"],
] as const;

describe("a number that checks itself", () => {
  test.each(right)("is taken: %s", (_what, check, number) => {
    expect(check(number)).toBe(true);
  });

  // Neither a BIC nor an MMSI has a check digit. An OGRN of 13 and one of 15 end in a remainder that can be 10.
  const checked = right.filter(([, check]) => check !== isBic && check !== isMmsi && check !== isImoNumber);
  test.each(checked)("is refused with one digit changed, wherever it stands: %s", (_what, check, number) => {
    for (const { 0: digit, index } of number.matchAll(/\d/g)) {
      const other = number.slice(0, index) + String((Number(digit) + 1) % 10) + number.slice(index + 1);
      expect([other, check(other)]).toEqual([other, false]);
    }
  });

  test.each(right)("is refused longer, shorter, with a space or in small letters: %s", (_what, check, number) => {
    expect(check(`${number}0`)).toBe(false);
    expect(check(number.slice(0, -1))).toBe(false);
    expect(check(` ${number}`)).toBe(false);
    expect(check(`${number}\n`)).toBe(false);
    expect(check(number.toLowerCase())).toBe(!/[A-Z]/.test(number));
  });

  test("of a ship's IMO number allows for one of ten digits, or two where a company's rule has another", () => {
    const digits = Array.from({ length: 10 }, (_, digit) => `907472${String(digit)}`).filter(isImoNumber);
    expect(digits).toContain("9074729");
    expect(digits.length).toBeLessThanOrEqual(2);
  });

  test("has a country where it should", () => {
    expect(isBic("DEUTZZFF")).toBe(false);
    expect(isIban("ZZ82WEST12345698765432")).toBe(false);
    expect(isCountryCode("XK")).toBe(true);
    expect(isCountryCode("xk")).toBe(false);
    expect(isCountryCode("ZZ")).toBe(false);
  });

  test("of a ship's station begins with 2 to 7", () => {
    expect(["132003556", "832003556", "032003556"].filter(isMmsi)).toEqual([]);
  });
});
