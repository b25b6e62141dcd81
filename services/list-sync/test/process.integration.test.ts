import { randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { createRedisIndexStore, type IndexStore } from "@cordon/index-store";
import { createKafkaClient } from "@cordon/kafka";
import { spawnSupervised } from "@cordon/local-stack";
import { openSnapshot } from "@cordon/matching";
import { topics } from "@cordon/schemas";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

let folder: string;
let env: Readonly<Record<string, string>>;
let store: IndexStore;

beforeEach(() => {
  const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
  const id = randomUUID().slice(0, 8);
  folder = mkdtempSync(join(tmpdir(), "cordon-list-sync-"));
  copyFileSync(join(root, "data/gim/uk-gim.csv"), join(folder, "uk.csv"));
  env = {
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: `it-${id}:`,
    TOPIC_PREFIX: `it-${id}.`,
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    LIST_UK: join(folder, "uk.csv"),
    LIST_UN: "off",
  };
  store = createRedisIndexStore({ url: redisUrl, keyPrefix: `it-${id}:` });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function runOnce(
  more: Readonly<Record<string, string>> = {},
  args: readonly string[] = ["--once"],
): Promise<{ readonly code: number; readonly output: string }> {
  const supervised = spawnSupervised(process.execPath, [`${root}services/list-sync/src/main.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env, ...more },
    output: "pipe",
  });
  const output = supervised.stdout === null ? "" : await text(supervised.stdout);
  const { code } = await supervised.exited;
  return { code, output };
}

/** Keys of the list changes announced so far. */
async function announced(expected: number): Promise<readonly string[]> {
  const { kafkaBrokers } = inject("stack");
  const consumer = createKafkaClient({ brokers: kafkaBrokers.split(","), clientId: "outside" }).consumer();
  const keys: string[] = [];
  await consumer.start({
    topics: [`${env["TOPIC_PREFIX"] ?? ""}${topics.listChanges}`],
    groupId: randomUUID(),
    onBatch: ({ records }) => {
      keys.push(...records.map(({ key }) => key?.toString("utf8") ?? ""));
      return Promise.resolve();
    },
  });
  await expect.poll(() => keys.length, { timeout: 20_000 }).toBe(expected);
  await consumer.stop();
  return keys;
}

/** A firm's own list of invented persons, three names each. */
function longList(entries: number): string {
  const syllables = [
    "ba",
    "ko",
    "ri",
    "ten",
    "mar",
    "sul",
    "ovo",
    "di",
    "lan",
    "fe",
    "gur",
    "pis",
    "tha",
    "zen",
    "wy",
    "jo",
  ];
  const word = (seed: number): string =>
    [0, 4, 8, 12].map((shift) => syllables[(Math.imul(seed, 2_654_435_761) >>> (shift + 4)) & 15]).join("");
  const name = (seed: number): string => `${word(seed)} ${word(seed + 77_777)}`;
  const lines = Array.from(
    { length: entries },
    (_, at) => `P${String(at)},person,${name(at * 3)},${name(at * 3 + 1)}|${name(at * 3 + 2)}`,
  );
  return ["id,type,name,aliases", ...lines, ""].join("\n");
}

describe("list-sync as a process", () => {
  test("once: publishes, announces and exits 0; again: confirms; with the source gone: exits 1 and keeps the index", async () => {
    const first = await runOnce();
    expect(first).toMatchObject({ code: 0 });
    const manifest = await store.current();
    if (manifest === null) throw new Error("nothing was published");
    const index = openSnapshot(await store.load(manifest));
    const [list] = index.lists;
    expect(list).toMatchObject({ list: "uk" });
    expect(await store.pendingOutboxes()).toEqual([]);
    expect(new Set(await announced(list?.entries ?? 0)).size).toBe(list?.entries);

    const [before] = await store.listStates();
    const second = await runOnce();
    expect(second).toMatchObject({ code: 0 });
    const [after] = await store.listStates();
    expect(after?.checkedAt).toBeGreaterThan(before?.checkedAt ?? 0);

    const third = await runOnce({ LIST_UK: join(folder, "gone.csv") });
    expect(third.code).toBe(1);
    expect(third.output).toContain("LIST_UNREACHABLE");
    expect(await store.current()).toEqual(manifest);
    expect((await store.listStates())[0]?.checkedAt).toBe(after?.checkedAt);
  });

  test("exits 2 for a configuration or an option it does not understand, and names every fault", async () => {
    const { code, output } = await runOnce({ LIST_MAX_SHRINK_PERCENT: "lots", SYNC_INTERVAL_SECONDS: "-1" });
    expect(code).toBe(2);
    expect(output).toMatch(
      /LIST_MAX_SHRINK_PERCENT.*SYNC_INTERVAL_SECONDS|SYNC_INTERVAL_SECONDS.*LIST_MAX_SHRINK_PERCENT/,
    );
    expect((await runOnce({}, ["--twice"])).code).toBe(2);
  });

  test("refuses every file that cannot be right while it runs: the index stays, and the metric says why", async () => {
    const path = join(folder, "uk.csv");
    const good = readFileSync(path, "utf8");
    const lines = good.split("\n");
    const badFiles: readonly (readonly [result: string, bytes: string | Uint8Array])[] = [
      ["malformed", good.slice(0, good.length / 2)],
      ["empty", ""],
      ["malformed", "<!DOCTYPE html><html><body>Service unavailable</body></html>"],
      ["malformed", good.replace("Name 6", "Surname")],
      ["malformed", good.replace("Name 6,Name 1", "Name 1,Name 6")],
      ["too_large", gzipSync(Buffer.alloc(64 * 1024 * 1024, "\n"))],
      ["too_large", `${lines.slice(0, 3).join("\n")}\n${"x".repeat(2 * 1024 * 1024)}`],
      ["malformed", '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Designations>&b;</Designations>'],
      ["shrunk", `${lines.slice(0, 6).join("\n")}\n`],
    ];
    const running = spawnSupervised(process.execPath, [`${root}services/list-sync/src/main.ts`], {
      cwd: root,
      env: {
        PATH: process.env["PATH"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        ...env,
        HTTP_PORT: "0",
        FILE_POLL_SECONDS: "0.1",
        LIST_MAX_BYTES: "16777216",
      },
      output: "pipe",
    });
    try {
      const log: { readonly msg: string; readonly url?: string }[] = [];
      if (running.stdout === null) throw new Error("no log");
      createInterface({ input: running.stdout }).on("line", (line) =>
        log.push(JSON.parse(line) as (typeof log)[number]),
      );
      const times = (message: string): number => log.filter(({ msg }) => msg === message).length;
      await expect.poll(() => times("index published"), { timeout: 20_000 }).toBe(1);
      const manifest = await store.current();
      for (const [at, [, bytes]] of badFiles.entries()) {
        writeFileSync(`${path}.new`, bytes);
        renameSync(`${path}.new`, path);
        await expect.poll(() => times("list failed, last good version kept"), { timeout: 20_000 }).toBe(at + 1);
      }
      expect(await store.current()).toEqual(manifest);
      const url = log.find(({ msg }) => msg === "listening")?.url ?? "";
      const metrics = await (await fetch(`${url}/metrics`)).text();
      for (const [result, all] of Map.groupBy(badFiles, ([kind]) => kind))
        expect(metrics).toContain(`cordon_list_syncs_total{list="uk",result="${result}"} ${String(all.length)}`);
      expect(metrics).toContain("cordon_index_generation 1");
    } finally {
      await running.stop();
    }
  }, 120_000);

  test("answers probes within a second while a list as long as OFAC's is read, compiled and published", async () => {
    const path = join(folder, "own.csv");
    writeFileSync(path, longList(9000));
    const running = spawnSupervised(process.execPath, [`${root}services/list-sync/src/main.ts`], {
      cwd: root,
      env: {
        PATH: process.env["PATH"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        ...env,
        LIST_UK: "off",
        LIST_OWN: path,
      },
      output: "pipe",
    });
    try {
      if (running.stdout === null) throw new Error("no log");
      const log = createInterface({ input: running.stdout });
      const said = new Map<string, { readonly url?: string; readonly milliseconds?: number }>();
      log.on("line", (line) => {
        const fields = JSON.parse(line) as {
          readonly msg: string;
          readonly url?: string;
          readonly milliseconds?: number;
        };
        said.set(fields.msg, fields);
      });
      await expect.poll(() => said.get("listening")?.url, { timeout: 30_000 }).toBeDefined();
      const waits: number[] = [];
      while (!said.has("index published")) {
        const askedAt = performance.now();
        const { status } = await fetch(`${said.get("listening")?.url ?? ""}/healthz`);
        if (!said.has("index compiled")) waits.push(performance.now() - askedAt);
        if (status !== 200) throw new Error(`/healthz answered ${String(status)}`);
        await sleep(20);
      }
      expect((await store.current())?.lists).toMatchObject([{ list: "own", entries: 9000 }]);
      // Beside other work everything is slower; in one piece it would be all of the time that compiling takes.
      expect(Math.max(...waits)).toBeLessThan(Math.max(1000, (said.get("index compiled")?.milliseconds ?? 0) / 4));
    } finally {
      await running.stop();
    }
  }, 120_000);

  test("logs no listed name", async () => {
    const { output } = await runOnce();
    expect(output).toContain("list imported");
    expect(output).not.toMatch(/jalal|krasniqi|derakhshan/i);
  });
});
