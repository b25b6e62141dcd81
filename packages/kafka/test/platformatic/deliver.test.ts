import { expect, test } from "vitest";

import type { AskOptions, Cluster } from "../../src/platformatic/cluster.ts";
import { deliver, type StampedWriter } from "../../src/platformatic/deliver.ts";
import { NoAnswer } from "../../src/platformatic/protocol-errors.ts";

/** A leader that gives no answer to the first request. */
function clusterOf(): { readonly cluster: Cluster; readonly asked: readonly AskOptions[] } {
  const asked: AskOptions[] = [];
  const cluster = {
    options: { compression: "none", sendTimeout: 30_000, retries: 8 },
    layouts: async () => Promise.resolve(new Map([["decisions", { leaders: [1], replicas: [3], id: "id" }]])),
    forget: () => undefined,
    brokerOf: () => ({ host: "broker", port: 9092 }),
    ask: async (_call: unknown, options: AskOptions) => {
      asked.push(options);
      if (asked.length === 1) throw new NoAnswer("no answer in time");
      return Promise.resolve([{ topic: "decisions", partition: 0, fault: null }]);
    },
  } as unknown as Cluster;
  return { cluster, asked };
}

async function withinOf(writer: StampedWriter | null): Promise<readonly number[]> {
  const { cluster, asked } = clusterOf();
  const batches = [[{ topic: "decisions", key: null, value: Buffer.from("one") }]];
  const { signal } = new AbortController();
  await deliver(cluster, [{ topic: "decisions", partition: 0, batches }], { signal, writer });
  return asked.map(({ within }) => within);
}

test("who writes in transactions soon asks again: the leader may wait for a coordinator that hangs", async () => {
  let stamps = 0;
  const writer: StampedWriter = {
    transactionalId: "t",
    stamp: () => ({ id: 1n, epoch: 0, sequence: stamps++ }),
    takeBack: () => undefined,
  };
  expect(await withinOf(writer)).toEqual([6_000, 6_000]);
  // The same bytes again: the broker has them once.
  expect(stamps).toBe(1);
});

test("who writes without a transaction waits as long as a healthy leader may need: a repeat would be there twice", async () => {
  expect(await withinOf(null)).toEqual([20_000, 20_000]);
});
