import { CordonError } from "@cordon/errors";
import type { ConsumedRecord } from "@cordon/kafka";
import { afterEach, expect, test, vi } from "vitest";

import { keepLedger, type LedgerKeeper } from "../../src/decisions/keep-ledger.ts";
import { createOpenEvents } from "../../src/decisions/open-events.ts";
import { outcomeOf } from "../../src/decisions/outcome-of.ts";
import type { Ledger } from "../../src/ledger/port.ts";
import { createLedgerBackend, memoryLedger } from "../support/memory-ledger.ts";

const hour = 3_600_000;
const margin = 60_000;
const keepers: LedgerKeeper[] = [];
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.close();
});

/** Replicas that share a ledger, and a topic of decisions that were written at a time. Time passes by `pass` only. */
function setUp() {
  let now = 100 * hour;
  const backend = createLedgerBackend(() => now);
  const written: ConsumedRecord[] = [];
  const ledgerOf = (instance: string): Ledger => memoryLedger(backend, { instance, claimMs: 1000, deadMs: 5000 });
  return {
    backend,
    now: () => now,
    pass: (milliseconds: number) => void (now += milliseconds),
    ledgerOf,
    /** Takes an event and dies. */
    dies: async (instance: string, eventId: string, followedAt = now) => {
      const ledger = ledgerOf(instance);
      await ledger.beat(followedAt);
      await ledger.register([{ eventId, print: "p" }], "acme");
    },
    decide: (eventId: string, { timestamp = now, outcome = "CLEAR" } = {}) =>
      void written.push({
        key: Buffer.from(eventId),
        value: Buffer.from(`decision of ${eventId}`),
        timestamp,
        offset: 0n,
        header: () => Buffer.from(outcome),
      }),
    verdict: async (eventId: string) => (await ledgerOf("who asks").event(eventId, "acme"))?.verdict?.outcome ?? null,
    /** One that follows; `ledger` stands between it and Redis. */
    replica: (
      instance: string,
      { ledger = (real: Ledger) => real, followedAt = () => now, lookedBack = (): void => undefined } = {},
    ) => {
      const openEvents = createOpenEvents({ onDecided: () => undefined });
      const lookedSince: number[] = [];
      const again = (since: number, wanted: (record: ConsumedRecord) => boolean): Promise<void> => {
        lookedSince.push(since);
        for (const record of written.filter((one) => one.timestamp >= since && wanted(one)))
          openEvents.decided(record.key?.toString() ?? "", outcomeOf(record), {
            value: record.value ?? Buffer.alloc(0),
            now,
            followedAt: followedAt(),
          });
        lookedBack();
        return Promise.resolve();
      };
      const telemetry = { ledgerAway: () => undefined, ledgerBack: () => undefined, eventsAdopted: () => undefined };
      const keeper = keepLedger({
        ledger: ledger(ledgerOf(instance)),
        openEvents,
        follower: { followedAt, again },
        telemetry,
        keptMs: 24 * hour,
        clock: () => now,
      });
      keepers.push(keeper);
      return { lookedSince, openEvents };
    },
  };
}

/** A ledger that does what it is asked for by `name`, and does not answer, the first time. */
function losing(name: "adopt" | "inherited") {
  let lose = true;
  async function lost<T>(answer: Promise<T>): Promise<T> {
    const told = await answer;
    if (!lose) return told;
    lose = false;
    throw new CordonError("REDIS_UNAVAILABLE", "the answer was lost");
  }
  return (real: Ledger): Ledger => ({
    ...real,
    ...(name === "adopt"
      ? { adopt: (inHand) => lost(real.adopt(inHand)) }
      : { inherited: (from: string) => lost(real.inherited(from)) }),
  });
}

const soon = { timeout: 8000, interval: 50 };

test.each(["adopt", "inherited"] as const)(
  "events of one that is gone get the decision that was made before, although the answer of `%s` was lost",
  async (name) => {
    const { dies, decide, pass, replica, verdict, backend, now } = setUp();
    await dies("gone", "e");
    decide("e");
    pass(hour);
    // The first answer says that there is something.
    const { lookedSince } = replica("heir", { ledger: losing(name) });
    const began = now();
    await vi.waitFor(async () => {
      // The heir may have died by its silence, too: time goes on.
      pass(10);
      expect(await verdict("e")).toBe("CLEAR");
      expect([...backend.heirs]).toEqual([]);
      expect([...backend.beats.keys()]).toEqual(["heir"]);
    }, soon);
    expect(lookedSince.every((since) => since <= began - hour - margin)).toBe(true);
  },
);

