import { beforeEach, describe, expect, test, vi } from "vitest";

import type { Ledger, Verdict } from "../../src/ledger/port.ts";

/** Replicas over one store of their own. A replica that beats is alive for `deadMs` after it. */
export interface LedgerBench {
  replica(): Ledger;
  readonly deadMs: number;
  readonly claimMs: number;
}

const message = { key: "a-key", print: "a-print" };
const verdict = (outcome: string, alert: Buffer | null = null): Verdict => ({
  outcome,
  decision: Buffer.from([0, 255, ...Buffer.from(outcome)]),
  alert,
});

export function ledgerConformance(name: string, open: () => LedgerBench): void {
  describe(`the ledger ${name}`, () => {
    let bench: LedgerBench;
    let one: Ledger;
    let other: Ledger;
    beforeEach(async () => {
      bench = open();
      one = bench.replica();
      other = bench.replica();
      await one.beat(1);
      await other.beat(1);
    });

    test("one request has a message in hand, whichever replica asks", async () => {
      expect(await one.claim(message)).toEqual({ kind: "claimed", sent: 0 });
      expect(await one.claim(message)).toEqual({ kind: "in-progress" });
      expect(await other.claim(message)).toEqual({ kind: "in-progress" });
      await one.finish(message);
      expect(await one.claim(message)).toEqual({ kind: "done" });
      expect(await other.claim(message)).toEqual({ kind: "done" });
    });

    test("another content under the same name is refused in every state", async () => {
      const reused = { ...message, print: "another" };
      await one.claim(message);
      expect(await other.claim(reused)).toEqual({ kind: "reused" });
      await one.release(message);
      expect(await other.claim(reused)).toEqual({ kind: "reused" });
      await one.claim(message);
      await one.finish(message);
      expect(await other.claim(reused)).toEqual({ kind: "reused" });
    });

    test("who goes on with a message learns how far it came", async () => {
      await one.claim(message);
      await one.sent(message, 250);
      await one.release(message);
      expect(await other.claim(message)).toEqual({ kind: "claimed", sent: 250 });
      // The first one has lost it.
      await one.finish(message);
      expect(await one.claim(message)).toEqual({ kind: "in-progress" });
    });

    test("the message of a replica that no longer beats, or that takes too long, is free", async () => {
      await one.claim(message);
      await vi.waitFor(
        async () => {
          await other.beat(1);
          expect((await other.claim(message)).kind).toBe("claimed");
        },
        { timeout: bench.deadMs * 4 },
      );
      const second = { key: "second", print: "p" };
      await one.beat(1);
      await one.claim(second);
      await vi.waitFor(
        async () => {
          await one.beat(1);
          expect((await other.claim(second)).kind).toBe("claimed");
        },
        { timeout: bench.claimMs * 4 },
      );
    });

    test("an event is known to the clients that have sent it", async () => {
      expect(await one.event("e", "acme")).toBeNull();
      const registered = await one.register([{ eventId: "e", print: "p" }], "acme");
      expect(registered.kind).toBe("registered");
      const at = registered.kind === "registered" ? registered.at : 0;
      expect(await other.event("e", "acme")).toEqual({ at, mine: true, verdict: null });
      expect(await other.event("e", "bank")).toEqual({ at, mine: false, verdict: null });
      await other.register([{ eventId: "e", print: "p" }], "bank");
      expect(await one.event("e", "bank")).toMatchObject({ mine: true });
      expect(await one.event("e", "acme")).toMatchObject({ mine: true });
    });

    test("an event's id with another content is refused, and none of those beside it is registered", async () => {
      await one.register([{ eventId: "e", print: "p" }], "acme");
      const both = [
        { eventId: "new", print: "p" },
        { eventId: "e", print: "other" },
      ];
      expect(await other.register(both, "bank")).toEqual({ kind: "reused", eventId: "e" });
      expect(await one.event("new", "bank")).toBeNull();
      expect(await one.event("e", "bank")).toMatchObject({ mine: false });
    });

    test("a verdict is kept byte for byte, and forgotten when its event is registered anew", async () => {
      await one.register([{ eventId: "e", print: "p" }], "acme");
      const hit = verdict("HIT", Buffer.from([1, 0, 254]));
      await one.decided(new Map([["e", hit]]));
      expect((await other.event("e", "acme"))?.verdict).toEqual(hit);
      await other.register([{ eventId: "e", print: "p" }], "acme");
      expect((await one.event("e", "acme"))?.verdict).toBeNull();
      await one.decided(new Map([["never registered", hit]]));
      expect(await one.event("never registered", "acme")).toBeNull();
    });

    const orders = [
      [["HOLD", "CLEAR"], "CLEAR"],
      [["HOLD", "HIT"], "HIT"],
      [["CLEAR", "HOLD"], "CLEAR"],
      [["CLEAR", "HIT"], "HIT"],
      [["HIT", "CLEAR"], "HIT"],
      [["HIT", "HOLD", "CLEAR"], "HIT"],
    ] as const;
    test.each(orders)("of %j the one that stands is %s", async (said, stands) => {
      await one.register([{ eventId: "e", print: "p" }], "acme");
      for (const outcome of said) await one.decided(new Map([["e", verdict(outcome)]]));
      expect((await other.event("e", "acme"))?.verdict).toEqual(verdict(stands));
    });

    test("a hit that another replica tells without its alert keeps it, and takes one that comes later", async () => {
      await one.register([{ eventId: "e", print: "p" }], "acme");
      const alerts = [null, Buffer.from("alert"), null];
      for (const alert of alerts) await other.decided(new Map([["e", verdict("HIT", alert)]]));
      expect((await one.event("e", "acme"))?.verdict?.alert?.toString()).toBe("alert");
    });

    test("what a replica that is gone has left open is taken over once, without what was decided", async () => {
      await one.beat(1234);
      const events = ["open", "clear", "hold"].map((eventId) => ({ eventId, print: "p" }));
      await one.register(events, "acme");
      await one.decided(
        new Map([
          ["clear", verdict("CLEAR")],
          ["hold", verdict("HOLD")],
        ]),
      );
      expect(await other.adopt()).toEqual([]);
      const third = bench.replica();
      const adopted = await vi.waitFor(
        async () => {
          await other.beat(1);
          const found = await other.adopt();
          expect(found).toHaveLength(1);
          return found;
        },
        { timeout: bench.deadMs * 4 },
      );
      expect(adopted[0]?.followedAt).toBe(1234);
      expect(await other.adopt(new Set(adopted.map(({ from }) => from)))).toEqual([]);
      // Its answer may have been lost.
      expect(await other.adopt()).toEqual(adopted);
      expect(adopted[0]?.events.map(({ eventId }) => eventId).toSorted()).toEqual(["hold", "open"]);
      expect(await third.adopt()).toEqual([]);
    });

    /** What that one is given of others, once it is given something. */
    const adopted = (heir: Ledger) =>
      vi.waitFor(
        async () => {
          await heir.beat(5_000_000);
          const found = await heir.adopt();
          expect(found).not.toEqual([]);
          return found;
        },
        { timeout: bench.deadMs * 6 },
      );
    const gone = async (heir: Ledger) => (await adopted(heir)).map(({ from }) => from);
    const given = async (heir: Ledger) =>
      (await adopted(heir)).flatMap(({ events, followedAt }) =>
        events.map(({ eventId }) => `${eventId} ${String(followedAt)}`),
      );
    const register = (...ids: readonly string[]) =>
      one.register(
        ids.map((eventId) => ({ eventId, print: "p" })),
        "acme",
      );

    /** Until that one is given that event of others, and up to when it had been followed. */
    const untilGiven = (heir: Ledger, told: string) =>
      vi.waitFor(
        async () => {
          await heir.beat(5_000_000);
          const events = (await heir.adopt()).flatMap((left) => left.events.map((event) => ({ ...event, ...left })));
          expect(events.map(({ eventId, followedAt }) => `${eventId} ${String(followedAt)}`)).toContain(told);
          return events.map(({ from }) => from);
        },
        { timeout: bench.deadMs * 6 },
      );

    test("events of one that died before it could say that it lives, or was given up, are taken over like all others", async () => {
      const unheard = bench.replica();
      await unheard.register([{ eventId: "e", print: "p" }], "acme");
      for (const from of await untilGiven(other, "e 0")) await other.inherited(from);
      // It stood still, and goes on.
      await unheard.register([{ eventId: "later", print: "p" }], "acme");
      expect(await untilGiven(other, "later 0")).toHaveLength(1);
    });

    test("one whose clock goes far ahead has followed no further than when it was heard of last", async () => {
      await one.beat(Date.now() + 3_600_000);
      await register("open");
      const told = await adopted(other);
      expect(told.flatMap(({ events }) => events.map(({ eventId }) => eventId))).toContain("open");
      expect(Math.max(...told.map(({ followedAt }) => followedAt))).toBeLessThanOrEqual(Date.now());
    });

    test("what one that was given up itself has inherited is taken over, too", async () => {
      await one.beat(1234);
      await register("open");
      const third = bench.replica();
      const names = await untilGiven(other, "open 1234");
      // It stands still, and the third one takes it over, but for what it had taken over.
      const found = await vi.waitFor(
        async () => {
          await third.beat(1);
          const left = await third.adopt(new Set(names));
          expect(left).not.toEqual([]);
          return left;
        },
        { timeout: bench.deadMs * 6 },
      );
      for (const { from } of found) await third.inherited(from);
      for (const from of names) await other.inherited(from);
      expect(await untilGiven(third, "open 0")).toHaveLength(1);
    });

    test("what an heir has not found before it died goes to the next, from where the first had stopped", async () => {
      await one.beat(1234);
      await register("open", "found");
      expect((await given(other)).toSorted()).toEqual(["found 1234", "open 1234"]);
      await other.decided(new Map([["found", verdict("CLEAR")]]));
      expect(await given(bench.replica())).toEqual(["open 1234"]);
    });

    test("what was inherited is the heir's own: it goes on from where that one stopped", async () => {
      await one.beat(1234);
      await register("open");
      const names = await gone(other);
      for (const from of [...names, ...names]) await other.inherited(from);
      expect(await other.adopt()).toEqual([]);
      expect(await given(bench.replica())).toEqual(["open 5000000"]);
    });

    test("one that comes back while it is inherited from keeps what is its own", async () => {
      await one.beat(1234);
      await register("open");
      const names = await gone(other);
      await one.beat(4321);
      await register("later");
      for (const from of names) await other.inherited(from);
      expect((await given(other)).toSorted()).toEqual(["later 4321", "open 4321"]);
    });
  });
}
