import type { Match } from "../wire.ts";

export interface Segment {
  readonly label: string;
  /** Percent of the bar. */
  readonly width: number;
}

/** What gives points as parts of a bar of 100 that ends at the score: what takes points away makes all of them shorter alike. */
export function segmentsOf({ reasons, score }: Match): readonly Segment[] {
  const giving = reasons.filter(({ points }) => points > 0);
  const sum = giving.reduce((total, { points }) => total + points, 0);
  const share = sum === 0 ? 0 : score / sum;
  return giving.map(({ detail, points }) => ({ label: /"([^"]+)"/.exec(detail)?.[1] ?? "", width: points * share }));
}

export interface ScoreRow {
  readonly what: string;
  readonly how: string;
  readonly points: number;
}

/** The reasons that bear points. `"ana" sounds like "anna": 88 % of weight 12` stands in two cells. */
export function scoreRows({ reasons }: Match): readonly ScoreRow[] {
  return reasons
    .filter(({ points }) => points !== 0)
    .map(({ detail, points }) => {
      const at = detail.lastIndexOf(": ");
      return at < 0
        ? { what: detail, how: "", points }
        : { what: detail.slice(0, at), how: detail.slice(at + 2), points };
    });
}

const aspects = /^(?:birth-date|nationality|country|type|issuer)-(?:agree|conflict|absent)$/;

/** What the screener says beside score and evidence: where a name goes on, which entries are linked. */
export function remarksOf({ reasons }: Match): readonly string[] {
  return reasons.filter(({ kind, points }) => points === 0 && !aspects.test(kind)).map(({ detail }) => detail);
}
