import { CordonError } from "@cordon/errors";

import type { Adopted, EventToRegister, Ledger, NamedMessage, Verdict } from "../../src/ledger/port.ts";

interface Message {
  readonly print: string;
  state: "claimed" | "partial" | "done";
  owner: string;
  until: number;
  sent: number;
}

interface Event {
  at: number;
  readonly print: string;
  readonly clients: Set<string>;
  verdict: Verdict | null;
}

/** What replicas share: a Redis in this process, which can be away or lose everything. */
export interface LedgerBackend {
  readonly messages: Map<string, Message>;
  readonly events: Map<string, Event>;
  readonly open: Map<string, Map<string, number>>;
  readonly beats: Map<string, { readonly at: number; readonly followedAt: number }>;
  /** Who looks after what a replica that is gone has left, and what that one had said last. */
  readonly heirs: Map<string, { readonly heir: string; readonly at: number }>;
  away: boolean;
  now: () => number;
  flush(): void;
}

export function createLedgerBackend(now: () => number = Date.now): LedgerBackend {
  const backend: LedgerBackend = {
    messages: new Map(),
    events: new Map(),
    open: new Map(),
    beats: new Map(),
    heirs: new Map(),
    away: false,
    now,
    flush() {
      for (const map of [backend.messages, backend.events, backend.open, backend.beats, backend.heirs]) map.clear();
    },
  };
  return backend;
}

/** The double of the ledger on Redis; one conformance suite holds both. */
export function memoryLedger(
  backend: LedgerBackend,
  { instance, claimMs, deadMs }: { readonly instance: string; readonly claimMs: number; readonly deadMs: number },
): Ledger {
  const { messages, events, open, beats, heirs } = backend;
  const estates = new Set<string>();
  const at = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    if (backend.away) throw new CordonError("REDIS_UNAVAILABLE", "Redis is away");
    return work();
  };
  const lives = (owner: string): boolean => {
    const beat = beats.get(owner);
    return beat !== undefined && backend.now() - beat.at < deadMs;
  };
  const change = (message: NamedMessage, how: Partial<Message>): Promise<void> =>
    at(() => {
      const known = messages.get(message.key);
      if (known?.owner === instance) Object.assign(known, { until: backend.now() + claimMs, ...how });
    });
  const opened = (): Map<string, number> => {
    const mine = open.get(instance) ?? new Map<string, number>();
    open.set(instance, mine);
    return mine;
  };

  const heardOf = (): void => {
    if (!beats.has(instance)) beats.set(instance, { at: backend.now(), followedAt: 0 });
  };

  return {
    claim: ({ key, print }) =>
      at(() => {
        const known = messages.get(key);
        if (known !== undefined && known.print !== print) return { kind: "reused" as const };
        if (known?.state === "done") return { kind: "done" as const };
        if (known?.state === "claimed" && known.until > backend.now() && lives(known.owner))
          return { kind: "in-progress" as const };
        const sent = known?.sent ?? 0;
        messages.set(key, { print, state: "claimed", owner: instance, until: backend.now() + claimMs, sent });
        return { kind: "claimed" as const, sent };
      }),
    sent: (message, count) => change(message, { sent: count }),
    finish: (message) => change(message, { state: "done" }),
    release: (message) => change(message, { state: "partial" }),
    register: (some: readonly EventToRegister[], client) =>
      at(() => {
        const other = some.find(({ eventId, print }) => (events.get(eventId)?.print ?? print) !== print);
        if (other !== undefined) return { kind: "reused" as const, eventId: other.eventId };
        const now = backend.now();
        for (const { eventId, print } of some) {
          const clients = events.get(eventId)?.clients ?? new Set();
          events.set(eventId, { at: now, print, clients: clients.add(client), verdict: null });
          opened().set(eventId, now);
        }
        heardOf();
        return { kind: "registered" as const, at: now };
      }),
    event: (eventId, client) =>
      at(() => {
        const known = events.get(eventId);
        return known === undefined ? null : { at: known.at, mine: known.clients.has(client), verdict: known.verdict };
      }),
    decided: (verdicts) =>
      at(() => {
        for (const [eventId, verdict] of verdicts) {
          const known = events.get(eventId);
          const was = known?.verdict?.outcome;
          if (known !== undefined && (verdict.outcome === "HIT" || (was !== "HIT" && was !== "CLEAR")))
            known.verdict = {
              ...verdict,
              alert: verdict.alert ?? (was === "HIT" ? (known.verdict?.alert ?? null) : null),
            };
          if (verdict.outcome !== "HOLD") for (const name of [instance, ...estates]) open.get(name)?.delete(eventId);
        }
      }),
    beat: (followedAt) => at(() => void beats.set(instance, { at: backend.now(), followedAt })),
    adopt: (known = new Set()) =>
      at(() => {
        const adopted: Adopted[] = [];
        for (const [dead, { at: beatAt, followedAt }] of beats) {
          const heir = heirs.get(dead)?.heir ?? instance;
          if (dead === instance || lives(dead) || known.has(dead) || (heir !== instance && lives(heir))) continue;
          const left = open.get(dead) ?? new Map<string, number>();
          heirs.set(dead, { heir: instance, at: beatAt });
          estates.add(dead);
          adopted.push({
            from: dead,
            followedAt: Math.min(followedAt, beatAt),
            events: [...left].map(([eventId, since]) => ({ eventId, at: since })),
          });
        }
        return adopted;
      }),
    inherited: (from) =>
      at(() => {
        estates.delete(from);
        const taken = heirs.get(from);
        if (taken?.heir !== instance) return;
        heirs.delete(from);
        if (beats.get(from)?.at !== taken.at) return;
        heardOf();
        for (const [eventId, since] of open.get(from) ?? []) opened().set(eventId, since);
        open.delete(from);
        beats.delete(from);
      }),
    trim: () => at(() => undefined),
  };
}
