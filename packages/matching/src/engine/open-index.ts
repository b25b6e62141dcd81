import { CordonError } from "@cordon/errors";

import type { Designation } from "../designation.ts";
import { type IdentifierSections, linkKeys, lookUpIdentifier, NO_IDENTIFIER } from "../evidence/identifier-index.ts";
import type { IdentifierMatch } from "../evidence/identifier-match.ts";
import { identifierSieve } from "../evidence/identifier-sieve.ts";
import { wholeKeys } from "../normalise/whole-keys.ts";
import { hasAny } from "../retrieval/buckets.ts";
import { hashText } from "../retrieval/hash.ts";
import { SPACELESS_SCORE } from "../score/score.ts";
import type { CompiledSearchOptions, ScreeningIndex, SearchResult, TextPlace } from "../search.ts";
import { decodeText } from "../snapshot/designation-codec.ts";
import type { Sha256 } from "../snapshot/layout.ts";
import { readingSteps, readSnapshot, type Snapshot } from "../snapshot/open.ts";
import { unpackTraits } from "../snapshot/row-traits.ts";
import { describeContained } from "../text/describe-contained.ts";
import { lineKey } from "../text/line-key.ts";
import { readLine } from "../text/line.ts";
import { linesKey } from "../text/lines-key.ts";
import { mayHoldMore } from "../text/may-hold-more.ts";
import { describeHit } from "./describe-hit.ts";
import { bestOfEachEntity, kindRank, type RowHit, strengthRank } from "./hits.ts";
import { LONGEST_TEXT, readQuery } from "./read-query.ts";
import { type EngineSettings, openSegment, type Segment, spacelessRows } from "./segment.ts";
import { clearWork, MOST_MATCHES, newWork, type SearchWork } from "./work.ts";

/** An index over a snapshot, with what only this engine can tell. */
export interface OpenedIndex extends ScreeningIndex {
  /** Designations none of whose names leaves anything to compare: they are in the list but can never match. */
  readonly withoutComparableName: number;
  /** Different words in its names. */
  readonly tokens: number;
  /** Words whose neighbours were looked for so far; what is remembered is not looked for again. */
  readonly lookedUp: (this: void) => number;
  /** How many designations there are, and one of them by its place in id order. */
  readonly entries: number;
  readonly designationAt: (this: void, position: number) => Designation;
}

export interface OpenOptions {
  /** The runtime's SHA-256, which takes an eighth of the time of the engine's own: most of opening is the hash of the bytes. */
  readonly sha256?: Sha256;
}

/**
 * Opens a snapshot. The bytes are used in place and must not be changed afterwards.
 * Throws `SNAPSHOT_INVALID` for any damage, another format, or another engine version.
 */
export function openSnapshot(bytes: Uint8Array, { sha256 }: OpenOptions = {}): OpenedIndex {
  return indexOver(openSegment(readSnapshot(bytes, sha256)));
}

/**
 * The same, and what lines are searched by as well, which else the first line makes; in steps that take up to 15 ms at 100,000 names, so that
 * whoever has other work does some of it between two.
 */
export function* openingSteps(bytes: Uint8Array, { sha256 }: OpenOptions = {}): Generator<void, OpenedIndex, void> {
  const snapshot = yield* readingSteps(bytes, sha256);
  yield;
  const segment = openSegment(snapshot);
  yield;
  const index = indexOver(segment);
  yield;
  yield* segment.lines.preparing();
  return index;
}

/** For tests only: small memories, weakened bounds. */
export function openWithSettings(bytes: Uint8Array, settings: EngineSettings): OpenedIndex {
  return indexOver(openSegment(readSnapshot(bytes), settings));
}

