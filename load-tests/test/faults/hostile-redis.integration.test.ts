import { createRedisIndexStore, type IndexStore, type ListState, type PublishRequest } from "@cordon/index-store";
import { startRedisProcess } from "@cordon/local-stack";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** A Redis process of this test's own, and the stores that were opened on it. */
type Server = Awaited<ReturnType<typeof startRedisProcess>>;

let servers: Server[];
let stores: IndexStore[];

beforeEach(() => {
  servers = [];
  stores = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await Promise.all(servers.map((server) => server.stop()));
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  const server = await startRedisProcess({ env: process.env, report: () => {} }, settings);
  servers.push(server);
  return server;
}

function open({ address }: Server): IndexStore {
  const store = createRedisIndexStore({ url: address, chunkBytes: 64 * 1024, commandTimeoutMs: 3000 });
  stores.push(store);
  return store;
}

/** Commands of somebody else: `redis.conf` by hand, another program, an operator. */
async function command(server: Server, ...words: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(server.address);
  const { connect } = await import("node:net");
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname);
  socket.on("error", reject);
  socket.once("data", (data) => {
    socket.destroy();
    resolve(data.toString("latin1"));
  });
  socket.write(
    [`*${String(words.length)}`, ...words.flatMap((word) => [`$${String(word.length)}`, word]), ""].join("\r\n"),
  );
  return await promise;
}

function bytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => Math.imul(at + seed, 2_654_435_761) >>> 24);
}

const state: ListState = {
  list: "uk",
  entries: 3,
  publishedAt: null,
  checkedAt: 1,
  source: "x",
  contentHash: "",
  etag: null,
  lastModified: null,
};

function request(expectedGeneration: number, length = 1_000_000): PublishRequest {
  const snapshot = bytes(length, expectedGeneration);
  return { snapshot, engineVersion: "1", expectedGeneration, lists: [state], outbox: new Uint8Array(10) };
}

describe("a Redis with little memory", () => {
  test("that refuses writes fails a publication with REDIS_FULL, keeps what is live, and takes it later", async () => {
    const server = await start({ maxmemory: "6mb" });
    const store = open(server);
    const live = await store.publish(request(0));
    await expect(store.publish(request(1, 8_000_000))).rejects.toMatchObject({ code: "REDIS_FULL" });
    expect(await store.current()).toEqual(live);
    expect(await store.load(live)).toEqual(bytes(1_000_000, 0));
    expect(await store.isWhole(live)).toBe(true);
    expect((await store.survey()).dangers).toEqual([]);
    await command(server, "CONFIG", "SET", "maxmemory", "60mb");
    expect(await store.publish(request(1, 8_000_000))).toMatchObject({ generation: 2 });
  });

  test.each(["allkeys-lru", "allkeys-random"])(
    "under %s says that it may delete the index; what it deleted is noticed, refused, and published again",
    async (policy) => {
      const server = await start({ maxmemory: "8mb", "maxmemory-policy": policy });
      const store = open(server);
      const live = await store.publish(request(0, 2_000_000));
      expect(await store.survey()).toMatchObject({ evictionPolicy: policy, dangers: ["evicts_index"] });
      const reader = open(server);
      for (let at = 0; at < 200 && (await reader.isWhole(live)); at++)
        await command(server, "SET", `tenant:${String(at)}`, "x".repeat(100_000));
      expect(await reader.isWhole(live)).toBe(false);
      await expect(reader.load(live)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
      await command(server, "CONFIG", "SET", "maxmemory-policy", "noeviction");
      await command(server, "CONFIG", "SET", "maxmemory", "0");
      const generation = (await store.current())?.generation ?? 0;
      const again = await store.publish(request(generation, 2_000_000));
      expect(await reader.load(again)).toEqual(bytes(2_000_000, generation));
      expect((await store.survey()).dangers).toEqual([]);
    },
    30_000,
  );

  test("under a policy that takes expiring keys only says that it may delete an index on its way", async () => {
    const server = await start({ maxmemory: "8mb", "maxmemory-policy": "volatile-lru" });
    expect((await open(server).survey()).dangers).toEqual(["evicts_uploads"]);
  });
});

/** A primary, and a replica of it that has everything. */
async function pair(): Promise<{ primary: Server; replica: Server; writer: IndexStore; reader: IndexStore }> {
  const primary = await start();
  const replica = await start();
  await command(primary, "CONFIG", "SET", "repl-diskless-sync-delay", "0");
  await command(replica, "REPLICAOF", "127.0.0.1", new URL(primary.address).port);
  await expect
    .poll(() => command(replica, "INFO", "replication"), { timeout: 20_000 })
    .toContain("master_link_status:up");
  return { primary, replica, writer: open(primary), reader: open(replica) };
}

describe("a replica", () => {
  test("serves readers what the primary has, and takes no publication", async () => {
    const { writer, reader } = await pair();
    const live = await writer.publish(request(0));
    await expect.poll(() => reader.current(), { timeout: 10_000 }).toEqual(live);
    await expect.poll(() => reader.isWhole(live), { timeout: 10_000 }).toBe(true);
    expect(await reader.load(live)).toEqual(bytes(1_000_000, 0));
    expect(await reader.survey()).toMatchObject({ role: "replica", dangers: [] });
    await expect(reader.publish(request(1))).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
  }, 60_000);

  test("that is cut off says so, and its states stand still, so that the index ages", async () => {
    const { primary, replica, writer, reader } = await pair();
    const live = await writer.publish(request(0));
    await expect.poll(() => reader.current(), { timeout: 10_000 }).toEqual(live);
    await primary.stop();
    await expect.poll(async () => (await reader.survey()).dangers, { timeout: 20_000 }).toEqual(["cut_off"]);
    expect(await reader.listStates()).toEqual([state]);
    expect(await command(replica, "PING")).toContain("PONG");
  }, 60_000);

  test("that takes over without the last publication is older, and gets that one again", async () => {
    const { replica, writer, reader } = await pair();
    const first = await writer.publish(request(0));
    await expect.poll(() => reader.current(), { timeout: 10_000 }).toEqual(first);
    await command(replica, "REPLICAOF", "NO", "ONE");
    const second = await writer.publish(request(1));
    expect(await reader.current()).toEqual(first);
    // Whoever holds the second one cannot load it here, and a publisher that built upon it is told so.
    await expect(reader.load(second)).rejects.toMatchObject({ code: "INDEX_CORRUPT" });
    await expect(reader.publish(request(2))).rejects.toMatchObject({ code: "INDEX_SUPERSEDED" });
    const again = await reader.publish(request(1));
    expect(again).toMatchObject({ generation: 2, version: second.version });
    expect(await reader.load(again)).toEqual(bytes(1_000_000, 1));
  }, 60_000);
});
