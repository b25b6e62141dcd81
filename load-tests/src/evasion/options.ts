import { parseArgs } from "node:util";

import { wholeNumber } from "../command.ts";
import { type TrickClass, trickClasses } from "./trick.ts";

/** What `npm run evasion` was asked for. */
export interface EvasionOptions {
  readonly seed: number;
  /** Samples of each kind. */
  readonly samples: number;
  /** Only kinds whose name contains it; null: all. */
  readonly kind: string | null;
  readonly class: TrickClass | null;
  /** Innocent customers to whom the same is done. */
  readonly innocents: number;
  /** Innocent lines with numbers, and nothing else is measured; null: not that. */
  readonly lines: number | null;
  /** File the figures are written to, or null. */
  readonly json: string | null;
  /** Whether missed samples are printed. */
  readonly show: boolean;
  /** Whether docs/evasion.md is written. */
  readonly write: boolean;
}

export const usage = `npm run evasion -- [--seed N] [--samples N] [--class C] [--kind TEXT] [--innocents N] [--json FILE] [--show] [--write]
npm run evasion -- --lines N [--seed N]

Hides listed names and identifiers of ../shared/data/lists in whole events, screens them in this process on both paths of
the screener, and tells what was found. Exits with 1 when a class is under its goal, when the fast path clears what the full
one does not, or when innocents alert more often than they may.

  --seed N       other samples (default 1)
  --samples N    samples of each kind (default 40)
  --class C      only ${Object.keys(trickClasses).join(", ")}
  --kind TEXT    only kinds whose name contains it
  --innocents N  customers of ../shared/data to whom the same is done (default 5000, with --write 50000, with --class or --kind 0)
  --lines N      only N innocent lines with numbers
  --json FILE    write the figures as JSON too
  --show         print the samples that were missed
  --write        write docs/evasion.md
`;

const MOST = 4_000_000;

/** Reads the arguments. Throws RangeError with a message for the user. */
export function readEvasionOptions(args: readonly string[]): EvasionOptions | "help" {
  const values = parsed(args);
  if (values.help === true) return "help";
  const number = (name: "seed" | "samples" | "innocents" | "lines", otherwise: number, least = 1): number => {
    const value = values[name];
    return value === undefined ? otherwise : wholeNumber(`--${name}`, value, { least, most: MOST });
  };
  const partly = values.class !== undefined || values.kind !== undefined;
  const { write = false } = values;
  if (write && (partly || values.lines !== undefined)) throw new RangeError("--write takes all kinds");
  return {
    seed: number("seed", 1),
    samples: number("samples", 40),
    kind: values.kind ?? null,
    class: values.class === undefined ? null : classOf(values.class),
    innocents: number("innocents", partly ? 0 : write ? 50_000 : 5000, 0),
    lines: values.lines === undefined ? null : number("lines", 0),
    json: values.json ?? null,
    show: values.show ?? false,
    write,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: text,
        samples: text,
        class: text,
        kind: text,
        innocents: text,
        lines: text,
        json: text,
        show: flag,
        write: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function classOf(value: string): TrickClass {
  if (!Object.hasOwn(trickClasses, value))
    throw new RangeError(`--class takes ${Object.keys(trickClasses).join(", ")}, not ${value}`);
  return value as TrickClass;
}
