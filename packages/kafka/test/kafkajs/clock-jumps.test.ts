import { afterEach, expect, test, vi } from "vitest";

import { type AgingPool, beatAfterJump, type BeatingGroup, refreshAfterJump } from "../../src/kafkajs/clock-jumps.ts";

afterEach(() => {
  vi.useRealTimers();
});

const start = Date.UTC(2026, 0, 2);
const hour = 3_600_000;

/** As kafkajs 2.2.4 decides whether a heartbeat is due. */
function beatingGroup(): BeatingGroup & { beats: number } {
  return {
    lastRequest: Date.now(),
    beats: 0,
    heartbeat: beatAfterJump(function beat(this: BeatingGroup & { beats: number }, { interval }) {
      if (Date.now() < this.lastRequest + interval) return Promise.resolve();
      this.beats += 1;
      this.lastRequest = Date.now();
      return Promise.resolve();
    } as BeatingGroup["heartbeat"]),
  };
}

test("a heartbeat is due again when the clock was set back, and then as often as before", async () => {
  vi.useFakeTimers({ now: start });
  const group = beatingGroup();
  vi.setSystemTime(start + hour);
  await group.heartbeat({ interval: 1_000 });
  expect(group.beats).toBe(1);
  vi.setSystemTime(start - hour);
  await group.heartbeat({ interval: 1_000 });
  await group.heartbeat({ interval: 1_000 });
  expect(group.beats).toBe(2);
  vi.setSystemTime(start - hour + 1_000);
  await group.heartbeat({ interval: 1_000 });
  expect(group.beats).toBe(3);
});

test("metadata is fetched anew when the clock was set back behind its age, and not before it is old", async () => {
  vi.useFakeTimers({ now: start + hour });
  const pool: AgingPool & { fetches: number } = {
    metadataExpireAt: start + hour + 5_000,
    metadataMaxAge: 5_000,
    fetches: 0,
    refreshMetadataIfNecessary: refreshAfterJump(function refresh(this: AgingPool & { fetches: number }) {
      if (Date.now() <= (this.metadataExpireAt ?? 0)) return Promise.resolve();
      this.fetches += 1;
      this.metadataExpireAt = Date.now() + this.metadataMaxAge;
      return Promise.resolve();
    } as AgingPool["refreshMetadataIfNecessary"]),
  };
  await pool.refreshMetadataIfNecessary([]);
  expect(pool.fetches).toBe(0);
  vi.setSystemTime(start);
  await pool.refreshMetadataIfNecessary([]);
  await pool.refreshMetadataIfNecessary([]);
  expect(pool.fetches).toBe(1);
});
