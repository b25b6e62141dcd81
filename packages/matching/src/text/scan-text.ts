import type { Designation } from "../designation.ts";
import { comparable } from "../engine/compare-names.ts";
import { bestOfEachEntity, kindRank, type RowHit, strengthRank } from "../engine/hits.ts";
import { listedEntry } from "../engine/listed-entries.ts";
import { inIdOrder, typeBit } from "../engine/order.ts";
import { listVariants } from "../normalise/list-variants.ts";
import { newComparison, SPACELESS_SCORE } from "../score/score.ts";
import type { CompiledSearchOptions, SearchResult, TextPlace } from "../search.ts";
import { containedName } from "./contained-name.ts";
import { describeContained } from "./describe-contained.ts";
import { lineOf, readLine } from "./line.ts";
import { foundTogether, soughtTogether } from "./run-together.ts";

/**
 * The oracle for lines and for what names hold: tries `containedName` on every reading of every name of every designation. What
 * `ScreeningIndex.searchText` returns is defined as what this returns, save that it may answer `too-broad`.
 */
export function scanText(
  designations: Iterable<Designation>,
  text: string,
  options: CompiledSearchOptions,
  place: TextPlace = "line",
): SearchResult {
  const read = readLine(text, place);
  if (read.kind !== "readable") return read;
  const lines = read.readings.map((reading) => lineOf(text, reading, place));
  const entities = inIdOrder(designations);
  const comparison = newComparison();
  const hits: RowHit[] = [];
  for (const [entity, { type, names }] of entities.entries()) {
    if ((options.typeMask & typeBit(type)) === 0) continue;
    for (const [at, { text: listed, kind, strength }] of names.entries()) {
      const hit = { entity, name: at, strengthRank: strengthRank(strength), kindRank: kindRank(kind) };
      for (const [rowVariant, row] of listVariants(listed, type).map(comparable).entries()) {
        const sought =
          rowVariant === 0 && options.threshold * 100 <= SPACELESS_SCORE ? soughtTogether(row.tokens) : null;
        if (sought !== null && lines[0] !== undefined && foundTogether(lines[0], sought) !== null)
          hits.push({ ...hit, rowVariant, queryVariant: 0, score: SPACELESS_SCORE, exactWeight: 0, spaceless: true });
        for (const [queryVariant, line] of lines.entries()) {
          comparison.work = 0;
          const found = containedName(comparison, line, row, options.threshold);
          if (found === null) continue;
          const { score, exactWeight } = found;
          hits.push({ ...hit, rowVariant, queryVariant, score, exactWeight, spaceless: false });
        }
      }
    }
  }
  const { threshold } = options;
  const matches = bestOfEachEntity(hits, options.weakAliases).map((hit) =>
    describeContained(hit, listedEntry(entities[hit.entity]!), { text, place, readings: read.readings, threshold }),
  );
  return { kind: "matches", matches };
}
