import { type PopulationName, populationNames } from "../bench-pipeline/populations.ts";
import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

/** What `npm run bench:shadow` was asked for. */
export interface BenchShadowOptions {
  readonly events: number;
  /** Of B; A has the usual one. */
  readonly threshold: number;
  readonly population: PopulationName;
  /** Where the report goes, as a page. */
  readonly page: string | null;
}

export const usage = `npm run bench:shadow -- [--events N] [--threshold N] [--population NAME] [--page FILE]

Measures a shadow run without services: processor time of the process, over the payments of bench:pipeline, which lie in memory.
What a client of Kafka takes to fetch them comes on top.

  --events N         payments (default 1000000)
  --threshold N      of B, a whole percent; A has the usual one (default 80)
  --population NAME  who pays: ${populationNames.join(", ")} (default learning)
  --page FILE        writes the report as a page with plots
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readBenchShadowOptions(args: readonly string[]): BenchShadowOptions | "help" {
  let [events, threshold] = [1_000_000, 80];
  let population: PopulationName = "learning";
  let page: string | null = null;
  const flags: Flags = {
    "--events": (value, flag) => void (events = wholeNumber(flag, value, { least: 1000, most: 5_000_000 })),
    "--threshold": (value, flag) => void (threshold = wholeNumber(flag, value, { least: 50, most: 100 })),
    "--population": (value, flag) => void (population = oneOf(flag, value, populationNames)),
    "--page": (value) => void (page = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return { events, threshold, population, page };
}
