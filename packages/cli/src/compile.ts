import { createReadStream } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { guardList, type ListFolder, type ListName, listNames, listSources, type ParsedList } from "@cordon/lists";
import { compileSnapshot, engineVersion, openSnapshot, selfCheck, snapshotVersion } from "@cordon/matching";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { blaming, UsageError } from "./usage-error.ts";

const listHelp = listNames
  .map((list) => `  ${`--list ${list}=PATH`.padEnd(26)} ${listSources[list].title}: ${listSources[list].formats}`)
  .join("\n");

const compileHelp = `Compiles sanctions lists into one index for "cordon screen".

  cordon compile --list NAME=PATH [--list NAME=PATH]… --out FILE

${listHelp}
  --out FILE                 where the index goes; it is replaced only by a whole one
  --help

Prints one JSON object: designations and names of each list, what was not understood in it, bytes and version (SHA-256)
of the index. The same lists give the same version.
Exit code: 0 compiled; 2 bad usage, or a list that cannot be read or be right.
`;

/** Compiles what `--list` names into `--out`. Throws UsageError. */
export async function compile(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    list: { type: "string", multiple: true },
    out: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(compileHelp);
    return 0;
  }
  noPositionals(positionals);
  const sources = sourcesOf(values.list ?? []);
  const { out } = values;
  if (out === undefined || out === "") throw new UsageError("--out FILE is missing");

  const parsed: ParsedList[] = [];
  for (const [list, path] of sources) {
    parsed.push(await readGuarded(list, path));
  }
  const bytes = await blaming("compiling", async () => compileSnapshot(parsed.flatMap((list) => list.designations)));
  const index = openSnapshot(bytes);
  selfCheck(index);
  await blaming(`--out ${out}`, () => replaceFile(out, bytes));
  const counts = {
    lists: Object.fromEntries(parsed.map((list) => [list.list, countsOf(list)])),
    designations: parsed.reduce((sum, { counts: { designations } }) => sum + designations, 0),
    names: parsed.reduce((sum, { counts: { names } }) => sum + names, 0),
    withoutComparableName: index.withoutComparableName,
    bytes: bytes.byteLength,
    version: snapshotVersion(bytes),
    engineVersion,
  };
  await output.write(`${JSON.stringify(counts)}\n`);
  return 0;
}

/** Lists by name and where each is, from `NAME=PATH`. Throws UsageError. */
export function sourcesOf(given: readonly string[]): ReadonlyMap<ListName, string> {
  if (given.length === 0) throw new UsageError("--list NAME=PATH is missing");
  const sources = new Map<ListName, string>();
  for (const text of given) {
    const [, name = "", path = ""] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
    if (path === "") throw new UsageError(`--list takes NAME=PATH, such as uk=UK-Sanctions-List.csv, not "${text}"`);
    const list = listNames.find((known) => known === name);
    if (list === undefined) throw new UsageError(`--list knows ${listNames.join(", ")}, not "${name}"`);
    if (sources.has(list)) throw new UsageError(`--list ${list}=… is given twice`);
    sources.set(list, path);
  }
  return sources;
}

/** A list of a file or a folder, looked over as far as it can be by itself. Throws UsageError. */
export async function readGuarded(list: ListName, path: string): Promise<ParsedList> {
  const read = await blaming(`${list}=${path}`, () => readList(list, path));
  guardAlone(read, path);
  return read;
}

async function readList(list: ListName, path: string): Promise<ParsedList> {
  const { parse, folder } = listSources[list];
  if (!(await stat(path)).isDirectory()) return await parse(createReadStream(path));
  if (folder === null) throw new UsageError("it is a directory, and this list is read from one file");
  return await folder.parse(await filesIn(path, folder));
}

/** Some publishers write the names of their files in upper case. */
async function filesIn(directory: string, { files }: ListFolder): Promise<Parameters<ListFolder["parse"]>[0]> {
  const present = await readdir(directory);
  return Object.fromEntries(
    files.map((name) => {
      const file = present.find((entry) => entry.toLowerCase() === name);
      if (file === undefined) throw new UsageError(`there is no ${name} in it`);
      const open = () => createReadStream(join(directory, file))[Symbol.asyncIterator]();
      return [name, { [Symbol.asyncIterator]: open }];
    }),
  );
}

/** There is no earlier version to compare with: only what is wrong with this one alone. */
function guardAlone(parsed: ParsedList, path: string): void {
  try {
    guardList({ parsed, previousEntries: null, maxShrinkPercent: 100 });
  } catch (error) {
    throw new UsageError(`${parsed.list}=${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function countsOf({ counts, publishedAt, unknown }: ParsedList) {
  const { rows, designations, names, byType } = counts;
  return { designations, names, rows, byType, publishedAt, unknown };
}

/** A reader of the file sees the old index or the new one, never half of one. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${path}.${String(process.pid)}.fresh`;
  try {
    await writeFile(fresh, bytes, { flush: true });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
