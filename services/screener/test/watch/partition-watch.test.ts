import type { Admin, PartitionSurvey } from "@cordon/kafka";
import { afterEach, expect, test, vi } from "vitest";

import { watchPartitions } from "../../src/watch/partition-watch.ts";
import { recordTelemetry } from "../support/record-telemetry.ts";

const topic = "payments.v1";

afterEach(() => {
  vi.useRealTimers();
});

function watchOver(answers: (() => Promise<readonly PartitionSurvey[]>)[]) {
  vi.useFakeTimers();
  const told = recordTelemetry();
  let opened = 0;
  const admin: Admin = {
    ensureTopics: async () => Promise.resolve([]),
    survey: async () => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? [],
    close: async () => Promise.resolve(),
  };
  const kafka = {
    admin: async () => {
      opened += 1;
      return Promise.resolve(admin);
    },
  };
  const watch = watchPartitions({ kafka, topics: [topic], groupId: "g", telemetry: told.telemetry, clock: Date.now });
  return { watch, told, opened: () => opened };
}

const seen = (partition: number, end: bigint, committed: bigint): PartitionSurvey => ({
  topic,
  partition,
  start: 0n,
  stableEnd: end,
  end,
  committed,
});

test("only the partitions that are this screener's are shown, once they were looked at", async () => {
  const { watch, told } = watchOver([async () => Promise.resolve([seen(0, 9n, 4n), seen(1, 7n, 7n), seen(2, 3n, 0n)])]);
  watch.assigned([
    { topic, partition: 0 },
    { topic, partition: 1 },
  ]);
  expect(watch.standings(Date.now())).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(watch.standings(Date.now()).map(({ partition, lag }) => [partition, lag])).toEqual([
    [0, 5],
    [1, 0],
  ]);
  expect(told.of("partitionsSeen")).toMatchObject([{ counts: new Map([[topic, 3]]) }]);
  watch.revoked([{ topic, partition: 0 }]);
  expect(watch.standings(Date.now()).map(({ partition }) => partition)).toEqual([1]);
  await watch.close();
});

test("a look that fails is told and made again over a new connection, and what waits gets older meanwhile", async () => {
  const { watch, told, opened } = watchOver([
    async () => Promise.resolve([seen(0, 9n, 4n)]),
    async () => Promise.reject(new Error("no answer")),
    async () => Promise.resolve([seen(0, 12n, 4n)]),
  ]);
  watch.assigned([{ topic, partition: 0 }]);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(told.of("watchFailed")).toMatchObject([{ attempt: 1 }]);
  expect(watch.standings(Date.now())).toMatchObject([{ lag: 5, oldestSeconds: 7 }]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(watch.standings(Date.now())).toMatchObject([{ lag: 8, oldestSeconds: 12 }]);
  expect(opened()).toBe(2);
  await watch.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.of("partitionsSeen")).toHaveLength(2);
});

test("a partition that lost its end is told of", async () => {
  const { watch, told } = watchOver([
    async () => Promise.resolve([seen(0, 90n, 90n)]),
    async () => Promise.resolve([seen(0, 40n, 40n)]),
  ]);
  watch.assigned([{ topic, partition: 0 }]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(told.of("endMovedBack")).toEqual([{ topic, partition: 0, from: 90n, to: 40n }]);
  await watch.close();
});
