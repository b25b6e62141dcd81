import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { type Supervised, spawnSupervised } from "@cordon/local-stack";
import { afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";

const entry = fileURLToPath(new URL("../../start/main.ts", import.meta.url));
const excerpt = fileURLToPath(new URL("../../../data/gim/uk-gim.csv", import.meta.url));

let lines: string[];
let complaints: string[];
let started: Supervised | null = null;

beforeEach(() => {
  lines = [];
  complaints = [];
});
afterEach(async () => {
  await started?.stop();
});

/** `npm start` against the services of the tests, apart from every other user of them. */
function start(...args: readonly string[]): Supervised {
  const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
  const own = `start-${randomBytes(6).toString("hex")}`;
  const child = spawnSupervised(process.execPath, [entry, ...args], {
    env: {
      ...process.env,
      KAFKA_BROKERS: kafkaBrokers,
      SCHEMA_REGISTRY_URL: registryUrl,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: `${own}:`,
      TOPIC_PREFIX: `${own}.`,
      KAFKA_GROUP_ID: own,
      CANARY_GROUP_ID: `${own}-canary`,
      RESUBMISSION_GROUP_ID: `${own}-resubmissions`,
    },
    output: "pipe",
    grace: 20,
  });
  started = child;
  if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  if (child.stderr !== null) createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
  return child;
}

function told(): string {
  return [...complaints, ...lines].join("\n");
}

/** With what it said, where it failed. */
async function expectDone(child: Supervised): Promise<void> {
  const { code } = await child.exited;
  expect({ code, said: code === 0 ? "" : told() }).toEqual({ code: 0, said: "" });
}

function values(variable: string): readonly string[] {
  return lines.flatMap((line) => (line.startsWith(`${variable}=`) ? [line.slice(variable.length + 1)] : []));
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function ready(): Promise<{ readonly screener: number; readonly listSync: number }> {
  await vi.waitFor(() => expect(lines).toContain("READY"), { timeout: 90_000, interval: 100 });
  return { screener: Number(values("SCREENER_PID").at(-1)), listSync: Number(values("LIST_SYNC_PID").at(-1)) };
}

describe("with --events", () => {
  test("every event is decided, every planted name found, and it ends by itself", async () => {
    const child = start("--events", "2000", "--list", `uk=${excerpt}`);
    await expectDone(child);
    expect(lines).toContain("events          2,000 sent, 2,000 decided");
    expect(lines).toContain("planted hits    20 sent, 20 found, 0 missed");
    expect(lines).toContain("lost            0");
    expect(lines.filter((line) => line.startsWith("  found      start-"))).toHaveLength(20);
    expect(lines.find((line) => line.startsWith("decisions"))).toContain("0 not as expected");
  });
});

describe("with --no-traffic", () => {
  test("other programs learn all they need, and a killed screener is started again", async () => {
    start("--no-traffic", "--list", `uk=${excerpt}`);
    const { screener } = await ready();
    expect(lines).toContain("LIST uk=38");
    const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
    expect(values("KAFKA_BROKERS")).toEqual([kafkaBrokers]);
    expect(values("SCHEMA_REGISTRY_URL")).toEqual([registryUrl]);
    expect(values("REDIS_URL")).toEqual([redisUrl]);
    for (const name of ["SCREENER", "LIST_SYNC"]) {
      const response = await fetch(values(`${name}_METRICS_URL`)[0] ?? "");
      expect(await response.text()).toContain("cordon_index_generation 1");
    }

    process.kill(screener, "SIGKILL");
    await vi.waitFor(() => expect(values("SCREENER_PID")).toHaveLength(2), { timeout: 60_000, interval: 100 });
    expect(new Set(values("SCREENER_PID")).size).toBe(2);
    expect(new Set(values("SCREENER_METRICS_URL")).size).toBe(1);
    expect(complaints.join("\n")).toContain("screener died (killed by signal 9)");
    expect(alive(screener)).toBe(false);
  });

  test("a request to stop ends all of it, and is no failure", async () => {
    const child = start("--no-traffic", "--list", `uk=${excerpt}`);
    const pids = await ready();
    await child.stop();
    await expectDone(child);
    expect([alive(pids.screener), alive(pids.listSync)]).toEqual([false, false]);
  });

  test("nothing survives when it is killed", async () => {
    const child = start("--no-traffic", "--list", `uk=${excerpt}`);
    const pids = await ready();
    child.kill();
    await vi.waitFor(() => expect([alive(pids.screener), alive(pids.listSync)]).toEqual([false, false]), {
      timeout: 15_000,
      interval: 100,
    });
  });
});

test("what cannot be understood ends with 2 before anything is started", async () => {
  const child = start("--events", "many");
  expect((await child.exited).code).toBe(2);
  expect(lines).toEqual([]);
  expect(complaints.join("\n")).toContain('not "many"');
});
