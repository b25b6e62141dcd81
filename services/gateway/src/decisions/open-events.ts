import type { Verdict } from "../ledger/port.ts";

/**
 * The events of this replica that wait for a decision, what came of those decided last, and who asks. All of it could be
 * found in Redis and Kafka again; here it is at hand.
 */
export interface OpenEvents {
  /** Before their records are sent. */
  open(eventIds: readonly string[], registration: Registration): void;
  /** Nobody knows whether their records were written: a decision is still noted, and none is missed. */
  doubt(eventIds: readonly string[]): void;
  /** A record of the decisions topic with that key came. Bytes are copied where they are kept. */
  decided(eventId: string, outcome: string, seen: Seen): void;
  alerted(eventId: string, value: Buffer): void;
  /** Verdicts to be noted in the ledger; they stay until `noted`. A hit waits a while for its alert. */
  unnoted(now: number): ReadonlyMap<string, Verdict>;
  noted(verdicts: ReadonlyMap<string, Verdict>): void;
  /** What was seen first of that which is not noted yet; null where all is. */
  firstFresh(): Fresh | null;
  /** The `order` of what was seen last. */
  readonly lastOrder: number;
  /** What is known here of that registration; null: nothing. `awaitsAlert`: it is a HIT, whatever the ledger still says. */
  look(eventId: string, at: number): { readonly verdict: Verdict | null; readonly awaitsAlert: boolean } | null;
  /** Whether that client has sent it here, and no decision came since: who waits has nothing to ask of Redis yet. */
  isOpen(eventId: string, client: string): boolean;
  /** Calls back whenever there may be news of that event; answers how to end it. */
  listen(eventId: string, onNews: () => void): () => void;
  /** Forgets what is older than anybody may ask for. */
  trim(before: number): void;
  readonly waiting: number;
  /** Events without a decision. */
  readonly undecided: number;
  /** When the one registered first among them was, milliseconds since the epoch; null without one. */
  oldest(): number | null;
}

export interface Seen {
  readonly value: Buffer;
  readonly now: number;
  /** Up to when all had been seen before. The record itself may have been written at any time since. */
  readonly followedAt: number;
}

export interface Fresh {
  /** Greater for what was seen later, whatever the clock says; 1 for the first. */
  readonly order: number;
  /** Whoever looks for it again finds it behind this time: milliseconds since the epoch. */
  readonly followedAt: number;
}

export interface Registration {
  readonly at: number;
  /** By our clock; null for events that another replica has opened, as is its client. */
  readonly openedAt: number | null;
  readonly client: string | null;
}

export interface OpenEventsOptions {
  /** Told once for each event that this replica opened, with the milliseconds since. */
  readonly onDecided: (outcome: string, milliseconds: number) => void;
  readonly settledKept?: number;
  readonly settledBytes?: number;
  readonly heldKept?: number;
}

interface Open {
  /** Null: of any registration, where only a HIT of it is known. */
  readonly at: number | null;
  readonly openedAt: number | null;
  readonly client: string | null;
  decision: { readonly outcome: string; readonly value: Buffer; readonly seenAt: number } | null;
  alert: Buffer | null;
  /** Since when it is to be noted. */
  fresh: Fresh | null;
}

interface Settled {
  readonly at: number;
  readonly verdict: Verdict;
}

/** An alert is sent before its decision, but stands in another topic. */
const alertGraceMs = 3000;

