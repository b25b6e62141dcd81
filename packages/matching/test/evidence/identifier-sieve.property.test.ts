import fc from "fast-check";
import { expect, test } from "vitest";

import { type IdentifierKind, identifierKinds } from "../../src/designation.ts";
import { openSnapshot } from "../../src/engine/open-index.ts";
import { identifiersOf } from "../../src/evidence/asked-identifier.ts";
import { identifiersIn } from "../../src/evidence/find-in-text.ts";
import type { AskedKind } from "../../src/evidence/identifier-keys.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { designation } from "../example-designations.ts";

/** A Russian taxpayer number, a ship, a wallet of each kind, BICs with and without a branch, phones of countries with long and short codes. */
const listed: readonly (readonly [IdentifierKind, string])[] = [
  ["PASSPORT", "A1234567"],
  ["PASSPORT", "D00104"],
  ["PASSPORT", "C4KNRMNCF"],
  ["NATIONAL_ID", "0790109701"],
  ["NATIONAL_ID", "Ж1234567"],
  ["TAX_ID", "7707083893"],
  ["REGISTRATION", "1027700132195"],
  ["REGISTRATION", "BE480224531"],
  ["OTHER", "770083-I00"],
  ["IMO", "9074729"],
  ["MMSI", "636019825"],
  ["BIC", "SABRRUMM"],
  ["BIC", "AAAAIRTH123"],
  ["LEI", "5493001KJTIIGC8Y1R12"],
  ["WALLET", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
  ["WALLET", "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B"],
  ["WALLET", "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N"],
  ["PHONE", "+98 21 8888 7777"],
  ["PHONE", "+36 1 234 5678"],
  ["PHONE", "+1684 633 1234"],
  ["PHONE", "+290 23456"],
  ["EMAIL", "info@listed.example"],
  ["OTHER", "GB33BUKB20201555555555"],
];
const index = openSnapshot(
  compileSnapshot(
    listed.map(([kind, value], at) => ({
      ...designation(String(at), ["Some Body"]),
      identifiers: [{ kind, value, note: null }],
    })),
  ),
);
const askedKinds: readonly AskedKind[] = [...identifierKinds, "ACCOUNT", "CLEARING", "IBAN"];
const countries = [[], ["IR"], ["HU"], ["AS"], ["SH", "RU"]];

const marks = fc.constantFrom("", "", "", " ", "-", ".", "/", " - ", "(", ")", "_", ", ", "  ");
const label = fc.constantFrom(
  "",
  "",
  "No ",
  "passport no. ",
  "INN",
  "ИНН ",
  "IMO ",
  "BIC: ",
  "SWIFT",
  "tel. ",
  "Tel (0)",
  "wallet:",
  "btc",
  "bitcoin:",
  "REF",
  "mail to ",
  "00",
  "+",
  "0",
  "8",
  "06",
);
const behind = fc.constantFrom(
  "",
  "",
  " ext 12",
  " x7",
  "XXX",
  "?amount=1",
  "@1",
  " (at) here",
  " dot com",
  "KPP770701001",
  ".50",
  " EUR",
);

/** A listed value as people write it: grouped, in other case, with letters for digits and digits for letters, in part, within a line. */
const written = fc
  .tuple(
    fc.constantFrom(...listed.map(([, value]) => value)),
    fc.array(marks, { minLength: 50, maxLength: 50 }),
    fc.constantFrom("as it is", "grouped", "plain", "small", "alike", "national", "terminal", "at and dot", "wide"),
  )
  .map(([value, between, how]) => {
    const plain = value.replaceAll(/[^\p{L}\p{N}]/gu, "");
    if (how === "grouped") return Array.from(value, (one, at) => one + between[at % between.length]).join("");
    if (how === "plain") return plain;
    if (how === "small") return value.toLowerCase();
    if (how === "alike") return value.replaceAll("0", "O").replaceAll("1", "I");
    if (how === "national") return `0${plain.slice(2)}`;
    if (how === "terminal") return `${plain.slice(0, 8)}A${plain.slice(8)}XXX`.slice(0, 12);
    if (how === "at and dot") return value.replace("@", " at ").replaceAll(".", " dot ");
    if (how === "wide") return value.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    return value;
  });
const text = fc.tuple(label, written, behind).map((parts) => parts.join(""));

test("the sieve says yes to every text that has a listed identifier, whatever it is asked for", () => {
  let tried = 0;
  let found = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        written,
        fc.tuple(text, marks, text).map((all) => all.join("")),
      ),
      (asked) => {
        tried++;
        const keys = identifiersIn(asked).flatMap((one) => one.keys);
        for (const kind of askedKinds)
          for (const of of countries) keys.push(...identifiersOf(kind, asked, of).flatMap((one) => one.keys));
        if (index.findIdentifier([...new Set(keys)]).length === 0) return;
        found++;
        expect(index.mayFindIdentifier(asked)).toBe(true);
      },
    ),
    { numRuns: 5000 },
  );
  expect(found / tried).toBeGreaterThan(2000 / 5000);
});

test("each listed value alone is one that the sieve lets through", () => {
  const passed = listed.filter(([kind, value]) => {
    const entry = { ...designation("1", ["Some Body"]), identifiers: [{ kind, value, note: null }] };
    return openSnapshot(compileSnapshot([entry])).mayFindIdentifier(value);
  });
  expect(passed).toEqual(listed);
});

test.each([
  ["a phone dialled at home, of which five digits are left", "PHONE", "0623456", ["SH"]],
  ["a zero in brackets that is dialled at home only", "PHONE", "+290 2(0)3456", []],
  ["a terminal's letter within a BIC", "BIC", "AAAAIRTHA123", []],
  [
    "an address spelt out with control characters for blanks",
    "EMAIL",
    "info\u0001at\u0001listed\u007fdot\u007fexample",
    [],
  ],
  ["one in brackets with a control character", "EMAIL", "info(\u0001at)listed.example", []],
] as const)("%s is let through", (_, kind, asked, of) => {
  const keys = identifiersOf(kind, asked, of).flatMap((one) => one.keys);
  expect(index.findIdentifier(keys)).toHaveLength(1);
  expect(index.mayFindIdentifier(asked)).toBe(true);
});

test("the sieve says no to nearly all numbers that are nobody's", () => {
  let passed = 0;
  const numbers = fc.sample(
    fc.stringMatching(/^(?:[0-9]{8,12}|[A-Z]{2}[0-9]{16}|\+[1-9][0-9]{9,11}|Invoice [0-9]{7})$/),
    {
      numRuns: 2000,
      seed: 7,
    },
  );
  for (const number of numbers) if (index.mayFindIdentifier(number)) passed++;
  expect(passed).toBeLessThan(20);
});
