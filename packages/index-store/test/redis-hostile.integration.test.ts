import { randomUUID } from "node:crypto";

import { createRedisIndexStore, type IndexManifest, type IndexStore, publisherOf } from "@cordon/index-store";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";

import { listState, publishRequest, someBytes } from "./index-store.conformance.ts";

const { redisUrl: url } = inject("stack");

let redis: Redis;
let prefix: string;
let stores: IndexStore[];
let store: IndexStore;
let live: IndexManifest;

const key = (name: string): string => `${prefix}{idx}:${name}`;
const chunk = (at: number, generation = 1): string => key(`g${String(generation)}:c${String(at)}`);
const next = () => publishRequest({ snapshot: someBytes(3000, 7), expectedGeneration: 1 });
const corrupt = { code: "INDEX_CORRUPT" };

function open(more: { readonly username?: string; readonly password?: string } = {}): IndexStore {
  const opened = createRedisIndexStore({ url, keyPrefix: prefix, chunkBytes: 1000, commandTimeoutMs: 2000, ...more });
  stores.push(opened);
  return opened;
}

beforeEach(async () => {
  redis = new Redis(url);
  prefix = `test-${randomUUID()}:`;
  stores = [];
  store = open();
  live = await store.publish(publishRequest());
});
afterEach(async () => {
  await Promise.all(stores.map((opened) => opened.close()));
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.unlink(...keys);
  redis.disconnect();
});

/** Each of two keys gets what the other had. */
async function swap(one: string, other: string): Promise<void> {
  await redis.rename(one, key("aside"));
  await redis.rename(other, one);
  await redis.rename(key("aside"), other);
}

describe("chunks that are not what was published", () => {
  test.each([
    { what: "swapped", how: () => swap(chunk(2), chunk(5)) },
    { what: "cut short", how: async () => redis.set(chunk(4), (await redis.getBuffer(chunk(4)))!.subarray(0, 999)) },
    { what: "longer", how: () => redis.append(chunk(4), "x") },
    { what: "emptied", how: () => redis.set(chunk(4), "") },
    { what: "of another version", how: () => redis.set(chunk(4), Buffer.from(someBytes(1000, 99))) },
    { what: "gone", how: () => redis.del(chunk(9)) },
    { what: "about to go", how: () => redis.pexpire(chunk(9), 1) },
    { what: "a list", how: async () => [await redis.del(chunk(3)), await redis.rpush(chunk(3), "x")] },
  ])("($what) are refused, and what is published next is whole again", async ({ how }) => {
    await how();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(store.load(live)).rejects.toMatchObject(corrupt);
    const again = await store.publish(publishRequest({ expectedGeneration: 1 }));
    expect(again).toMatchObject({ version: live.version, generation: 2 });
    expect(await store.load(again)).toEqual(publishRequest().snapshot);
  });

  test.each([
    { what: "gone", how: () => redis.del(chunk(9)), whole: false },
    { what: "cut short", how: () => redis.set(chunk(9), "x"), whole: false },
    { what: "a list", how: async () => [await redis.del(chunk(3)), await redis.rpush(chunk(3), "x")], whole: false },
    { what: "altered in place", how: () => redis.setrange(chunk(3), 5, "damage"), whole: true },
  ])("($what) are noticed without loading them: whole is $whole", async ({ how, whole }) => {
    await how();
    expect(await store.isWhole(live)).toBe(whole);
  });
});

describe("a pointer that is not what was published", () => {
  test.each([
    { what: "to nothing", change: { generation: 99 } },
    { what: "of a generation that its store does not have", change: { generation: 2 } },
  ])("($what) is refused", async ({ change }) => {
    await redis.hset(key("current"), "manifest", JSON.stringify({ ...live, ...change }));
    await expect(store.current()).rejects.toMatchObject(corrupt);
    await expect(store.publish(next())).rejects.toMatchObject(corrupt);
  });

  test("to a version whose bytes are not there is refused when it is loaded", async () => {
    const manifest = JSON.stringify({ ...live, generation: 99 });
    await redis.hset(key("current"), "manifest", manifest, "generation", 99);
    const current = await store.current();
    await expect(store.load(current!)).rejects.toMatchObject(corrupt);
    expect(await store.isWhole(current!)).toBe(false);
  });

  test("with the hash of another version is refused when it is loaded", async () => {
    const other = await store.publish(next());
    const manifest = JSON.stringify({ ...other, version: live.version });
    await redis.hset(key("current"), "manifest", manifest);
    await expect(store.load((await store.current())!)).rejects.toMatchObject(corrupt);
  });
});