function indexOver(segment: Segment): OpenedIndex {
  const { snapshot, lines } = segment;
  const { identifiers } = snapshot;
  const total = newWork();
  const sieve = identifierSieve(identifiers);

  function search(name: string, options: CompiledSearchOptions): SearchResult {
    const outcome = segment.collect(name, options);
    addWork(total, segment.work);
    if (outcome === "unreadable") return UNREADABLE;
    if (outcome === "too-broad") return TOO_BROAD;
    const { count, spaceless } = segment.found;
    return count > 0 || spaceless ? describe(name, options) : NO_MATCHES;
  }

  /** Only for names that some row matches, or may match without spaces: here objects are made. */
  function describe(name: string, options: CompiledSearchOptions): SearchResult {
    const query = readQuery(name);
    if (query.kind !== "readable") return query;
    const hits = rowHits(segment);
    if (segment.found.spaceless) hits.push(...spacelessHits(segment, query.spaceless, options));
    if (hits.length === 0) return NO_MATCHES;
    const best = bestOfEachEntity(hits, options.weakAliases);
    if (best.length > MOST_MATCHES) return TOO_BROAD;
    const matches = best.map((hit) => describeHit(hit, segment.entryAt(hit.entity), query.variants, options.threshold));
    return { kind: "matches", matches };
  }

  function searchText(text: string, options: CompiledSearchOptions, place: TextPlace = "line"): SearchResult {
    if (place === "name" && text.length <= LONGEST_TEXT && !mayHoldMore(text)) return NO_MATCHES;
    clearWork(segment.work);
    const sifted = segment.readsFast ? lines.sift(text, options) : null;
    if (sifted === "too-broad" || (sifted?.rows.length === 0 && sifted.together.length === 0)) {
      addWork(total, segment.work);
      return sifted === "too-broad" ? TOO_BROAD : NO_MATCHES;
    }
    const read = readLine(text, place);
    if (read.kind !== "readable") return read;
    const { readings } = read;
    if (readings.length === 0) return NO_MATCHES;
    const found = lines.search({ text, place, readings }, options, sifted ?? undefined);
    addWork(total, segment.work);
    if (found === null) return TOO_BROAD;
    if (found.length === 0) return NO_MATCHES;
    const hits = found.map(({ row, reading, score, exactWeight, spaceless }): RowHit => ({
      ...hitOf(snapshot, row),
      queryVariant: reading,
      score,
      exactWeight,
      spaceless,
    }));
    const best = bestOfEachEntity(hits, options.weakAliases);
    if (best.length > MOST_MATCHES) return TOO_BROAD;
    const { threshold } = options;
    const matches = best.map((hit) =>
      describeContained(hit, segment.entryAt(hit.entity), { text, place, readings, threshold }),
    );
    return { kind: "matches", matches };
  }

  return {
    engineVersion: snapshot.meta.engineVersion,
    lists: snapshot.meta.lists.filter(({ entries }) => entries > 0),
    names: snapshot.rows.count,
    tokens: snapshot.dictionary.size,
    entries: snapshot.entityCount,
    withoutComparableName: snapshot.meta.withoutComparableName,
    work: total,
    lookedUp: segment.lookedUp,
    search,
    searchText,
    lineKey: (text) => lineKey(text, snapshot.dictionary.isForeignNumber),
    linesKey: (some) =>
      linesKey(some, {
        isForeign: snapshot.dictionary.isForeignNumber,
        mayAcross: (joined) => sieve.mayAcross(joined),
      }),
    findIdentifier: (keys) => findIdentifier(snapshot, keys),
    mayFindIdentifier: (text) => sieve.may(text),
    linkedTo: (designation) =>
      havingKey(identifiers, linkKeys(designation))
        .map(([position]) => snapshot.entity(position))
        .filter(({ id }) => id !== designation.id),
    places: () => (snapshot.meta.places ?? []).map((position) => snapshot.entity(position)),
    designationAt(position) {
      if (!(Number.isInteger(position) && position >= 0 && position < snapshot.entityCount))
        throw new RangeError("no designation has this place");
      return snapshot.entity(position);
    },
    *designations(): IterableIterator<Designation> {
      for (let position = 0; position < snapshot.entityCount; position++) yield snapshot.entity(position);
    },
  };
}

