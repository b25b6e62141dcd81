import { describe, expect, test } from "vitest";

import { createOpenEvents, type OpenEventsOptions } from "../../src/decisions/open-events.ts";

function open(more: Partial<OpenEventsOptions> = {}) {
  const decided: string[] = [];
  const events = createOpenEvents({
    onDecided: (outcome, milliseconds) => void decided.push(`${outcome} ${String(milliseconds)}`),
    ...more,
  });
  const registered = (at: number, ...ids: readonly string[]) => events.open(ids, { at, openedAt: at, client: "acme" });
  const seen = (id: string, outcome: string, now = 10, { bytes = 4, followedAt = now } = {}) =>
    events.decided(id, outcome, { value: Buffer.alloc(bytes, outcome), now, followedAt });
  const note = (now = 20) => {
    const verdicts = events.unnoted(now);
    events.noted(verdicts);
    return [...verdicts].map(([id, { outcome }]) => `${id} ${outcome}`);
  };
  return { events, decided, registered, seen, note };
}

describe("open events", () => {
  test("a decision is told once, with how long it took, and noted once", () => {
    const { events, decided, registered, seen, note } = open();
    registered(1, "a", "b");
    seen("a", "CLEAR", 31);
    seen("a", "CLEAR", 40);
    expect(decided).toEqual(["CLEAR 30"]);
    expect([events.undecided, events.oldest(), events.firstFresh()?.followedAt]).toEqual([1, 1, 31]);
    expect(note(50)).toEqual(["a CLEAR"]);
    expect(note(51)).toEqual([]);
    expect(events.firstFresh()).toBeNull();
    expect(events.look("a", 1)?.verdict?.outcome).toBe("CLEAR");
  });

  test("what was written long before it was seen counts as followed once it is noted, and no sooner", () => {
    const { events, registered, seen, note } = open();
    registered(1, "a", "b");
    seen("a", "HOLD", 500_000, { followedAt: 100_000 });
    seen("b", "CLEAR", 500_001, { followedAt: 500_000 });
    seen("a", "CLEAR", 500_002, { followedAt: 500_000 });
    expect([events.firstFresh(), events.lastOrder]).toEqual([{ order: 1, followedAt: 100_000 }, 2]);
    note();
    expect(events.firstFresh()).toBeNull();
    seen("b", "HIT", 600_000);
    expect([events.firstFresh(), events.lastOrder]).toEqual([{ order: 3, followedAt: 600_000 }, 3]);
  });

  test("a hit without its alert is noted at once when the clock was set back: nobody knows how long it has waited", () => {
    const { events, registered, seen, note } = open();
    registered(1, "a");
    seen("a", "HIT", 5_000_000);
    expect(note(5_002_000)).toEqual([]);
    expect(note(1_000_000)).toEqual(["a HIT"]);
    expect(events.firstFresh()).toBeNull();
  });

  test("what was known of an event is forgotten when it is registered anew", () => {
    const { events, registered, seen, note } = open();
    registered(1, "a");
    seen("a", "CLEAR");
    note();
    registered(2, "a");
    expect(events.look("a", 1)).toBeNull();
    expect(events.look("a", 2)).toEqual({ verdict: null, awaitsAlert: false });
    expect(events.undecided).toBe(1);
  });

  test("a hit waits for its alert, but not for ever", () => {
    const { registered, seen, note, events } = open();
    registered(1, "a", "b");
    seen("a", "HIT", 100);
    seen("b", "HIT", 100);
    expect(note(110)).toEqual([]);
    events.alerted("a", Buffer.from("alert"));
    expect(note(111)).toEqual(["a HIT"]);
    expect(note(10_000)).toEqual(["b HIT"]);
    expect(events.look("a", 1)?.verdict?.alert?.toString()).toBe("alert");
    expect(events.look("b", 1)?.verdict?.alert).toBeNull();
  });

  test("a hit whose alert comes when it was noted, or while it is, is noted once more with it", () => {
    const { registered, seen, note, events } = open();
    registered(1, "a", "b");
    seen("a", "HIT", 100);
    expect(note(10_000)).toEqual(["a HIT"]);
    seen("b", "HIT", 10_000);
    const withoutAlert = events.unnoted(20_000);
    for (const id of ["a", "b"]) events.alerted(id, Buffer.from("alert"));
    events.noted(withoutAlert);
    expect(note(20_001).toSorted()).toEqual(["a HIT", "b HIT"]);
    for (const id of ["a", "b"]) expect(events.look(id, 1)?.verdict?.alert?.toString()).toBe("alert");
    events.alerted("a", Buffer.from("alert"));
    expect(note(20_002)).toEqual([]);
  });

  test("a HOLD may be replaced by anything, a CLEAR by a HIT only", () => {
    const { registered, seen, note } = open();
    registered(1, "a");
    seen("a", "HOLD");
    expect(note()).toEqual(["a HOLD"]);
    seen("a", "CLEAR");
    seen("a", "HOLD");
    expect(note()).toEqual(["a CLEAR"]);
    seen("a", "HOLD");
    expect(note()).toEqual([]);
  });

  test("an event is open to the client that sent it here, until it is decided", () => {
    const { events, registered, seen } = open();
    registered(1, "a");
    events.open(["b"], { at: 1, openedAt: null, client: null });
    expect([events.isOpen("a", "acme"), events.isOpen("a", "other"), events.isOpen("b", "acme")]).toEqual([
      true,
      false,
      false,
    ]);
    seen("a", "HOLD");
    expect(events.isOpen("a", "acme")).toBe(false);
  });

  test("a HIT replaces what was settled as CLEAR, with the alert that came before it", () => {
    const { events, registered, seen, note } = open();
    registered(1, "a");
    seen("a", "CLEAR");
    expect(note()).toEqual(["a CLEAR"]);
    events.alerted("a", Buffer.from("alert"));
    expect(note()).toEqual([]);
    seen("a", "HIT");
    expect(events.look("a", 1)?.verdict?.outcome).toBe("HIT");
    expect(note()).toEqual(["a HIT"]);
    expect(events.look("a", 1)?.verdict?.alert?.toString()).toBe("alert");
    seen("a", "CLEAR");
    expect(note()).toEqual([]);
  });

  test("a HIT whose alert is awaited is no longer what it was, and one of an event that is not known here is noted", () => {
    const { events, registered, seen, note } = open({ settledKept: 0 });
    registered(1, "a");
    seen("a", "CLEAR");
    note();
    for (const id of ["a", "of another"]) {
      expect(events.look(id, 1)).toBeNull();
      seen(id, "HOLD");
      seen(id, "HIT", 100);
      expect(events.look(id, 1)).toEqual({ verdict: null, awaitsAlert: true });
    }
    events.trim(50);
    expect(note(10_000)).toEqual(["a HIT", "of another HIT"]);
    expect(note(10_001)).toEqual([]);
    expect(events.undecided).toBe(0);
  });

  test("an event in doubt counts as no open one, and its decision is noted all the same", () => {
    const { events, registered, seen, note } = open();
    registered(1, "a");
    events.doubt(["a", "stranger"]);
    expect([events.undecided, events.oldest()]).toEqual([0, null]);
    seen("a", "CLEAR");
    expect(note()).toEqual(["a CLEAR"]);
  });

  test("who listens is told of a decision, of an alert, and of an event of another replica; then no more", () => {
    const { events, registered, seen } = open();
    registered(1, "a");
    const told: string[] = [];
    const ends = ["a", "a", "of another"].map((id) => events.listen(id, () => void told.push(id)));
    expect(events.waiting).toBe(3);
    seen("a", "CLEAR");
    seen("of another", "CLEAR");
    expect(told).toEqual(["a", "a", "of another"]);
    for (const end of ends) end();
    events.alerted("a", Buffer.alloc(1));
    expect([told.length, events.waiting]).toEqual([3, 0]);
  });

  test("what is kept at hand is bounded by number, by bytes and by age", () => {
    const { events, registered, seen, note } = open({ settledKept: 3, settledBytes: 100 });
    const ids = ["a", "b", "c", "d"];
    registered(1, ...ids);
    for (const id of ids) seen(id, "CLEAR");
    note();
    expect(ids.filter((id) => events.look(id, 1) !== null)).toEqual(["b", "c", "d"]);
    registered(2, "large");
    seen("large", "CLEAR", 10, { bytes: 95 });
    note();
    expect(["d", "large"].filter((id) => events.look(id, id === "d" ? 1 : 2) !== null)).toEqual(["d", "large"]);
    expect(events.look("c", 1)).toBeNull();
    events.trim(3);
    expect(events.look("large", 2)).toBeNull();
  });
});
