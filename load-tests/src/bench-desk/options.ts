import { asksForHelp, type Flags, wholeNumber } from "../command.ts";

/** What `npm run bench:desk` was asked for. */
export interface DeskBenchOptions {
  /** Alerts that stand in the database before the first arrives; a tenth of them are open. */
  readonly alerts: number;
  /** Alerts a second, each with its decision. */
  readonly rate: number;
  readonly seconds: number;
  /** People at work, each with one deed in five seconds. */
  readonly handlers: number;
  /** How long the lag is waited for at the end, seconds. */
  readonly drain: number;
}

export const usage = `npm run bench:desk -- [--alerts N] [--rate N] [--seconds N] [--handlers N] [--drain N]

Fills the desk's database, sends alerts through Kafka at a fixed rate, and lets people work meanwhile: each asks for the queue's
first page and takes, releases or agrees, once in five seconds. Tells how long the first page took, whether anything was taken
twice, what stood in Kafka when the sending ended and a minute later, and what processor time an alert costs in the desk and in
PostgreSQL. The load comes from this machine, too: it takes its share.

  --alerts N    alerts in the database at the start (default 1000000)
  --rate N      alerts a second (default 5000)
  --seconds N   for how long (default 60)
  --handlers N  people at work (default 50)
  --drain N     how long the lag is waited for after that, seconds (default 120)
`;

const bounds = {
  alerts: { least: 0, most: 10_000_000 },
  rate: { least: 1, most: 100_000 },
  seconds: { least: 1, most: 3600 },
  handlers: { least: 1, most: 1000 },
  drain: { least: 1, most: 3600 },
} as const;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readDeskBenchOptions(args: readonly string[]): DeskBenchOptions | "help" {
  const options = { alerts: 1_000_000, rate: 5000, seconds: 60, handlers: 50, drain: 120 };
  const flags: Flags = Object.fromEntries(
    (Object.keys(bounds) as (keyof typeof bounds)[]).map((name) => [
      `--${name}`,
      (value: string, flag: string) => void (options[name] = wholeNumber(flag, value, bounds[name])),
    ]),
  );
  if (asksForHelp(args, flags)) return "help";
  return options;
}
