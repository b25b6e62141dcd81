import { type PopulationName, populationNames } from "../bench-pipeline/populations.ts";
import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

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
  --population NAME  who pays: ${populationNames.join(", ")} (default learning)
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readBenchLookBackOptions(args: readonly string[]): BenchLookBackOptions | "help" {
  let events = 50_000;
  let changed = 100;
  let population: PopulationName = "learning";
  const flags: Flags = {
    "--events": (value, flag) => void (events = wholeNumber(flag, value, { least: 1000, most: 5_000_000 })),
    "--changed": (value, flag) => void (changed = wholeNumber(flag, value, { least: 1, most: 10_000 })),
    "--population": (value, flag) => void (population = oneOf(flag, value, populationNames)),
  };
  if (asksForHelp(args, flags)) return "help";
  return { events, changed, population };
}
