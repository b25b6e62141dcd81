import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";
import { createMemoryIndexBackend, createMemoryIndexStore, type MemoryIndexBackend } from "@cordon/index-store/testing";
import { type KafkaClient } from "@cordon/kafka";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import { type ListSyncConfig, listSyncConfig, type OnceTask } from "@cordon/list-sync";
import {
  fakeEngine,
  fromHttp,
  type HttpSource,
  ok,
  startHttpSource,
  status,
  textList,
} from "@cordon/list-sync/testing";
import { type ListName } from "@cordon/lists";
import { topics } from "@cordon/schemas";
import { type LogFields, type Logger, readConfig } from "@cordon/service";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { runListSync, runRollBack } from "../src/service.ts";

let uk: HttpSource;
let backend: MemoryIndexBackend;
let kafka: MemoryKafka;
let registry: MemoryRegistry;
let controller: AbortController;
let log: { readonly msg: string; readonly fields: LogFields }[];
let ended: Promise<unknown>;

beforeAll(async () => {
  uk = await startHttpSource();
});
afterAll(() => uk.close());
beforeEach(() => {
  uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0002 Alen Basil")));
  backend = createMemoryIndexBackend();
  kafka = createMemoryKafka();
  registry = createMemoryRegistry();
  controller = new AbortController();
  log = [];
  ended = Promise.resolve();
});
afterEach(async () => {
  controller.abort(new Error("the test is over"));
  await ended;
});

function config(): ListSyncConfig {
  const read = readConfig(listSyncConfig, {
    KAFKA_BROKERS: "memory:9092",
    SCHEMA_REGISTRY_URL: "http://memory",
    REDIS_URL: "redis://memory",
    SYNC_INTERVAL_SECONDS: "5",
    FILE_POLL_SECONDS: "0.1",
  });
  return { ...read, lists: [fromHttp("uk", uk)] };
}

/** Other limits. */
const other = (): ListSyncConfig => ({ ...config(), sync: { ...config().sync, maxShrinkPercent: 90 } });
const twoLists = (): ListSyncConfig => ({ ...config(), lists: [fromHttp("uk", uk), fromHttp("un", uk)] });

const line = (msg: string, fields: LogFields = {}): void => {
  log.push({ msg, fields });
};
const logger: Logger = { debug: line, info: line, warn: line, error: line, child: () => logger };

interface RunSettings extends Partial<OnceTask> {
  readonly settings?: ListSyncConfig;
}

/** Runs list-sync on what is in memory, and closes what it opened. */
function run(
  once: boolean,
  client: KafkaClient = kafka,
  { release = false, sameLists = false, releaseLists = [], settings = config() }: RunSettings = {},
): Promise<unknown> {
  const closers: (() => Promise<void> | void)[] = [];
  const failure = Promise.withResolvers<never>();
  const work = async (): Promise<unknown> => {
    const store = createMemoryIndexStore(backend);
    const outcome: unknown = await Promise.race([
      failure.promise,
      runListSync(
        settings,
        { kafka: client, registry, store, engine: fakeEngine, clock: Date.now, by: randomUUID() },
        {
          build: "test",
          once: once ? { release, sameLists, releaseLists, because: null } : null,
          context: {
            signal: controller.signal,
            logger,
            onClose: (_, close) => void closers.push(close),
            fail: (error) => {
              failure.reject(error);
            },
          },
        },
      ),
    ]).catch((error: unknown) => error);
    for (const close of closers.toReversed()) await close();
    return outcome;
  };
  ended = work();
  return ended;
}

async function get(path: string): Promise<{ readonly status: number; readonly body: string }> {
  await expect.poll(() => log.map(({ msg }) => msg)).toContain("listening");
  const url = String(log.find(({ msg }) => msg === "listening")?.fields["url"]);
  const response = await fetch(`${url}${path}`);
  return { status: response.status, body: await response.text() };
}

/** Rolls back on what is in memory, with little patience. */
async function rollBackTo(
  version: string,
  client: KafkaClient = kafka,
  releaseLists: readonly ListName[] = [],
): Promise<number> {
  const store = createMemoryIndexStore(backend);
  const ports = { kafka: client, registry, store, engine: fakeEngine, clock: Date.now, by: "test" };
  const context = { signal: controller.signal, logger };
  return await runRollBack(config(), ports, { context, task: { version, releaseLists }, withinMs: 300 });
}

