/**
 * Compiles the name classes and readings that the engine ships, from families of spellings (Wikidata, CC0),
 * nicknames and popular names.
 * `node tools/names/build.ts ../shared/data/names` writes packages/matching/src/names/*.json. Deterministic.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { classLines } from "./classes.ts";
import { type Family, readFamilies } from "./families.ts";
import { nicknameLines } from "./nicknames.ts";
import { popularLine } from "./popular.ts";
import { readingLines } from "./readings.ts";
import { writeTable } from "./write-table.ts";

const [names] = process.argv.slice(2);
if (names === undefined) {
  process.stderr.write("usage: node tools/names/build.ts ../shared/data/names\n");
  process.exit(2);
}

const families: readonly Family[] = readFamilies(read("families.txt"));

const popular = popularLine(
  read("popular_names/common-forenames-by-country.csv"),
  read("popular_names/common-surnames-by-country.csv"),
);
writeTable("popular", popular);
writeTable("classes", classLines(families));
writeTable("readings", readingLines(families, new Set(popular.flatMap((line) => line.split(" ")))));
writeTable("nicknames", nicknameLines(read("nicknames/names.csv")));

function read(file: string): string {
  return readFileSync(join(names!, file), "utf8");
}
