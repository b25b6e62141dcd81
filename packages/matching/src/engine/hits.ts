import { nameKinds, type NameKind, type NameStrength } from "../designation.ts";

/** A row that reached the threshold. Plain numbers: it is made before any designation is decoded. */
export interface RowHit {
  /** Position of the designation in id order. */
  readonly entity: number;
  /** Which of its names, and which reading of that name and of the query. */
  readonly name: number;
  readonly rowVariant: number;
  readonly queryVariant: number;
  /** Hundredths of a percent. */
  readonly score: number;
  /** Equal as a whole without spaces, and by no better way. */
  readonly spaceless: boolean;
  readonly exactWeight: number;
  readonly strengthRank: number;
  readonly kindRank: number;
}

const byTrust: readonly NameStrength[] = ["STRONG", "UNKNOWN", "WEAK"];

/** 0 is the best. */
export function strengthRank(strength: NameStrength): number {
  return byTrust.indexOf(strength);
}

/** 0 is the best: a primary name. */
export function kindRank(kind: NameKind): number {
  return nameKinds.indexOf(kind);
}

const WEAK_RANK = strengthRank("WEAK");

/** Best first; a total order on the hits of one query: score, then evidence, then position in the list. */
function compareHits(a: RowHit, b: RowHit): number {
  return (
    b.score - a.score ||
    Number(a.spaceless) - Number(b.spaceless) ||
    b.exactWeight - a.exactWeight ||
    a.strengthRank - b.strengthRank ||
    a.kindRank - b.kindRank ||
    a.entity - b.entity ||
    a.name - b.name ||
    a.rowVariant - b.rowVariant ||
    a.queryVariant - b.queryVariant
  );
}

/**
 * The best hit of each designation, best first. With `confirm`, a designation whose hits are all on weak aliases is
 * left out; beside another hit a weak alias counts like any name.
 */
export function bestOfEachEntity(hits: readonly RowHit[], weakAliases: "confirm" | "raise"): readonly RowHit[] {
  const best = new Map<number, RowHit>();
  const raised = new Set<number>();
  for (const hit of hits) {
    if (weakAliases === "raise" || hit.strengthRank !== WEAK_RANK) raised.add(hit.entity);
    const known = best.get(hit.entity);
    if (known === undefined || compareHits(hit, known) < 0) best.set(hit.entity, hit);
  }
  return [...best.values()].filter((hit) => raised.has(hit.entity)).toSorted(compareHits);
}
