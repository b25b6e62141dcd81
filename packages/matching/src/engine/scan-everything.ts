import type { Designation, DesignationType, ListedName } from "../designation.ts";
import { listVariants } from "../normalise/list-variants.ts";
import { wholeKeys } from "../normalise/whole-keys.ts";
import { profileIndexOf, profiles } from "../score/profile.ts";
import { BELOW, exactWeight, newComparison, scoreOf, SPACELESS_SCORE } from "../score/score.ts";
import type { CompiledSearchOptions, SearchResult } from "../search.ts";
import { type ComparableName, comparable, fillComparison } from "./compare-names.ts";
import { describeHit } from "./describe-hit.ts";
import { bestOfEachEntity, kindRank, type RowHit, strengthRank } from "./hits.ts";
import { listedEntry } from "./listed-entries.ts";
import { inIdOrder, typeBit } from "./order.ts";
import { readQuery } from "./read-query.ts";

/** A list held ready for scans, and nothing else: no index, no bounds, no filter. */
export interface ExhaustiveScan {
  scan(name: string, options: CompiledSearchOptions): SearchResult;
}

interface ScannedName {
  readonly readings: readonly ComparableName[];
  readonly spaceless: readonly string[];
}

/**
 * The oracle: scores every reading of every name of every designation. What `ScreeningIndex.search` returns is defined
 * as what this returns, save that a search may answer `too-broad`. Slow by design and kept for ever.
 */
export function exhaustiveScan(designations: Iterable<Designation>): ExhaustiveScan {
  const entities = inIdOrder(designations).map((designation) => ({
    designation,
    names: designation.names.map(({ text }) => scannedName(text, designation.type)),
  }));
  const comparison = newComparison();

  return {
    scan(name, options): SearchResult {
      const query = readQuery(name);
      if (query.kind !== "readable") return query;
      const queries = query.variants.map(comparable);
      const hits: RowHit[] = [];

      for (const [entity, { designation, names }] of entities.entries()) {
        if ((options.typeMask & typeBit(designation.type)) === 0) continue;
        const profile = profiles[profileIndexOf(designation.type)]!;
        for (const [at, scanned] of names.entries()) {
          const listed = designation.names[at]!;
          const { readings } = scanned;
          for (let rowVariant = 0; rowVariant < readings.length; rowVariant++) {
            for (let queryVariant = 0; queryVariant < queries.length; queryVariant++) {
              fillComparison(comparison, queries[queryVariant]!, readings[rowVariant]!);
              const score = scoreOf(comparison, profile, options.threshold);
              if (score === BELOW) continue;
              const weight = exactWeight(comparison);
              const hit = { ...nameOf(entity, at, listed), rowVariant, queryVariant, score };
              hits.push({ ...hit, spaceless: false, exactWeight: weight });
            }
          }
          if (
            options.threshold * 100 <= SPACELESS_SCORE &&
            scanned.spaceless.some((key) => query.spaceless.includes(key))
          ) {
            const hit = { ...nameOf(entity, at, listed), rowVariant: 0, queryVariant: 0, score: SPACELESS_SCORE };
            hits.push({ ...hit, spaceless: true, exactWeight: 0 });
          }
        }
      }
      const best = bestOfEachEntity(hits, options.weakAliases);
      return {
        kind: "matches",
        matches: best.map((hit) =>
          describeHit(hit, listedEntry(entities[hit.entity]!.designation), query.variants, options.threshold),
        ),
      };
    },
  };
}

function nameOf(entity: number, name: number, { strength, kind }: ListedName) {
  return { entity, name, strengthRank: strengthRank(strength), kindRank: kindRank(kind) };
}

/** One scan of a list; `exhaustiveScan` when there are several. */
export function scanEverything(
  designations: Iterable<Designation>,
  name: string,
  options: CompiledSearchOptions,
): SearchResult {
  return exhaustiveScan(designations).scan(name, options);
}

function scannedName(text: string, type: DesignationType): ScannedName {
  const readings = listVariants(text, type);
  return {
    readings: readings.map(comparable),
    spaceless: readings[0] === undefined ? [] : wholeKeys(text, readings[0]),
  };
}
