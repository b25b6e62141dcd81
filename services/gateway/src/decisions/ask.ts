import type { Ledger, Verdict } from "../ledger/port.ts";
import type { OpenEvents } from "./open-events.ts";
import type { WaitingRoom } from "./waiting-room.ts";

export type Answer =
  | { readonly kind: "decided"; readonly verdict: Verdict }
  | { readonly kind: "pending" }
  | { readonly kind: "unknown" };

export interface Question {
  readonly eventId: string;
  readonly client: string;
  readonly waitMs: number;
  /** Nobody listens any more, or we end. */
  readonly signal: AbortSignal;
}

export interface AskDeps {
  readonly ledger: Pick<Ledger, "event">;
  readonly openEvents: Pick<OpenEvents, "look" | "listen" | "isOpen">;
  readonly waitingRoom: WaitingRoom;
  readonly clock: () => number;
}

/** How long to wait before Redis is asked again about an event of another replica, which notes its decision there. */
const pauses = [100, 200, 400, 1000] as const;
/** One of our own we hear of; this only bounds what a mistake would cost. */
const ownPauseMs = 5000;

/**
 * What became of an event that this client has sent. One that waits costs a timer and a place in a table: the one reader
 * of this replica tells it. Redis says whether the event is known, whose it is and which registration is meant; so after a
 * loss of Redis, or when an id is used again, no earlier decision is taken for that of the event.
 * Rejects with BACK_PRESSURE or RATE_LIMITED when too many wait, and with REDIS_UNAVAILABLE.
 */
export async function ask(question: Question, deps: AskDeps): Promise<Answer> {
  if (question.waitMs <= 0) return lookUntil(question, deps);
  const leave = deps.waitingRoom.enter(question.client);
  try {
    return await lookUntil(question, deps);
  } finally {
    leave();
  }
}

async function lookUntil(
  { eventId, client, waitMs, signal }: Question,
  { ledger, openEvents, clock }: AskDeps,
): Promise<Answer> {
  const until = clock() + waitMs;
  const news = bell();
  const end = openEvents.listen(eventId, news.ring);
  signal.addEventListener("abort", news.ring, { once: true });
  try {
    // Redis is asked when there is news, or when the time is over.
    if (waitMs > 0 && !signal.aborted && openEvents.isOpen(eventId, client))
      await news.rung(Math.min(waitMs, ownPauseMs));
    for (let round = 0; ; round++) {
      const known = await ledger.event(eventId, client);
      if (known === null || !known.mine) return { kind: "unknown" };
      const here = openEvents.look(eventId, known.at);
      const awaitsAlert = here?.awaitsAlert === true;
      const verdict = here?.verdict ?? (awaitsAlert && known.verdict?.outcome !== "HIT" ? null : known.verdict);
      if (verdict !== null) return { kind: "decided", verdict };
      const left = until - clock();
      if (left <= 0 || signal.aborted) return { kind: "pending" };
      const pause = here === null || awaitsAlert ? (pauses[Math.min(round, pauses.length - 1)] ?? 1000) : ownPauseMs;
      await news.rung(Math.min(left, pause));
    }
  } finally {
    end();
    signal.removeEventListener("abort", news.ring);
  }
}

/** Something to wait for: what rings while nobody waits is not lost. */
function bell() {
  let rang = false;
  let wake: (() => void) | null = null;
  return {
    ring: (): void => {
      rang = true;
      wake?.();
    },
    async rung(mostMs: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, mostMs);
      wake = resolve;
      if (rang) resolve();
      await promise;
      clearTimeout(timer);
      wake = null;
      rang = false;
    },
  };
}
