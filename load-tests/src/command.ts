import { parseArgs, type ParseArgsOptionDescriptor } from "node:util";

import { StackError } from "@cordon/local-stack";

/** What each option of a command does with its value; all of them take one. */
export type Flags = Readonly<Record<string, (value: string, flag: string) => void>>;
/** What each option does that takes none. */
export type Switches = Readonly<Record<string, () => void>>;

/** Reads the arguments of a command. True if help was asked for. Throws RangeError with a message for the user. */
export function asksForHelp(args: readonly string[], flags: Flags, switches: Switches = {}): boolean {
  const { tokens } = parsed(args, {
    ...ofType("string", flags),
    ...ofType("boolean", { ...switches, "--help": () => undefined }),
  });
  const options = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  if (options.some(({ name }) => name === "help")) return true;
  for (const { rawName, value } of options) {
    if (value === undefined) switches[rawName]?.();
    else flags[rawName]?.(value, rawName);
  }
  return false;
}

type Options = Readonly<Record<string, ParseArgsOptionDescriptor>>;

function ofType(type: "string" | "boolean", of: Flags | Switches): Options {
  return Object.fromEntries(Object.keys(of).map((flag) => [flag.slice("--".length), { type }]));
}

function parsed(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, tokens: true });
  } catch (error) {
    throw error instanceof TypeError ? new RangeError(error.message) : error;
  }
}

export function oneOf<T extends string>(flag: string, text: string, all: readonly T[]): T {
  const found = all.find((one) => one === text);
  if (found === undefined) throw new RangeError(`${flag} takes ${all.join(", ")}, not ${text}`);
  return found;
}

export function wholeNumber(
  flag: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${flag} takes a whole number from ${String(least)} to ${String(most)}, not ${text}`);
  return value;
}

export interface Command<O> {
  readonly usage: string;
  /** Throws RangeError with a message for the user. */
  readonly read: (args: readonly string[]) => O | "help";
  /** False: what was to be shown was not so. */
  readonly run: (options: O) => Promise<boolean | void>;
}

/** Runs a command of a person. Exit code 1: it failed, or the stack did not start; 2: it was used badly. */
export async function runCommand<O>({ usage, read, run }: Command<O>): Promise<void> {
  try {
    const options = read(process.argv.slice(2));
    if (options === "help") process.stdout.write(usage);
    else if ((await run(options)) === false) process.exitCode = 1;
  } catch (error) {
    if (error instanceof StackError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    } else if (error instanceof RangeError) {
      process.stderr.write(`${error.message}\n\n${usage}`);
      process.exitCode = 2;
    } else throw error;
  }
}
