import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

/** What `npm run bench:engine` was asked for. */
export interface BenchOptions {
  /** Listed names of each row of the table; `union`: the real lists as they are. */
  readonly sizes: readonly (number | "union")[];
  /** Names in the stream that is searched. */
  readonly queries: number;
  /** File the figures are written to, or null. */
  readonly json: string | null;
  readonly threshold: number;
  /** `wall`: elapsed time. `cpu`: time of this thread alone, for a machine that others use too. */
  readonly clock: "wall" | "cpu";
  /** A checkout, or its `packages/matching/src/index.ts`, whose engine does the same in turn; null for none. */
  readonly beside: string | null;
}

export const usage = `npm run bench:engine -- [--names N]... [--queries N] [--threshold N] [--clock cpu] [--json FILE] [--beside PATH]

Measures the search on one core: the union of the published lists in ../shared/data and the same extended by generated
names to 20,000, 100,000 and 200,000. All figures of one run are of one process, one size after the other.

  --names N      only this many listed names (repeat for several; real names first, generated ones after)
  --queries N    names in the stream, 1 percent of them perturbed list names (default 1000000)
  --threshold N  whole percent, 50 to 100 (default 85)
  --clock cpu    count the processor time of the thread instead of elapsed time, on a machine that others use too
  --json FILE    write the figures as JSON too
  --beside PATH  instead: another build's engine does the same in turn, in this process, and only ratios count. PATH is a
                 checkout with its packages installed, or the index.ts of its packages/matching
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readBenchOptions(args: readonly string[]): BenchOptions | "help" {
  const sizes: number[] = [];
  let queries = 1_000_000;
  let threshold = 85;
  let json: string | null = null;
  let clock: BenchOptions["clock"] = "wall";
  let beside: string | null = null;
  const flags: Flags = {
    "--names": (value, flag) => void sizes.push(wholeNumber(flag, value, { least: 1, most: 4_000_000 })),
    "--queries": (value, flag) => void (queries = wholeNumber(flag, value, { least: 1000, most: 10_000_000 })),
    "--threshold": (value, flag) => void (threshold = wholeNumber(flag, value, { least: 50, most: 100 })),
    "--clock": (value, flag) => void (clock = oneOf(flag, value, ["wall", "cpu"])),
    "--json": (value) => void (json = value),
    "--beside": (value) => void (beside = value),
  };
  if (asksForHelp(args, flags)) return "help";
  const asked = sizes.length > 0 ? sizes : (["union", 20_000, 100_000, 200_000] as const);
  return { sizes: asked, queries, json, threshold, clock, beside };
}
