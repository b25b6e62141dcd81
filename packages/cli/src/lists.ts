import { type ListName, listNames } from "@cordon/lists";

import { helpOption, readArguments } from "./arguments.ts";
import { diff } from "./lists/diff.ts";
import { find, show } from "./lists/find.ts";
import { status } from "./lists/status.ts";
import { type ListsPorts, storeFromEnvironment } from "./lists/store.ts";
import { sync } from "./lists/sync.ts";
import { syncingFromEnvironment } from "./lists/syncing.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const listsHelp = `Looks after the lists that the screeners use. Redis is found by the environment of the services (REDIS_URL).

  cordon lists status                  the lists, how old they are, why one failed, what was not understood, the versions kept
  cordon lists diff A B                what version B added, amended and removed against A
  cordon lists show ID                 one entry, such as uk:GIM0014
  cordon lists find NAME               the entries that a name matches
      --threshold N                    whole percent, 50 to 100 (default 85)
  cordon lists sync                    looks at every list once, publishes, and tells what came of each;
                                       needs the whole environment of list-sync
      --release                        over a version that was rolled back to, too
  cordon lists rollback VERSION        makes a kept version live again; needs the environment of list-sync
      --release-list LIST              with sync, rollback: LIST may leave the index, which is refused otherwise;
                                       sync: once LIST_… is off, for the service, too. Can be repeated
      --because TEXT                   with rollback and what releases: why; recorded with your name and host

A version is its number, the beginning of its hash (6 digits or more), or "live".
  --json    one JSON object instead of tables
  --help
Exit code: 0 done; 1 a list is not good, not published or not announced; 2 bad usage, or nothing can be had.
`;

/** Runs `cordon lists …`. Throws UsageError, and CordonError of the store. */
export async function lists(args: readonly string[], terminal: Terminal): Promise<number> {
  const openStore = () => storeFromEnvironment(terminal.env);
  const openSyncing = () => syncingFromEnvironment(terminal.env);
  return await listsWith({ openStore, openSyncing, now: Date.now }, args, terminal);
}

/** The same on other ports. */
export async function listsWith(on: ListsPorts, args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    json: { type: "boolean" },
    release: { type: "boolean" },
    "release-list": { type: "string", multiple: true },
    threshold: { type: "string" },
    because: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  const [command, ...operands] = positionals;
  if (values.help === true) {
    await output.write(listsHelp);
    return 0;
  }
  const { json = false, release = false, "release-list": released = [], threshold, because } = values;
  if (release && command !== "sync") throw new UsageError("--release goes with sync");
  if (released.length > 0 && command !== "sync" && command !== "rollback")
    throw new UsageError("--release-list goes with sync and rollback");
  if (because !== undefined && command !== "rollback" && !release && released.length === 0)
    throw new UsageError("--because goes with rollback, --release and --release-list");
  if (threshold !== undefined && command !== "find") throw new UsageError("--threshold goes with find");
  const say = async (text: Promise<string>): Promise<number> => {
    await output.write(await text);
    return 0;
  };
  const releasing = { releaseLists: listsIn(released), because: because ?? null };
  switch (command) {
    case "status":
      takes(operands, []);
      return await say(status(on, { json }));
    case "diff": {
      const [from, to] = takes(operands, ["A", "B"]);
      return await say(diff(on, { from: from!, to: to!, json }));
    }
    case "show":
      return await say(show(on, { id: takes(operands, ["ID"])[0]!, json }));
    case "find":
      return await say(find(on, { name: operands.join(" "), json, threshold: thresholdOf(threshold, operands) }));
    case "sync":
      takes(operands, []);
      return await sync(on, { task: { kind: "once", release, sameLists: true, ...releasing }, json }, terminal);
    case "rollback": {
      const [version] = takes(operands, ["VERSION"]);
      return await sync(on, { task: { kind: "rollback", version: version!, ...releasing }, json }, terminal);
    }
    case undefined:
    default:
      throw new UsageError(
        `lists ${command === undefined ? "what" : `"${command}"`}? One of status, diff, show, find, sync, rollback; try --help`,
      );
  }
}

function listsIn(words: readonly string[]): readonly ListName[] {
  return words.map((word) => {
    const list = listNames.find((name) => name === word);
    if (list === undefined) throw new UsageError(`--release-list takes one of ${listNames.join(", ")}, not "${word}"`);
    return list;
  });
}

function takes(operands: readonly string[], names: readonly string[]): readonly string[] {
  if (operands.length === names.length && operands.every((operand) => operand !== "")) return operands;
  throw new UsageError(
    names.length === 0 ? "it takes no more words" : `it takes ${names.join(" and ")}, and nothing else`,
  );
}

function thresholdOf(text: string | undefined, name: readonly string[]): number {
  if (name.length === 0) throw new UsageError("it takes a NAME");
  const threshold = Number(text ?? "85");
  if (!Number.isInteger(threshold) || threshold < 50 || threshold > 100)
    throw new UsageError(`--threshold is a whole number from 50 to 100, not "${String(text)}"`);
  return threshold;
}
