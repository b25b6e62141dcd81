import type { HoldReason } from "@cordon/errors";
import type { ScreeningIndex } from "@cordon/matching";

import { alertIdOf } from "./alert-id.ts";
import { byEvidence } from "./by-evidence.ts";
import { compare } from "./compare.ts";
import type { FieldMatch } from "./field-match.ts";
import { coveredBy, type GoodGuysAtHand } from "./good-guys.ts";
import { linkMatches } from "./link-matches.ts";
import type { Policy } from "./policy.ts";
import type { Treatment } from "./policy/treatment.ts";
import type { ScreenableEvent } from "./screenable-event.ts";
import { type Excuses, type SetAside, setAsideAll } from "./set-aside.ts";
import { type Told, toldOf } from "./told.ts";

/**
 * What became of an event. `fieldsScreened` counts the texts that were compared with the whole index, `fieldsLeftOut` those that the
 * policy leaves out; `told` is what was found and decided nothing.
 */
export type ScreeningOutcome =
  | {
      readonly kind: "clear";
      readonly eventId: string;
      readonly fieldsScreened: number;
      readonly fieldsLeftOut: number;
      readonly told: readonly Told[];
      /** Matches that a hard conflict or a good guy set aside; none unless the policy says so. */
      readonly setAside: readonly SetAside[];
      /** The set of good guys, where one of them set a match aside. */
      readonly goodGuys?: { readonly version: string; readonly generation: number };
    }
  | {
      readonly kind: "hit";
      readonly eventId: string;
      readonly fieldsScreened: number;
      readonly fieldsLeftOut: number;
      readonly told: readonly Told[];
      readonly alertId: string;
      /** At least one; best first, one for each designation and field. */
      readonly matches: readonly [FieldMatch, ...FieldMatch[]];
    }
  | {
      readonly kind: "hold";
      readonly eventId: string;
      readonly fieldsScreened: number;
      readonly fieldsLeftOut: number;
      readonly told: readonly Told[];
      readonly reason: HoldReason;
    };

/** What an outcome depends on besides the event, the index and the policy. */
export interface Circumstances {
  /** Milliseconds since the list that was read longest ago was last read and passed; `Infinity` when nobody vouches for it. */
  readonly indexAge: number;
  /** When the event is decided, milliseconds since the epoch. */
  readonly at: number;
  /** What a policy with good guys holds matches against. Absent: none is at hand, and every hit is one. */
  readonly goodGuys?: GoodGuysAtHand | undefined;
}

/**
 * Which reason is told when several hold one event. What is wrong with the event itself comes first, for waiting does
 * not mend it; then an index that is too old, which the next sync mends; last that the decision came too late, which
 * alone a second screening waives.
 */
const holdPriority = [
  "RECORD_UNDECODABLE",
  "LISTED_PLACE",
  "FIELD_MISSING",
  "MESSAGE_INCOMPLETE",
  "COUNT_MISMATCH",
  "FIELD_UNREAD",
  "FIELD_TRUNCATED",
  "FIELD_MISPLACED",
  "NAME_UNREADABLE",
  "QUERY_TOO_BROAD",
  "INDEX_STALE",
  "DEADLINE_PASSED",
] as const satisfies readonly HoldReason[];

/**
 * Compares every field of an event with the index, and looks up every identifier: one that is listed is a hit whatever the
 * names. A hit outranks a hold, for it tells more; a hold outranks a clear. An event is clear only when every field was read and compared, at least one name was (unless `namesNobody`), the index is fresh,
 * and `decideBy` has not passed: who asked for a decision by then has gone on without it.
 * Pure: the same arguments give the same outcome for ever.
 */
