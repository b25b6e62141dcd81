import { CordonError } from "@cordon/errors";

import type { Designation } from "../designation.ts";
import { relationBetween } from "../engine/compare-names.ts";
import { explainSpaceless } from "../engine/describe-hit.ts";
import type { RowHit } from "../engine/hits.ts";
import type { ListedEntry } from "../engine/listed-entries.ts";
import type { Variant } from "../normalise/variants.ts";
import { explain } from "../score/explain.ts";
import { textProfile } from "../score/profile.ts";
import { newComparison, scoreOf } from "../score/score.ts";
import type { NameMatch, TextPlace } from "../search.ts";
import { containedName, fillPart, partOf } from "./contained-name.ts";
import { lineOf } from "./line.ts";
import { foundTogether, soughtTogether } from "./run-together.ts";

const comparison = newComparison();

export interface DescribedLine {
  readonly text: string;
  readonly place: TextPlace;
  readonly readings: readonly Variant[];
  readonly threshold: number;
}

/**
 * The match of a hit in a line, with its reasons, worked out again from the two texts: what disagrees with the index
 * ends in `CONTRACT_VIOLATED`, never in a wrong explanation.
 */
export function describeContained(
  hit: RowHit,
  { designation, readingsOf }: ListedEntry,
  { text, place, readings, threshold }: DescribedLine,
): NameMatch {
  const name = designation.names[hit.name];
  const reading = readings[hit.queryVariant];
  const row = readingsOf(hit.name)[hit.rowVariant];
  if (name === undefined || reading === undefined || row === undefined) throw violated(designation, hit);
  const line = lineOf(text, reading, place);
  if (hit.spaceless) {
    const sought = soughtTogether(row.tokens);
    const together = sought === null ? null : foundTogether(line, sought);
    if (together === null) throw violated(designation, hit);
    return { designation, name, score: hit.score, ...explainSpaceless(reading.slice(together.from, together.to)) };
  }
  comparison.work = 0;
  const found = containedName(comparison, line, row, threshold);
  if (found?.score !== hit.score) throw violated(designation, hit);

  fillPart(comparison, line, row, found);
  scoreOf(comparison, textProfile, threshold);
  const part = partOf(line, found);
  const explanation = explain(comparison, {
    query: part.tokens,
    row: row.tokens,
    profile: textProfile,
    score: hit.score,
    relationOf: (i, j) => relationBetween(part, row, i, j),
  });
  return { designation, name, score: hit.score, ...explanation };
}

function violated(designation: Designation, { score }: RowHit): CordonError {
  return new CordonError("CONTRACT_VIOLATED", "a row of the index is contained otherwise than the name it stands for", {
    details: { designation: designation.id, score },
  });
}
