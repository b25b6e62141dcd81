import { describe, expect, test } from "vitest";

import { alive, ready, type Vitals } from "../src/health.ts";

const well: Vitals = {
  lastProgressAt: 99_000,
  batchAliveAt: null,
  joined: true,
  generation: 1,
  indexAge: 10,
  indexMaxAge: 100,
  waiting: [],
  known: [],
};
const about = { now: 100_000, stallMs: 5_000 };

describe("alive", () => {
  test("is a screener whose consumer shows signs of life, or was not started yet", () => {
    expect(alive(well, about)).toEqual({ ok: true });
    expect(alive({ ...well, lastProgressAt: null }, about)).toEqual({ ok: true });
  });

  test("is not one whose consumer fell silent", () => {
    expect(alive({ ...well, lastProgressAt: 94_000 }, about)).toEqual({
      ok: false,
      reasons: ["the consumer gave no sign of life for 6 s"],
    });
  });

  test("is not one with a stuck batch, also while the consumer fetches others", () => {
    expect(alive({ ...well, batchAliveAt: 94_000 }, about)).toEqual({
      ok: false,
      reasons: ["a batch in hand gave no sign of life for 6 s"],
    });
  });
});

describe("ready", () => {
  test("is a screener with a fresh index that joined its group", () => {
    expect(ready(well)).toEqual({ ok: true, reasons: [] });
  });

  test("is not one whose work waits for something outside, which it names", () => {
    const waiting = ["waiting for the schema registry, REGISTRY_REFUSED: status 401"];
    expect(ready({ ...well, waiting })).toEqual({ ok: false, reasons: waiting });
  });

  test("says what is known of why, and says it of a screener that is ready not at all", () => {
    const known = ["waiting for Redis, REDIS_REFUSED: WRONGPASS"];
    expect(ready({ ...well, known })).toEqual({ ok: true, reasons: [] });
    expect(ready({ ...well, generation: null, known }).reasons).toEqual([
      expect.stringContaining("no index"),
      ...known,
    ]);
  });

  test.each([
    ["without an index", { generation: null, indexAge: Number.POSITIVE_INFINITY }, /no index/],
    ["with a stale index", { indexAge: 101 }, /older than/],
    ["outside of its group", { joined: false }, /not joined/],
  ])("is not one %s", (_, change, reason) => {
    expect(ready({ ...well, ...change })).toEqual({ ok: false, reasons: [expect.stringMatching(reason)] });
  });
});
