import { wholeNumber } from "../bench-pipeline/options.ts";

/** What `npm run bench:hot-path` was asked for. */
export interface HotPathOptions {
  readonly events: number;
  readonly designations: number;
  /** File the figures are written to, or null. */
  readonly json: string | null;
}

export const usage = `npm run bench:hot-path -- [--events N] [--designations N] [--json FILE]

Measures each step that an event takes through the screener, in one process and without Kafka: processor time of the
thread, over the events of bench:pipeline. Compare figures of one run only.

  --events N        events (default 200000)
  --designations N  entries of the list: the real ones of ../shared/data first, generated ones after (default 20000)
  --json FILE       write the figures as JSON too
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readHotPathOptions(args: readonly string[]): HotPathOptions | "help" {
  let events = 200_000;
  let designations = 20_000;
  let json: string | null = null;
  for (let at = 0; at < args.length; at += 2) {
    const flag = args[at] ?? "";
    if (flag === "--help") return "help";
    const value = args[at + 1];
    if (value === undefined) throw new RangeError(`${flag} needs a value`);
    if (flag === "--events") events = wholeNumber(flag, value, { least: 1000, most: 2_000_000 });
    else if (flag === "--designations") designations = wholeNumber(flag, value, { least: 100, most: 1_000_000 });
    else if (flag === "--json") json = value;
    else throw new RangeError(`unknown option ${flag}`);
  }
  return { events, designations, json };
}
