import { describe, expect, test } from "vitest";

import { walletCurrency, walletInProse } from "../../src/publisher/wallets.ts";

/** Invented, of the right form. */
const eth = `0x${"0123456789abcdefABCD".repeat(2)}`;
const taproot = "bc1qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const legacy = "1ExampLeExampLeExampLe1234567";
const tron = "TExampLeExampLe1234567ExampLe12345";
const monero = `4${"ExampLe123".repeat(9)}Exam`;
const litecoin = "ltc1qpzry9x8gf2tvdw0s3jn54khce6mua7l";

const read = (text: string): readonly string[] =>
  walletInProse(text).map(({ value, currency }) => `${currency} ${value}`);

describe("wallets in prose", () => {
  test.each([
    ["XBT", legacy],
    ["XBT", taproot],
    ["ETH", eth],
    ["LTC", litecoin],
    ["XMR", monero],
    ["TRX", tron],
  ])("tell themselves by their form: %s %s", (currency, address) => {
    expect(read(`He used ${address}, it is said.`)).toEqual([`${currency} ${address}`]);
    expect(read(`(${address})`)).toEqual([`${currency} ${address}`]);
    expect(read(address)).toEqual([`${currency} ${address}`]);
  });

  test.each([
    [`Tether (USDT) wallet address: ${tron}`, `USDT ${tron}`],
    [`bitcoin cash; BCH address ${legacy}`, `BCH ${legacy}`],
    [`USDC wallets: ${eth}`, `USDC ${eth}`],
    [`The account is ${eth}`, `ETH ${eth}`],
  ])("are of the currency that the text names before them, else of their form's: %s", (text, wallet) => {
    expect(read(text)).toEqual([wallet]);
  });

  test("behind words that say so are taken in any form, with the currency told", () => {
    const form = "addr1qxyz0123456789abcdefgh";
    expect(read(`Digital Currency Address - ADA ${form}; next`)).toEqual([`ADA ${form}`]);
    expect(read(`virtual currency wallet address: bitcoin ${legacy}`)).toEqual([`XBT ${legacy}`]);
    expect(read(`Digital Currency Address - XBT ${legacy}; alt. Digital Currency Address - ETH ${eth}`)).toEqual([
      `XBT ${legacy}`,
      `ETH ${eth}`,
    ]);
  });

  test("stand where they are said to, each once, in the order of the text", () => {
    const text = `${tron} and ${eth}`;
    const found = walletInProse(text);
    expect(found.map(({ value, from }) => text.slice(from, from + value.length) === value)).toEqual([true, true]);
    expect(found.map(({ value }) => value)).toEqual([tron, eth]);
  });

  test("are no part of a longer run, no word of one case, and no hash", () => {
    expect(read(`x${legacy}`)).toEqual([]);
    expect(read(`${eth}0`)).toEqual([]);
    expect(read(`TRANSFERREDTRANSFERREDTRANSFERRED4`)).toEqual([]);
    expect(read("1234567891234567891234567891")).toEqual([]);
    expect(read("")).toEqual([]);
  });

  test("keep their letters as they are: another case is another wallet", () => {
    expect(read(`Wallet ${legacy}`)).not.toContain(`XBT ${legacy.toLowerCase()}`);
    expect(read(`Wallet ${legacy}`)).toEqual([`XBT ${legacy}`]);
  });

  test("have the publishers' code, whatever word the text has for the currency", () => {
    expect(["Bitcoin", "BTC", "xbt"].map(walletCurrency)).toEqual(["XBT", "XBT", "XBT"]);
    expect(walletCurrency("gold")).toBeNull();
  });
});
