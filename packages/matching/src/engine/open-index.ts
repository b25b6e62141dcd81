import { CordonError } from "@cordon/errors";

import type { Designation, DesignationId } from "../designation.ts";
import { linkKeys, lookUpIdentifier, NO_IDENTIFIER } from "../evidence/identifier-index.ts";
import type { IdentifierMatch } from "../evidence/identifier-match.ts";
import { listVariants } from "../normalise/list-variants.ts";
import { listedSpacelessKeys } from "../normalise/variants.ts";
import { hasAny } from "../retrieval/buckets.ts";
import { hashText } from "../retrieval/hash.ts";
import { SPACELESS_SCORE } from "../score/score.ts";
import type { CompiledSearchOptions, ScreeningIndex, SearchResult, TextPlace } from "../search.ts";
import { decodeText } from "../snapshot/designation-codec.ts";
import { readSnapshot, type Snapshot } from "../snapshot/open.ts";
import { unpackTraits } from "../snapshot/row-traits.ts";
import { describeContained } from "../text/describe-contained.ts";
import { lineKey } from "../text/line-key.ts";
import { readLine } from "../text/line.ts";
import { describeHit } from "./describe-hit.ts";
import { bestOfEachEntity, kindRank, type RowHit, strengthRank } from "./hits.ts";
import { readQuery } from "./read-query.ts";
import { type EngineSettings, openSegment, type Segment, spacelessRows } from "./segment.ts";
import { clearWork, MOST_MATCHES, newWork, type SearchWork } from "./work.ts";

/** An index over a snapshot, with what only this engine can tell. */
export interface OpenedIndex extends ScreeningIndex {
  /** Designations none of whose names leaves anything to compare: they are in the list but can never match. */
  readonly withoutComparableName: number;
  /** Different words in its names. */
  readonly tokens: number;
  /** How many designations there are, and one of them by its place in id order. */
  readonly entries: number;
  readonly designationAt: (this: void, position: number) => Designation;
}

/**
 * Opens a snapshot. The bytes are used in place and must not be changed afterwards.
 * Throws `SNAPSHOT_INVALID` for any damage, another format, or another engine version.
 */
export function openSnapshot(bytes: Uint8Array): OpenedIndex {
  return openWithSettings(bytes, {});
}

/** For tests only: small memories, weakened bounds. */
export function openWithSettings(bytes: Uint8Array, settings: EngineSettings): OpenedIndex {
  return indexOver([wholePart(openSegment(readSnapshot(bytes), settings))]);
}

/**
 * An index that answers as one compiled anew from the designations of `base` without those in `removed` and without
 * those that `delta`, the snapshot of what is new or amended, holds too; and those of `delta`. The base stays as it is and
 * usable; what it remembers of words is shared. Opening reads the delta and the ids of the base, nothing else of it.
 * Ids in `removed` that the base does not hold are passed over: a removal may be told twice.
 * Throws `SNAPSHOT_INVALID` as `openSnapshot` does, `CONTRACT_VIOLATED` if the base is not of one snapshot itself.
 */
export function openSegmented(base: OpenedIndex, delta: Uint8Array, removed: Iterable<DesignationId>): OpenedIndex {
  const parts = partsOf.get(base);
  if (parts?.length !== 1 || parts[0]!.removed !== null)
    throw new CordonError("CONTRACT_VIOLATED", "an index can be amended only if it was opened from one snapshot");
  const { segment } = parts[0]!;
  const added = openSegment(readSnapshot(delta));
  const newer = added.snapshot;
  const scale = newer.entityCount + 1;
  const gone = new Uint8Array(segment.snapshot.entityCount);
  const orders = new Float64Array(newer.entityCount);
  for (let position = 0; position < newer.entityCount; position++) {
    const id = newer.entityId(position);
    const place = placeOf(segment.snapshot, id);
    orders[position] = place * scale + position + 1;
    if (place < gone.length && segment.snapshot.entityId(place) === id) gone[place] = 1;
  }
  for (const id of removed) {
    const place = placeOf(segment.snapshot, id);
    if (place < gone.length && segment.snapshot.entityId(place) === id) gone[place] = 1;
  }
  return indexOver([
    { segment, removed: gone, orderOf: (position) => (position + 1) * scale },
    { segment: added, removed: null, orderOf: (position) => orders[position]! },
  ]);
}

