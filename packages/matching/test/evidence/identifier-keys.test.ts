import { describe, expect, test } from "vitest";

import type { IdentifierKind } from "../../src/designation.ts";
import { keysOfAsked } from "../../src/evidence/asked-identifier.ts";
import { type AskedKind, leastRoom, numberKeys, selfEvident, wholeKeys } from "../../src/evidence/identifier-keys.ts";
import { keysOfListed } from "../../src/evidence/listed-keys.ts";

function same(listed: readonly [IdentifierKind, string], asked: readonly [AskedKind, string]): boolean {
  const keys = keysOfListed({ kind: listed[0], value: listed[1] });
  return keysOfAsked(asked[0], asked[1]).some((key) => keys.includes(key));
}

/** Rows: what the list has, what the event has. Invented numbers; those with check digits bear them. */
describe("one identifier, written in two ways:", () => {
  test.each([
    ["BIC", "AAAAIRTH", "BIC", "AAAAIRTH"],
    ["BIC", "AAAAIRTH", "BIC", "aaaairth"],
    ["BIC", "AAAAIRTH", "BIC", "AAAAIRTH123"],
    ["BIC", "AAAAIRTH", "BIC", "AAAAIRTHXXX"],
    ["BIC", "AAAAIRTHXXX", "BIC", "AAAAIRTH"],
    ["BIC", "AAAAIRTHXXX", "BIC", "AAAAIRTH123"],
    ["BIC", "AAAAIRTH123", "BIC", "AAAAIRTH123"],
    ["BIC", "AAAAIRTH123", "BIC", "AAAAIRTH"],
    ["BIC", "AAAAIRTH", "BIC", "AAAAIRTHAXXX"],
    ["IMO", "IMO9074729", "IMO", "9074729"],
    ["IMO", "9074729", "IMO", "IMO 9074729"],
    ["IMO", "9074728", "IMO", "9074728"],
    ["IMO", "9074729", "OTHER", "IMO 9074729"],
    ["REGISTRATION", "IMO 9074729", "IMO", "9074729"],
    ["IBAN", "GB33 BUKB 2020 1555 5555 55", "IBAN", "GB33BUKB20201555555555"],
    ["OTHER", "GB33BUKB20201555555555", "ACCOUNT", "gb33 bukb 2020 1555 5555 55"],
    ["LEI", "5493001KJTIIGC8Y1R12", "LEI", "5493001kjtiigc8y1r12"],
    ["OTHER", "5493001KJTIIGC8Y1R12", "REGISTRATION", "5493001KJTIIGC8Y1R12"],
    ["MMSI", "273312345", "MMSI", "MMSI 273312345"],
    ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "WALLET", " 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "ACCOUNT", "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?amount=1"],
    ["WALLET", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "WALLET", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"],
    ["WALLET", "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B", "WALLET", "0xab5801a7d398351b8be11c439e05c5b3259aec9b"],
    ["WALLET", "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B", "OTHER", ""],
    ["PASSPORT", "'000737123", "PASSPORT", "000737123"],
    ["PASSPORT", "A-33 3602", "PASSPORT", "a333602"],
    ["PASSPORT", "D0010694,", "PASSPORT", "D0010694"],
    ["PASSPORT", "А1234567", "PASSPORT", "A1234567"],
    ["PASSPORT", "A1234567", "PASSPORT", "А1234567"],
    ["PASSPORT", "A1234567", "PASSPORT", "A۱۲۳۴۵۶۷"],
    ["PASSPORT", "A1234567", "PASSPORT", "Ａ１２３４５６７"],
    ["PASSPORT", "A1234567", "OTHER", "A1234567"],
    ["PASSPORT", "A123456789", "NATIONAL_ID", "A123456789"],
    ["NATIONAL_ID", "784-1961-3652727-7", "TAX_ID", "784196136527277"],
    ["NATIONAL_ID", "INN: 253716334825", "TAX_ID", "253716334825"],
    ["REGISTRATION", "OGRN: 1247700291200KPP: 770701001INN: 9707028663", "TAX_ID", "9707028663"],
    ["REGISTRATION", "OGRN: 1247700291200KPP: 770701001INN: 9707028663", "REGISTRATION", "1247700291200"],
    ["REGISTRATION", "TIN - 1653001805 OGRN - 1021600000124", "TAX_ID", "1653001805"],
    ["REGISTRATION", "Unified Social Credit Code: 91310113MACPUNUD5T", "REGISTRATION", "91310113MACPUNUD5T"],
    ["OTHER", "044525225", "CLEARING", "RUCBC044525225"],
    ["PHONE", "+98 21 8888 7777", "PHONE", "00982188887777"],
    ["PHONE", "+44 (0)20 7946 0958; +44 20 7946 0959", "PHONE", "+442079460959"],
    ["PHONE", "+254 700 123456", "ACCOUNT", "+254700123456"],
    ["PASSPORT", "A333602", "NATIONAL_ID", "A333602"],
    ["PASSPORT", "A333602", "OTHER", "A333602"],
    ["PASSPORT", "A333602", "ACCOUNT", "A333602"],
    ["PASSPORT", "AD002119", "PASSPORT", "Passport No. AD002119"],
    ["PASSPORT", "AD002119", "LEI", "AD002119"],
    ["TAX_ID", "7719898900", "TAX_ID", "INN 7719898900"],
    ["TAX_ID", "7719898900", "IMO", "7719898900"],
    ["TAX_ID", "7719898900", "ACCOUNT", "INN 7719898900"],
    ["IMO", "9074729", "REGISTRATION", "9074729"],
    ["IMO", "9074729", "ACCOUNT", "9074729"],
    ["IMO", "9074728", "OTHER", "9074728"],
    ["BIC", "AAAAIRTH", "CLEARING", "AAAAIRTH"],
    ["BIC", "AAAAIRTH", "LEI", "AAAAIRTH"],
    ["LEI", "5493001KJTIIGC8Y1R12", "BIC", "5493001KJTIIGC8Y1R12"],
    ["EMAIL", "info@example.org", "OTHER", "info@example.org"],
    ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "WALLET", "BTC 1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "WALLET", "1Boa tSLR HtKN ngkd XEeo bR76 b53L ETtp yT"],
    ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "PASSPORT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    ["WALLET", "rBoatSLRHtKNngkdXEeobR76b53LETtpyT", "WALLET", "rBoatSLRHtKNngkdXEeobR76b53LETtpyT:104729"],
    ["WALLET", "rBoatSLRHtKNngkdXEeobR76b53LETtpyT", "WALLET", "rBoatSLRHtKNngkdXEeobR76b53LETtpyT?dt=104729"],
    [
      "WALLET",
      "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B",
      "WALLET",
      "ethereum:0xab5801a7d398351b8be11c439e05c5b3259aec9b@1",
    ],
    [
      "WALLET",
      "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B",
      "WALLET",
      "0xab5801a7d398351b8be11c439e05c5b3259aec9b (ERC20)",
    ],
    [
      "WALLET",
      "EQCcs9Ucq9K5FdOLpiEXamPle1234567890-_abcdefgHIJK",
      "WALLET",
      "UQCcs9Ucq9K5FdOLpiEXamPle1234567890-_abcdefgHXYZ",
    ],
    ["PHONE", "+98 21 8888 7777", "PHONE", "+44 20 7946 0958 / +98-21-8888-7777 ext 5"],
    ["PHONE", "+98 21 8888 7777", "EMAIL", "me@x.example, tel:+98.21.8888.7777"],
    ["PHONE", "+98 21 8888 7777", "OTHER", "+982188887777"],
    ["PHONE", "+98 21 8888 7777", "ACCOUNT", "982188887777"],
    ["EMAIL", "Info@Example.org", "EMAIL", "info@example.org "],
    ["EMAIL", "info@example.org", "EMAIL", "info+pay@example.org"],
    ["EMAIL", "info@example.org", "PHONE", "Tel. +44 20 7946 0958, info (at) example (dot) org"],
    ["EMAIL", "info@example.org", "EMAIL", "mailto:info@example.org"],
    ["EMAIL", "info@example.org", "EMAIL", "The desk <info@example.org>"],
    ["EMAIL", "info@example.org", "EMAIL", "+44 20 7946 0958, other@example.org; info＠example.org."],
  ] as const)("%s %s is %s %s", (listedKind, listed, askedKind, asked) => {
    expect(same([listedKind, listed], [askedKind, asked])).toBe(asked !== "");
  });
});

test.each([
  ["021 8888 7777", ["IR"]],
  ["(021) 88887777", ["GB", "ir"]],
  ["21 8888 7777", ["IR"]],
])("the phone number %s, dialled at home in %j, is known from abroad", (number, countries) => {
  const listed = keysOfListed({ kind: "PHONE", value: "+98 21 8888 7777" });
  expect(keysOfAsked("PHONE", number, countries).some((key) => listed.includes(key))).toBe(true);
  expect(keysOfAsked("PHONE", number, ["DE"]).some((key) => listed.includes(key))).toBe(false);
});

describe("two identifiers that are not the same:", () => {
  test.each([
    ["BIC", "AAAAIRTH123", "BIC", "AAAAIRTH456"],
    ["BIC", "AAAAIRTH", "BIC", "AAAAIRTT"],
    ["BIC", "AAAAIRTH", "BIC", "AAAAIRT"],
    ["IMO", "9074729", "IMO", "9074730"],
    ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "WALLET", "1boatslrhtknngkdxeeobr76b53lettpyt"],
    ["PASSPORT", "A333602", "PASSPORT", "A333603"],
    ["PASSPORT", "333602", "NATIONAL_ID", "333602"],
    ["PASSPORT", "A33360", "OTHER", "A33360"],
    ["PASSPORT", "3336021", "PHONE", "3336021"],
    ["PASSPORT", "33360218", "ACCOUNT", "33360218"],
    ["REGISTRATION", "OGRN: 1247700291200KPP: 770701001", "TAX_ID", "770701001"],
    ["OTHER", "445252", "CLEARING", "GBDSC445252"],
    ["EMAIL", "info@example.org", "EMAIL", "info@example.org.uk"],
    ["EMAIL", "info@example.org", "EMAIL", "my.info@example.org"],
  ] as const)("%s %s, %s %s", (listedKind, listed, askedKind, asked) => {
    expect(same([listedKind, listed], [askedKind, asked])).toBe(false);
  });
});

