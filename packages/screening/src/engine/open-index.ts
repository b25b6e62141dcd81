import type { Designation } from "../designation.ts";
import { spacelessKeys, variants } from "../normalise/variants.ts";
import { lookUp } from "../retrieval/buckets.ts";
import { hashText } from "../retrieval/hash.ts";
import { neighbourFinder } from "../retrieval/neighbourhood.ts";
import type { CompiledSearchOptions, ScreeningIndex, SearchResult } from "../search.ts";
import { readSnapshot, type Snapshot } from "../snapshot/open.ts";
import { typeBitOf, unpackTraits } from "../snapshot/row-traits.ts";
import { describeHit, SPACELESS_SCORE } from "./describe-hit.ts";
import { bestOfEachEntity, kindRank, type RowHit, strengthRank } from "./hits.ts";
import { readQuery } from "./read-query.ts";
import { type BoundScale, rowSearcher } from "./search-rows.ts";
import { tokenCache } from "./token-cache.ts";
import { rowVerifier } from "./verify-row.ts";
import type { SearchWork } from "./work.ts";

/** An index over a snapshot, with what only this engine can tell. */
export interface OpenedIndex extends ScreeningIndex {
  /** Designations none of whose names leaves anything to compare: they are in the list but can never match. */
  readonly withoutComparableName: number;
  /** Different words in its names. */
  readonly tokens: number;
  /** Work of all searches so far; the same for the same searches on every machine. */
  readonly work: Readonly<SearchWork>;
}

const EXACT_BOUNDS: BoundScale = { slot: 100, posting: 100 };

/**
 * Opens a snapshot. The bytes are used in place and must not be changed afterwards.
 * Throws `SNAPSHOT_INVALID` for any damage, another format, or another engine version.
 */
export function openSnapshot(bytes: Uint8Array): OpenedIndex {
  return openWithBounds(bytes, EXACT_BOUNDS);
}

/** For tests of the bounds only: with a scale below 100 percent hits are lost. */
export function openWithBounds(bytes: Uint8Array, boundScale: BoundScale): OpenedIndex {
  const snapshot = readSnapshot(bytes);
  const { meta, rows, entityCount } = snapshot;
  const total: SearchWork = { postings: 0, candidates: 0, steps: 0 };
  const work: SearchWork = { postings: 0, candidates: 0, steps: 0 };
  const searchRows = rowSearcher({
    snapshot,
    cache: tokenCache(snapshot, neighbourFinder(snapshot.dictionary)),
    verifier: rowVerifier(snapshot, work),
    work,
    boundScale,
  });

  function search(name: string, options: CompiledSearchOptions): SearchResult {
    const query = readQuery(name);
    if (query.kind !== "readable") return query;
    const hits: RowHit[] = [];
    work.postings = work.candidates = work.steps = 0;
    let complete = true;
    for (const [queryVariant, reading] of query.variants.entries()) {
      complete &&= searchRows(reading, options, (row, score, weight) => {
        hits.push({ ...hitOf(snapshot, row), queryVariant, score, spaceless: false, exactWeight: weight });
      });
    }
    total.postings += work.postings;
    total.candidates += work.candidates;
    total.steps += work.steps;
    if (!complete) return { kind: "too-broad" };
    addSpacelessHits(snapshot, query.spaceless, options, hits);
    if (hits.length === 0) return NO_MATCHES;
    const matches = bestOfEachEntity(hits, options.weakAliases).map((hit) =>
      describeHit(hit, snapshot.entity(hit.entity), query.variants, options.threshold),
    );
    return { kind: "matches", matches };
  }

  return {
    engineVersion: meta.engineVersion,
    lists: meta.lists,
    names: rows.count,
    withoutComparableName: meta.withoutComparableName,
    tokens: snapshot.dictionary.size,
    work: total,
    search,
    *designations(): IterableIterator<Designation> {
      for (let position = 0; position < entityCount; position++) yield snapshot.entity(position);
    },
  };
}

const NO_MATCHES: SearchResult = Object.freeze({ kind: "matches", matches: Object.freeze([]) });

function hitOf({ rows }: Snapshot, row: number): Omit<RowHit, "queryVariant" | "score" | "spaceless" | "exactWeight"> {
  const { kind, strength, variant } = unpackTraits(rows.traits[row]!);
  return {
    entity: rows.entities[row]!,
    name: rows.names[row]!,
    rowVariant: variant,
    strengthRank: strengthRank(strength),
    kindRank: kindRank(kind),
  };
}

/** Rows whose name equals the query without spaces. The hash may err, so the listed text has the last word. */
function addSpacelessHits(
  snapshot: Snapshot,
  keys: readonly string[],
  { threshold, typeMask }: CompiledSearchOptions,
  hits: RowHit[],
): void {
  if (threshold * 100 > SPACELESS_SCORE) return;
  const rows = new Set<number>();
  for (const key of keys) {
    lookUp(snapshot.spaceless, hashText(key), (row) => {
      if ((typeBitOf(snapshot.rows.traits[row]!) & typeMask) !== 0) rows.add(row);
    });
  }
  for (const row of rows) {
    const hit = hitOf(snapshot, row);
    const plain = variants(snapshot.entity(hit.entity).names[hit.name]?.text ?? "")[0] ?? [];
    if (!spacelessKeys(plain).some((key) => keys.includes(key))) continue;
    hits.push({ ...hit, queryVariant: 0, score: SPACELESS_SCORE, spaceless: true, exactWeight: 0 });
  }
}