/** A segment and what it gives to an index. */
interface Part {
  readonly segment: Segment;
  /** 1 for each entity that no longer counts. */
  readonly removed: Uint8Array | null;
  /** A number for an entity; over all parts they are in the order of ids. Below 2^53: positions are below 2^24. */
  readonly orderOf: (position: number) => number;
}

function wholePart(segment: Segment): Part {
  return { segment, removed: null, orderOf: (position) => position };
}

const partsOf = new WeakMap<OpenedIndex, readonly Part[]>();

/** Number of ids in the snapshot before this one. */
function placeOf(snapshot: Snapshot, id: string): number {
  let low = 0;
  let high = snapshot.entityCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (snapshot.entityId(middle) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a hit's designation is. */
interface Source {
  readonly part: Part;
  readonly position: number;
}

function indexOver(parts: readonly Part[]): OpenedIndex {
  const total = newWork();
  const summary = summarise(parts);

  function search(name: string, options: CompiledSearchOptions): SearchResult {
    let any = false;
    for (const { segment } of parts) {
      const outcome = segment.collect(name, options);
      addWork(total, segment.work);
      if (outcome === "unreadable") return UNREADABLE;
      if (outcome === "too-broad") return TOO_BROAD;
      any ||= segment.found.count > 0 || segment.found.spaceless;
    }
    return any ? describe(name, options) : NO_MATCHES;
  }

  /** Only for names that some row matches, or may match without spaces: here objects are made. */
  function describe(name: string, options: CompiledSearchOptions): SearchResult {
    const query = readQuery(name);
    if (query.kind !== "readable") return query;
    const hits: RowHit[] = [];
    const sources = new Map<number, Source>();
    for (const part of parts) {
      addRowHits(part, hits, sources);
      if (part.segment.found.spaceless) addSpacelessHits(part, query.spaceless, { options, hits, sources });
    }
    if (hits.length === 0) return NO_MATCHES;
    const best = bestOfEachEntity(hits, options.weakAliases);
    if (best.length > MOST_MATCHES) return TOO_BROAD;
    const matches = best.map((hit) => {
      const { part, position } = sources.get(hit.entity)!;
      return describeHit(hit, part.segment.snapshot.entity(position), query.variants, options.threshold);
    });
    return { kind: "matches", matches };
  }

  function searchText(text: string, options: CompiledSearchOptions, place: TextPlace = "line"): SearchResult {
    const read = readLine(text, place);
    if (read.kind !== "readable") return read;
    const { readings } = read;
    if (readings.length === 0) return NO_MATCHES;
    const hits: RowHit[] = [];
    const sources = new Map<number, Source>();
    for (const part of parts) {
      const { work, lines } = part.segment;
      clearWork(work);
      const found = lines.search({ text, place, readings }, options);
      addWork(total, work);
      if (found === null) return TOO_BROAD;
      for (const { row, reading, score, exactWeight, spaceless } of found) {
        if (part.removed?.[part.segment.snapshot.rows.entities[row]!] === 1) continue;
        hits.push({ ...hitOf(part, row, sources), queryVariant: reading, score, exactWeight, spaceless });
      }
    }
    if (hits.length === 0) return NO_MATCHES;
    const best = bestOfEachEntity(hits, options.weakAliases);
    if (best.length > MOST_MATCHES) return TOO_BROAD;
    const { threshold } = options;
    const matches = best.map((hit) => {
      const { part, position } = sources.get(hit.entity)!;
      return describeContained(hit, part.segment.snapshot.entity(position), { text, place, readings, threshold });
    });
    return { kind: "matches", matches };
  }

  const index: OpenedIndex = {
    ...summary,
    work: total,
    search,
    searchText,
    lineKey: (text) =>
      lineKey(text, (digits) => parts.every((part) => part.segment.snapshot.dictionary.isForeignNumber(digits))),
    findIdentifier: (keys) => findIdentifier(parts, keys),
    linkedTo: (designation) => linkedTo(parts, designation),
    designationAt: placeFinder(parts, summary.entries),
    *designations(): IterableIterator<Designation> {
      for (const { part, position } of sourcesInOrder(parts)) yield part.segment.snapshot.entity(position);
    },
  };
  partsOf.set(index, parts);
  return index;
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

function addRowHits(part: Part, hits: RowHit[], sources: Map<number, Source>): void {
  const { found, snapshot } = part.segment;
  for (let k = 0; k < found.count; k++) {
    const row = found.rows[k]!;
    if (part.removed?.[snapshot.rows.entities[row]!] === 1) continue;
    hits.push({
      ...hitOf(part, row, sources),
      queryVariant: found.readings[k]!,
      score: found.scores[k]!,
      spaceless: false,
      exactWeight: found.exactWeights[k]!,
    });
  }
}

type RowSide = Omit<RowHit, "queryVariant" | "score" | "spaceless" | "exactWeight">;

function hitOf(part: Part, row: number, sources: Map<number, Source>): RowSide {
  const { rows } = part.segment.snapshot;
  const { kind, strength, variant } = unpackTraits(rows.traits[row]!);
  const position = rows.entities[row]!;
  const entity = part.orderOf(position);
  if (!sources.has(entity)) sources.set(entity, { part, position });
  return {
    entity,
    name: rows.names[row]!,
    rowVariant: variant,
    strengthRank: strengthRank(strength),
    kindRank: kindRank(kind),
  };
}

const NO_SOURCES: readonly never[] = Object.freeze([]);

/** Entities that have one of the keys, in id order, with the least place of theirs. Of nearly all keys no part has any: then nothing is made. */
function havingKey(parts: readonly Part[], keys: readonly string[]): readonly (Source & { readonly place: number })[] {
  let found: Map<number, Source & { readonly place: number }> | null = null;
  for (const key of keys) {
    const hash = hashText(key);
    for (const part of parts) {
      const { identifiers } = part.segment.snapshot;
      if (!hasAny(identifiers.buckets, hash)) continue;
      const known = (found ??= new Map());
      lookUpIdentifier(identifiers, { key, hash, decode: decodeText }, (position, place) => {
        if (part.removed?.[position] === 1) return;
        const order = part.orderOf(position);
        if (place < (known.get(order)?.place ?? Infinity)) known.set(order, { part, position, place });
      });
    }
  }
  return found === null ? NO_SOURCES : [...found].toSorted(([a], [b]) => a - b).map(([, source]) => source);
}

function findIdentifier(parts: readonly Part[], keys: readonly string[]): readonly IdentifierMatch[] {
  const sources = havingKey(parts, keys);
  if (sources.length === 0) return NO_SOURCES;
  return sources.flatMap(({ part, position, place }) => {
    if (place === NO_IDENTIFIER) return [];
    const designation = part.segment.snapshot.entity(position);
    const identifier = designation.identifiers[place];
    if (identifier === undefined)
      throw new CordonError("CONTRACT_VIOLATED", "an identifier of the index is none of its designation's", {
        details: { designation: designation.id },
      });
    return [{ designation, identifier }];
  });
}

function linkedTo(parts: readonly Part[], designation: Designation): readonly Designation[] {
  const linked = havingKey(parts, linkKeys(designation)).map(({ part, position }) =>
    part.segment.snapshot.entity(position),
  );
  return linked.filter(({ id }) => id !== designation.id);
}

interface SpacelessRequest {
  readonly options: CompiledSearchOptions;
  readonly hits: RowHit[];
  readonly sources: Map<number, Source>;
}

/** Rows whose name equals the query without spaces. The hash may err, so the listed text has the last word. */
function addSpacelessHits(part: Part, keys: readonly string[], { options, hits, sources }: SpacelessRequest): void {
  if (options.threshold * 100 > SPACELESS_SCORE) return;
  const { snapshot } = part.segment;
  for (const row of spacelessRows(part.segment, keys.map(hashText), options)) {
    const position = snapshot.rows.entities[row]!;
    if (part.removed?.[position] === 1) continue;
    const { names, type } = snapshot.entity(position);
    const plain = listVariants(names[snapshot.rows.names[row]!]?.text ?? "", type)[0] ?? [];
    if (!listedSpacelessKeys(plain).some((key) => keys.includes(key))) continue;
    const hit = hitOf(part, row, sources);
    hits.push({ ...hit, queryVariant: 0, score: SPACELESS_SCORE, spaceless: true, exactWeight: 0 });
  }
}

/** What an index says of itself; what was removed counts no more. */
function summarise(parts: readonly Part[]) {
  const counts = new Map<string, number>();
  let [names, tokens, entries, withoutComparableName] = [0, 0, 0, 0];
  for (const { segment, removed } of parts) {
    const { meta, rows, entityCount, dictionary } = segment.snapshot;
    for (const { list, entries: count } of meta.lists) counts.set(list, (counts.get(list) ?? 0) + count);
    tokens += dictionary.size;
    entries += entityCount;
    names += rows.count;
    withoutComparableName += meta.withoutComparableName;
    if (removed === null) continue;
    const comparable = new Uint8Array(entityCount);
    for (const entity of rows.entities) {
      comparable[entity] = 1;
      if (removed[entity] === 1) names--;
    }
    for (let position = 0; position < entityCount; position++) {
      if (removed[position] === 0) continue;
      const { list } = segment.snapshot.entity(position);
      counts.set(list, counts.get(list)! - 1);
      entries--;
      if (comparable[position] === 0) withoutComparableName--;
    }
  }
  const lists = [...counts]
    .filter(([, count]) => count > 0)
    .map(([list, count]) => ({ list, entries: count }))
    .toSorted((a, b) => (a.list < b.list ? -1 : 1));
  const { engineVersion } = parts[0]!.segment.snapshot.meta;
  return { engineVersion, lists, names, tokens, entries, withoutComparableName };
}

/** Every entity that counts, in id order, without reading it. */
function* sourcesInOrder(parts: readonly Part[]): Generator<Source> {
  const nexts = parts.map(() => 0);
  for (;;) {
    let first = -1;
    for (const [p, { segment, removed, orderOf }] of parts.entries()) {
      while (removed?.[nexts[p]!] === 1) nexts[p]!++;
      if (nexts[p]! >= segment.snapshot.entityCount) continue;
      if (first < 0 || orderOf(nexts[p]!) < parts[first]!.orderOf(nexts[first]!)) first = p;
    }
    if (first < 0) return;
    yield { part: parts[first]!, position: nexts[first]!++ };
  }
}

/** Designations by their place in id order; the places of an amended index are worked out when one is first asked for. */
function placeFinder(parts: readonly Part[], entries: number): (position: number) => Designation {
  let places: readonly Source[] | undefined;
  return (position) => {
    if (!(Number.isInteger(position) && position >= 0 && position < entries))
      throw new RangeError("no designation has this place");
    if (parts.length === 1) return parts[0]!.segment.snapshot.entity(position);
    places ??= [...sourcesInOrder(parts)];
    const { part, position: at } = places[position]!;
    return part.segment.snapshot.entity(at);
  };
}
