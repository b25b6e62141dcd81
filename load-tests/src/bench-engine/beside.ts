import { createHash } from "node:crypto";

import type { CompiledSearchOptions, Designation, OpenedIndex, SearchResult } from "@cordon/matching";

import { markdownTable } from "../markdown-table.ts";
import { type EngineBuild, thisBuild } from "./build.ts";
import { textLines } from "./lines.ts";
import type { QueryStream } from "./stream.ts";

/** One thing that two builds do, in microseconds of the clock each; `ratio` is the median of those of the rounds. */
export interface BesideRow {
  readonly what: string;
  readonly here: number;
  readonly there: number;
  readonly ratio: number;
}

export interface Beside {
  readonly names: number;
  readonly rows: readonly BesideRow[];
  /** Answers, of names and lines, that differ. */
  readonly differences: number;
  readonly compared: number;
}

export interface BesideOptions {
  readonly threshold: number;
  readonly rounds: number;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

interface Subject {
  readonly build: EngineBuild;
  readonly bytes: Uint8Array;
  readonly options: CompiledSearchOptions;
}

interface Asked {
  readonly names: readonly string[];
  /** Those that hit. */
  readonly hits: readonly string[];
  readonly lines: readonly string[];
}

const NAMES = 60_000;
const LINES = 1500;

/**
 * Two builds do the same in turn, in one process, round after round: what else the machine does meets both alike. Each
 * compiles the list itself. First both answer everything once, untimed, and what differs is counted.
 */
export function measureBeside(
  designations: readonly Designation[],
  stream: QueryStream,
  { other, threshold, rounds, now }: BesideOptions & { readonly other: EngineBuild },
): Beside {
  const names = stream.names.slice(0, NAMES);
  const lines = textLines(stream.names, LINES);
  const [here, there] = [thisBuild, other].map((build): Subject => ({
    build,
    bytes: build.compileSnapshot(designations),
    options: build.compileSearchOptions({ threshold }),
  })) as [Subject, Subject];
  const compared = compareAnswers(here, there, names, lines);
  const asked: Asked = { names, lines, hits: compared.hits };
  const taken: Record<string, { here: number[]; there: number[] }> = {};
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? (["here", "there"] as const) : (["there", "here"] as const)) {
      for (const [what, taking] of Object.entries(roundOf(side === "here" ? here : there, asked, now)))
        (taken[what] ??= { here: [], there: [] })[side].push(taking);
    }
  }
  return {
    names: designations.reduce((sum, designation) => sum + designation.names.length, 0),
    rows: Object.entries(taken).map(([what, sides]) => ({
      what,
      here: median(sides.here),
      there: median(sides.there),
      ratio: median(sides.here.map((taking, at) => taking / sides.there[at]!)),
    })),
    differences: compared.differences,
    compared: names.length + lines.length,
  };
}

function compareAnswers(here: Subject, there: Subject, names: readonly string[], lines: readonly string[]) {
  const [ours, theirs] = [opened(here), opened(there)];
  const hits: string[] = [];
  let differences = 0;
  for (const name of names) {
    const answer = ours.search(name, here.options);
    if (isHit(answer)) hits.push(name);
    if (JSON.stringify(answer) !== JSON.stringify(theirs.search(name, there.options))) differences++;
  }
  for (const line of lines) {
    const answer = ours.searchText(line, here.options);
    if (JSON.stringify(answer) !== JSON.stringify(theirs.searchText(line, there.options))) differences++;
  }
  return { hits, differences };
}

export function isHit(answer: SearchResult): boolean {
  return answer.kind === "matches" && answer.matches.length > 0;
}

function opened({ build, bytes }: Subject): OpenedIndex {
  return build.openSnapshot(bytes);
}

/** How often the native hash, and all names that hit, are taken in one round. */
const TIMES = 3;

function roundOf(subject: Subject, { names, hits, lines }: Asked, now: () => number): Record<string, number> {
  const { bytes, options } = subject;
  const search = (index: OpenedIndex, texts: readonly string[]) => () => {
    for (const text of texts) index.search(text, options);
  };
  const searchText = (index: OpenedIndex, texts: readonly string[]) => () => {
    for (const text of texts) index.searchText(text, options);
  };
  const hash = micros(now, TIMES, () => {
    for (let time = 0; time < TIMES; time++) createHash("sha256").update(bytes).digest();
  });
  let index = opened(subject);
  const opening = micros(now, 1, () => (index = opened(subject)));
  const cold = micros(now, names.length, search(index, names));
  const warm = micros(now, names.length, search(index, names));
  const hit = micros(now, hits.length * TIMES, () => {
    for (let time = 0; time < TIMES; time++) search(index, hits)();
  });
  const ofLines = opened(subject);
  // The first line of all makes what a threshold needs.
  ofLines.searchText(lines[0] ?? "", options);
  const linesCold = micros(now, lines.length, searchText(ofLines, lines));
  const linesKnown = micros(now, lines.length, searchText(ofLines, lines));
  return {
    "a name, cold": cold,
    "a name, warm": warm,
    "a name that hits, warm": hit,
    "a line, cold": linesCold,
    "a line, words known": linesKnown,
    "opening beside the native hash (times)": opening / hash,
  };
}

function micros(now: () => number, count: number, work: () => unknown): number {
  const begun = now();
  work();
  return ((now() - begun) * 1000) / Math.max(1, count);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** As a table for a document. */
export function besideTable({ names, rows, differences, compared }: Beside): string {
  return markdownTable(
    [`${names.toLocaleString("en")} names, µs`, "this", "beside", "this / beside"],
    [
      ...rows.map(({ what, here, there, ratio }) => [what, here.toFixed(2), there.toFixed(2), ratio.toFixed(2)]),
      ["answers that differ", `${String(differences)} of ${String(compared)}`, "", ""],
    ],
  );
}
