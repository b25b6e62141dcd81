import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { keepService, type KeptService } from "../../start/service.ts";
import type { ServiceFact } from "../../start/view.ts";

/** Listens like a service, writes where, and ends when asked to. */
const wellBehaved = `
  import { writeFileSync } from "node:fs";
  import { createServer } from "node:http";
  const server = createServer().listen(Number(process.env.HTTP_PORT), "127.0.0.1", () => {
    const urls = { http: "http://127.0.0.1:" + server.address().port };
    writeFileSync(process.env.ADDRESSES_FILE, JSON.stringify({ pid: process.pid, urls }));
  });
  process.on("SIGTERM", () => process.exit(0));
`;

let folder: string;
let service: KeptService | null = null;
let heard: ServiceFact[];
let said: string[];
let hopeless: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-service-"));
  heard = [];
  said = [];
  hopeless = [];
});
afterEach(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true });
});

function keep(program: string): KeptService {
  const entry = join(folder, "main.mjs");
  writeFileSync(entry, program);
  service = keepService({
    name: "made-up",
    entry,
    environment: process.env,
    log: () => {},
    say: (text) => void said.push(text),
    onListening: (fact) => void heard.push(fact),
    onHopeless: (reason) => void hopeless.push(reason),
  });
  return service;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a killed service is started again at the same address, and each line says what is", async () => {
  keep(wellBehaved);
  await vi.waitFor(() => expect(heard).toHaveLength(1), 10_000);
  const [first] = heard;
  process.kill(first?.pid ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(heard).toHaveLength(2), 10_000);
  const second = heard[1];
  expect(second?.url).toBe(first?.url);
  expect(second?.pid).not.toBe(first?.pid);
  expect(second?.restarts).toBe(1);
  expect(said[0]).toMatch(/^made-up died \(killed by signal 9\); starting it again/);
  expect(alive(first?.pid ?? 0)).toBe(false);
});

test("a service that is stopped stays stopped", async () => {
  const kept = keep(wellBehaved);
  await vi.waitFor(() => expect(heard).toHaveLength(1), 10_000);
  await kept.stop();
  expect(alive(heard[0]?.pid ?? 0)).toBe(false);
  expect(said).toEqual([]);
});

test("a configuration that is wrong is not tried again", async () => {
  keep(`console.log("KAFKA_BROKERS is not set"); process.exit(2);`);
  await vi.waitFor(() => expect(hopeless).toHaveLength(1), 10_000);
  expect(hopeless[0]).toContain("made-up does not start (exit code 2)");
  expect(hopeless[0]).toContain("KAFKA_BROKERS is not set");
});

test("a service that never gets as far as listening is given up after three starts", async () => {
  keep(`process.exit(1);`);
  await vi.waitFor(() => expect(hopeless).toHaveLength(1), 15_000);
  expect(said).toHaveLength(2);
});
