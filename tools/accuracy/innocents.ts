import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names of people who are on no list, and where they come from. */
export interface Innocents {
  readonly source: string;
  readonly names: readonly string[];
}

const EACH = 50_000;

/** 50,000 customers of the shared file, and 50,000 made of the names that are common in one country. */
export function innocents(shared: string): readonly Innocents[] {
  const customers = join(shared, "pairs/clean-customers.csv");
  const popular = join(shared, "names/popular_names");
  if (!existsSync(customers) || !existsSync(popular)) return [];
  return [
    { source: "clean-customers.csv", names: readColumn(customers, 0).slice(0, EACH) },
    { source: "popular names by country", names: madeOfPopularNames(popular) },
  ];
}

function readRows(path: string): readonly (readonly string[])[] {
  return readFileSync(path, "utf8")
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.split(","));
}

function readColumn(path: string, at: number): readonly string[] {
  return readRows(path).map((cells) => cells[at] ?? "");
}

/** Country, then localised and romanised spellings. */
type NamesByCountry = ReadonlyMap<string, readonly (readonly [localised: string, romanised: string])[]>;

function byCountry(path: string, localised: number, romanised: number): NamesByCountry {
  const found = new Map<string, [string, string][]>();
  for (const cells of readRows(path)) {
    const [country, local, latin] = [cells[0]!, cells[localised] ?? "", cells[romanised] ?? ""];
    if (local === "" || latin === "") continue;
    const known = found.get(country) ?? [];
    known.push([local, latin]);
    found.set(country, known);
  }
  return found;
}

function madeOfPopularNames(folder: string): readonly string[] {
  const forenames = byCountry(join(folder, "common-forenames-by-country.csv"), 10, 11);
  const surnames = byCountry(join(folder, "common-surnames-by-country.csv"), 4, 5);
  const countries = [...surnames.keys()].filter((country) => forenames.has(country)).toSorted();
  const random = seeded(4);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: EACH }, () => {
    const country = pick(countries);
    const spelling = random() < 0.3 ? 0 : 1;
    const first = pick(forenames.get(country)!)[spelling];
    const last = pick(surnames.get(country)!)[spelling];
    return random() < 0.2 ? `${first} ${pick(forenames.get(country)!)[spelling]} ${last}` : `${first} ${last}`;
  });
}

/** Mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
