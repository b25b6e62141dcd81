import { wholeNumber } from "../bench-pipeline/options.ts";
import { type PopulationName, populations } from "../bench-pipeline/populations.ts";

/** What `npm run bench:look-back` was asked for. */
export interface BenchLookBackOptions {
  readonly events: number;
  /** Entries that come or change between the two versions of the lists. */
  readonly changed: number;
  readonly population: PopulationName;
}

export const usage = `npm run bench:look-back -- [--events N] [--changed N] [--population NAME]

Measures a look-back without services: processor time of the process from its first batch to its last, over the payments of
bench:pipeline, which lie in memory. What a client of Kafka takes to fetch them comes on top: bench:pipeline has that.

  --events N         payments (default 50000)
  --changed N        entries added or amended; three in five are new (default 100)
  --population NAME  who pays: ${Object.keys(populations).join(", ")} (default learning)
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readBenchLookBackOptions(args: readonly string[]): BenchLookBackOptions | "help" {
  let events = 50_000;
  let changed = 100;
  let population: PopulationName = "learning";
  for (let at = 0; at < args.length; at += 2) {
    const flag = args[at] ?? "";
    if (flag === "--help") return "help";
    const value = args[at + 1];
    if (value === undefined) throw new RangeError(`${flag} needs a value`);
    if (flag === "--events") events = wholeNumber(flag, value, { least: 1000, most: 5_000_000 });
    else if (flag === "--changed") changed = wholeNumber(flag, value, { least: 1, most: 10_000 });
    else if (flag === "--population" && isPopulation(value)) population = value;
    else throw new RangeError(flag === "--population" ? "--population knows no such" : `unknown option ${flag}`);
  }
  return { events, changed, population };
}

function isPopulation(name: string): name is PopulationName {
  return Object.hasOwn(populations, name);
}
