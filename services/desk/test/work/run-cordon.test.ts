import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { cordonCommand } from "../../src/work/run-cordon.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-desk-run-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program that stands in for the command line. */
function program(text: string): string {
  const path = join(folder, "cordon");
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
}

test("tells how far a command is, and keeps that out of what it said", async () => {
  const path = program(`echo "progress 1 4" >&2
echo "waiting for Kafka" >&2
echo "progress 2" >&2
echo "{\\"asked\\":\\"$CORDON_PROGRESS\\"}"`);
  const told: unknown[] = [];
  const run = await cordonCommand(path, process.env)([], { onProgress: (progress) => void told.push(progress) });
  expect(run).toEqual({ code: 0, stdout: '{"asked":"lines"}\n', said: "waiting for Kafka" });
  expect(told).toEqual([
    { done: 1, of: 4 },
    { done: 2, of: null },
  ]);
});

test("asks for no progress where nobody wants it", async () => {
  const run = await cordonCommand(program('echo "[$CORDON_PROGRESS]"; exit 1'), { PATH: process.env["PATH"] })([]);
  expect(run).toEqual({ code: 1, stdout: "[]\n", said: "" });
});

test("a command ends with the desk that runs it, also with one that is killed", async () => {
  // It waits for a Redis that takes connections and says nothing.
  const connected = Promise.withResolvers<void>();
  const silent = createServer(() => {
    connected.resolve();
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const pidFile = join(folder, "pid");
  const path = program(
    `echo $$ > "${pidFile}"\nexec "${process.execPath}" "${fileOf("packages/cli/src/main.ts")}" "$@"`,
  );
  const desk = join(folder, "desk.mjs");
  writeFileSync(
    desk,
    `import { cordonCommand } from ${JSON.stringify(fileOf("services/desk/src/work/run-cordon.ts"))};
await cordonCommand(${JSON.stringify(path)}, process.env)(["look-back", "--since", "1d"]);`,
  );
  const running = spawn(process.execPath, [desk], {
    env: {
      ...process.env,
      REDIS_URL: `redis://127.0.0.1:${String(port)}`,
      KAFKA_BROKERS: "127.0.0.1:1",
      SCHEMA_REGISTRY_URL: "http://127.0.0.1:1",
    },
    stdio: "ignore",
  });
  try {
    await connected.promise;
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(lives(pid)).toBe(true);
    running.kill("SIGKILL");
    await vi.waitFor(
      () => {
        expect(lives(pid)).toBe(false);
      },
      { timeout: 3000 },
    );
  } finally {
    running.kill("SIGKILL");
    silent.close();
  }
}, 30_000);

const fileOf = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
