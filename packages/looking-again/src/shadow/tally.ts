import type { FieldMatch, ScreeningOutcome } from "@cordon/decisions";

/** What one side made of an event. */
export type SideOutcome = "CLEAR" | "HIT" | "HOLD";

/** Where an event lies. */
export interface ShadowedEvent {
  readonly eventId: string;
  readonly place: string;
  /** Of a payment; null for a remittance. */
  readonly rail: string | null;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

/** An alert that one side alone would raise, without any name. */
export interface AlertSample {
  readonly eventId: string;
  readonly place: string;
  readonly designationId: string;
  readonly field: string;
  /** Percent. */
  readonly score: number;
  readonly rail: string;
}

export interface Counts {
  gained: number;
  lost: number;
  kept: number;
}

/** A beside B, counted. */
export interface ShadowTally {
  events: number;
  undecodable: number;
  canaries: number;
  /** By what A and B made of the event: `CLEAR HIT` is an alert gained. */
  readonly outcomes: Map<string, number>;
  readonly byList: Map<string, Counts>;
  readonly byRegime: Map<string, Counts>;
  readonly byBand: Map<string, Counts>;
  readonly byRail: Map<string, Counts>;
  /** Alerts by the score of their best match, in whole percent, rounded down. */
  readonly scoresA: Map<number, number>;
  readonly scoresB: Map<number, number>;
  /** Matches that came or went within alerts that both raise. */
  matchesGained: number;
  matchesLost: number;
  /** Events that people judged to be the listed party, and that B would not stop. */
  readonly trueLost: AlertSample[];
  readonly gained: AlertSample[];
  readonly lost: AlertSample[];
  /** Of the events looked at, milliseconds since the epoch. */
  firstAt: number;
  lastAt: number;
}

export function newTally(): ShadowTally {
  return {
    events: 0,
    undecodable: 0,
    canaries: 0,
    outcomes: new Map(),
    byList: new Map(),
    byRegime: new Map(),
    byBand: new Map(),
    byRail: new Map(),
    scoresA: new Map(),
    scoresB: new Map(),
    matchesGained: 0,
    matchesLost: 0,
    trueLost: [],
    gained: [],
    lost: [],
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
  };
}

/** More samples than these say no more; of true matches that would be lost every one is told, up to a page. */
const mostSamples = 50;
const mostTrueLost = 1000;

/** Counts an event that neither side stops. */
export function tallyClear(tally: ShadowTally, timestamp: number): void {
  tally.events += 1;
  count(tally.outcomes, "CLEAR CLEAR");
  noteTime(tally, timestamp);
}

/** Counts an event by what each side made of it. `isTrue`: people judged it to be the listed party. */
export function tallyEvent(
  tally: ShadowTally,
  event: ShadowedEvent,
  { a, b, isTrue }: { readonly a: ScreeningOutcome; readonly b: ScreeningOutcome; readonly isTrue: boolean },
): void {
  tally.events += 1;
  noteTime(tally, event.timestamp);
  count(tally.outcomes, `${sideOf(a)} ${sideOf(b)}`);
  const [bestA, bestB] = [bestOf(a), bestOf(b)];
  if (bestA !== null) count(tally.scoresA, Math.floor(bestA.score / 100));
  if (bestB !== null) count(tally.scoresB, Math.floor(bestB.score / 100));
  if (bestA !== null && bestB !== null) {
    tallyBy(tally, bestB, event, "kept");
    tallyMatches(tally, a, b);
  } else if (bestA !== null) {
    tallyBy(tally, bestA, event, "lost");
    keep(tally.lost, sampleOf(bestA, event), mostSamples);
    // What B holds is stopped, too.
    if (isTrue && b.kind === "clear") keep(tally.trueLost, sampleOf(bestA, event), mostTrueLost);
  } else if (bestB !== null) {
    tallyBy(tally, bestB, event, "gained");
    keep(tally.gained, sampleOf(bestB, event), mostSamples);
  }
}

function sideOf({ kind }: ScreeningOutcome): SideOutcome {
  return kind === "clear" ? "CLEAR" : kind === "hit" ? "HIT" : "HOLD";
}

/** An alert is judged by its best match. */
function bestOf(outcome: ScreeningOutcome): FieldMatch | null {
  return outcome.kind === "hit" ? outcome.matches[0] : null;
}

function tallyBy(
  tally: ShadowTally,
  { designation, score }: FieldMatch,
  event: ShadowedEvent,
  what: keyof Counts,
): void {
  countIn(tally.byList, designation.list, what);
  countIn(tally.byRegime, `${designation.list}: ${designation.regime}`, what);
  countIn(tally.byBand, bandOf(score / 100), what);
  countIn(tally.byRail, railOf(event), what);
}

function tallyMatches(tally: ShadowTally, a: ScreeningOutcome, b: ScreeningOutcome): void {
  const [before, after] = [keysOf(a), keysOf(b)];
  for (const key of after) if (!before.has(key)) tally.matchesGained += 1;
  for (const key of before) if (!after.has(key)) tally.matchesLost += 1;
}

function keysOf(outcome: ScreeningOutcome): ReadonlySet<string> {
  if (outcome.kind !== "hit") return new Set();
  return new Set(outcome.matches.map(({ designation, field }) => `${designation.id} ${field.path}`));
}

const bandEdges = [50, 60, 70, 75, 80, 85, 90, 95, 100] as const;

/** `85 to 90`: from the first percent to before the last. */
export function bandOf(score: number): string {
  const at = bandEdges.findLastIndex((edge) => score >= edge);
  const [from, to] = [bandEdges[at], bandEdges[at + 1]];
  if (from === undefined) return "below 50";
  return to === undefined ? "100" : `${String(from)} to ${String(to)}`;
}

function railOf({ rail }: ShadowedEvent): string {
  return rail ?? "remittance";
}

function sampleOf({ designation, field, score }: FieldMatch, event: ShadowedEvent): AlertSample {
  const { eventId, place } = event;
  return { eventId, place, designationId: designation.id, field: field.path, score: score / 100, rail: railOf(event) };
}

function keep(samples: AlertSample[], sample: AlertSample, most: number): void {
  if (samples.length < most) samples.push(sample);
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countIn(counts: Map<string, Counts>, key: string, what: keyof Counts): void {
  let known = counts.get(key);
  if (known === undefined) counts.set(key, (known = { gained: 0, lost: 0, kept: 0 }));
  known[what] += 1;
}

function noteTime(tally: ShadowTally, timestamp: number): void {
  if (timestamp < tally.firstAt) tally.firstAt = timestamp;
  if (timestamp > tally.lastAt) tally.lastAt = timestamp;
}
