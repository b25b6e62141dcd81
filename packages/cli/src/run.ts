import { CordonError } from "@cordon/errors";

import { compare } from "./compare.ts";
import { compile } from "./compile.ts";
import { desk } from "./desk.ts";
import { dispositions } from "./dispositions.ts";
import { lists } from "./lists.ts";
import { lookBack } from "./look-back.ts";
import { message } from "./message.ts";
import { policy } from "./policy.ts";
import { replay } from "./replay.ts";
import { rescreenCustomers } from "./rescreen-customers.ts";
import { rescreen } from "./rescreen.ts";
import { screen } from "./screen.ts";
import { shadow } from "./shadow.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export const help = `Cordon screens names against sanctions lists.

  cordon compile --list uk=FILE --list un=FILE --list ofac=DIR … --out FILE
  cordon screen --index FILE [--threshold N] < names.ndjson > hits.ndjson
  cordon compare NAME NAME [--type T] [--explain]
  cordon compare --pairs FILE.csv
  cordon message FILE [--json] [--screen --index FILE]
  cordon policy check FILE | test FILE --index FILE < events.ndjson
  cordon lists status | diff A B | show ID | find NAME | sync | rollback VERSION
  cordon rescreen --held | --dead-letters [--since TIME] [--reason CODE] [--dry-run]
  cordon desk verify
  cordon dispositions [--follow]
  cordon look-back [--since TIME] [--dry-run]
  cordon rescreen-customers FILE|- [--keep NAME]
  cordon replay --event TOPIC/PARTITION/OFFSET | --alert ID
  cordon shadow --threshold N | --list NAME=PATH … [--events N | --since TIME]

Each command has --help.
`;

type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  compile,
  screen,
  compare,
  message,
  lists,
  policy,
  rescreen,
  desk,
  dispositions,
  "look-back": lookBack,
  "rescreen-customers": rescreenCustomers,
  replay,
  shadow,
};

/** Runs one command and gives its exit code: 2 for what is wrong with the arguments or the input, told on stderr. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    // What we know to be wrong is told in a line; anything else is a fault of ours and is shown with all there is.
    if (!(error instanceof UsageError || error instanceof CordonError)) throw error;
    terminal.stderr.write(`cordon: ${error.message}\n`);
    return 2;
  }
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === "--help" || name === "-h" || name === "help") {
    await outputTo(terminal.stdout).write(help);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new UsageError(
      `${name === undefined ? "a command is missing" : `"${name}" is no command`}: ${Object.keys(commands).join(", ")}; try --help`,
    );
  return await command(args, terminal);
}
