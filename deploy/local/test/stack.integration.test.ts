import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { StackError, startStack } from "@cordon/local-stack";
import { Redis } from "ioredis";
import { expect, inject, test } from "vitest";

const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
const report = (): void => {};

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

test("addresses in the environment are used as they are, and left running", async () => {
  const env = { ...process.env, KAFKA_BROKERS: kafkaBrokers, SCHEMA_REGISTRY_URL: registryUrl, REDIS_URL: redisUrl };
  const stack = await startStack({ env, report });
  expect(stack).toMatchObject({
    kafkaBrokers,
    registryUrl,
    redisUrl,
    sources: { kafka: "environment", registry: "environment", redis: "environment" },
  });
  await stack.stop();
  expect(await answers(redisUrl)).toBe(true);
});

test("each is found on its own: a Redis of our own beside what the environment names, gone after the stop", async () => {
  const env = { ...process.env, KAFKA_BROKERS: kafkaBrokers, SCHEMA_REGISTRY_URL: registryUrl, REDIS_URL: "" };
  const stack = await startStack({ env, report });
  expect(stack.sources).toMatchObject({ kafka: "environment", registry: "environment" });
  expect(stack.sources.redis).not.toBe("environment");
  expect(stack.redisUrl).toMatch(/^redis:\/\/[^/]+:\d+$/);
  expect(await answers(stack.redisUrl)).toBe(true);
  await stack.stop();
  expect(await answers(stack.redisUrl)).toBe(false);
});

test("giving up leaves nothing running and passes the reason on", async () => {
  const env = { ...process.env, KAFKA_BROKERS: "127.0.0.1:1", SCHEMA_REGISTRY_URL: registryUrl, REDIS_URL: "" };
  const started: string[] = [];
  const giveUp = new AbortController();
  const stack = startStack({
    env,
    signal: giveUp.signal,
    report: (line) => {
      started.push(line);
      if (line.startsWith("redis: up")) giveUp.abort(new Error("no longer wanted"));
    },
  });
  await expect(stack).rejects.toThrow("no longer wanted");
  const url = /redis:\/\/[\d.:]+/.exec(started.join("\n"))?.[0] ?? "";
  expect(url).not.toBe("");
  expect(await answers(url)).toBe(false);
});

test("a service that cannot start is named, with its log's last lines", async () => {
  const programs = mkdtempSync(join(tmpdir(), "cordon-programs-"));
  try {
    const broken = "#!/bin/sh\necho 'FATAL CONFIG FILE ERROR'\nexit 1\n";
    writeFileSync(join(programs, "redis-server"), broken, { mode: 0o755 });
    const env = {
      ...process.env,
      KAFKA_BROKERS: kafkaBrokers,
      SCHEMA_REGISTRY_URL: registryUrl,
      REDIS_URL: "",
      PATH: `${programs}:${process.env["PATH"] ?? ""}`,
    };
    const stack = startStack({ env, report, containers: "never" });
    await expect(stack).rejects.toThrow(StackError);
    await expect(stack).rejects.toThrow(/redis ended with exit code 1[^]*FATAL CONFIG FILE ERROR/);
  } finally {
    rmSync(programs, { recursive: true, force: true });
  }
});

test("nothing is left of the services and their data when the process that started them is killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cordon-launcher-"));
  try {
    const launcher = join(folder, "launcher.ts");
    writeFileSync(
      launcher,
      `import { startStack } from ${JSON.stringify(import.meta.resolve("@cordon/local-stack"))};
       const stack = await startStack({ env: process.env, report: () => {} });
       console.log(stack.redisUrl, stack.sources.redis);
       setInterval(() => {}, 1000);`,
    );
    const env = { ...process.env, KAFKA_BROKERS: kafkaBrokers, SCHEMA_REGISTRY_URL: registryUrl, REDIS_URL: "" };
    const child = spawn(process.execPath, [launcher], { env, stdio: ["ignore", "pipe", "inherit"] });
    let said: readonly string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said = line.split(" ");
      break;
    }
    const [url = "", source] = said;
    expect(await answers(url)).toBe(true);
    const mine = `cordon-stack-${hostname()}-${String(child.pid)}-`;
    const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(mine));
    expect(left()).toHaveLength(source === "process" ? 1 : 0);
    child.kill("SIGKILL");
    for (let i = 0; i < 100 && (left().length > 0 || (await answers(url))); i += 1) await sleep(100);
    expect(await answers(url)).toBe(false);
    expect(left()).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
