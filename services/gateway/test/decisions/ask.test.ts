import { describe, expect, test } from "vitest";

import { ask } from "../../src/decisions/ask.ts";
import { createOpenEvents } from "../../src/decisions/open-events.ts";
import { createWaitingRoom } from "../../src/decisions/waiting-room.ts";
import type { KnownEvent } from "../../src/ledger/port.ts";

/** An event "e" that acme has sent here, and what Redis says of it. */
function open(known: KnownEvent | null = { at: 1, mine: true, verdict: null }) {
  const openEvents = createOpenEvents({ onDecided: () => undefined });
  openEvents.open(["e"], { at: 1, openedAt: 1, client: "acme" });
  const looks: string[] = [];
  const event = (eventId: string): Promise<KnownEvent | null> => {
    looks.push(eventId);
    return Promise.resolve(known);
  };
  const deps = { ledger: { event }, openEvents, waitingRoom: createWaitingRoom(10), clock: () => performance.now() };
  const over = new AbortController();
  const waits = (waitMs: number, client = "acme") => ask({ eventId: "e", client, waitMs, signal: over.signal }, deps);
  return { openEvents, looks, waits, over };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("who waits for an event that was sent here", () => {
  test("asks Redis once: when it is decided", async () => {
    const { openEvents, looks, waits } = open();
    const answer = waits(20_000);
    await turn();
    expect(looks).toEqual([]);
    openEvents.decided("e", "HOLD", { value: Buffer.from("d"), now: 2, followedAt: 2 });
    expect(await answer).toMatchObject({ kind: "decided", verdict: { outcome: "HOLD" } });
    expect(looks).toHaveLength(1);
  });

  test("is told what Redis says, where that has lost it or means a later registration", async () => {
    for (const [known, kind] of [
      [null, "unknown"],
      [{ at: 2, mine: true, verdict: null }, "pending"],
      [{ at: 1, mine: false, verdict: null }, "unknown"],
    ] as const) {
      const { openEvents, waits } = open(known);
      const answer = waits(50);
      openEvents.decided("e", "CLEAR", { value: Buffer.from("d"), now: 2, followedAt: 2 });
      expect(await answer).toEqual({ kind });
    }
  });

  test("asks when the time is over, or when nobody waits any more", async () => {
    const { looks, waits, over } = open();
    expect(await waits(20)).toEqual({ kind: "pending" });
    const answer = waits(20_000);
    over.abort();
    expect(await answer).toEqual({ kind: "pending" });
    expect(await waits(20_000)).toEqual({ kind: "pending" });
    expect(looks.length).toBeLessThanOrEqual(4);
  });

  test("asks at once who did not send it, or does not wait", async () => {
    const { looks, waits } = open();
    expect(await waits(0)).toEqual({ kind: "pending" });
    expect(looks).toHaveLength(1);
    void waits(50, "other");
    await turn();
    expect(looks).toHaveLength(2);
  });
});
