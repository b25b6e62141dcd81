import type { NameKind, NameMatch, NameStrength } from "@cordon/screening";

const strengthRank: Readonly<Record<NameStrength, number>> = { STRONG: 0, UNKNOWN: 0, WEAK: 1 };
const kindRank: Readonly<Record<NameKind, number>> = { PRIMARY: 0, VARIATION: 1, ALIAS: 2, FORMER: 3 };

/**
 * Orders matches for a person who reads the first ones first: by score, then by how much of it is exact, by what the
 * publisher thinks of the name, by what the name is to its entry. Beyond that a stable sort keeps the order of the
 * fields and, within a field, the engine's.
 */
export function byEvidence(a: NameMatch, b: NameMatch): number {
  return (
    b.score - a.score ||
    exactPoints(b) - exactPoints(a) ||
    strengthRank[a.name.strength] - strengthRank[b.name.strength] ||
    kindRank[a.name.kind] - kindRank[b.name.kind]
  );
}

function exactPoints({ reasons }: NameMatch): number {
  return reasons.reduce((sum, { kind, points }) => (kind === "exact" ? sum + points : sum), 0);
}
