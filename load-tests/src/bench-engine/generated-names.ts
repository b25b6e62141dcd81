import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Designation, DesignationType, ListedName } from "@cordon/matching";
import { mixWith, type Random, seededRandom } from "@cordon/simulator";

import { perturbed } from "./perturb.ts";
import { namesOnly } from "./real-lists.ts";

/** Where parts of generated names come from: what many people bear, most common first. */
export interface NamePools {
  readonly forenames: readonly string[];
  readonly surnames: readonly string[];
}

const onsets = "b ch d dr f g gr h j k kh kr l m n p r s sh st t tr v w y z zh".split(" ");
const vowels = "a e i o u aa ou ia".split(" ");
const codas = ["", "", "", "n", "r", "l", "m", "s", "k", "d", "sh"];
const endings = ["", "", "ov", "ovic", "enko", "i", "zadeh", "yan", "son", "ez", "oglu", "ski", "ani", "wala"];
const trades = "Trading Shipping Holding Energy Logistics Bank Group Import Petroleum Services Industries Marine".split(
  " ",
);
const forms = ["Ltd", "LLC", "Co", "OOO", "GmbH", "SA", "FZE", "Inc", ""];

/** Common names by country if the folder has them, else syllables. The same on every machine with the same files. */
export function namePools(folder: string): NamePools {
  const forenames = column(join(folder, "common-forenames-by-country.csv"), 11);
  const surnames = column(join(folder, "common-surnames-by-country.csv"), 5);
  const few = 200;
  return {
    forenames: forenames.length > few ? forenames : madeUp(1400, 1),
    surnames: surnames.length > few ? surnames : madeUp(1800, 2),
  };
}

function column(path: string, at: number): readonly string[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(1);
  const seen = new Set(lines.map((line) => (line.split(",")[at] ?? "").trim()).filter((name) => name.length > 1));
  return shuffled([...seen], seededRandom(11));
}

function madeUp(count: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => rareName(random));
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}

/** A name part of two or three syllables with an ending: hundreds of millions are possible. */
export function rareName(random: Random): string {
  let name = "";
  for (let left = 2 + random.below(2); left > 0; left--)
    name += random.pick(onsets) + random.pick(vowels) + random.pick(codas);
  name += random.pick(endings);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The first of a pool are drawn most: the product of two uniform numbers leans to the front, like people's names. */
export function common(pool: readonly string[], random: Random): string {
  return pool[Math.floor((random.below(1 << 16) * random.below(1 << 16) * pool.length) / 2 ** 32)]!;
}

/** One generated person: forename, maybe a second, family name; a third of the family names are common ones. */
export function personName(pools: NamePools, random: Random): string {
  const parts = [common(pools.forenames, random)];
  if (random.oneIn(3)) parts.push(common(pools.forenames, random));
  if (random.oneIn(6)) parts.push(random.pick(["al", "bin", "de", "van", "abu"]));
  parts.push(random.oneIn(3) ? common(pools.surnames, random) : rareName(random));
  return parts.join(" ");
}

export function organisationName(pools: NamePools, random: Random): string {
  const core = random.oneIn(3) ? common(pools.surnames, random) : rareName(random);
  return [core, random.oneIn(2) ? rareName(random) : "", random.pick(trades), random.pick(forms)]
    .filter((part) => part !== "")
    .join(" ");
}

/**
 * Listed entries made up of `count` names in all: three in four are persons, most with aliases that are other spellings
 * of the name, as on real lists.
 */
export function* generatedDesignations(pools: NamePools, count: number): Generator<Designation> {
  for (let made = 0, entry = 0; made < count; entry++) {
    const random = seededRandom(mixWith(4, entry));
    const type = typeOf(random.below(100));
    const primary =
      type === "PERSON"
        ? personName(pools, random)
        : type === "ORGANISATION"
          ? organisationName(pools, random)
          : rareName(random);
    const names: ListedName[] = [{ text: primary, kind: "PRIMARY", strength: "UNKNOWN" }];
    const wanted = Math.min(count - made, 1 + random.below(4));
    while (names.length < wanted) names.push({ text: perturbed(primary, random), kind: "ALIAS", strength: "UNKNOWN" });
    made += names.length;
    yield namesOnly("generated", String(entry), type, names);
  }
}

function typeOf(percent: number): DesignationType {
  if (percent < 75) return "PERSON";
  if (percent < 95) return "ORGANISATION";
  return percent < 99 ? "VESSEL" : "AIRCRAFT";
}