test.each([
  ["PASSPORT", "20694"],
  ["PASSPORT", "'00606"],
  ["PASSPORT", "unknown"],
  ["PASSPORT", "0000000"],
  ["PASSPORT", "A111111"],
  ["NATIONAL_ID", "1234567"],
  ["NATIONAL_ID", "92/664"],
  ["BIC", "NOBIC"],
  ["IMO", "97"],
  ["MMSI", "000000000"],
  ["WALLET", "none"],
  ["PHONE", "112"],
  ["EMAIL", "nobody"],
  ["OTHER", "x".repeat(5000)],
] as const)("%s %s identifies nobody and is not indexed", (kind, value) => {
  expect(keysOfListed({ kind, value })).toEqual([]);
});

const everyFamily = (number: string): readonly string[] =>
  ["passport", "register", "number"].map((of) => `${of}:${number}`);

/** Rows: the number, the least room that one of another family must have, whether what is said is vague, its keys where it is said to be a passport's. */
describe("a number said to be a passport's is one of any family where it has room enough:", () => {
  test.each<[string, number, boolean, readonly string[]]>([
    ["471158", leastRoom.told, false, ["passport:471158"]],
    ["471158", leastRoom.told, true, []],
    ["4711582", leastRoom.told, false, everyFamily("4711582")],
    ["4711582", leastRoom.bare, false, ["passport:4711582"]],
    ["4711582", leastRoom.bare, true, ["passport:4711582"]],
    ["47115823", leastRoom.bare, true, everyFamily("47115823")],
    ["A471158", leastRoom.bare, false, everyFamily("A471158")],
    ["47115", leastRoom.told, false, []],
    ["11111111", leastRoom.told, false, []],
    ["12345678", leastRoom.told, false, []],
  ])("%s of %d", (number, least, vague, keys) => {
    expect(numberKeys(number, { families: ["passport"], least, vague })).toEqual(keys);
  });

  test("what says nothing of it is not vague", () => {
    expect(numberKeys("471158", { families: ["passport"], least: leastRoom.told })).toEqual(["passport:471158"]);
  });
});

