/**
 * Compiles the readings of Han characters in Korean, Cantonese, Vietnamese and Japanese from Unicode's Unihan database
 * (Unihan_Readings.txt and Unihan_Variants.txt, for example of Debian's package unicode-data), and the names that Japan
 * writes in kanji, from families of names. `node tools/names/han-readings.ts UNIHAN-FOLDER ../shared/data/names`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { foldWord } from "../../packages/matching/src/normalise/fold.ts";
import { readFamilies } from "./families.ts";
import { writeTable } from "./write-table.ts";

const [unihan, names] = process.argv.slice(2);
if (unihan === undefined || names === undefined) {
  process.stderr.write("usage: node tools/names/han-readings.ts UNIHAN-FOLDER ../shared/data/names\n");
  process.exit(2);
}

type Fields = Map<string, string>;
const characters = new Map<string, Fields>();
for (const file of ["Unihan_Readings.txt", "Unihan_Variants.txt"]) {
  for (const line of readFileSync(join(unihan, file), "utf8").split("\n")) {
    const [code, name, value] = line.split("\t");
    if (code === undefined || name === undefined || value === undefined || !code.startsWith("U+")) continue;
    const character = String.fromCodePoint(Number.parseInt(code.slice(2), 16));
    const fields: Fields = characters.get(character) ?? new Map<string, string>();
    characters.set(character, fields.set(name, value));
  }
}

/** A simplified character is read as the full one. */
function field(character: string, name: string): string {
  const own = characters.get(character);
  const found = own?.get(name);
  if (found !== undefined) return found;
  for (const variant of ["kTraditionalVariant", "kSemanticVariant", "kZVariant", "kSimplifiedVariant"]) {
    for (const code of (own?.get(variant) ?? "").split(" ")) {
      const other = /^U\+([0-9A-F]+)/.exec(code)?.[1];
      if (other === undefined) continue;
      const read = characters.get(String.fromCodePoint(Number.parseInt(other, 16)))?.get(name);
      if (read !== undefined) return read;
    }
  }
  return "";
}

const MOST_JAPANESE = 5;
const lines: string[] = [];
for (const [character, own] of characters) {
  if (!/^\p{Script=Han}$/u.test(character) || character.codePointAt(0)! > 0xffff) continue;
  if (
    !own.has("kHangul") &&
    !own.has("kKorean") &&
    !own.has("kTGHZ2013") &&
    !own.has("kJapaneseOn") &&
    !own.has("kHanyuPinlu")
  )
    continue;
  const korean = [...field(character, "kHangul").matchAll(/[가-힣]/gu)]
    .map(([one]) => one)
    .slice(0, 3)
    .join("");
  const cantonese = field(character, "kCantonese").split(" ")[0]!.replace(/[0-9]/g, "");
  const vietnamese = foldWord(field(character, "kVietnamese").split(" ")[0]!);
  const japanese = [
    ...field(character, "kJapaneseOn").split(" ").slice(0, 2),
    ...field(character, "kJapaneseKun").split(" ").slice(0, 3),
  ]
    .map((word) => word.toLowerCase().replace(/[^a-z]/g, ""))
    .filter((word) => word !== "")
    .slice(0, MOST_JAPANESE);
  if (korean + cantonese + vietnamese + japanese.join("") === "") continue;
  lines.push([character, korean, cantonese, vietnamese, japanese.join(",")].join("|"));
}
writeTable("han-readings", lines.toSorted());

const romaji = /^(?:(?:[kgsztdnhbpmyrwjf]|sh|ch|ts|[kgnhmrbp]y)?[aeiou]{1,2}|n|kk|tt|pp|ss)+$/;
const MOST_READINGS = 3;
const LONGEST_KANJI = 3;
const kanji = new Map<string, Map<string, number>>();
for (const { latin, others, size } of readFamilies(readFileSync(join(names, "families.txt"), "utf8"))) {
  const read = latin.filter((word) => romaji.test(word)).map(plain);
  if (read.length === 0) continue;
  for (const other of others) {
    if (!/^\p{Script=Han}+$/u.test(other) || Array.from(other).length > LONGEST_KANJI) continue;
    const known = kanji.get(other) ?? new Map<string, number>();
    kanji.set(other, known);
    for (const word of new Set(read)) known.set(word, (known.get(word) ?? 0) + 1 + size / 1000);
  }
}
writeTable(
  "kanji",
  [...kanji]
    .map(([word, votes]) => {
      const best = [...votes].toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1)).slice(0, MOST_READINGS);
      return `${word} ${best.map(([latin]) => latin).join(" ")}`;
    })
    .toSorted(),
);

/** Long vowels as Hepburn without marks. */
function plain(word: string): string {
  return word.replace(/ou|oo/g, "o").replace(/uu/g, "u");
}
