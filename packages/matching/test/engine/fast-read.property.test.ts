import fc from "fast-check";
import { expect, test } from "vitest";

import { defaultLimits, queryTokens } from "../../src/engine/query-tokens.ts";
import { fastReader } from "../../src/engine/read-fast.ts";
import { queryVariants } from "../../src/normalise/query-variants.ts";
import { spacelessKeys } from "../../src/normalise/variants.ts";
import { hashText, mix } from "../../src/retrieval/hash.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { readSnapshot } from "../../src/snapshot/open.ts";
import { designation } from "../example-designations.ts";

const words =
  "limited liability Company JOINT stock Aktiebolag Pvt LTD müller Łódź ßtraße al Abu BIN Laden Osama limited Limted co. 'x O'Neil o' a B c 12 a1 i0 J.K. Abd-al-Rahman mr de la St. müller 习 -- ` del PutinVladimir vl@dimir a$b GmbH \u00e9tO 1/ (x) , Dubai - Iran &nbsp; & &a 1970 12.03.1970 c/o <b> %20 | ! no born Osama Osama Tan Kok-Wai WONG, Chi fung. Mdm Lee Mr mao tse-tung hsin";
const text = fc.oneof(
  fc.array(fc.constantFrom(...words.split(" ")), { maxLength: 9 }).map((parts) => parts.join(" ")),
  fc.string({ unit: fc.constantFrom(..."aAlLbBnN eE 1'`.-,/(|!&\u00ad\u0000é".split("")), maxLength: 30 }),
  fc.string({ unit: "binary-ascii", maxLength: 60 }),
  fc
    .array(
      fc.tuple(
        fc.constantFrom("Tan", "wong", "Kok", "Chi", "Mr", "Lee", "Wai"),
        fc.constantFrom(...", - . / _ \0 \u00ad ' ` \n ; =".split(" "), " "),
      ),
      {
        minLength: 2,
        maxLength: 5,
      },
    )
    .map((parts) => parts.flat().join("")),
);

test("the fast reader reads what it takes as queryVariants does, token for token, and takes what is plain", () => {
  const snapshot = readSnapshot(compileSnapshot([designation("a", ["Some One"])]));
  const tokens = queryTokens(
    snapshot,
    () => ({ count: 0, ids: new Int32Array(0), percents: new Uint8Array(0) }),
    defaultLimits,
  );
  const reader = fastReader(tokens);
  const word = (record: number): string => {
    const bytes = new Uint8Array(tokens.keyLength(record));
    tokens.copyKey(record, bytes, 0);
    return String.fromCharCode(...bytes);
  };
  const read = (records: Int32Array, length: number): string => Array.from(records.subarray(0, length), word).join(" ");
  let taken = 0;
  fc.assert(
    fc.property(text, (name) => {
      tokens.begin();
      if (!reader.read(name)) return;
      taken++;
      const { readings: expected, plain } = queryVariants(name);
      const found = [read(reader.plain, reader.plainLength)];
      if (reader.mergedLength > 0) found.push(read(reader.merged, reader.mergedLength));
      expect(found).toEqual(expected.map((variant) => variant.map((token) => token.text).join(" ")));
      const hashes = plain.flatMap(spacelessKeys).map(hashText);
      expect(new Set([mix(reader.writtenHash), mix(reader.canonicalHash)])).toEqual(new Set(hashes));
    }),
    // Syllables of Wade and Giles beside a number.
    { numRuns: 9000, examples: [["no 12 hsin tse-tung"]] },
  );
  expect(taken).toBeGreaterThan(1500);
  for (const plain of [
    "John Smith",
    "VLADIMIR PUTIN",
    "Osama bin Laden",
    "Acme Trading, Ltd.",
    "Unit 613",
    "Smith & Sons",
    "Petrov, Ivan",
    "Al-Qaida",
  ])
    expect(reader.read(plain)).toBe(true);
});
