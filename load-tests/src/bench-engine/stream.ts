import type { Designation } from "@cordon/matching";
import { mixWith, type Random, seededRandom } from "@cordon/simulator";

import { common, type NamePools, organisationName, personName, rareName } from "./generated-names.ts";
import { perturbed } from "./perturb.ts";

/** Names to search, and which of them (by position) are perturbed list names. */
export interface QueryStream {
  readonly names: readonly string[];
  readonly planted: readonly number[];
}

/**
 * `count` names: 1 in 100 a listed name, perturbed; the others innocent customers, nine in ten of them persons. Half of
 * the persons have family names from a pool of 40,000, a sixth made up for one alone, the rest common ones; one in four
 * bears for a forename a word of some listed name, so that Mohammed and Vladimir are as frequent as on the lists.
 */
export function queryStream(listed: readonly Designation[], pools: NamePools, count: number): QueryStream {
  const families = Array.from({ length: 40_000 }, (_, at) => rareName(seededRandom(mixWith(21, at))));
  const names: string[] = [];
  const planted: number[] = [];
  for (let at = 0; at < count; at++) {
    const random = seededRandom(mixWith(22, at));
    if (listed.length > 0 && at % 100 === 50) {
      planted.push(at);
      names.push(perturbed(random.pick(random.pick(listed).names).text, random));
    } else if (random.below(100) >= 90) {
      names.push(organisationName(pools, random));
    } else {
      const choice = random.below(6);
      if (choice === 0) names.push(personName(pools, random));
      else {
        const family = choice <= 3 ? random.pick(families) : common(pools.surnames, random);
        const middle = random.oneIn(3) ? ` ${common(pools.forenames, random)}` : "";
        const forename =
          random.oneIn(4) && listed.length > 0 ? listedWord(listed, random) : common(pools.forenames, random);
        names.push(`${forename}${middle} ${family}`);
      }
    }
  }
  return { names: names.map(flat), planted };
}

function listedWord(listed: readonly Designation[], random: Random): string {
  return random.pick(random.pick(random.pick(listed).names).text.split(" "));
}

/** One string, not a tree of parts, so that no search pays for putting it together. */
function flat(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