const NO_MATCHES: SearchResult = Object.freeze({ kind: "matches", matches: Object.freeze([]) });
const UNREADABLE: SearchResult = Object.freeze({ kind: "unreadable" });
const TOO_BROAD: SearchResult = Object.freeze({ kind: "too-broad" });

function addWork(total: SearchWork, { words, postings, candidates, steps }: SearchWork): void {
  total.words += words;
  total.postings += postings;
  total.candidates += candidates;
  total.steps += steps;
}

function rowHits({ found, snapshot }: Segment): RowHit[] {
  const hits: RowHit[] = [];
  for (let k = 0; k < found.count; k++)
    hits.push({
      ...hitOf(snapshot, found.rows[k]!),
      queryVariant: found.readings[k]!,
      score: found.scores[k]!,
      spaceless: false,
      exactWeight: found.exactWeights[k]!,
    });
  return hits;
}

type RowSide = Omit<RowHit, "queryVariant" | "score" | "spaceless" | "exactWeight">;

function hitOf({ rows }: Snapshot, row: number): RowSide {
  const { kind, strength, variant } = unpackTraits(rows.traits[row]!);
  return {
    entity: rows.entities[row]!,
    name: rows.names[row]!,
    rowVariant: variant,
    strengthRank: strengthRank(strength),
    kindRank: kindRank(kind),
  };
}

const NONE: readonly never[] = Object.freeze([]);

/** Entities that have one of the keys, in id order, each with the least place of the key in it. Nearly no key has any: then nothing is made. */
function havingKey(identifiers: IdentifierSections, keys: readonly string[]): readonly (readonly [number, number])[] {
  let found: Map<number, number> | null = null;
  for (const key of keys) {
    const hash = hashText(key);
    if (!hasAny(identifiers.buckets, hash)) continue;
    const known = (found ??= new Map());
    lookUpIdentifier(identifiers, { key, hash, decode: decodeText }, (position, place) => {
      if (place < (known.get(position) ?? Infinity)) known.set(position, place);
    });
  }
  return found === null ? NONE : [...found].toSorted(([a], [b]) => a - b);
}

function findIdentifier(snapshot: Snapshot, keys: readonly string[]): readonly IdentifierMatch[] {
  const having = havingKey(snapshot.identifiers, keys);
  if (having.length === 0) return NONE;
  return having.flatMap(([position, place]) => {
    if (place === NO_IDENTIFIER) return [];
    const designation = snapshot.entity(position);
    const identifier = designation.identifiers[place];
    if (identifier === undefined)
      throw new CordonError("CONTRACT_VIOLATED", "an identifier of the index is none of its designation's", {
        details: { designation: designation.id },
      });
    return [{ designation, identifier }];
  });
}

/** Rows whose name equals the query without spaces. The hash may err, so the listed text has the last word. */
function spacelessHits(segment: Segment, keys: readonly string[], options: CompiledSearchOptions): RowHit[] {
  if (options.threshold * 100 > SPACELESS_SCORE) return [];
  const { snapshot } = segment;
  const hits: RowHit[] = [];
  for (const row of spacelessRows(segment, keys.map(hashText), options)) {
    const entry = segment.entryAt(snapshot.rows.entities[row]!);
    const name = snapshot.rows.names[row]!;
    const plain = entry.readingsOf(name)[0];
    const listed = entry.designation.names[name];
    if (plain === undefined || listed === undefined) continue;
    if (!wholeKeys(listed.text, plain.tokens).some((key) => keys.includes(key))) continue;
    hits.push({
      ...hitOf(snapshot, row),
      queryVariant: 0,
      score: SPACELESS_SCORE,
      spaceless: true,
      exactWeight: 0,
    });
  }
  return hits;
}
