import fc from "fast-check";
import { expect, test } from "vitest";

import { openSnapshot } from "../../src/engine/open-index.ts";
import { compileSearchOptions } from "../../src/engine/options.ts";
import { compileSnapshot } from "../../src/snapshot/compile.ts";
import { lineKey } from "../../src/text/line-key.ts";
import { scanText } from "../../src/text/scan-text.ts";
import { designation } from "../example-designations.ts";

const vocabulary = (
  "brigade 1980 18611 61398 unit alpha gang trading co 17 november ltd 33rd a1980 1980a bin al laden o'brien @ $ invoice for the 2000 " +
  "8888 88888 1 12 123 4711 55555 998877 1980. (61398) ref:18611 no-4711 4711/12 4711'5 '4711 x4711 4711x 4711@a ٤٧١١ é , . ; - / " +
  "Chou En-lai Hsi o4711 an4711 4711an- 1980A2/ Zhou Enlai Xi An ABC4711 abc4711de 4711XY X1980 4711th AbC4711 katranji k47r4nj1 K477R4NJI x888 e2e4711f 5a5822b 5822ab B47 unit4711 04xm264r 00abc471 abc4711 01hr2m2n222 ramana"
).split(" ");
const word = fc.constantFrom(...vocabulary);
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
const lines = fc
  .array(fc.tuple(word, fc.constantFrom(" ", " ", " ", "", ", ")), { minLength: 1, maxLength: 10 })
  .map((parts) => parts.flat().join(""));

test("a line holds a listed name exactly if its key does, and the key has the same length", () => {
  let tried = 0;
  let replaced = 0;
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 6 }),
      fc.array(lines, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 60, max: 100 }),
      (names, some, threshold) => {
        tried++;
        const entries = names.map((text, at) =>
          designation(String(at), [{ text, kind: "PRIMARY", strength: "STRONG" }], "ORGANISATION"),
        );
        const index = openSnapshot(compileSnapshot(entries));
        const options = compileSearchOptions({ threshold });
        for (const line of some) {
          const keyed = index.lineKey(line);
          expect(keyed).toHaveLength(line.length);
          const scanned = scanText(entries, line, options);
          const holds =
            scanned.kind === "matches" ? scanned.matches.map(({ designation: { id } }) => id) : scanned.kind;
          const ofKey = scanText(entries, keyed, options);
          expect(ofKey.kind === "matches" ? ofKey.matches.map(({ designation: { id } }) => id) : ofKey.kind).toEqual(
            holds,
          );
          if (keyed !== line) replaced++;
          if (scanned.kind === "matches" && scanned.matches.length > 0) found++;
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(replaced / tried).toBeGreaterThan(500 / 1500);
  expect(found / tried).toBeGreaterThan(150 / 1500);
});

/** Where 1980 is the only number that is listed. */
function key(text: string): string {
  return lineKey(text, (digits) => digits !== "1980");
}

test("words that hold a foreign number are written alike, unless they may be read as something else", () => {
  expect(key("E2E-4711ABC ref ABC4711 F5822,X1980 1980A")).toBe("E2E-x888888 ref x888888 x8888,X1980 1980A");
  expect(key("k47r4nj1 AbC4711 4711th AB47 x4711'5 4711x@a")).toBe("k47r4nj1 AbC4711 4711th AB47 x4711'5 4711x@a");
});

test("only numbers that stand alone and are no listed ones are written alike", () => {
  expect(key("Invoice 4711, ref:123456 of 1980")).toBe("Invoice 8888, ref:888888 of 1980");
  expect(key("12 123 4711'5 4711@a")).toBe("12 123 4711'5 4711@a");
  expect(key("Rechnung für 4711")).toBe("Rechnung für 4711");
  expect(lineKey("Invoice 4711", () => false)).toBe("Invoice 4711");
});

test("a code whose letters may be a syllable, also beside disguised ones, that a line's number is glued to, or that looks marked is left as it is", () => {
  const listed = ["Zhou Enlai", "Unit 4711A", "Goran Rasulov", "Ramana Tetouani", "Deng Xiaoping", "Deng Xiao"];
  const entries = listed.map((text, at) => designation(String(at), [text], "ORGANISATION"));
  const index = openSnapshot(compileSnapshot(entries));
  const options = compileSearchOptions();
  for (const line of [
    "Chou En-lai O1234",
    "Chou En-lai 12345 O1234",
    "teng1234 hs1ao-ping",
    "H5IAO-P1NG TENG1234",
    "teng1234 h$1ao",
    "TENG1234 H51AO",
    "Unit 4711A2/KIROVA 14",
    "Goran 04XM264R Rasulov",
    "for 01hr2m2n222 tetouani",
  ]) {
    expect(index.searchText(line, options)).toEqual(scanText(entries, line, options));
    expect(scanText(entries, line, options)).toMatchObject({ matches: [{}] });
    expect(index.searchText(index.lineKey(line), options)).toMatchObject({ matches: [{}] });
  }
});
