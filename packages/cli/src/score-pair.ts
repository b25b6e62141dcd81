import { compareTexts, type DesignationType, type NameComparison } from "@cordon/matching";

export interface ScoredPair {
  readonly type: DesignationType;
  readonly comparison: NameComparison;
}

/** Hundredths of a percent; 0 for what could not be compared. */
export function scoreOf({ comparison }: ScoredPair): number {
  return comparison.kind === "compared" ? comparison.score : 0;
}

/** Without a type: the better of person and organisation, the person when they are equal. */
export function scorePair(payment: string, listed: string, type: DesignationType | null): ScoredPair {
  if (type !== null) return { type, comparison: compareTexts(payment, listed, type) };
  const person = scorePair(payment, listed, "PERSON");
  const organisation = scorePair(payment, listed, "ORGANISATION");
  return scoreOf(organisation) > scoreOf(person) ? organisation : person;
}

/** Hundredths of a percent as a person writes them. */
export function percent(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
