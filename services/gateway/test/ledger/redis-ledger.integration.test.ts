import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";
import { connectRedis, type RedisConnection } from "@cordon/index-store";
import { silentLogger } from "@cordon/service";
import { afterAll, describe, expect, inject, test } from "vitest";

import { redisLedger } from "../../src/ledger/redis-ledger.ts";
import { ledgerConformance } from "./ledger.conformance.ts";

const { redisUrl: url } = inject("stack");
const connections: RedisConnection[] = [];
const [deadMs, claimMs] = [400, 800];

function open(keptMs = 60_000) {
  const keyPrefix = `test-${randomUUID()}:`;
  const connection = connectRedis({ url }, { commandTimeoutMs: 2000, logger: silentLogger });
  connections.push(connection);
  const replica = () => redisLedger({ connection, keyPrefix, instance: randomUUID(), keptMs, claimMs, deadMs });
  return { deadMs, claimMs, replica, connection, keyPrefix };
}

afterAll(() => {
  for (const connection of connections) connection.close();
});

ledgerConformance("on Redis", open);

describe("the ledger on Redis", () => {
  test("everything expires by itself, but for when each replica was heard of last", async () => {
    const { replica, connection, keyPrefix } = open(1500);
    const ledger = replica();
    const message = { key: "k", print: "p" };
    await ledger.claim(message);
    await ledger.register([{ eventId: "e", print: "p" }], "acme");
    await ledger.decided(new Map([["e", { outcome: "HOLD", decision: Buffer.from("d"), alert: null }]]));
    await ledger.finish(message);
    const keys = await connection.run("looking", (redis) => redis.keys(`${keyPrefix}*`));
    expect(keys).toHaveLength(4);
    await new Promise((resolve) => setTimeout(resolve, 1800));
    const left = await connection.run("looking", (redis) => redis.keys(`${keyPrefix}*`));
    expect(left).toEqual([`${keyPrefix}{gw}:instances`]);
    expect(await ledger.event("e", "acme")).toBeNull();
    expect((await ledger.claim(message)).kind).toBe("claimed");
  });

  test("a claim whose answer was lost keeps nobody out: its own replica knows that it has nothing in hand", async () => {
    const { connection, keyPrefix } = open();
    let lose = true;
    const lossy: RedisConnection = {
      ...connection,
      closed: false,
      run: async (doing, commands) => {
        const answer = await connection.run(doing, commands);
        if (lose && doing === "claiming a message") throw new CordonError("REDIS_UNAVAILABLE", "the answer was lost");
        return answer;
      },
    };
    const ledger = redisLedger({
      connection: lossy,
      keyPrefix,
      instance: "one",
      keptMs: 60_000,
      claimMs: 60_000,
      deadMs,
    });
    const message = { key: "k", print: "p" };
    await ledger.beat(1);
    await expect(ledger.claim(message)).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
    lose = false;
    await ledger.beat(1);
    expect(await ledger.claim(message)).toEqual({ kind: "claimed", sent: 0 });
    expect(await ledger.claim(message)).toEqual({ kind: "in-progress" });
  });

  test("a thousand events are registered in one call", async () => {
    const ledger = open().replica();
    const events = Array.from({ length: 1000 }, (_, number) => ({ eventId: `e${String(number)}`, print: "p" }));
    expect((await ledger.register(events, "acme")).kind).toBe("registered");
    expect(await ledger.event("e999", "acme")).toMatchObject({ mine: true });
  });

  test("without Redis every question is refused with a code that passes", async () => {
    const connection = connectRedis({ url: "redis://127.0.0.1:1" }, { commandTimeoutMs: 100, logger: silentLogger });
    connections.push(connection);
    const ledger = redisLedger({ connection, keyPrefix: "x:", instance: "i", keptMs: 1, claimMs: 1, deadMs: 1 });
    await expect(ledger.claim({ key: "k", print: "p" })).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
    await expect(ledger.event("e", "acme")).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  });
});
