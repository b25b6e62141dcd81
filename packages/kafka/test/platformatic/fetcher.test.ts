import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, expect, test, vi } from "vitest";

import type { Cluster } from "../../src/platformatic/cluster.ts";
import { createFetcher } from "../../src/platformatic/fetcher.ts";
import { NoAnswer } from "../../src/platformatic/protocol-errors.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A topic with one partition, of which the first fetch finds that it is gone; `ids`: of the topic, each time it is asked for. */
function clusterOf(ids: () => string): { readonly cluster: Cluster; readonly fetches: () => number } {
  let fetches = 0;
  const cluster = {
    options: { maxBytesPerPartition: 1_000_000, retries: 20 },
    layouts: async () => Promise.resolve(new Map([["events", { leaders: [1], replicas: [1], id: ids() }]])),
    forget: () => undefined,
    brokerOf: () => ({ host: "broker", port: 9092 }),
    ask: async () => {
      fetches += 1;
      return Promise.resolve([{ topic: "events", partition: 0, fault: "UNKNOWN_TOPIC_OR_PARTITION" }]);
    },
  } as unknown as Cluster;
  return { cluster, fetches: () => fetches };
}

function fetchFrom(cluster: Cluster, remade = (): void => undefined) {
  return createFetcher(cluster, {
    positions: [{ topic: "events", partition: 0, offset: 20n }],
    deliver: () => undefined,
    answered: () => undefined,
    skipped: () => undefined,
    remade,
    failed: () => undefined,
  });
}

test("a position of a topic that is gone is not read on in one of the same name", async () => {
  let id = "old";
  const { cluster, fetches } = clusterOf(() => id);
  let remade = 0;
  const fetcher = fetchFrom(cluster, () => {
    remade += 1;
  });
  await expect.poll(fetches).toBe(1);
  id = "new";
  await sleep(1_000);
  fetcher.close();
  expect({ fetches: fetches(), remade }).toEqual({ fetches: 1, remade: 1 });
});

test("it is asked for again where the topic is the same one", async () => {
  const { cluster, fetches } = clusterOf(() => "old");
  const fetcher = fetchFrom(cluster);
  await expect.poll(fetches).toBeGreaterThan(2);
  fetcher.close();
});

test("a broker that hangs ends the reading only when the outage is long, however often it was met", async () => {
  vi.useFakeTimers();
  const failures: unknown[] = [];
  const cluster = {
    ...clusterOf(() => "old").cluster,
    options: { maxBytesPerPartition: 1_000_000, retries: 2 },
    ask: async () => Promise.reject(new NoAnswer("the broker hangs")),
  } as unknown as Cluster;
  createFetcher(cluster, {
    positions: [{ topic: "events", partition: 0, offset: 20n }],
    deliver: () => undefined,
    answered: () => undefined,
    skipped: () => undefined,
    failed: (error) => failures.push(error),
  });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(failures).toEqual([]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(failures).toMatchObject([{ message: "the broker hangs" }]);
});
