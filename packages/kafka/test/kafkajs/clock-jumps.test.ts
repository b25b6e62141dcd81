import { afterEach, expect, test, vi } from "vitest";

import {
  type AgingPool,
  beatAfterJump,
  type BeatingGroup,
  keepByMonotonicClock,
  refreshAfterJump,
} from "../../src/kafkajs/clock-jumps.ts";

afterEach(() => {
  vi.useRealTimers();
});

const start = Date.UTC(2026, 0, 2);
const hour = 3_600_000;

/** As kafkajs 2.2.4 decides whether a heartbeat is due. */
function beatingGroup(beaten: () => void): BeatingGroup {
  return {
    lastRequest: Date.now(),
    heartbeat: beatAfterJump(function beat({ interval }) {
      if (Date.now() < this.lastRequest + interval) return Promise.resolve();
      beaten();
      this.lastRequest = Date.now();
      return Promise.resolve();
    }),
  };
}

test("a heartbeat is due again when the clock was set back, and then as often as before", async () => {
  vi.useFakeTimers({ now: start });
  const beaten = vi.fn<() => void>();
  const group = beatingGroup(beaten);
  vi.setSystemTime(start + hour);
  await group.heartbeat({ interval: 1_000 });
  expect(beaten).toHaveBeenCalledTimes(1);
  vi.setSystemTime(start - hour);
  await group.heartbeat({ interval: 1_000 });
  await group.heartbeat({ interval: 1_000 });
  expect(beaten).toHaveBeenCalledTimes(2);
  vi.setSystemTime(start - hour + 1_000);
  await group.heartbeat({ interval: 1_000 });
  expect(beaten).toHaveBeenCalledTimes(3);
});

test("metadata is fetched anew when the clock was set back behind its age, and not before it is old", async () => {
  vi.useFakeTimers({ now: start + hour });
  let fetches = 0;
  const pool: AgingPool = {
    metadataExpireAt: start + hour + 5_000,
    metadataMaxAge: 5_000,
    refreshMetadataIfNecessary: refreshAfterJump(function refresh(this: AgingPool) {
      if (Date.now() <= (this.metadataExpireAt ?? 0)) return Promise.resolve();
      fetches += 1;
      this.metadataExpireAt = Date.now() + this.metadataMaxAge;
      return Promise.resolve();
    }),
  };
  await pool.refreshMetadataIfNecessary([]);
  expect(fetches).toBe(0);
  vi.setSystemTime(start);
  await pool.refreshMetadataIfNecessary([]);
  await pool.refreshMetadataIfNecessary([]);
  expect(fetches).toBe(1);
});

test.each([["back", -hour] as const, ["ahead", hour] as const])(
  "a throttle ends when it should though the clock is set %s",
  (_, jump) => {
    vi.useFakeTimers({ now: start });
    const prototype = {};
    keepByMonotonicClock(prototype, "throttledUntil");
    const kept = Object.create(prototype) as { throttledUntil: number };
    kept.throttledUntil = Date.now() + 1_000;
    vi.setSystemTime(start + jump);
    expect(kept.throttledUntil - Date.now()).toBeCloseTo(1_000, 3);
    vi.advanceTimersByTime(1_001);
    expect(kept.throttledUntil).toBeLessThan(Date.now());
  },
);

test("what has no time yet has none", () => {
  vi.useFakeTimers({ now: start });
  const prototype = {};
  keepByMonotonicClock(prototype, "sentAt");
  const request = Object.create(prototype) as { sentAt: number | null };
  expect(request.sentAt).toBeNull();
  request.sentAt = 5;
  expect(request.sentAt).toBeCloseTo(5, 3);
  request.sentAt = null;
  expect(request.sentAt).toBeNull();
});