describe("list-sync, once", () => {
  test("publishes, announces and exits 0, and says how much each list holds", async () => {
    expect(await run(true)).toBe(0);
    expect(backend.manifest).toMatchObject({ generation: 1, lists: [{ list: "uk", entries: 2 }] });
    expect(kafka.records(topics.listChanges)).toHaveLength(2);
    expect(backend.outboxes.size).toBe(0);
    expect(log.find(({ msg }) => msg === "list imported")?.fields).toMatchObject({ list: "uk", entries: 2 });
    expect(JSON.stringify(log)).not.toMatch(/Goran|Alen/);
  });

  test("announces again what Kafka did not take at first", async () => {
    kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "the topic has no leader yet"));
    const ending = run(true);
    await expect.poll(() => log.map(({ msg }) => msg)).toContain("announcing failed");
    kafka.failSends(null);
    expect(await ending).toBe(0);
    expect(kafka.records(topics.listChanges)).toHaveLength(2);
    expect(backend.outboxes.size).toBe(0);
  });

  test("exits 1 when a list is no good, even though the last good one stays live", async () => {
    await run(true);
    uk.answer(status(404));
    expect(await run(true)).toBe(1);
    expect(backend.manifest?.generation).toBe(1);
  });

  test("ends with the reason when its topic cannot serve", async () => {
    const unsuitable = { ...kafka, admin: () => Promise.reject(new CordonError("TOPIC_UNSUITABLE", "not compacted")) };
    expect(await run(true, unsuitable)).toMatchObject({ code: "TOPIC_UNSUITABLE" });
  });
});

describe("list-sync, rolling back", () => {
  beforeEach(async () => {
    await run(true);
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic")));
    await run(true);
  });

  test("makes the old version live, announces what that changes, and names nobody in the log", async () => {
    const before = kafka.records(topics.listChanges).length;
    expect(await rollBackTo("1")).toBe(0);
    expect(backend.manifest).toMatchObject({ generation: 3, rolledBack: { to: 1 } });
    expect(kafka.records(topics.listChanges)).toHaveLength(before + 2);
    expect(backend.outboxes.size).toBe(0);
    expect(JSON.stringify(log)).not.toMatch(/Goran|Alen|Marko/);
  });

  test("does not wait for Kafka: the announcements are owed, and the next list-sync makes them", async () => {
    registry.setAvailable(false);
    expect(await rollBackTo("1")).toBe(0);
    expect(backend.manifest?.generation).toBe(3);
    expect(backend.outboxes.size).toBe(1);
    registry.setAvailable(true);
    void run(false);
    await expect.poll(() => backend.outboxes.size, { timeout: 8000 }).toBe(0);
  }, 15_000);

  test("pins the index: once exits 1 until it is told to release it, and the metric says so", async () => {
    await rollBackTo("1");
    expect(await run(true)).toBe(1);
    expect(backend.manifest?.generation).toBe(3);
    expect(await run(true, kafka, { release: true })).toBe(0);
    expect(backend.manifest?.generation).toBe(4);
    expect(backend.manifest?.rolledBack).toBeUndefined();
  });

  test("is noticed by a list-sync that runs, which announces and shows it", async () => {
    log = [];
    void run(false);
    await expect.poll(async () => (await get("/readyz")).status).toBe(200);
    kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "away"));
    await rollBackTo("1");
    kafka.failSends(null);
    await expect.poll(() => backend.outboxes.size, { timeout: 8000 }).toBe(0);
    await expect
      .poll(async () => (await get("/metrics")).body, { timeout: 8000 })
      .toMatch(/^cordon_index_release_pending 1$/m);
  }, 20_000);
});

describe("list-sync with fewer lists than the live index", () => {
  test("does nothing where it is to keep to the same ones", async () => {
    await run(true);
    const live = backend.manifest;
    if (live === null) throw new Error("nothing was published");
    backend.manifest = { ...live, lists: [...live.lists, { list: "un", entries: 1, publishedAt: null }] };
    expect(await run(true, kafka, { sameLists: true })).toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("un"),
    });
    expect(backend.manifest.generation).toBe(1);
  });
});

