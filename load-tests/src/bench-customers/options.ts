import { asksForHelp, type Flags, oneOf, wholeNumber } from "../command.ts";

/** What `npm run bench:customers` was asked for. */
export interface BenchCustomersOptions {
  readonly customers: number;
  /** Entries that come or change between the two versions of the lists. */
  readonly changed: number;
  readonly format: "ndjson" | "csv";
  /** File the figures are written to, or null. */
  readonly json: string | null;
}

export const usage = `npm run bench:customers -- [--customers N] [--changed N] [--format ndjson|csv] [--json FILE]

Measures cordon rescreen-customers --keep without services: processor time of the process, all threads. Customers have first and
family names of ../shared/data/pairs/clean-customers.csv, mixed anew within a nationality, and one in ten has a family name that
nobody else has; the lists are the UK's, the UN's and OFAC's of ../shared/data/lists. Without them, generated ones.

  --customers N   how many (default 100000)
  --changed N     entries added or amended before the delta; three in five are new (default 100)
  --format F      of the file (default ndjson)
  --json FILE     write the figures as JSON too
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readBenchCustomersOptions(args: readonly string[]): BenchCustomersOptions | "help" {
  let customers = 100_000;
  let changed = 100;
  let format: BenchCustomersOptions["format"] = "ndjson";
  let json: string | null = null;
  const flags: Flags = {
    "--customers": (value, flag) => void (customers = wholeNumber(flag, value, { least: 100, most: 10_000_000 })),
    "--changed": (value, flag) => void (changed = wholeNumber(flag, value, { least: 1, most: 10_000 })),
    "--json": (value) => void (json = value),
    "--format": (value, flag) => void (format = oneOf(flag, value, ["ndjson", "csv"])),
  };
  if (asksForHelp(args, flags)) return "help";
  return { customers, changed, format, json };
}
