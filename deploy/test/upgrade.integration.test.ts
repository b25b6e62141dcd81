import { randomUUID } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createRedisIndexStore, type IndexStore } from "@cordon/index-store";
import { type Supervised, spawnSupervised } from "@cordon/local-stack";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { openSession, type Session } from "../../tools/start/session.ts";

/*
 * Two versions of Cordon at once, as in a rolling upgrade: this checkout, and a copy of it whose engine counts one more rule,
 * so that neither takes an index that the other made.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const engineFile = "packages/matching/src/engine-version.ts";
const running: Supervised[] = [];
const phases = 7;

let folder: string;
let other: string;
let env: Readonly<Record<string, string>>;
let store: IndexStore;
/** Each sends once. */
const sessions: Session[] = [];
/** The engines that alerts were stamped with since it was emptied. */
const engines = new Set<string>();

/** The sources of this checkout, with one more rule. Packages of others are linked. */
function makeOtherVersion(target: string): void {
  for (const part of ["packages", "services", "schemas"])
    cpSync(join(root, part), join(target, part), {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist|test)$/.test(path),
    });
  const text = readFileSync(join(target, engineFile), "utf8");
  const changed = text.replace(
    /(RULES = )(\d+)/,
    (_, before: string, rules: string) => `${before}${String(Number(rules) + 1)}`,
  );
  if (changed === text) throw new Error(`${engineFile} has no RULES to count on`);
  writeFileSync(join(target, engineFile), changed);
  const modules = join(target, "node_modules");
  mkdirSync(join(modules, "@cordon"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")))
    if (name !== "@cordon" && !name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name));
  for (const part of ["packages", "services"])
    for (const workspace of readdirSync(join(target, part))) {
      const { name } = JSON.parse(readFileSync(join(target, part, workspace, "package.json"), "utf8")) as {
        readonly name: string;
      };
      symlinkSync(join(target, part, workspace), join(modules, name));
    }
  symlinkSync(join(target, "schemas"), join(modules, "@cordon/schemas"));
  cpSync(join(root, "package.json"), join(target, "package.json"));
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

async function sync(version: string): Promise<void> {
  const supervised = spawnSupervised(process.execPath, [join(version, "services/list-sync/src/main.ts"), "--once"], {
    cwd: version,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env },
    output: "ignore",
  });
  expect((await supervised.exited).code).toBe(0);
}

async function startScreener(version: string): Promise<Supervised> {
  const port = await freePort();
  const supervised = spawnSupervised(process.execPath, [join(version, "services/screener/src/main.ts")], {
    cwd: version,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env, HTTP_PORT: port },
    output: "ignore",
  });
  running.push(supervised);
  const ready = async (): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(ready, { timeout: 60_000, interval: 200 }).toBe(200);
  return supervised;
}

/** A sender with names of the index that is live now, which this checkout's engine must be able to open. */
async function openSender(): Promise<Session> {
  return openSession({
    environment: env,
    plantedEvery: 10,
    onAlert: ({ engineVersion }) => void engines.add(engineVersion),
    onRetry: () => undefined,
  });
}

/** Sends events with known answers, and holds what comes back to them. */
async function decideSome(events: number): Promise<void> {
  engines.clear();
  const session = sessions.pop();
  if (session === undefined) throw new Error("too few senders were opened");
  const { signal } = new AbortController();
  await session.listen(signal);
  await session.send({ rate: null, events, mostPending: 1000, signal });
  await expect.poll(() => session.ledger.totals().pending, { timeout: 60_000 }).toBe(0);
  await expect.poll(() => session.planted.counts().sent - session.planted.counts().found, { timeout: 20_000 }).toBe(0);
  const { wronglyCleared, unexpected, contradicted } = session.ledger.totals();
  await session.close();
  expect({ wronglyCleared, unexpected, contradicted }).toEqual({ wronglyCleared: 0, unexpected: 0, contradicted: 0 });
}

async function engineOfIndex(): Promise<string> {
  return (await store.current())?.engineVersion ?? "none";
}

beforeAll(async () => {
  const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
  const id = randomUUID().slice(0, 8);
  folder = mkdtempSync(join(tmpdir(), "cordon-upgrade-"));
  other = join(folder, "other");
  makeOtherVersion(other);
  copyFileSync(join(root, "data/gim/uk-gim.csv"), join(folder, "uk.csv"));
  env = {
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: `up-${id}:`,
    TOPIC_PREFIX: `up-${id}.`,
    KAFKA_GROUP_ID: `up-${id}`,
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    INDEX_POLL_SECONDS: "0.2",
    LIST_UK: join(folder, "uk.csv"),
    LIST_UN: "off",
  };
  store = createRedisIndexStore({ url: redisUrl, keyPrefix: `up-${id}:` });
}, 120_000);

afterAll(async () => {
  await Promise.all(sessions.map((session) => session.close()));
  await Promise.all(running.map((supervised) => supervised.stop()));
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test("list-sync of the next version and screeners of this one work together, and the reverse: nothing lost, nothing cleared", async () => {
  await sync(root);
  const ours = await engineOfIndex();
  const before = await startScreener(root);
  // All of them now: the index of the other version cannot be opened by this one.
  for (let phase = 0; phase < phases; phase += 1) sessions.push(await openSender());
  await decideSome(200);
  expect([...engines]).toEqual([ours]);

  // The next version's list-sync takes over: what it publishes is refused by the old screener, which goes on with its own.
  await sync(other);
  const next = await engineOfIndex();
  expect(next).not.toBe(ours);
  await decideSome(200);
  expect([...engines]).toEqual([ours]);

  // Both versions share the group in the middle of the rollout; then the old one leaves.
  const after = await startScreener(other);
  await decideSome(400);
  await before.stop();
  await decideSome(200);
  expect([...engines]).toEqual([next]);

  // And back: the old list-sync, beside a screener of the next version; then the old screener.
  await sync(root);
  expect(await engineOfIndex()).toBe(ours);
  await decideSome(200);
  expect([...engines]).toEqual([next]);
  await startScreener(root);
  await decideSome(400);
  await after.stop();
  await decideSome(200);
  expect([...engines]).toEqual([ours]);
}, 300_000);
