import { createHash, type Hash } from "node:crypto";

import {
  type CompiledSearchOptions,
  compileSearchOptions,
  compileSnapshot,
  type Designation,
  exhaustiveScan,
  openingSteps,
  openSnapshot,
  type OpenedIndex,
  type SearchResult,
  sectionSizes,
  selfCheckSteps,
} from "@cordon/matching";

import { isHit } from "./beside.ts";
import { latencyOf } from "./latency.ts";
import { textLines } from "./lines.ts";
import type { QueryStream } from "./stream.ts";

/** One line of the table; the names and units are those of the JSON. */
export interface BenchRow {
  /** Listed names. */
  readonly names: number;
  /** Different tokens in the dictionary. */
  readonly tokens: number;
  readonly coldPerSecond: number;
  readonly warmPerSecond: number;
  readonly exhaustivePerSecond: number;
  readonly mismatches: number;
  readonly comparedHits: number;
  readonly postingsPerQuery: number;
  readonly candidatesPerQuery: number;
  /** Words whose neighbours were looked for, a name of the cold pass. */
  readonly wordsPerQuery: number;
  readonly bytesPerName: number;
  /** The same by sections of the snapshot. */
  readonly bytesPerNameOf: Readonly<Record<string, number>>;
  /** A search that hits, its words known, with all that it describes. */
  readonly hitMicros: number;
  /** What a cold name costs beside the same stream against a list of 25 names. */
  readonly coldBesideFewNames: number;
  /** Opening, of whose bytes the hash is made natively, beside that hash. */
  readonly openingBesideHash: number;
  /** What a screener cannot interrupt while it takes over an index: the longest step of opening and of the self-check, ms. */
  readonly longestStepMillis: number;
  readonly buildSeconds: number;
  readonly p50Micros: number;
  readonly p999Micros: number;
  readonly maxMicros: number;
  /** Lines of free text of 140 characters, one name in each or more. */
  readonly linesPerSecond: number;
  readonly lineP50Micros: number;
  readonly lineP99Micros: number;
  readonly lineMaxMicros: number;
  /** In a pass whose words are new, and looked up again: postings and words a line. */
  readonly postingsPerLine: number;
  readonly wordsPerLine: number;
  /** A cold line beside a cold name. */
  readonly lineBesideName: number;
  /** A line without a match, all its words known. */
  readonly knownLineP99Micros: number;
  /** Readings of the listed names, each of which is a row. */
  readonly rows: number;
  /** Queries scored against every row; `exhaustivePerSecond` is their mean, no more and no less. */
  readonly exhaustiveQueries: number;
  readonly exhaustivePairsPerSecond: number;
  /** Share of the stream with a match, and how many searches were refused as too broad. */
  readonly hitShare: number;
  readonly tooBroad: number;
}

