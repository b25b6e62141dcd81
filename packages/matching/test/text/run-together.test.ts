import { expect, test } from "vitest";

import { compileSearchOptions } from "../../src/engine/options.ts";
import { scanText } from "../../src/text/scan-text.ts";
import { designation } from "../example-designations.ts";
import { matchesOf } from "../situations.ts";

const listed = [designation("1", ["Quentin MARLOWESKY"]), designation("2", ["ATLAS"], "VESSEL")];

function found(line: string): readonly (readonly [string, number, string])[] {
  return matchesOf(scanText(listed, line, compileSearchOptions())).map(({ designation: { id }, score, start, end }) => [
    id,
    score,
    line.slice(start, end),
  ]);
}

test.each([
  "quentinmarlowesky",
  "marloweskyquentin",
  "Q u e n t i n M a r l o w e s k y",
  "Que-ntin Mar-lowesky",
  "Quentin Marlo wesky",
])("a name is found in a line with other spaces: %s", (written) => {
  expect(found(`payment ${written} 4711`)).toEqual([["test:1", 9800, written]]);
});

test("letters of a name amid a longer word are no name, nor is a single word with spaces", () => {
  expect(found("payment quentinmarloweskys 4711")).toEqual([]);
  expect(found("payment A T L A S 4711")).toEqual([]);
});

test("a known name right beside makes another name of one of two words", () => {
  expect(found("payment Ahmed Quen tin Marlowesky")).toEqual([]);
});
