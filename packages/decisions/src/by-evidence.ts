import type { NameKind, NameStrength } from "@cordon/matching";

import type { FieldMatch } from "./field-match.ts";

const strengthRank: Readonly<Record<NameStrength, number>> = { STRONG: 0, UNKNOWN: 0, WEAK: 1 };
const kindRank: Readonly<Record<NameKind, number>> = { PRIMARY: 0, VARIATION: 1, ALIAS: 2, FORMER: 3 };

/**
 * Orders matches for a person who reads the first ones first: identifiers, then names by their score and what the
 * evidence beside them is worth, by how much of the name is exact, by what the publisher thinks of it, by what it is to
 * its entry. Beyond that a stable sort keeps the order of the fields and, within a field, the engine's.
 */
export function byEvidence(a: FieldMatch, b: FieldMatch): number {
  return (
    identifierRank(a) - identifierRank(b) ||
    worthOf(b) - worthOf(a) ||
    exactPoints(b) - exactPoints(a) ||
    strengthRank[a.name.strength] - strengthRank[b.name.strength] ||
    kindRank[a.name.kind] - kindRank[b.name.kind]
  );
}

function identifierRank({ identifier }: FieldMatch): number {
  if (identifier === null) return 2;
  return identifier.via === null ? 0 : 1;
}

function worthOf({ score, evidence }: FieldMatch): number {
  return evidence.reduce((sum, { worth }) => sum + worth, score);
}

function exactPoints({ reasons }: FieldMatch): number {
  return reasons.reduce((sum, { kind, points }) => (kind === "exact" ? sum + points : sum), 0);
}
