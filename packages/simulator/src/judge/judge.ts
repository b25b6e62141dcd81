import { type Expected, judgeAnswer, type Judgement, rightDesignation } from "./answer.ts";
import type { Coordinate, Seen, SeenDecision } from "./seen.ts";

/** What must be zero, and what is only counted. */
export interface Verdict {
  readonly events: number;
  readonly decisions: number;
  /** Events of which no decision tells, or, where they have no id that could be told, no dead letter. */
  readonly missing: readonly Coordinate[];
  /** Decisions and dead letters of records that nobody sent. */
  readonly strangers: readonly Coordinate[];
  /** Decisions beyond the first of an event. */
  readonly repeated: number;
  /** Alerts and dead letters beyond the first of a record. */
  readonly repeatedBeside: number;
  /** Repeats made with the same index that differ in more than time. */
  readonly differing: readonly string[];
  /** Events decided in another way than they must be. */
  readonly unexpected: readonly string[];
  /** Of these, the ones that were cleared: the one unforgivable fault. */
  readonly wronglyCleared: readonly string[];
  readonly planted: number;
  /** Planted names of which no alert tells. */
  readonly missedHits: readonly string[];
  /** Decisions HIT without their alert. */
  readonly unalerted: readonly string[];
  readonly deadLetters: number;
}

export interface Rules {
  readonly expected: ReadonlyMap<string, Expected>;
  /** Holds that this fault may bring about instead of what was expected: late is safe, released is not. */
  readonly mayHold: ReadonlySet<string>;
}

/** A key longer than this is no event id. */
const maxKeyLength = 512;

/** Compares all that went in with all that came out. Pure. */
export function judge(seen: Seen, { expected, mayHold }: Rules): Verdict {
  const bySource = Map.groupBy(seen.decisions, ({ source }) => source);
  const sources = new Set(seen.events.map(({ at }) => at));
  const dead = new Set(seen.deadLetters.map(({ source }) => source));
  const alertIds = new Set(seen.alerts.map(({ alertId }) => alertId));
  const strange = (source: Coordinate): boolean => !sources.has(source);
  const judged = seen.decisions.map((decision) => ({ decision, as: judgementOf(decision, { expected, mayHold }) }));
  const unexpected = judged.filter(({ as }) => as !== "right");
  const plantedEvents = [...expected].filter(([, { designationIds }]) => designationIds !== undefined);
  return {
    events: seen.events.length,
    decisions: seen.decisions.length,
    missing: seen.events
      .filter(({ at, key }) => !(bySource.has(at) || (dead.has(at) && !canBeId(key))))
      .map(({ at }) => at),
    strangers: [...bySource.keys(), ...dead].filter(strange),
    repeated: seen.decisions.length - bySource.size,
    repeatedBeside: seen.alerts.length + seen.deadLetters.length - distinct(seen.alerts) - dead.size,
    differing: [...bySource].filter(([, all]) => differ(all, mayHold)).map(([source]) => source),
    unexpected: unexpected.map(({ decision }) => spell(decision)),
    wronglyCleared: unexpected.filter(({ as }) => as === "released").map(({ decision }) => spell(decision)),
    planted: plantedEvents.length,
    missedHits: missedHits(seen, plantedEvents),
    unalerted: seen.decisions
      .filter(({ outcome, alertId }) => outcome === "HIT" && (alertId === null || !alertIds.has(alertId)))
      .map(({ eventId }) => eventId),
    deadLetters: seen.deadLetters.length,
  };
}

function distinct(alerts: Seen["alerts"]): number {
  return new Set(alerts.map(({ source }) => source)).size;
}

function canBeId(key: string | null): boolean {
  return key !== null && key !== "" && key.length <= maxKeyLength;
}

/** Every event of ours has an expectation: a decision on another id is not one of ours. */
function judgementOf({ eventId, index, outcome, holdReason }: SeenDecision, { expected, mayHold }: Rules): Judgement {
  return judgeAnswer({ outcome, holdReason, entries: index.entries }, expected.get(eventId), mayHold);
}

/** An index that changed in between may change the answer, and a hold of the fault's doing may be replaced; nothing else may. */
function differ(repeats: readonly SeenDecision[], mayHold: ReadonlySet<string>): boolean {
  const answers = repeats.filter(({ holdReason }) => !mayHold.has(holdReason ?? ""));
  const byIndex = Map.groupBy(answers, ({ index }) => index.version);
  return [...byIndex.values()].some((all) => new Set(all.map(({ timeless }) => timeless)).size > 1);
}

function missedHits({ alerts }: Seen, planted: readonly (readonly [string, Expected])[]): readonly string[] {
  const named = Map.groupBy(alerts, ({ eventId }) => eventId);
  return planted
    .filter(
      ([eventId, { designationIds = [] }]) =>
        !(named.get(eventId) ?? []).some((alert) => rightDesignation(alert.designationIds, designationIds) !== null),
    )
    .map(([eventId]) => eventId);
}

function spell({ eventId, outcome, holdReason }: SeenDecision): string {
  return `${eventId} ${outcome}${holdReason === null ? "" : ` ${holdReason}`}`;
}

/** What breaks the promises, in words; empty when they were kept. */
export function breaches(
  verdict: Verdict,
  { repeatsAllowed }: { readonly repeatsAllowed: boolean },
): readonly string[] {
  const { missing, strangers, differing, unexpected, wronglyCleared, missedHits: missed, unalerted } = verdict;
  const lists = { missing, strangers, differing, unexpected, wronglyCleared, missedHits: missed, unalerted };
  const found = Object.entries(lists)
    .filter(([, all]) => all.length > 0)
    .map(([name, all]) => `${name} ${String(all.length)}: ${all.slice(0, 5).join(", ")}`);
  if (verdict.repeated > 0 && !repeatsAllowed) found.push(`repeated ${String(verdict.repeated)}`);
  if (verdict.repeatedBeside > 0 && !repeatsAllowed)
    found.push(`alerts or dead letters repeated ${String(verdict.repeatedBeside)}`);
  if (verdict.events === 0) found.push("no event was seen");
  return found;
}