describe("a value that is nothing else than an identifier has the keys of its kind:", () => {
  test.each<[AskedKind, string, readonly string[]]>([
    ["PASSPORT", "333602", ["passport:333602"]],
    ["ACCOUNT", "47115823", []],
    ["CLEARING", "47115823", []],
    ["ACCOUNT", "471158236", everyFamily("471158236")],
    ["CLEARING", "A4711582", everyFamily("A4711582")],
    ["ACCOUNT", "+98 21 8888 7777", [...everyFamily("982188887777"), "phone:982188887777"]],
    ["ACCOUNT", "0098 21 8888 7777", [...everyFamily("00982188887777"), "phone:982188887777"]],
    ["ACCOUNT", "98 21 8888 7777", everyFamily("982188887777")],
    ["EMAIL", "info@example.org", ["email:info@example.org"]],
    ["BIC", "AAAAIRTH", ["bic:AAAAIRTH", "bank-of:AAAAIRTH"]],
    ["LEI", "AAAAIRTH", []],
    ["IMO", "47115823", everyFamily("47115823")],
  ])("%s %s", (kind, value, keys) => {
    expect(wholeKeys(kind, value)).toEqual(keys);
  });
});

test.each([
  ["IMO9074729", ["imo:9074729"]],
  ["imo 907-4729", ["imo:9074729"]],
  ["IMO9074728", []],
  ["IMO907472", []],
  ["9074729", []],
  ["9074729   ", []],
  ["5493001KJTIIGC8Y1R12", ["lei:5493001KJTIIGC8Y1R12"]],
  ["GB33 BUKB 2020 1555 5555 55", ["iban:GB33BUKB20201555555555"]],
])("%s says by itself what it is: %j", (value, keys) => {
  expect([...selfEvident(value)]).toEqual(keys);
});
