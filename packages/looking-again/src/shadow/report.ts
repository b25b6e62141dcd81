import type { Counts, ShadowTally } from "./tally.ts";

/** What the two sides are called, in words. */
export interface SideNames {
  readonly a: string;
  readonly b: string;
}

export interface ShadowSummary {
  readonly sides: SideNames;
  readonly events: number;
  readonly undecodable: number;
  readonly canaries: number;
  /** From the first event to the last. */
  readonly days: number;
  readonly alerts: {
    readonly a: number;
    readonly b: number;
    readonly gained: number;
    readonly lost: number;
    readonly kept: number;
  };
  /** Null for less than an hour of events. */
  readonly alertsPerDay: { readonly a: number; readonly b: number } | null;
  readonly holds: { readonly a: number; readonly b: number };
  readonly outcomes: readonly { readonly a: string; readonly b: string; readonly events: number }[];
  readonly matches: { readonly gained: number; readonly lost: number };
  readonly trueMatches: number | null;
  readonly trueLost: ShadowTally["trueLost"];
  readonly byList: readonly Row[];
  readonly byRegime: readonly Row[];
  readonly byBand: readonly Row[];
  readonly byRail: readonly Row[];
  readonly scores: readonly { readonly percent: number; readonly a: number; readonly b: number }[];
  readonly gained: ShadowTally["gained"];
  readonly lost: ShadowTally["lost"];
}

export type Row = Counts & { readonly name: string };

const dayMs = 86_400_000;
const leastMs = 3_600_000;

/** Everything that a table, JSON and the page tell. */
export function summaryOf(tally: ShadowTally, trueMatches: number | null, sides: SideNames): ShadowSummary {
  const outcomes = [...tally.outcomes].map(([key, events]) => {
    const [a = "", b = ""] = key.split(" ");
    return { a, b, events };
  });
  const sum = (keep: (one: { readonly a: string; readonly b: string }) => boolean): number =>
    outcomes.filter(keep).reduce((total, { events }) => total + events, 0);
  const hits = { a: sum(({ a }) => a === "HIT"), b: sum(({ b }) => b === "HIT") };
  const span = tally.events > 0 ? tally.lastAt - tally.firstAt : 0;
  const perDay = (alerts: number): number => Math.round((alerts * dayMs * 10) / span) / 10;
  return {
    sides,
    events: tally.events,
    undecodable: tally.undecodable,
    canaries: tally.canaries,
    days: Math.round((span / dayMs) * 1000) / 1000,
    alerts: {
      ...hits,
      gained: sum(({ a, b }) => a !== "HIT" && b === "HIT"),
      lost: sum(({ a, b }) => a === "HIT" && b !== "HIT"),
      kept: sum(({ a, b }) => a === "HIT" && b === "HIT"),
    },
    alertsPerDay: span < leastMs ? null : { a: perDay(hits.a), b: perDay(hits.b) },
    holds: { a: sum(({ a }) => a === "HOLD"), b: sum(({ b }) => b === "HOLD") },
    outcomes: outcomes.toSorted((x, y) => y.events - x.events),
    matches: { gained: tally.matchesGained, lost: tally.matchesLost },
    trueMatches,
    trueLost: tally.trueLost,
    byList: rowsOf(tally.byList),
    byRegime: rowsOf(tally.byRegime),
    byBand: rowsOf(tally.byBand, (x, y) => beginningOf(x.name) - beginningOf(y.name)),
    byRail: rowsOf(tally.byRail),
    scores: scoresOf(tally),
    gained: tally.gained,
    lost: tally.lost,
  };
}

function rowsOf(counts: ReadonlyMap<string, Counts>, order = mostChanged): readonly Row[] {
  return [...counts].map(([name, each]) => ({ name, ...each })).toSorted(order);
}

/** 85 of `85 to 90`; `below 50` comes before all. */
function beginningOf(band: string): number {
  const from = Number.parseInt(band, 10);
  return Number.isNaN(from) ? 0 : from;
}

function mostChanged(x: Row, y: Row): number {
  return y.gained + y.lost - (x.gained + x.lost) || y.kept - x.kept || (x.name < y.name ? -1 : 1);
}

function scoresOf({ scoresA, scoresB }: ShadowTally): ShadowSummary["scores"] {
  const percents = [...new Set([...scoresA.keys(), ...scoresB.keys()])].toSorted((x, y) => x - y);
  return percents.map((percent) => ({ percent, a: scoresA.get(percent) ?? 0, b: scoresB.get(percent) ?? 0 }));
}
