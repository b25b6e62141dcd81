import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { mixWith, type Random, seededRandom } from "@cordon/simulator";

import { common, namePools, rareName } from "../bench-engine/generated-names.ts";

/** A customer as a line of a file. */
interface MadeCustomer {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly birthPlace: string;
  readonly nationality: string;
}

/** Those of one nationality. */
interface Pool {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly places: readonly string[];
}

/** One in this many has a family name of his own. */
const RARE = 10;

/** Invented customers, the same for the same files under `shared`: lines of a file, some thousand at a time. */
export function* customerLines(shared: string, count: number, format: "ndjson" | "csv"): Generator<string> {
  const customer = customersFrom(shared);
  if (format === "csv") yield "id,name,type,birthDate,birthPlace,nationality\n";
  for (let from = 0; from < count; from += 5000) {
    const lines: string[] = [];
    for (let number = from; number < Math.min(count, from + 5000); number++) {
      const { id, name, birthDate, birthPlace, nationality } = customer(number);
      if (format === "ndjson")
        lines.push(JSON.stringify({ id, name, type: "person", birthDate, birthPlace, nationality }));
      else lines.push([id, name, "person", birthDate, birthPlace, nationality].map(quoted).join());
    }
    yield `${lines.join("\n")}\n`;
  }
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function customersFrom(shared: string): (number: number) => MadeCustomer {
  const pools = poolsOf(join(shared, "pairs/clean-customers.csv"));
  const people = namePools(join(shared, "names/popular_names"));
  const nationalities = [...pools.keys()];
  return (number) => {
    const random = seededRandom(mixWith(20, number));
    const nationality = nationalities.length === 0 ? "GB" : random.pick(nationalities);
    const pool = pools.get(nationality);
    const given = pool === undefined ? common(people.forenames, random) : random.pick(pool.given);
    const known = pool === undefined ? common(people.surnames, random) : random.pick(pool.family);
    return {
      id: `C${String(number).padStart(8, "0")}`,
      name: `${given} ${random.oneIn(RARE) ? rareName(random) : known}`,
      birthDate: someBirthDate(random),
      birthPlace: pool === undefined ? "" : random.pick(pool.places),
      nationality: nationality.trim(),
    };
  };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function someBirthDate(random: Random): string {
  return `${String(1935 + random.below(70))}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

/** By nationality and script: nobody has a given name of one and a family name of the other. */
function poolsOf(path: string): ReadonlyMap<string, Pool> {
  const pools = new Map<string, { given: string[]; family: string[]; places: string[] }>();
  if (!existsSync(path)) return pools;
  for (const row of readFileSync(path, "utf8").split(/\r?\n/).slice(1)) {
    const [, given = "", , family = "", , , place = "", nationality = ""] = row.split(",");
    if (given === "" || family === "" || nationality === "") continue;
    const key = `${nationality}${/[A-Za-z]/.test(given) ? "" : " "}`;
    const pool = pools.get(key) ?? { given: [], family: [], places: [] };
    pools.set(key, pool);
    pool.given.push(given);
    pool.family.push(family);
    pool.places.push(place);
  }
  return pools;
}