export function screenEvent(
  event: ScreenableEvent,
  index: ScreeningIndex,
  policy: Policy,
  { indexAge, at, goodGuys }: Circumstances,
): ScreeningOutcome {
  const { eventId } = event;
  const treatment = event.facts === undefined ? policy.usual : policy.treatmentOf(event.facts);
  const { matches, fieldsScreened, fieldsLeftOut, ...compared } = compare(event, index, policy, { treatment });
  const problems = new Set(compared.problems);
  const nothingNamed = compared.namesScreened === 0 && compared.namesExcused === 0 && event.namesNobody !== true;
  const indexIsStale = !isFresh(indexAge, treatment);
  const allTold = [...compared.told];
  for (const { code, detail } of event.conversion ?? [])
    if (treatment.onlyTold.has(code))
      allTold.push({ kind: "problem", designationId: null, path: "", detail: `${code}: ${detail}` });
    else problems.add(code);
  const late = isLate(event, treatment, at);
  if (late && treatment.deadline === "tell")
    allTold.push({ kind: "deadline", designationId: null, path: "decideBy", detail: "decided too late" });
  const told = toldOf(allTold);
  const common = { eventId, fieldsScreened, fieldsLeftOut, told };
  const fresh = problems.size === 0 && !nothingNamed && !indexIsStale;
  const covering = goodGuysFor(event, policy, { at, goodGuys: fresh ? goodGuys : undefined });
  const excuses = { hardConflicts: treatment.hardConflicts === "clear", coveredBy: covering };
  const setAside = fresh ? setAsideAll(matches, excuses) : null;
  const [best, ...others] = linkMatches(marked(matches, covering)).toSorted(byEvidence);
  if (best !== undefined && setAside === null) {
    const ids = matches.map((match) => match.designation.id);
    return { kind: "hit", ...common, alertId: alertIdOf(eventId, ids), matches: [best, ...others] };
  }
  // No name compared and nothing wrong: the event has names of no role only, and none that says anything. Lines of free
  // text alone do not make it clear.
  if (nothingNamed && problems.size === 0) problems.add("FIELD_MISSING");
  if (indexIsStale) problems.add("INDEX_STALE");
  if (late && treatment.deadline === "hold") problems.add("DEADLINE_PASSED");
  const reason = holdPriority.find((candidate) => problems.has(candidate));
  if (reason !== undefined) return { kind: "hold", ...common, reason };
  return { kind: "clear", ...common, setAside: setAside ?? [], ...usedSet(setAside, goodGuys) };
}

type Covering = Excuses["coveredBy"];

function goodGuysFor(
  { parties = [], rail }: ScreenableEvent,
  policy: Policy,
  { at, goodGuys }: Pick<Circumstances, "at" | "goodGuys">,
): Covering {
  if (policy.goodGuys !== "on" || goodGuys === undefined) return null;
  return coveredBy(goodGuys, { parties, rail, at });
}

/** Of an event that hits, whoever judges it sees which of its matches were judged before. */
function marked(matches: readonly FieldMatch[], covering: Covering): readonly FieldMatch[] {
  if (covering === null) return matches;
  return matches.map((match) => {
    const goodGuy = covering(match);
    return goodGuy === null ? match : { ...match, goodGuyId: goodGuy.id };
  });
}

function usedSet(setAside: readonly SetAside[] | null, goodGuys: GoodGuysAtHand | undefined) {
  const set = goodGuys?.set ?? null;
  if (set === null || setAside?.some(({ kind }) => kind === "good-guy") !== true) return {};
  return { goodGuys: { version: set.version, generation: set.generation } };
}

const HOUR_MS = 3_600_000;

/** Whether events may be cleared under an index of that age, in milliseconds. One that is no number is no age. */
export function isFresh(indexAge: number, { indexMaxAgeHours }: Pick<Treatment, "indexMaxAgeHours">): boolean {
  return indexAge <= indexMaxAgeHours * HOUR_MS;
}

function isLate({ decideBy, createdAt = null }: ScreenableEvent, { decideWithinMs }: Treatment, at: number): boolean {
  return at > latestDecision({ decideBy, createdAt }, decideWithinMs);
}

/** The last millisecond at which an event may be decided: what comes first of its own time and the policy's; `Infinity` without either. */
function latestDecision(
  { decideBy, createdAt }: { readonly decideBy: number | null; readonly createdAt: number | null },
  decideWithinMs: number | null,
): number {
  const byPolicy = decideWithinMs === null || createdAt === null ? Infinity : createdAt + decideWithinMs;
  return Math.min(decideBy ?? Infinity, byPolicy);
}
