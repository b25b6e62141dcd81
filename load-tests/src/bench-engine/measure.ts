import {
  type CompiledSearchOptions,
  compileSearchOptions,
  compileSnapshot,
  type Designation,
  exhaustiveScan,
  openSnapshot,
  type OpenedIndex,
  type SearchResult,
} from "@cordon/screening";

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
  readonly bytesPerName: number;
  readonly buildSeconds: number;
  readonly p50Micros: number;
  readonly p999Micros: number;
  readonly maxMicros: number;
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
 * stream, so that neither pass pays for the compiler's warming up. Latency is taken name by name in a third pass.
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
  const warm = timed(now, () => runThrough(index, stream.names, options));
  const latency = latencies(index, stream.names, options);
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
    bytesPerName: bytes.length / names,
    buildSeconds: built.seconds,
    ...latency,
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

function latencies(index: OpenedIndex, names: readonly string[], options: CompiledSearchOptions) {
  const micros = new Float64Array(names.length);
  for (const [at, name] of names.entries()) {
    const begun = performance.now();
    index.search(name, options);
    micros[at] = (performance.now() - begun) * 1000;
  }
  micros.sort();
  const at = (share: number): number => micros[Math.min(micros.length - 1, Math.floor(micros.length * share))] ?? 0;
  return { p50Micros: at(0.5), p999Micros: at(0.999), maxMicros: at(1) };
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
