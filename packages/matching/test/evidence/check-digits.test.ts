import { describe, expect, test } from "vitest";

import { isIban, isLei, isShipNumber, isShippingCompanyNumber } from "../../src/evidence/check-digits.ts";

/** Rows: the number, whether it is a ship's, whether it is a shipping company's. */
describe("seven digits are a number of the IMO where the last of them bears the others out:", () => {
  test.each([
    ["9074729", true, false],
    ["9074728", false, false],
    ["9074722", false, true],
    ["0000000", true, false],
    ["907472", false, false],
    ["90747290", false, false],
    ["90747220", false, false],
    ["9O74729", false, false],
    ["", false, false],
  ])("%s", (digits, ship, company) => {
    expect([isShipNumber(digits), isShippingCompanyNumber(digits)]).toEqual([ship, company]);
  });
});

describe("a code is an LEI, or an IBAN, where its shape and its remainder by 97 say so:", () => {
  test.each([
    ["5493001KJTIIGC8Y1R12", true, false],
    ["5493001KJTIIGC8Y1R13", false, false],
    ["5493001KJTIIGC8Y1R1", false, false],
    ["GB33BUKB20201555555555", false, true],
    ["GB33BUKB20201555555556", false, false],
    ["GB34BUKB20201555555555", false, false],
    ["NO9386011117947", false, true],
    ["NO938601111794", false, false],
    // The remainder is right, the shape is not.
    ["01", false, false],
    ["98", false, false],
    ["", false, false],
  ])("%s", (code, lei, iban) => {
    expect([isLei(code), isIban(code)]).toEqual([lei, iban]);
  });
});
