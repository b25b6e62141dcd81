/**
 * Compiles how characters are read within Japanese given names (俊 toshi, 博 hiro), from the names of two characters whose whole
 * reading the table of kanji has: each reading is cut where its parts recur most, found by repeated counting.
 * `node tools/names/nanori.ts`, after `han-readings.ts`.
 */
import kanjiTable from "../../packages/matching/src/names/kanji.json" with { type: "json" };
import { writeTable } from "./write-table.ts";

const ROUNDS = 12;
const MOST_READINGS = 6;
const LEAST_SHARE = 0.03;
const LEAST_COUNT = 1.2;
const LONGEST_PART = 6;

/** Where a Japanese word may be cut: before a consonant's syllable or a vowel that stands alone. */
function cutsOf(word: string): readonly number[] {
  const cuts: number[] = [];
  for (let at = 1; at < word.length; at++)
    if (/[aeioun]/.test(word[at - 1]!) && !/^n(?:[^aeiouy]|$)/.test(word.slice(at)) && at <= LONGEST_PART)
      cuts.push(at);
  return cuts;
}

interface Name {
  readonly characters: readonly string[];
  readonly reading: string;
}
const names: Name[] = [];
for (const line of kanjiTable.split("\n")) {
  const [run = "", ...readings] = line.split(" ");
  const characters = Array.from(run);
  if (characters.length !== 2) continue;
  for (const reading of readings) if (/^[a-z]{3,12}$/.test(reading)) names.push({ characters, reading });
}

let share = new Map<string, number>();
const keyOf = (character: string, part: string): string => `${character}${part}`;
for (let round = 0; round < ROUNDS; round++) {
  const next = new Map<string, number>();
  for (const { characters, reading } of names) {
    const options = cutsOf(reading).map((at) => {
      const parts = [keyOf(characters[0]!, reading.slice(0, at)), keyOf(characters[1]!, reading.slice(at))];
      return { parts, weight: round === 0 ? 1 : (share.get(parts[0]!) ?? 0) * (share.get(parts[1]!) ?? 0) };
    });
    const total = options.reduce((sum, { weight }) => sum + weight, 0);
    if (total <= 0) continue;
    for (const { parts, weight } of options)
      for (const part of parts) next.set(part, (next.get(part) ?? 0) + weight / total);
  }
  share = next;
}

const byCharacter = new Map<string, [string, number][]>();
for (const [key, count] of share) {
  const [character = ""] = Array.from(key);
  const all = byCharacter.get(character) ?? [];
  byCharacter.set(character, all);
  all.push([key.slice(character.length), count]);
}
const lines: string[] = [];
for (const [character, all] of byCharacter) {
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  const kept = all
    .filter(([, count]) => count >= LEAST_COUNT && count / total >= LEAST_SHARE)
    .toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1))
    .slice(0, MOST_READINGS);
  if (kept.length > 0)
    lines.push(
      `${character} ${kept.map(([part, count]) => `${part}:${String(Math.round((count / total) * 100))}`).join(" ")}`,
    );
}
writeTable("nanori", lines.toSorted());
