import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, beforeEach, expect, test } from "vitest";

import { runProcess } from "../../src/processes/run-process.ts";
import type { ProcessSpec } from "../../src/processes/run-process.ts";
import type { Starting } from "../../src/service.ts";
import { StackError } from "../../src/stack-error.ts";

let root: string;
let reported: string[];
let starting: Starting;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cordon-run-process-"));
  reported = [];
  starting = {
    env: {},
    report: (line) => reported.push(line),
    signal: new AbortController().signal,
    newFolder: (name) => mkdtempSync(join(root, name)),
  };
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const answering = (): Promise<void> => Promise.resolve();
const silent = (): Promise<void> => Promise.reject(new Error("nobody answers"));

/** A service that is a shell script. */
function service(script: string, more: Partial<ProcessSpec> = {}): () => Promise<ProcessSpec> {
  const spec = { command: "/bin/sh", args: ["-c", script], address: "127.0.0.1:1", answers: silent, ...more };
  return () => Promise.resolve(spec);
}

test("a service that answers is up, and stops when told", async () => {
  const up = await runProcess("redis", service("exec sleep 60", { answers: answering }), starting);
  expect(up).toMatchObject({ source: "process", address: "127.0.0.1:1" });
  await up.stop();
  expect(reported).toEqual([]);
});

test("a service that ends instead of coming up fails with its exit code and its log's last lines", async () => {
  const started = runProcess("redis", service("for i in $(seq 30); do echo line $i; done; exit 3"), starting);
  const error = await started.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StackError);
  const { message } = error as StackError;
  expect(message).toMatch(/^redis ended with exit code 3 instead of coming up\nThe last lines of its log:\n/);
  expect(message).toMatch(/ {2}\| line 30$/);
  expect(message).toContain("line 11\n");
  expect(message).not.toContain("line 10\n");
});

test("a service that never answers fails when its time is over, with what was wrong and its log", async () => {
  const started = runProcess("kafka", service("echo still busy; exec sleep 60", { timeoutMs: 400 }), starting);
  await expect(started).rejects.toThrow(/kafka did not answer within 0\.4 s: nobody answers\n[^]* {2}\| still busy/);
});

test("a port that was taken meanwhile is tried again with another, three times at most", async () => {
  let asked = 0;
  const prepare = (): Promise<ProcessSpec> => {
    asked += 1;
    return service("echo 'bind: Address already in use'; exit 1")();
  };
  await expect(runProcess("redis", prepare, starting)).rejects.toThrow("Address already in use");
  expect(asked).toBe(3);
});

test("an answer at the port of a process that has ended is somebody else's", async () => {
  await expect(runProcess("redis", service("exit 1", { answers: () => sleep(500) }), starting)).rejects.toThrow(
    "ended with exit code 1",
  );
});

test("when the stack is given up, the process is stopped and the reason passed on", async () => {
  const given = new AbortController();
  const started = runProcess("redis", service("exec sleep 60"), { ...starting, signal: given.signal });
  setTimeout(() => {
    given.abort(new Error("given up"));
  }, 200);
  await expect(started).rejects.toThrow("given up");
});

test("a service that ends later says so, with its log's last lines", async () => {
  await runProcess("redis", service("sleep 0.5; echo out of memory; exit 9", { answers: answering }), starting);
  for (let i = 0; reported.length === 0 && i < 100; i += 1) await sleep(50);
  expect(reported.join("\n")).toBe("redis: ended unexpectedly, exit code 9\n  | out of memory");
});
