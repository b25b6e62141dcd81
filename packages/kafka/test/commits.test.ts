import { NetworkError } from "@platformatic/kafka";
import { describe, expect, test, vi } from "vitest";

import { type CommitRight, type CommitsDeps, createCommits } from "../src/commits.ts";
import { BrokerError, isOutage, mustRejoin } from "../src/platformatic/protocol-errors.ts";
import type { Position } from "../src/port.ts";

const at = (partition: number, offset: number): Position => ({ topic: "t", partition, offset: BigInt(offset) });
const spell = (positions: readonly Position[]): string =>
  positions.map(({ partition, offset }) => `${String(partition)}:${String(offset)}`).join(" ");

function commitsWith({ commit, isStale, ...change }: Partial<CommitsDeps & CommitRight> = {}) {
  const committed: string[] = [];
  const failed: unknown[] = [];
  const ends: unknown[] = [];
  const commits = createCommits({
    interval: 30,
    right: () => ({
      commit: commit ?? (async () => Promise.resolve()),
      isStale: isStale ?? (() => false),
      noteGroupChange: mustRejoin,
    }),
    isOutage,
    committed: (positions) => committed.push(spell(positions)),
    commitFailed: (error) => failed.push(error),
    fail: (error) => {
      ends.push(error);
      return error;
    },
    ...change,
  });
  return { commits, committed, failed, ends };
}

describe("commits", () => {
  test("of several batches go out together, the furthest of each partition, within the interval", async () => {
    const { commits, committed } = commitsWith();
    commits.add(at(0, 5));
    commits.add(at(1, 7));
    commits.add(at(0, 9));
    expect(committed).toEqual([]);
    await vi.waitFor(() => {
      expect(committed).toEqual(["0:9 1:7"]);
    });
    await commits.flush();
    expect(committed).toHaveLength(1);
  });

  test("go out at once when that is asked for, and those that come meanwhile follow", async () => {
    const gate = Promise.withResolvers<void>();
    const { commits, committed } = commitsWith({ interval: 60_000, commit: () => gate.promise });
    commits.add(at(0, 1));
    const first = commits.flush();
    await new Promise(setImmediate);
    commits.add(at(0, 2));
    const second = commits.flush();
    gate.resolve();
    await Promise.all([first, second]);
    expect(committed).toEqual(["0:1", "0:2"]);
    commits.close();
  });

  test("are dropped, and that is told, once the group counts this member out", async () => {
    let calls = 0;
    const { commits, committed, failed } = commitsWith({
      isStale: () => true,
      commit: async () => {
        calls += 1;
        return Promise.resolve();
      },
    });
    commits.add(at(0, 1));
    await commits.flush();
    expect([calls, committed]).toEqual([0, []]);
    expect(failed).toMatchObject([{ code: "KAFKA_UNAVAILABLE" }]);
  });

  test("that the group refuses because it moved on are not made again", async () => {
    let calls = 0;
    const { commits, failed, ends } = commitsWith({
      commit: async () => {
        calls += 1;
        return Promise.reject(new BrokerError("ILLEGAL_GENERATION", "g"));
      },
    });
    commits.add(at(0, 1));
    await commits.flush();
    await commits.flush();
    expect([calls, failed.length, ends]).toEqual([1, 1, []]);
  });

  test("that an outage spoils are told, wait on, and are made again", async () => {
    let away = true;
    const { commits, committed, failed } = commitsWith({
      interval: 60_000,
      commit: async () => (away ? Promise.reject(new BrokerError("NOT_COORDINATOR", "g")) : Promise.resolve()),
    });
    commits.add(at(0, 1));
    await commits.flush();
    expect([committed, failed.length]).toEqual([[], 1]);
    commits.add(at(0, 3));
    away = false;
    await commits.flush();
    expect(committed).toEqual(["0:3"]);
    commits.close();
  });

  test.each([
    ["ECONNRESET", "Client network socket disconnected before secure TLS connection was established"],
    ["CERT_HAS_EXPIRED", "certificate has expired"],
  ])("are no end of the consumer while a broker behind TLS comes back (%s)", async (code, message) => {
    let away = true;
    const cause = Object.assign(new Error(message), { code });
    const { commits, committed, ends } = commitsWith({
      interval: 60_000,
      commit: async () => (away ? Promise.reject(new NetworkError("Connection failed", { cause })) : Promise.resolve()),
    });
    commits.add(at(0, 1));
    await commits.flush();
    expect(ends).toEqual([]);
    away = false;
    await commits.flush();
    expect(committed).toEqual(["0:1"]);
    commits.close();
  });

  test("that hang make what comes next wait", () => {
    vi.useFakeTimers();
    const { commits } = commitsWith({ commit: () => new Promise(() => undefined) });
    commits.add(at(0, 1));
    expect(commits.overdue()).toBe(false);
    vi.advanceTimersByTime(1_100);
    expect(commits.overdue()).toBe(true);
    commits.close();
    vi.useRealTimers();
  });

  test("that fail in a way nobody knows are the end", async () => {
    const bug = new TypeError("a bug");
    const { commits, ends } = commitsWith({ commit: async () => Promise.reject(bug) });
    commits.add(at(0, 1));
    await commits.flush();
    expect(ends).toEqual([bug]);
  });

  test("of an earlier membership that an outage spoils do not wait on for the next one", async () => {
    let away = true;
    const asked: string[] = [];
    const { commits, committed } = commitsWith({
      interval: 60_000,
      commit: async (positions) => {
        asked.push(spell(positions));
        return away ? Promise.reject(new BrokerError("NOT_COORDINATOR", "g")) : Promise.resolve();
      },
    });
    commits.add(at(0, 1));
    const first = commits.flush();
    await vi.waitFor(() => {
      expect(asked).toEqual(["0:1"]);
    });
    commits.drop();
    await first;
    away = false;
    commits.add(at(1, 2));
    await commits.flush();
    expect(committed).toEqual(["1:2"]);
    commits.close();
  });
});
