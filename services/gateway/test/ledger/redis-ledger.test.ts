import { CordonError } from "@cordon/errors";
import type { RedisConnection } from "@cordon/index-store";
import { expect, test } from "vitest";

import { redisLedger } from "../../src/ledger/redis-ledger.ts";

/** Redis with two dead replicas, which gives its answers in turn and then none. */
function ledgerOver(answers: readonly unknown[]) {
  const left = [...answers];
  const redis = {
    eval: async () => {
      if (left.length === 0) throw new CordonError("REDIS_UNAVAILABLE", "no answer");
      return await Promise.resolve(left.shift());
    },
  };
  const connection = { run: (_: string, work: (one: unknown) => unknown) => work(redis) } as unknown as RedisConnection;
  return redisLedger({ connection, keyPrefix: "", instance: "me", keptMs: 1, claimMs: 1, deadMs: 1 });
}

test("what was taken over of one dead replica is not lost when Redis goes away before the next", async () => {
  const adopted = await ledgerOver([
    ["first", "second"],
    ["1234", "e", "5"],
  ]).adopt();
  expect(adopted).toEqual([{ from: "first", followedAt: 1234, events: [{ eventId: "e", at: 5 }] }]);
});

test("that nothing could be taken over is told", async () => {
  await expect(ledgerOver([["first", "second"]]).adopt()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
});
