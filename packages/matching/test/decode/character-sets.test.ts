import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { singleByteSets } from "../../src/decode/character-sets.data.ts";
import { decodeBytes, upperHalf } from "../../src/decode/character-sets.ts";

const written = (...bytes: number[]): readonly { byte: number; start: number; end: number }[] =>
  bytes.map((byte, at) => ({ byte, start: at, end: at + 1 }));

/** Sets that the runtime has no table of, or reads as the standard of the web does and not as their own. */
const own = /^ibm(?!866)|^x-mac-(?!cyrillic)|^windows-(?:1255|1252|874)$|^iso-8859-[89]$|^koi8-u$/;

test.each(singleByteSets.map(([name]) => name).filter((name) => !own.test(name)))(
  "%s has the letters that the runtime gives it",
  (set) => {
    const theirs = new TextDecoder(set);
    const different: number[] = [];
    for (let byte = 0x80; byte < 0x100; byte++) {
      const ours = upperHalf(set)[byte - 0x80];
      const read = theirs.decode(Uint8Array.of(byte));
      if (/\p{L}/u.test(read) && read !== ours) different.push(byte);
    }
    expect(different).toEqual([]);
  },
);

test("windows-1252 has its signs, which some runtimes read as Latin-1", () => {
  expect(decodeBytes(written(0x80, 0x92, 0x9f), "windows-1252").map(({ text }) => text)).toEqual(["€", "’", "Ÿ"]);
});

/** All pairs of bytes in a set, so that a runtime with another table is noticed: decisions must stay the same for ever. */
function fingerprint(set: string): string {
  const hash = createHash("sha256");
  const decoder = new TextDecoder(set);
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let trail = 0x40; trail < 0xff; trail++) hash.update(decoder.decode(Uint8Array.of(lead, trail)));
  return hash.digest("hex").slice(0, 16);
}

test("the runtime's tables of East Asian sets are those that the decoder was made with", () => {
  const sets = ["gbk", "big5", "shift_jis", "euc-kr", "euc-jp"];
  expect(Object.fromEntries(sets.map((set) => [set, fingerprint(set)]))).toMatchInlineSnapshot(`
    {
      "big5": "93f0a52f42a78fac",
      "euc-jp": "8251e10890bbbb8b",
      "euc-kr": "0abf85c963c10c41",
      "gbk": "868090e951e3abec",
      "shift_jis": "b1ed2b624c8ec7ec",
    }
  `);
});

test("a character of several bytes comes from all of them", () => {
  expect(decodeBytes(written(0xcd, 0xf5, 0x41), "gbk")).toEqual([
    { start: 0, end: 2, text: "王" },
    { start: 2, end: 3, text: "A" },
  ]);
});
