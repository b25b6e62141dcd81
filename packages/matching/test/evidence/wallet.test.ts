import { describe, expect, test } from "vitest";

import { looksLikeWallet, walletAddress, walletIn } from "../../src/evidence/wallet.ts";

const base58 = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT";
const hex = "0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B";
const bech32 = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const cash = `q${"p".repeat(41)}`;

/** Rows: what is written, and the address that it is; null for none. */
describe("a wallet's address is compared", () => {
  test.each<[string, string | null]>([
    [base58, base58],
    [` ${base58} `, base58],
    [`bitcoin:${base58}?amount=1`, base58],
    [`bitcoin://${base58}`, base58],
    [hex, hex.toLowerCase()],
    [hex.toUpperCase(), hex.toLowerCase()],
    [hex.slice(2), hex.toLowerCase()],
    [`${hex}@1`, hex.toLowerCase()],
    [bech32, bech32],
    [bech32.toUpperCase(), bech32],
    [cash, cash],
    [cash.toUpperCase(), cash],
    // Of both cases it is of another form, in which they differ.
    [`B${bech32.slice(1)}`, `B${bech32.slice(1)}`],
    [`Q${cash.slice(1)}`, `Q${cash.slice(1)}`],
    ["A".repeat(34), "A".repeat(34)],
    ["a".repeat(20), "a".repeat(20)],
    ["a".repeat(19), null],
    ["a".repeat(220), "a".repeat(220)],
    ["a".repeat(221), null],
    [`${"a".repeat(30)}-${"a".repeat(10)}`, null],
    ["EQCcs9Ucq9K5FdOLpiEXamPle1234567890-_abcdefgHIJK", "ton Ccs9Ucq9K5FdOLpiEXamPle1234567890+/abcdefgH"],
    ["UQCcs9Ucq9K5FdOLpiEXamPle1234567890-_abcdefgHXYZ", "ton Ccs9Ucq9K5FdOLpiEXamPle1234567890+/abcdefgH"],
  ])("%s as %s", (written, address) => {
    expect(walletAddress(written)).toBe(address);
  });
});

test.each<[string, boolean]>([
  [base58, true],
  [base58.slice(0, 25), true],
  [base58.slice(0, 24), false],
  [hex, true],
  [bech32.toUpperCase(), true],
  // In the case that most lists have them in.
  [hex.toLowerCase(), true],
  [bech32.toLowerCase(), true],
  [`0x${"f".repeat(39)}`, false],
  ["2".repeat(220), true],
  ["2".repeat(221), false],
  // A zero stands in no address of base58.
  [`0${base58}`, false],
])("what stands in the cell of something else has the shape of an address or not: %s", (run, looks) => {
  expect(looksLikeWallet(run)).toBe(looks);
});

test.each<[string, readonly string[]]>([
  [base58, [base58]],
  [`btc${base58}`, [`btc${base58}`, base58]],
  [`WALLET${hex}`, [`WALLET${hex}`, hex, hex]],
  [`to${hex}`, [`to${hex}`, hex]],
  ["a".repeat(19), []],
  ["a".repeat(20), ["a".repeat(20)]],
  ["a".repeat(220), ["a".repeat(220)]],
  ["a".repeat(221), []],
])("what of a run may be an address, without the word that is glued to it: %s", (run, addresses) => {
  expect(walletIn(run)).toEqual(addresses);
});