describe("a list-sync of other settings", () => {
  test("is refused beside one that runs, says so on every side, and goes on when that one has stopped", async () => {
    const first = run(false);
    const stopFirst = controller;
    await expect.poll(() => backend.manifest?.generation).toBe(1);
    controller = new AbortController();
    const firstLog = log.splice(0);
    expect(firstLog.map(({ msg }) => msg)).toContain("index published");
    void run(false, kafka, { settings: other() });
    await expect.poll(() => log.map(({ msg }) => msg)).toContain("publishing refused");
    expect(log.find(({ msg }) => msg === "publishing refused")?.fields).toMatchObject({ code: "PUBLISHER_CONFLICT" });
    expect((await get("/readyz")).body).toContain("LIST_MAX_SHRINK_PERCENT: 90 here, 50 there");
    expect((await get("/metrics")).body).toMatch(/^cordon_index_publisher_conflicts 1$/m);
    stopFirst.abort(new Error("SIGTERM"));
    await first;
    for (const listener of backend.listeners) listener();
    await expect.poll(async () => (await get("/readyz")).status, { timeout: 8000 }).toBe(200);
    expect((await get("/metrics")).body).toMatch(/^cordon_index_publisher_conflicts 0$/m);
  }, 20_000);

  test("may have other limits for one sync by hand, but not other lists or places", async () => {
    const service = run(false);
    const stopService = controller;
    await expect.poll(() => backend.manifest?.generation).toBe(1);
    uk.answer(ok(textList("GIM0001 Goran Jalal", "GIM0003 Marko Petrovic")));
    controller = new AbortController();
    expect(await run(true, kafka, { settings: other() })).toBe(0);
    expect(backend.manifest?.generation).toBe(2);
    const elsewhere = fromHttp("un", uk);
    const settings = { ...config(), lists: [...config().lists, elsewhere] };
    expect(await run(true, kafka, { settings })).toBe(1);
    expect(log.findLast(({ msg }) => msg === "publishing refused")?.fields).toMatchObject({
      code: "PUBLISHER_CONFLICT",
    });
    stopService.abort(new Error("SIGTERM"));
    await service;
  }, 20_000);
});

describe("list-sync with a list to release", () => {
  test("refuses to let go of one that is on", async () => {
    expect(await run(true, kafka, { releaseLists: ["uk"] })).toMatchObject({ code: "CONFIG_INVALID" });
  });

  test("lets go of one that is off, which is refused without", async () => {
    await run(true, kafka, { settings: twoLists() });
    expect(await run(true)).toBe(1);
    expect(log.findLast(({ msg }) => msg === "publishing refused")?.fields).toMatchObject({ missing: ["un"] });
    expect(await run(true, kafka, { sameLists: true, releaseLists: ["un"] })).toBe(0);
    expect(backend.manifest).toMatchObject({ lists: [{ list: "uk" }], released: ["un"] });
    expect(await run(true)).toBe(0);
  });

  test("rolls back to a version without a list of the live one only where that is released", async () => {
    await run(true);
    await run(true, kafka, { settings: twoLists() });
    await expect(rollBackTo("1")).rejects.toMatchObject({ code: "INDEX_LACKS_LIST" });
    expect(await rollBackTo("1", kafka, ["un"])).toBe(0);
    expect(backend.manifest).toMatchObject({ generation: 3, released: ["un"], rolledBack: { to: 1 } });
  });
});

describe("list-sync, running", () => {
  test("publishes while Kafka and the registry are away, and announces when they are back", async () => {
    registry.setAvailable(false);
    void run(false);
    await expect.poll(() => backend.manifest?.generation).toBe(1);
    expect(backend.outboxes.size).toBe(1);
    expect(log.find(({ msg }) => msg === "waiting")?.fields).toMatchObject({ for: "the schema registry" });
    registry.setAvailable(true);
    await expect.poll(() => backend.outboxes.size, { timeout: 8000 }).toBe(0);
    expect(kafka.records(topics.listChanges)).toHaveLength(2);
  }, 15_000);

  test("announces at its start what another one that died left owing", async () => {
    kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "away"));
    expect(await run(true)).toBe(1);
    expect(backend.outboxes.size).toBe(1);
    kafka.failSends(null);
    expect(await run(true)).toBe(0);
    expect(backend.outboxes.size).toBe(0);
    expect(kafka.records(topics.listChanges)).toHaveLength(2);
  });

  test("is ready when every list is in a live index, and shows ages and counts", async () => {
    uk.answer(status(404));
    void run(false);
    await expect.poll(() => log.map(({ msg }) => msg)).toContain("publishing withheld");
    expect((await get("/readyz")).status).toBe(503);
    expect((await get("/healthz")).status).toBe(200);
    uk.answer(ok(textList("GIM0001 Goran Jalal")));
    await expect.poll(async () => (await get("/readyz")).status, { timeout: 8000 }).toBe(200);
    const { body } = await get("/metrics");
    for (const expected of [
      'cordon_list_syncs_total{list="uk",result="unreachable"} 1',
      'cordon_list_syncs_total{list="uk",result="updated"} 1',
      'cordon_list_entries{list="uk"} 1',
      'cordon_list_unknown_values{list="uk",kind="identifier"} 0',
      'cordon_index_publications_total{result="published"} 1',
      "cordon_index_generation 1",
    ])
      expect(body).toContain(expected);
    expect(body).toMatch(/cordon_list_age_seconds\{list="uk"\} \d/);
  }, 15_000);

  test("ends with 0 when it is told to stop, also while it waits for the store", async () => {
    backend.away = true;
    const stopped = run(false);
    await expect.poll(() => log.map(({ msg }) => msg)).toContain("waiting");
    controller.abort(new Error("SIGTERM"));
    expect(await stopped).toBe(0);
  });
});