describe("keys of another kind", () => {
  test.each(["lists", "outbox", "changes", "versions", "version-states", "publisher"])(
    "(%s) are refused by name, and nothing is published half-way",
    async (name) => {
      await redis.del(key(name));
      await (name === "publisher" ? redis.rpush(key(name), "x") : redis.set(key(name), "somebody else's"));
      await expect(store.publish(next())).rejects.toMatchObject(corrupt);
      expect(await store.current()).toEqual(live);
      expect(await redis.keys(key("up:*"))).toEqual([]);
      expect(await store.load(live)).toEqual(publishRequest().snapshot);
    },
  );

  test("in place of the pointer are refused, too", async () => {
    await redis.del(key("current"));
    await redis.set(key("current"), "somebody else's");
    await expect(store.publish(next())).rejects.toMatchObject(corrupt);
    expect(await redis.get(key("current"))).toBe("somebody else's");
  });

  test("are told from a Redis that is away by every question", async () => {
    for (const name of ["current", "lists", "outbox", "versions", "publisher", "list-faults"]) {
      await redis.del(key(name));
      await redis.sadd(key(name), "x");
    }
    const publisher = publisherOf("a:1", {});
    for (const ask of [
      () => store.current(),
      () => store.listStates(),
      () => store.saveListStates([listState("uk")]),
      () => store.versions(),
      () => store.pendingOutboxes(),
      () => store.claim(publisher, 1000),
      () => store.claimedBy(),
      () => store.listFaults(),
    ])
      await expect(ask()).rejects.toMatchObject(corrupt);
  });
});

describe("another tenant under the same prefix", () => {
  test("whose list states are not ours spoils what is said of the lists, and no index", async () => {
    await redis.hset(key("lists"), "theirs", "{}");
    await expect(store.listStates()).rejects.toMatchObject(corrupt);
    expect(await store.load(live)).toEqual(publishRequest().snapshot);
  });

  test("that keeps the index by words of its own keeps us from publishing", async () => {
    await redis.set(key("publisher"), "somebody");
    await expect(store.publish(next())).rejects.toMatchObject(corrupt);
    await redis.set(key("publisher"), JSON.stringify(publisherOf("theirs:1", { LIST_UK: "off" })));
    await expect(store.publish(next())).rejects.toMatchObject({ code: "PUBLISHER_CONFLICT" });
    expect(await store.current()).toEqual(live);
  });

  test("a publisher that says nothing more is forgotten", async () => {
    const [gone, other] = [publisherOf("a:1", { LIST_UK: "on" }), publisherOf("b:1", { LIST_UK: "off" })];
    await store.claim(gone, 200);
    expect(await store.claim(other, 60_000)).toEqual(gone);
    await expect.poll(() => store.claim(other, 60_000), { timeout: 3000 }).toBeNull();
    expect(await store.claimedBy()).toEqual(other);
  });
});

test("a store that is emptied has nothing, and what was live cannot be loaded any more", async () => {
  const keys = await redis.keys(`${prefix}*`);
  await redis.unlink(...keys);
  expect(await store.current()).toBeNull();
  await expect(store.load(live)).rejects.toMatchObject(corrupt);
  expect(await store.isWhole(live)).toBe(false);
  await expect(store.publish(next())).rejects.toMatchObject({ code: "INDEX_SUPERSEDED" });
  expect(await store.publish(publishRequest())).toMatchObject({ generation: 1 });
});

describe("a user who may not ask everything", () => {
  const user = `cordon-${randomUUID()}`;

  afterEach(async () => {
    await redis.call("ACL", "DELUSER", user);
  });

  test.each([
    { rights: ["+@all", "-info"], policy: "noeviction", dangers: [] },
    { rights: ["+@all", "-config"], policy: "noeviction", dangers: [] },
    { rights: ["+@all", "-info", "-config"], policy: null, dangers: ["unknown"] },
  ])("by $rights learns the policy $policy", async ({ rights, policy, dangers }) => {
    await redis.call("ACL", "SETUSER", user, "on", ">secret", "~*", "&*", ...rights);
    const limited = open({ username: user, password: "secret" });
    expect(await limited.survey()).toMatchObject({ evictionPolicy: policy, dangers });
    expect(await limited.current()).toEqual(live);
  });
});
