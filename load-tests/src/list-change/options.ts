import { asksForHelp, type Flags, wholeNumber } from "../command.ts";

/** What `npm run drill:list-change` was asked for. */
export interface ListChangeOptions {
  /** Events before the change. */
  readonly events: number;
  /** Entries of the list before it. */
  readonly entries: number;
  /** Events a second while the list changes. */
  readonly rate: number;
  /** A folder for the page of the shadow run, and the figures as JSON; null: nothing is kept. */
  readonly keep: string | null;
}

export const usage = `npm run drill:list-change -- [--events N] [--entries N] [--rate N] [--keep FOLDER]

Starts the whole pipeline (npm start) with a list of invented entries, sends events of which one in a hundred names somebody who is
not listed yet, lists him while events go on, and tells what happens when: publication, swap, look-back, alerts. Each event that was
cleared with such a name must get one alert of the look-back, and no other event any. Then replays decisions of both
indexes, and runs a shadow at 80 against 85. Exit code 1 if anything is missing, too many or different.

  --events N      events before the change (default 10000)
  --entries N     entries of the list before it (default 2000)
  --rate N        events a second while the list changes (default 100)
  --keep FOLDER   keeps the page of the shadow run and the figures there
`;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readListChangeOptions(args: readonly string[]): ListChangeOptions | "help" {
  let events = 10_000;
  let entries = 2000;
  let rate = 100;
  let keep: string | null = null;
  const flags: Flags = {
    "--events": (value, flag) => void (events = wholeNumber(flag, value, { least: 100, most: 10_000_000 })),
    "--entries": (value, flag) => void (entries = wholeNumber(flag, value, { least: 10, most: 100_000 })),
    "--rate": (value, flag) => void (rate = wholeNumber(flag, value, { least: 1, most: 100_000 })),
    "--keep": (value) => void (keep = value),
  };
  if (asksForHelp(args, flags)) return "help";
  return { events, entries, rate, keep };
}
