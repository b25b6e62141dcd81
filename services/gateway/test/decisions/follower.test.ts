import type { FollowOptions, OffsetRange } from "@cordon/kafka";
import { expect, test } from "vitest";

import { createFollower } from "../../src/decisions/follower.ts";

test("records are handed out at once, and the fetch behind them waits for others, once for all partitions of one", async () => {
  const ends: readonly OffsetRange[] = [0, 1].map((partition) => ({ topic: "d", partition, from: 0n, to: 0n }));
  const following = Promise.withResolvers<FollowOptions>();
  const reader = {
    extent: () => Promise.resolve(ends),
    read: () => Promise.resolve(),
    follow: (options: FollowOptions): Promise<void> => {
      following.resolve(options);
      return new Promise((resolve) => {
        options.signal.addEventListener("abort", () => {
          resolve();
        });
      });
    },
    close: () => Promise.resolve(),
  };
  let records = 0;
  const follower = createFollower({
    kafka: { reader: () => Promise.resolve(reader) },
    topics: ["d"],
    onRecord: () => void (records += 1),
    patience: { onWait: () => undefined, onResume: () => undefined },
    clock: () => 1,
    gatherMs: 800,
  });
  await follower.start();
  const { onRecords } = await following.promise;
  const record = { key: null, value: null, timestamp: 0, offset: 0n, header: () => undefined };
  const bring = async (partition: number, some: number): Promise<number> => {
    const began = performance.now();
    const batch = { topic: "d", partition, records: Array.from({ length: some }, () => record), nextOffset: 1n };
    const taken = onRecords(batch);
    const seen = records;
    await taken;
    expect(records).toBe(seen);
    return performance.now() - began;
  };
  expect(await bring(0, 3)).toBeGreaterThan(700);
  expect(await bring(1, 2)).toBeLessThan(700);
  expect(await bring(0, 0)).toBeLessThan(700);
  expect(records).toBe(5);
  await follower.close();
});