export interface MeasureOptions {
  readonly threshold: number;
  /** Seconds to spend on the exhaustive scan, at least; the number of its queries follows. */
  readonly exhaustiveSeconds: number;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/**
 * Compiles, opens and measures one list. Cold: one pass over the stream with a newly opened index, whose token cache is
 * empty. Warm: a second pass over the same stream. Before both, another index over the same bytes serves a part of the
 * stream, so that neither pass pays for the compiler's warming up. Latency is taken name by name in further passes, see
 * `latencyOf`.
 */
export function measure(
  designations: readonly Designation[],
  stream: QueryStream,
  { threshold, exhaustiveSeconds, now }: MeasureOptions,
): BenchRow {
  const options = compileSearchOptions({ threshold });
  const names = designations.reduce((sum, designation) => sum + designation.names.length, 0);
  const built = timed(now, () => compileSnapshot(designations));
  const bytes = built.result;

  runThrough(openSnapshot(bytes), stream.names.slice(0, 50_000), options);
  const index = openSnapshot(bytes);
  const cold = timed(now, () => runThrough(index, stream.names, options));
  const { postings, candidates } = index.work;
  const looked = index.lookedUp();
  const warm = timed(now, () => runThrough(index, stream.names, options));
  const latency = latencyOf(stream.names, () => {
    const fresh = openSnapshot(bytes);
    return (name) => fresh.search(name, options);
  });
  const coldSeconds = cold.seconds / stream.names.length;
  const lines = measureLines(bytes, textLines(stream.names, LINES), { options, now, coldSeconds });
  const few = openSnapshot(compileSnapshot(fewNames(designations)));
  const coldOfFew = timed(now, () => runThrough(few, stream.names, options));
  const hits = stream.names.filter((name) => isHit(index.search(name, options)));
  const hit = timed(now, () => runThrough(index, hits, options));
  const opening = timed(now, () => openSnapshot(bytes, { sha256 }));
  const hashing = timed(now, () => sha256().update(bytes).digest());
  const compared = compareWithScan(designations, index, { stream, options, exhaustiveSeconds, now });

  return {
    names,
    tokens: index.tokens,
    coldPerSecond: stream.names.length / cold.seconds,
    warmPerSecond: stream.names.length / warm.seconds,
    exhaustivePerSecond: compared.queries / compared.seconds,
    mismatches: compared.mismatches,
    comparedHits: compared.hits,
    postingsPerQuery: postings / stream.names.length,
    candidatesPerQuery: candidates / stream.names.length,
    wordsPerQuery: looked / stream.names.length,
    bytesPerName: bytes.length / names,
    bytesPerNameOf: Object.fromEntries(
      Object.entries(sectionSizes(bytes)).map(([section, size]) => [section, size / names]),
    ),
    hitMicros: (hit.seconds * 1e6) / Math.max(1, hits.length),
    coldBesideFewNames: cold.seconds / coldOfFew.seconds,
    openingBesideHash: opening.seconds / hashing.seconds,
    longestStepMillis: longestStep(bytes, now),
    buildSeconds: built.seconds,
    p50Micros: latency.p50,
    p999Micros: latency.p999,
    maxMicros: latency.max,
    ...lines,
    rows: index.names,
    exhaustiveQueries: compared.queries,
    exhaustivePairsPerSecond: (compared.queries * names) / compared.seconds,
    hitShare: cold.result.hits / stream.names.length,
    tooBroad: cold.result.tooBroad,
  };
}

function timed<T>(now: () => number, work: () => T): { readonly result: T; readonly seconds: number } {
  const begun = now();
  const result = work();
  return { result, seconds: (now() - begun) / 1000 };
}

function longestStep(bytes: Uint8Array, now: () => number): number {
  let longest = 0;
  const takeAll = <T>(steps: Iterator<void, T>): T => {
    for (;;) {
      const begun = now();
      const step = steps.next();
      longest = Math.max(longest, now() - begun);
      if (step.done === true) return step.value;
    }
  };
  takeAll(selfCheckSteps(takeAll(openingSteps(bytes, { sha256 }))));
  return longest;
}

function runThrough(index: OpenedIndex, names: readonly string[], options: CompiledSearchOptions) {
  let hits = 0;
  let tooBroad = 0;
  for (const name of names) {
    const result = index.search(name, options);
    if (result.kind === "too-broad") tooBroad++;
    else if (result.kind === "matches" && result.matches.length > 0) hits++;
  }
  return { hits, tooBroad };
}

/** So few that no list costs anything. */
const FEW = 25;

function fewNames(designations: readonly Designation[]): readonly Designation[] {
  let names = 0;
  return designations.filter((designation) => (names += designation.names.length) <= FEW);
}

function sha256(): Hash {
  return createHash("sha256");
}

const LINES = 20_000;

interface LineRequest {
  readonly options: CompiledSearchOptions;
  readonly now: () => number;
  readonly coldSeconds: number;
}

/** Half of the lines warm the compiler up; the words of the others are new, as are those of names in a cold pass. */
function measureLines(bytes: Uint8Array, lines: readonly string[], { options, now, coldSeconds }: LineRequest) {
  const half = lines.length / 2;
  const first = openSnapshot(bytes);
  for (const line of lines.slice(0, half)) first.searchText(line, options);
  const measured = lines.slice(half);
  const latency = latencyOf(measured, () => {
    const fresh = openSnapshot(bytes);
    // The first line of all makes what a threshold needs.
    fresh.searchText(lines[0] ?? "", options);
    return (line) => fresh.searchText(line, options);
  });
  const { seconds } = timed(now, () => {
    for (const line of measured) first.searchText(line, options);
  });
  const index = openSnapshot(bytes);
  index.searchText(lines[0] ?? "", options);
  const before = { postings: index.work.postings, looked: index.lookedUp() };
  const cold = timed(now, () => {
    for (const line of measured) index.searchText(line, options);
  });
  const [postings, looked] = [index.work.postings - before.postings, index.lookedUp() - before.looked];
  const withoutMatch = measured.filter((line) => !isHit(index.searchText(line, options)));
  const known = latencyOf(withoutMatch, () => (line) => index.searchText(line, options));
  return {
    postingsPerLine: postings / half,
    wordsPerLine: looked / half,
    lineBesideName: cold.seconds / half / coldSeconds,
    knownLineP99Micros: known.p99,
    linesPerSecond: half / seconds,
    lineP50Micros: latency.p50,
    lineP99Micros: latency.p99,
    lineMaxMicros: latency.max,
  };
}

interface ScanRequest {
  readonly stream: QueryStream;
  readonly options: CompiledSearchOptions;
  readonly exhaustiveSeconds: number;
  readonly now: () => number;
}

/**
 * Scores every row for a sample of the stream, perturbed list names and innocent ones in turn, and compares what both
 * say. The time is of the scans alone.
 */
function compareWithScan(
  designations: readonly Designation[],
  index: OpenedIndex,
  { stream, options, exhaustiveSeconds, now }: ScanRequest,
) {
  const scan = exhaustiveScan(designations);
  scan.scan(stream.names[0] ?? "", options);
  let [queries, seconds, mismatches, hits] = [0, 0, 0, 0];
  const least = 10;
  while (queries < stream.names.length && (seconds < exhaustiveSeconds || queries < least)) {
    const at = queries % 2 === 0 ? queries * 7 : (stream.planted[(queries * 13) % stream.planted.length] ?? queries);
    const name = stream.names[at % stream.names.length]!;
    const scanned = timed(now, () => scan.scan(name, options));
    seconds += scanned.seconds;
    queries++;
    const found = index.search(name, options);
    if (found.kind === "too-broad") continue;
    hits += scanned.result.kind === "matches" ? scanned.result.matches.length : 0;
    if (!same(found, scanned.result)) mismatches++;
  }
  return { queries, seconds, mismatches, hits };
}

function same(a: SearchResult, b: SearchResult): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
