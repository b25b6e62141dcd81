import { asksForHelp, type Flags, wholeNumber } from "../command.ts";

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
  const flags: Flags = {
    "--events": (value, flag) => void (events = wholeNumber(flag, value, { least: 1000, most: 2_000_000 })),
    "--designations": (value, flag) => void (designations = wholeNumber(flag, value, { least: 100, most: 1_000_000 })),
    "--json": (value) => void (json = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return { events, designations, json };
}
