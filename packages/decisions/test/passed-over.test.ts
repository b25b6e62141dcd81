import { isPassedOver, paymentToScreen, remittanceToScreen } from "@cordon/decisions";
import { describe, expect, test } from "vitest";

import { party, payment, remittance } from "./events.ts";

/** Rows: a text, whether it is passed over as a reference, and in the place of a code. */
test.each([
  ["", true, true],
  ["GB", true, true],
  ["7", true, true],
  ["GBR", false, true],
  ["USD", false, true],
  ["PKK", false, true],
  ["IRAQ", false, false],
  ["ГБ", false, false],
  ["\uFFFD", false, false],
  ["--", false, false],
  ["1980", true, true],
  ["1980-01", true, true],
  ["1980-01-31", true, true],
  ["1980-01-31 Doe", false, false],
  ["31 Jan 1980", false, false],
  ["eb6305c9-1f7f-49de-aed0-16487c27b42d", true, true],
  ["EB6305C9-1F7F-49DE-AED0-16487C27B42D", true, true],
  ["eb6305c91f7f49deaed016487c27b42d", false, false],
  ["eb6305c9-1f7f-49de-aed0-16487c27b42d Doe", false, false],
  ["E2E-4711", false, false],
])("%j: as a reference %s, as a code %s", (text, reference, code) => {
  expect([isPassedOver(text, "reference"), isPassedOver(text, "code")]).toEqual([reference, code]);
});

describe("what is passed over is not compared, and what is longer than a code can be is", () => {
  test("in a payment", () => {
    const bearer = {
      ...party("DEBTOR", "Ann Baker"),
      nationalities: ["GB", "France"],
      residence: "DE",
      birthDate: "1980-01-31",
    };
    const event = paymentToScreen(
      payment({ parties: [bearer], uetr: "eb6305c9-1f7f-49de-aed0-16487c27b42d", endToEndId: "E2E-1" }),
    );
    expect(event.fields.map(({ path }) => path)).toEqual([
      "parties[0].name",
      "parties[0].nationalities[1]",
      "endToEndId",
    ]);
  });

  test("in a remittance", () => {
    const event = remittanceToScreen(
      remittance({ toCountry: "the Moon", sendMoney: { amount: new Uint8Array([1]), currency: "pounds" } }),
    );
    expect(event.fields.slice(2).map(({ path, role }) => `${path} ${role}`)).toEqual([
      "toCountry CODE",
      "sendMoney.currency CODE",
    ]);
  });
});