test("what an heir had not found when it died is looked for by the next from the same time on", async () => {
  const { dies, decide, pass, replica, verdict, backend, ledgerOf } = setUp();
  await dies("gone", "e");
  decide("e");
  pass(hour);
  // It has beaten with a time of its own, was given the events, and said nothing any more.
  const heir = ledgerOf("heir");
  await heir.beat(backend.now());
  expect(await heir.adopt()).toHaveLength(1);
  pass(hour);
  replica("next");
  await vi.waitFor(async () => {
    expect(await verdict("e")).toBe("CLEAR");
  }, soon);
});

test("what was found and is not noted is not inherited, although the clock was set back meanwhile", async () => {
  const { dies, decide, pass, replica, verdict, backend } = setUp();
  await dies("gone", "e");
  decide("e");
  pass(hour);
  /** Had it inherited the event before it is noted, and died, the next one would look for its decision from too late a time on. */
  const left: boolean[] = [];
  replica("heir", {
    lookedBack: () => pass(-10_000),
    ledger: (real) => ({
      ...real,
      decided: async (verdicts) => {
        if (left.length === 8) return await real.decided(verdicts);
        left.push(backend.beats.has("gone"));
        throw new CordonError("REDIS_UNAVAILABLE", "no room");
      },
    }),
  });
  await vi.waitFor(async () => {
    expect(await verdict("e")).toBe("CLEAR");
    expect([...backend.beats.keys()]).toEqual(["heir"]);
  }, soon);
  expect(left).toEqual(Array.from({ length: 8 }, () => true));
});

test("one that does not follow yet takes nothing over: what is decided in between would be seen by nobody", async () => {
  const { dies, decide, pass, replica, verdict, now } = setUp();
  await dies("gone", "e");
  pass(hour);
  let followedAt = 0;
  const { lookedSince } = replica("starting", { followedAt: () => followedAt });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(lookedSince).toEqual([]);
  decide("e");
  followedAt = now();
  await vi.waitFor(async () => {
    expect(await verdict("e")).toBe("CLEAR");
  }, soon);
});

test("it says of itself how far it has seen without what it saw and did not note", async () => {
  const { pass, replica, backend, now } = setUp();
  backend.away = true;
  const written = now();
  let followedAt = written - 1;
  const { openEvents } = replica("slow", { followedAt: () => followedAt });
  openEvents.open(["e"], { at: written, openedAt: written, client: "acme" });
  pass(hour);
  openEvents.decided("e", "HIT", { value: Buffer.from("d"), now: now(), followedAt });
  followedAt = now();
  backend.away = false;
  await vi.waitFor(() => {
    expect(backend.beats.get("slow")?.followedAt).toBe(written - 1);
  }, soon);
  pass(10_000);
  await vi.waitFor(() => {
    expect(backend.beats.get("slow")?.followedAt).toBe(followedAt);
  }, soon);
});

test("a HIT that came while nobody followed replaces a CLEAR, also of an event that was not left open", async () => {
  const { dies, decide, pass, replica, verdict, ledgerOf } = setUp();
  await dies("gone", "open");
  await dies("gone", "clear");
  await ledgerOf("gone").decided(new Map([["clear", { outcome: "CLEAR", decision: Buffer.from("d"), alert: null }]]));
  pass(hour);
  decide("clear", { outcome: "HIT" });
  decide("of nobody here", { outcome: "HIT" });
  decide("open");
  pass(hour);
  replica("heir");
  await vi.waitFor(async () => {
    // A HIT waits for its alert.
    pass(1000);
    expect([await verdict("open"), await verdict("clear")]).toEqual(["CLEAR", "HIT"]);
  }, soon);
  expect(await verdict("of nobody here")).toBeNull();
});

test("a decision that was written before an event was registered is of an earlier one of its id", async () => {
  const { dies, decide, pass, replica, verdict, now } = setUp();
  decide("e");
  pass(hour);
  await dies("gone", "e", now() - 2 * hour);
  await dies("gone too", "other", now() - 2 * hour);
  decide("other");
  pass(hour);
  replica("heir");
  await vi.waitFor(async () => {
    expect(await verdict("other")).toBe("CLEAR");
  }, soon);
  expect(await verdict("e")).toBeNull();
});
