import type { Variant } from "../normalise/variants.ts";
import { hasAny, lookUp } from "../retrieval/buckets.ts";
import { hashText, mix } from "../retrieval/hash.ts";
import { neighbourFinder } from "../retrieval/neighbourhood.ts";
import type { CompiledSearchOptions } from "../search.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { typeBitOf } from "../snapshot/row-traits.ts";
import { type LineSearcher, lineSearcher } from "../text/line-searcher.ts";
import type { SieveScale } from "../text/line-sieve.ts";
import { type ListedEntry, listedEntries } from "./listed-entries.ts";
import { defaultLimits, type MemoryLimits, queryTokens } from "./query-tokens.ts";
import { fastReader } from "./read-fast.ts";
import { readQuery } from "./read-query.ts";
import { type BoundScale, rowSearcher } from "./search-rows.ts";
import { rowVerifier } from "./verify-row.ts";
import { clearWork, newWork, type SearchWork } from "./work.ts";

/** What only tests change. */
export interface EngineSettings {
  readonly boundScale?: Partial<BoundScale>;
  readonly memory?: MemoryLimits;
  readonly firstEpoch?: number;
  /** False: every text is read by `variants`, and lines are not sifted. */
  readonly fastReading?: boolean;
  readonly sieveScale?: Partial<SieveScale>;
}

/** Rows that reached the threshold, in flat arrays that are used again for the next query. */
export interface FoundRows {
  count: number;
  rows: Int32Array;
  scores: Int32Array;
  exactWeights: Int32Array;
  /** Which reading of the query, in the order of `variants`. */
  readings: Int32Array;
  /** True if some name may equal the query without spaces: `spacelessRows` tells which. */
  spaceless: boolean;
}

/** The search over one snapshot. */
export interface Segment {
  readonly snapshot: Snapshot;
  readonly found: FoundRows;
  readonly entryAt: (this: void, position: number) => ListedEntry;
  readonly work: SearchWork;
  /** Words whose neighbours were looked for so far: unlike `work`, fewer when words are remembered. */
  readonly lookedUp: (this: void) => number;
  /** Searches a text and fills `found`, which holds until the next call. Allocates nothing for words seen before. */
  collect(text: string, options: CompiledSearchOptions): "complete" | "unreadable" | "too-broad";
  /** Whether texts are read without making an object where they can be. */
  readonly readsFast: boolean;
  /** The search in lines of free text. It adds to `work`, which the caller clears. */
  readonly lines: LineSearcher;
}

const EXACT: BoundScale = { slot: 100, essential: 100, posting: 100, initials: 100, verify: 100 };

export function openSegment(snapshot: Snapshot, settings: EngineSettings = {}): Segment {
  const boundScale = { ...EXACT, ...settings.boundScale };
  const work = newWork();
  const finder = neighbourFinder(snapshot.dictionary);
  let lookedUp = 0;
  const findNeighbours: typeof finder = (term) => {
    lookedUp++;
    return finder(term);
  };
  const tokens = queryTokens(snapshot, findNeighbours, settings.memory ?? defaultLimits);
  const reader = fastReader(tokens);
  const verifier = rowVerifier({
    snapshot,
    tokens,
    work,
    boundScale: boundScale.verify,
    ...(settings.firstEpoch === undefined ? {} : { firstEpoch: settings.firstEpoch }),
  });
  const searchRows = rowSearcher({ snapshot, tokens, verifier, work, boundScale });
  const found = newFoundRows();
  const entryAt = listedEntries(snapshot);
  const slow = new Int32Array(reader.plain.length);
  const readsFast = settings.fastReading ?? true;
  let reading = 0;

  const note = (row: number, score: number, exactWeight: number): void => {
    if (found.count === found.rows.length) growFoundRows(found);
    found.rows[found.count] = row;
    found.scores[found.count] = score;
    found.exactWeights[found.count] = exactWeight;
    found.readings[found.count++] = reading;
  };

  return {
    snapshot,
    found,
    entryAt,
    work,
    readsFast,
    lookedUp: () => lookedUp,
    lines: lineSearcher({
      snapshot,
      findNeighbours,
      work,
      queryTokens: tokens,
      entryAt,
      sieveScale: { window: 100, run: 100, ...settings.sieveScale },
    }),
    collect(text, options) {
      clearWork(work);
      found.count = 0;
      found.spaceless = false;
      reading = 0;
      tokens.begin();
      return readsFast && reader.read(text) ? collectFast(options) : collectSlowly(text, options);
    },
  };

  function collectFast(options: CompiledSearchOptions) {
    work.words += reader.plainLength + reader.mergedLength;
    if (!searchRows(reader.plain, reader.plainLength, options, note)) return "too-broad";
    if (reader.mergedLength > 0) {
      reading = 1;
      if (!searchRows(reader.merged, reader.mergedLength, options, note)) return "too-broad";
    }
    found.spaceless =
      hasAny(snapshot.spaceless, mix(reader.writtenHash)) ||
      (reader.canonicalHash !== reader.writtenHash && hasAny(snapshot.spaceless, mix(reader.canonicalHash)));
    return "complete";
  }

  function collectSlowly(text: string, options: CompiledSearchOptions) {
    const query = readQuery(text);
    if (query.kind !== "readable") return query.kind;
    for (const variant of query.variants) {
      work.words += variant.length;
      if (!searchRows(slow, recordsOf(variant), options, note)) return "too-broad";
      reading++;
    }
    found.spaceless = query.spaceless.some((key) => hasAny(snapshot.spaceless, hashText(key)));
    return "complete";
  }

  function recordsOf(variant: Variant): number {
    for (const [i, token] of variant.entries()) slow[i] = tokens.findText(token.text);
    return variant.length;
  }
}

/** Rows, of the types asked for, of whose plain reading a key without spaces has one of the hashes; it may err. */
export function spacelessRows(
  { snapshot }: Segment,
  hashes: readonly number[],
  { typeMask }: CompiledSearchOptions,
): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const hash of hashes) {
    lookUp(snapshot.spaceless, hash, (row) => {
      if ((typeBitOf(snapshot.rows.traits[row]!) & typeMask) !== 0) rows.add(row);
    });
  }
  return rows;
}

function newFoundRows(): FoundRows {
  return {
    count: 0,
    rows: new Int32Array(64),
    scores: new Int32Array(64),
    exactWeights: new Int32Array(64),
    readings: new Int32Array(64),
    spaceless: false,
  };
}

function growFoundRows(found: FoundRows): void {
  found.rows = twice(found.rows);
  found.scores = twice(found.scores);
  found.exactWeights = twice(found.exactWeights);
  found.readings = twice(found.readings);
}

function twice(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
