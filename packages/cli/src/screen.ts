import { readFile } from "node:fs/promises";

import type { HoldReason } from "@cordon/errors";
import { comparisons } from "@cordon/messages";
import {
  type CompiledSearchOptions,
  compileSearchOptions,
  type NameMatch,
  openSnapshot,
  type ScreeningIndex,
  selfCheck,
} from "@cordon/screening";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { linesOf } from "./lines.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { blaming, reasonOf, UsageError } from "./usage-error.ts";

export const screenHelp = `Screens names against an index of "cordon compile".

  cordon screen --index FILE [--threshold N] < names.ndjson > hits.ndjson

  --index FILE       the index
  --threshold N      least score that is a hit, a whole percent from 50 to 100 (default 85)
  --help

In: one JSON object a line, {"id", "name", "type"?, "birthDate"?, "country"?}, type being person, organisation, vessel or
aircraft. Out: one line for each, in order, {"id", "hits": [{"designationId", "list", "regime", "matchedName", "score",
"nameStrength", "reasons"}]}, best hit first; the points of the reasons sum to the score. A person is not compared with
ships and aircraft. A name that could not be compared has "hold" with the reason beside its empty hits: it is not clear.
Exit code: 0 every line was read, whether there were hits or not; 2 bad usage, index or line (its number is told; the
lines before it have been answered).
`;

interface ScreenedName {
  readonly id: string | number;
  readonly name: string;
  readonly type: string | null;
}

const types = ["person", "organisation", "vessel", "aircraft"];

/** Screens stdin, line by line, no faster than stdout is read. Throws UsageError. */
export async function screen(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    index: { type: "string" },
    threshold: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(screenHelp);
    return 0;
  }
  noPositionals(positionals);
  if (values.index === undefined) throw new UsageError("--index FILE is missing");
  const options = optionsOf(values.threshold ?? "85");
  const index = await openIndex(values.index);

  const progress = progressOn(terminal);
  let blank = 0;
  let done = 0;
  for await (const lines of linesOf(terminal.stdin)) {
    let answers = "";
    let fault: unknown = null;
    try {
      for (const { number, text } of lines) {
        if (text.trim() === "") {
          blank ||= number;
          continue;
        }
        if (blank > 0) throw new UsageError(`line ${String(blank)} is blank`);
        answers += `${JSON.stringify(answer(readName(text, number), index, options))}\n`;
        done += 1;
      }
    } catch (error) {
      fault = error;
    }
    if (answers !== "" && !(await output.write(answers))) return 0;
    if (fault !== null) throw fault;
    progress.to(done, "names");
  }
  progress.end();
  return 0;
}

interface Options {
  readonly person: CompiledSearchOptions;
  readonly any: CompiledSearchOptions;
}

function optionsOf(threshold: string): Options {
  const percent = Number(threshold);
  if (!/^\d+$/.test(threshold) || percent < 50 || percent > 100)
    throw new UsageError(`--threshold takes a whole percent from 50 to 100, not "${threshold}"`);
  return {
    person: compileSearchOptions({ threshold: percent, types: comparisons.person }),
    any: compileSearchOptions({ threshold: percent, types: comparisons.any }),
  };
}

async function openIndex(path: string): Promise<ScreeningIndex> {
  return await blaming(`--index ${path}`, async () => {
    const bytes = await readFile(path);
    try {
      const index = openSnapshot(bytes);
      selfCheck(index);
      return index;
    } catch (error) {
      throw new UsageError(`${reasonOf(error)}; "cordon compile" writes a new one`, { cause: error });
    }
  });
}

function readName(text: string, number: number): ScreenedName {
  const wrong = (what: string, cause?: unknown): UsageError =>
    new UsageError(`line ${String(number)} ${what}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong("is not JSON", error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("is not a JSON object");
  const { id, name, type = null, birthDate = null, country = null } = value as Readonly<Record<string, unknown>>;
  if (!(typeof id === "string" || typeof id === "number")) throw wrong('has no "id" that is a string or a number');
  if (typeof name !== "string") throw wrong('has no "name" that is a string');
  if (type !== null && !(typeof type === "string" && types.includes(type.toLowerCase())))
    throw wrong(`has a "type" that is none of ${types.join(", ")}`);
  for (const [field, given] of [
    ["birthDate", birthDate],
    ["country", country],
  ])
    if (given !== null && typeof given !== "string") throw wrong(`has a "${String(field)}" that is no string`);
  return { id, name, type: type === null ? null : type.toLowerCase() };
}

function answer({ id, name, type }: ScreenedName, index: ScreeningIndex, options: Options) {
  const result = index.search(name, type === "person" ? options.person : options.any);
  switch (result.kind) {
    case "matches":
      return { id, hits: result.matches.map(hitOf) };
    case "unreadable":
      return { id, hits: [], hold: name === "" ? held("FIELD_MISSING") : held("NAME_UNREADABLE") };
    case "too-broad":
      return { id, hits: [], hold: held("QUERY_TOO_BROAD") };
  }
}

/** Only codes of the catalogue. */
const held = (reason: HoldReason): HoldReason => reason;

function hitOf({ designation, name, score, reasons }: NameMatch) {
  return {
    designationId: designation.id,
    list: designation.list,
    regime: designation.regime,
    matchedName: name.text,
    score: score / 100,
    nameStrength: name.strength,
    reasons: reasons.map(({ kind, detail, points }) => ({ kind, detail, points: points / 100 })),
  };
}
