/**
 * Compiles which syllables of Mandarin the characters of Chinese names have, by their syllable in Cantonese and in the speech of
 * Fujian, with how often each is met in names: what `Kwok` may be in pinyin. Characters and their frequency come from families of
 * names, Cantonese readings from the compiled table of Han readings. `node tools/names/southern.ts ../shared/data/names`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import hanReadingTable from "../../packages/matching/src/names/han-readings.json" with { type: "json" };
import { hokkien } from "../../packages/matching/src/normalise/han-by-language.ts";
import { hanWords } from "../../packages/matching/src/normalise/han.ts";
import { writeTable } from "./write-table.ts";

const [names] = process.argv.slice(2);
if (names === undefined) {
  process.stderr.write("usage: node tools/names/southern.ts ../shared/data/names\n");
  process.exit(2);
}

const cantonese = new Map(
  hanReadingTable.split("\n").map((line) => {
    const [character = "", , read = ""] = line.split("|");
    return [character, read];
  }),
);

/** How often a character stands in a Chinese name of one or two: one whose family has its pinyin as a spelling. */
const frequency = new Map<string, number>();
for (const line of readFileSync(join(names, "families.txt"), "utf8").split("\n")) {
  const spellings = line.split(" =>")[0]?.split(", ") ?? [];
  const counted = new Set<string>();
  for (const run of spellings) {
    if (!/^\p{Script=Han}{1,2}$/u.test(run)) continue;
    if (!spellings.includes(Array.from(run, pinyinOf).join(""))) continue;
    for (const character of run) counted.add(character);
  }
  for (const character of counted) frequency.set(character, (frequency.get(character) ?? 0) + 1);
}

function pinyinOf(character: string): string {
  return hanWords(character, true).join("");
}

const MOST = 8;
function tableOf(speech: string, readingOf: (character: string) => string | undefined): readonly string[] {
  const weights = new Map<string, Map<string, number>>();
  for (const character of new Set([...frequency.keys(), ...hokkien.keys()])) {
    const syllable = readingOf(character);
    const pinyin = pinyinOf(character);
    if (syllable === undefined || syllable === "" || !/^[a-z]+$/.test(pinyin)) continue;
    const row = weights.get(syllable) ?? new Map<string, number>();
    weights.set(syllable, row.set(pinyin, (row.get(pinyin) ?? 0) + (frequency.get(character) ?? 0) + 1));
  }
  return [...weights]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([syllable, row]) => {
      const cells = [...row].toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1)).slice(0, MOST);
      return `${speech}|${syllable}|${cells.map(([pinyin, weight]) => `${pinyin}:${String(weight)}`).join(" ")}`;
    });
}

writeTable("southern", [
  ...tableOf("c", (character) => cantonese.get(character)),
  ...tableOf("h", (character) => hokkien.get(character)),
]);
