import { setTimeout as sleep } from "node:timers/promises";

import { dispositionOf } from "@cordon/errors";
import type { ConsumedRecord } from "@cordon/kafka";

import type { Ledger } from "../ledger/port.ts";
import type { GatewayTelemetry } from "../telemetry.ts";
import type { Follower } from "./follower.ts";
import type { OpenEvents } from "./open-events.ts";
import { outcomeOf } from "./outcome-of.ts";

export interface KeepLedgerDeps {
  readonly ledger: Ledger;
  readonly openEvents: OpenEvents;
  readonly follower: Pick<Follower, "followedAt" | "again">;
  readonly telemetry: Pick<GatewayTelemetry, "ledgerAway" | "ledgerBack" | "eventsAdopted">;
  readonly keptMs: number;
  readonly clock: () => number;
}

export interface LedgerKeeper {
  /** When Redis last took what we had to say, milliseconds since the epoch; 0 before. */
  beatAt(): number;
  /** There is a verdict to note: soon, together with others. */
  nudge(): void;
  /** Rejects with what nobody foresaw. Never resolves. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

const noteEveryMs = 250;
const beatEveryMs = 1000;
const trimEveryMs = 60_000;
/** How far clocks of replicas, screeners and brokers may differ. */
const marginMs = 60_000;

/** What a replica that is gone has left open. */
interface Estate {
  /** All that had been decided of it was seen up to this `order`; null before. */
  seenTo: number | null;
}

/** What the one that is gone may not have seen: decisions of what it left open, and each HIT, which replaces whatever was noted of any event. */
function isMissed(record: ConsumedRecord, left: ReadonlyMap<string, number>): boolean {
  const at = record.key === null ? undefined : left.get(record.key.toString("utf8"));
  // What was written before an event was registered is of an earlier one of the same id.
  return at === undefined ? outcomeOf(record) === "HIT" : record.timestamp >= at - marginMs;
}

/**
 * Notes verdicts in the ledger, says that this replica lives, and takes over the open events of replicas that do not: their
 * decisions are looked for in Kafka from where those had stopped reading. So a decision is found whoever took the message,
 * and although a reader begins at the end of the topics.
 */
export function keepLedger({ ledger, openEvents, follower, telemetry, keptMs, clock }: KeepLedgerDeps): LedgerKeeper {
  const over = new AbortController();
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => undefined); // whoever awaits it hears of it
  /** By the name of the replica that is gone. */
  const estates = new Map<string, Estate>();
  let beatAt = 0;
  let noting: Promise<void> | null = null;
  let nudged = false;

  /** What was seen but not noted does not count: if we die, nobody else has it. */
  function safelyFollowed(): number {
    return Math.max(0, Math.min(follower.followedAt(), openEvents.firstFresh()?.followedAt ?? Infinity));
  }

  async function note(): Promise<void> {
    const verdicts = openEvents.unnoted(clock());
    if (verdicts.size === 0) return;
    await ledger.decided(verdicts);
    openEvents.noted(verdicts);
  }

  async function adopt(): Promise<void> {
    // What is decided between the end of looking back and the beginning of following would be seen by nobody.
    if (follower.followedAt() === 0) return;
    for (const { from, events, followedAt } of await ledger.adopt(new Set(estates.keys()))) {
      const estate: Estate = { seenTo: events.length === 0 ? 0 : null };
      estates.set(from, estate);
      if (events.length === 0) continue;
      for (const { eventId, at } of events)
        if (openEvents.look(eventId, at) === null) openEvents.open([eventId], { at, openedAt: null, client: null });
      const registered = new Map(events.map(({ eventId, at }) => [eventId, at]));
      const first = events.reduce((least, { at }) => Math.min(least, at), Infinity);
      const since = Math.max(followedAt, first) - marginMs;
      telemetry.eventsAdopted({ events: events.length, since });
      void follower
        .again(since, (record) => isMissed(record, registered))
        .then(
          () => void (estate.seenTo = openEvents.lastOrder),
          (error: unknown) => {
            if (!over.signal.aborted) death.reject(error);
          },
        );
    }
  }

  /** What was left is ours once all that was found of it is noted: until then another one would have to look for it again. */
  async function inherit(): Promise<void> {
    const first = openEvents.firstFresh()?.order ?? Infinity;
    for (const [from, { seenTo }] of estates) {
      if (seenTo === null || first <= seenTo) continue;
      await ledger.inherited(from);
      estates.delete(from);
    }
  }

  /** An outage of Redis passes; what was to be said is said later. */
  async function attempt(step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      if (dispositionOf(error) !== "retry") throw error;
      telemetry.ledgerAway({ error });
      return false;
    }
  }

  async function beat(): Promise<void> {
    const said = await attempt(async () => {
      await ledger.beat(safelyFollowed());
      await adopt();
      await inherit();
    });
    if (!said) return;
    beatAt = clock();
    telemetry.ledgerBack();
  }

  async function every(milliseconds: number, step: () => Promise<void>): Promise<void> {
    while (!over.signal.aborted) {
      await step();
      await sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
    }
  }

  async function noteAll(): Promise<void> {
    // One call at a time; those who come meanwhile share the next.
    noting ??= (async () => {
      do {
        nudged = false;
        if (!(await attempt(note))) return;
      } while (nudged);
    })().finally(() => {
      noting = null;
    });
    await noting;
  }

  const fail = (error: unknown): void => {
    death.reject(error);
  };
  const running = Promise.all([
    every(noteEveryMs, noteAll).catch(fail),
    every(beatEveryMs, beat).catch(fail),
    every(trimEveryMs, async () => {
      openEvents.trim(clock() - keptMs);
      await attempt(() => ledger.trim());
    }).catch(fail),
  ]);

  return {
    beatAt: () => beatAt,
    nudge() {
      nudged = true;
      if (noting === null) noteAll().catch(fail);
    },
    failed: death.promise,
    async close() {
      await noteAll().catch(() => undefined);
      over.abort();
      await running;
    },
  };
}
