import { statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { type ListName, listNames, listSources } from "@cordon/lists";

/** What `npm start` was asked to do. Checked, and frozen before anything is started. */
export interface StartOptions {
  /** Send this many events, print a summary and end; null: stream until stopped. */
  readonly events: number | null;
  /** Events a second; null: the default when streaming, no limit with `events`. */
  readonly rate: number | null;
  readonly traffic: boolean;
  /** Whether the alert desk is there, and the PostgreSQL that it needs. */
  readonly desk: boolean;
  /** Whether past events are looked at again: by itself only where traffic streams, for it raises alerts beside those on events. */
  readonly secondLook: boolean;
  /** Files by list; null: the lists of the environment, the official ones or the excerpt. */
  readonly lists: Readonly<Partial<Record<ListName, string>>> | null;
}

const listHelp = listNames
  .map((list) => `                    ${list.padEnd(12)} ${listSources[list].formats}`)
  .join("\n");

export type Command = { readonly kind: "help" } | { readonly kind: "run"; readonly options: StartOptions };

/** The command line cannot be understood or cannot be done: exit code 2. */
export class UsageError extends Error {}

export const help = `Runs the whole pipeline on this machine: Kafka, a schema registry, Redis, list-sync, screener, and sample traffic.

  npm start -- [--events N] [--list uk=FILE]… [--rate N] [--no-traffic] [--no-desk] [--second-look]

  --events N      send N events, wait for their decisions, print a summary and end
  --rate N        events a second (streaming: 500; with --events: as fast as decisions come back)
  --list L=FILE   screen against this file of list L; repeatable; only the lists given are on. The file is read again soon
                  after it is replaced. The lists:
${listHelp}
  --no-traffic    send nothing; print the addresses and READY, and run until stopped
  --no-desk       leave out the alert desk and its PostgreSQL
  --second-look   run second-look too: it looks back after each list change, and finds stopped payments that come again
                  (streaming does so anyway; --no-second-look leaves it out)
  --help

Without --list the official lists are fetched; where they cannot be reached, a small excerpt of the UK list kept with the
source is used. KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL and DESK_DATABASE_URL in the environment point at services that already run.
Nothing needs building: the sources run as they are.
Exit code: 0 done, or stopped as asked; 1 an event was lost or wrongly cleared, a planted name was missed, or something did not start;
2 bad usage; 130 stopped before it was done.
`;

function positive(name: string, text: string | undefined, { integer, most }: { integer: boolean; most: number }) {
  if (text === undefined) return null;
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !(value > 0 && value <= most) || (integer && !Number.isInteger(value)))
    throw new UsageError(
      `--${name} takes ${integer ? "a whole number" : "a number"} from ${integer ? "1" : "above 0"} to ${String(most)}, not "${text}"`,
    );
  return value;
}

function isListName(text: string): text is ListName {
  return (listNames as readonly string[]).includes(text);
}

function parseLists(given: readonly string[], cwd: string): StartOptions["lists"] {
  if (given.length === 0) return null;
  const lists: Partial<Record<ListName, string>> = {};
  for (const text of given) {
    const [, name = "", file = ""] = /^([^=]*)=(.+)$/.exec(text) ?? [];
    if (file === "") throw new UsageError(`--list takes NAME=FILE, such as uk=UK-Sanctions-List.csv, not "${text}"`);
    if (!isListName(name)) throw new UsageError(`--list knows ${listNames.join(", ")}, not "${name}"`);
    if (lists[name] !== undefined) throw new UsageError(`--list ${name}=… is given twice`);
    const path = resolve(cwd, file);
    const found = statSync(path, { throwIfNoEntry: false });
    const readable = found?.isFile() === true || (found?.isDirectory() === true && listSources[name].folder !== null);
    if (!readable) throw new UsageError(`--list ${name}: no file ${path}`);
    lists[name] = path;
  }
  return lists;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        events: { type: "string" },
        rate: { type: "string" },
        list: { type: "string", multiple: true },
        "no-traffic": { type: "boolean" },
        "no-desk": { type: "boolean" },
        "second-look": { type: "boolean" },
        "no-second-look": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads the arguments of `npm start`. Relative paths are relative to `cwd`, where the user is.
 * Throws UsageError with what is wrong.
 */
export function parseStartOptions(args: readonly string[], cwd: string): Command {
  const values = parsed(args);
  if (values.help === true) return { kind: "help" };
  const events = positive("events", values.events, { integer: true, most: 100_000_000 });
  const rate = positive("rate", values.rate, { integer: false, most: 1_000_000 });
  const traffic = values["no-traffic"] !== true;
  if (!traffic && (events !== null || rate !== null))
    throw new UsageError("--no-traffic sends nothing: leave out --events and --rate");
  if (values["second-look"] === true && values["no-second-look"] === true)
    throw new UsageError("give one of --second-look and --no-second-look");
  return {
    kind: "run",
    options: Object.freeze({
      events,
      rate,
      traffic,
      desk: values["no-desk"] !== true,
      secondLook: values["no-second-look"] !== true && (values["second-look"] === true || (traffic && events === null)),
      lists: parseLists(values.list ?? [], cwd),
    }),
  };
}