export function createOpenEvents({
  onDecided,
  settledKept = 20_000,
  settledBytes = 64 * 1_048_576,
  heldKept = 50_000,
}: OpenEventsOptions): OpenEvents {
  // Insertion order is age. Invariant: an id stands in one of the first three at most.
  const undecided = new Map<string, Open>();
  /** Decided, and not yet in the ledger. In the order in which each was seen first. */
  const fresh = new Map<string, Open>();
  /** In the ledger as HOLD, which a later decision may replace; or in doubt. */
  const held = new Map<string, Open>();
  const settled = new Map<string, Settled>();
  let bytesSettled = 0;
  const listeners = new Map<string, Set<() => void>>();
  let waiting = 0;
  let lastOrder = 0;

  function settle(eventId: string, one: Settled | null): void {
    bytesSettled -= sizeOf(settled.get(eventId));
    settled.delete(eventId);
    if (one === null) return;
    settled.set(eventId, one);
    bytesSettled += sizeOf(one);
  }
  const find = (eventId: string): Open | undefined => undecided.get(eventId) ?? fresh.get(eventId) ?? held.get(eventId);
  const open = [undecided, fresh, held] as const;
  /** One that is settled, so that a HIT may still replace what it was. */
  function reopened(eventId: string): Open | undefined {
    const done = settled.get(eventId);
    if (done === undefined) return undefined;
    const { outcome, decision: value, alert } = done.verdict;
    return { at: done.at, openedAt: null, client: null, decision: { outcome, value, seenAt: 0 }, alert, fresh: null };
  }
  /**
   * One that was settled long ago or is another replica's: the ledger knows whether it is any gateway's, and has it replaced.
   * Bounded while Redis is away.
   */
  function stranger(outcome: string): Open | undefined {
    if (outcome !== "HIT" || fresh.size >= heldKept) return undefined;
    return { at: null, openedAt: null, client: null, decision: null, alert: null, fresh: null };
  }
  function freshen(eventId: string, one: Open, followedAt: number): void {
    one.fresh ??= { order: ++lastOrder, followedAt };
    fresh.set(eventId, one);
  }
  function tell(eventId: string): void {
    for (const onNews of listeners.get(eventId) ?? []) onNews();
  }

  return {
    open(eventIds, registration) {
      for (const eventId of eventIds) {
        for (const map of open) map.delete(eventId);
        settle(eventId, null);
        undecided.set(eventId, { ...registration, decision: null, alert: null, fresh: null });
      }
    },
    doubt(eventIds) {
      for (const eventId of eventIds) {
        const one = undecided.get(eventId);
        if (one === undefined) continue;
        undecided.delete(eventId);
        held.set(eventId, one);
      }
      shrink(held, heldKept);
    },
    decided(eventId, outcome, { value, now, followedAt }) {
      const one = find(eventId) ?? reopened(eventId) ?? stranger(outcome);
      if (one !== undefined) {
        const was = one.decision?.outcome;
        // A HIT stays; a CLEAR gives way to a HIT only.
        if ((was === "HIT" || was === "CLEAR") && outcome !== "HIT") return;
        if (one.decision === null && one.openedAt !== null) onDecided(outcome, Math.max(0, now - one.openedAt));
        one.decision = { outcome, value: Buffer.from(value), seenAt: now };
        undecided.delete(eventId);
        held.delete(eventId);
        freshen(eventId, one, followedAt);
      }
      tell(eventId);
    },
    alerted(eventId, value) {
      const one = find(eventId) ?? reopened(eventId);
      if (one !== undefined) {
        const isLate = one.decision?.outcome === "HIT" && one.alert === null;
        one.alert = Buffer.from(value);
        // A hit that was noted without its alert is noted once more.
        if (find(eventId) === undefined) {
          // Its decision was read before: nobody knows when any more.
          if (isLate) freshen(eventId, one, 0);
          else held.set(eventId, one);
        }
        shrink(held, heldKept);
      }
      tell(eventId);
    },
    unnoted(now) {
      const verdicts = new Map<string, Verdict>();
      for (const [eventId, one] of fresh) {
        const verdict = verdictOf(one, now);
        if (verdict !== null) verdicts.set(eventId, verdict);
      }
      return verdicts;
    },
    noted(verdicts) {
      for (const [eventId, verdict] of verdicts) {
        const one = fresh.get(eventId);
        // Something newer came while it was noted.
        if (one === undefined || one.decision?.value !== verdict.decision) continue;
        if (verdict.outcome === "HIT" && one.alert !== verdict.alert) continue;
        fresh.delete(eventId);
        one.fresh = null;
        if (verdict.outcome === "HOLD") held.set(eventId, one);
        if (one.at !== null) settle(eventId, { at: one.at, verdict });
        tell(eventId);
      }
      for (const eventId of settled.keys()) {
        if (settled.size <= settledKept && bytesSettled <= settledBytes) break;
        settle(eventId, null);
      }
      shrink(held, heldKept);
    },
    firstFresh() {
      for (const one of fresh.values()) return one.fresh;
      return null;
    },
    get lastOrder() {
      return lastOrder;
    },
    look(eventId, at) {
      const one = undecided.get(eventId) ?? fresh.get(eventId);
      if (one !== undefined && (one.at === at || one.at === null)) {
        const verdict = verdictOf(one, null);
        return { verdict, awaitsAlert: verdict === null && one.decision !== null };
      }
      const done = settled.get(eventId);
      return done?.at === at ? { verdict: done.verdict, awaitsAlert: false } : null;
    },
    isOpen: (eventId, client) => undecided.get(eventId)?.client === client,
    listen(eventId, onNews) {
      const all = listeners.get(eventId) ?? new Set();
      listeners.set(eventId, all.add(onNews));
      waiting += 1;
      return () => {
        waiting -= 1;
        all.delete(onNews);
        if (all.size === 0 && listeners.get(eventId) === all) listeners.delete(eventId);
      };
    },
    trim(before) {
      for (const map of open) for (const [eventId, { at }] of map) if (at !== null && at < before) map.delete(eventId);
      for (const [eventId, { at }] of settled) if (at < before) settle(eventId, null);
    },
    get waiting() {
      return waiting;
    },
    get undecided() {
      return undecided.size;
    },
    oldest() {
      for (const { at } of undecided.values()) return at;
      return null;
    },
  };
}

/** Null while it is undecided, and for a hit whose alert may still come: for a while, where the time is given; a clock that was set back ends it. */
function verdictOf({ decision, alert }: Open, now: number | null): Verdict | null {
  if (decision === null) return null;
  const { outcome, value, seenAt } = decision;
  if (outcome !== "HIT") return { outcome, decision: value, alert: null };
  const mayCome = now === null || (now >= seenAt && now - seenAt <= alertGraceMs);
  return alert === null && mayCome ? null : { outcome, decision: value, alert };
}

function sizeOf(one: Settled | undefined): number {
  return one === undefined ? 0 : one.verdict.decision.length + (one.verdict.alert?.length ?? 0);
}

function shrink(map: Map<string, unknown>, most: number): void {
  for (const eventId of map.keys()) {
    if (map.size <= most) return;
    map.delete(eventId);
  }
}
