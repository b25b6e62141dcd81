import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { spawnSupervised } from "@cordon/local-stack";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon supervisor "));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const sh = (script: string): readonly string[] => ["-c", script, "sh", folder];

function pidIn(file: string): number {
  const path = join(folder, file);
  return existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie still has a process id; it runs no more.
    return !existsSync(`/proc/${String(pid)}/stat`) || !/\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; !condition() && i < 200; i += 1) await sleep(50);
  expect(condition()).toBe(true);
}

function read(stream: Readable | null): Promise<string> {
  if (stream === null) throw new Error("the output is not piped");
  return text(stream);
}

test("the command's output and exit code come through", async () => {
  const supervised = spawnSupervised("/bin/sh", sh("echo out; echo err >&2; exit 3"), { output: "pipe" });
  const [stdout, stderr] = await Promise.all([read(supervised.stdout), read(supervised.stderr)]);
  expect({ stdout, stderr, ...(await supervised.exited) }).toEqual({ stdout: "out\n", stderr: "err\n", code: 3 });
});

test("a command that is not there ends with 127, as in a shell", async () => {
  expect(await spawnSupervised("cordon-no-such-command", [], { output: "ignore" }).exited).toEqual({ code: 127 });
});

test("stop asks with SIGTERM and waits for the end", async () => {
  const supervised = spawnSupervised(
    "/bin/sh",
    sh(`trap 'echo asked > "$1/asked"; exit 0' TERM; echo $$ > "$1/pid"; while :; do sleep 0.1; done`),
  );
  await until(() => pidIn("pid") > 0);
  await supervised.stop();
  expect(readFileSync(join(folder, "asked"), "utf8")).toBe("asked\n");
  expect(await supervised.exited).toEqual({ code: 0 });
});

test("what ignores SIGTERM is killed after the grace, with what it started", async () => {
  const script = `trap '' TERM; (trap '' TERM; sleep 60) & echo $! > "$1/grandchild"; echo $$ > "$1/pid"; wait`;
  const supervised = spawnSupervised("/bin/sh", sh(script), { grace: 0 });
  await until(() => pidIn("pid") > 0);
  await supervised.stop();
  expect(runs(pidIn("pid"))).toBe(false);
  await until(() => !runs(pidIn("grandchild")));
});

test("kill ends it at once", async () => {
  const supervised = spawnSupervised("/bin/sh", sh(`echo $$ > "$1/pid"; exec sleep 60`));
  await until(() => pidIn("pid") > 0);
  supervised.kill();
  expect(await supervised.exited).toEqual({ code: 137 });
  await until(() => !runs(pidIn("pid")));
  supervised.kill();
});

test("a folder that goes with the command is removed after it, and its parent when that is empty", async () => {
  const own = join(folder, "stack", "service");
  const other = join(folder, "stack", "other");
  mkdirSync(own, { recursive: true });
  mkdirSync(other);
  writeFileSync(join(own, "data"), "");
  await spawnSupervised("sleep", ["60"], { remove: own }).stop();
  await until(() => !existsSync(own));
  expect(existsSync(other)).toBe(true);
  await spawnSupervised("sleep", ["60"], { remove: other }).stop();
  await until(() => !existsSync(join(folder, "stack")));
});

test("nothing survives a launcher that is killed", async () => {
  const data = join(folder, "stack", "data");
  mkdirSync(data, { recursive: true });
  const launcher = join(folder, "launcher.ts");
  const script = `trap '' TERM; sleep 60 & echo $! > "$1/grandchild"; echo $$ > "$1/pid"; wait; wait`;
  const index = import.meta.resolve("@cordon/local-stack");
  writeFileSync(
    launcher,
    `import { spawnSupervised } from ${JSON.stringify(index)};
     spawnSupervised("/bin/sh", ${JSON.stringify(sh(script))}, { grace: 1, remove: ${JSON.stringify(data)} });`,
  );
  const child = spawn(process.execPath, [launcher], { stdio: ["ignore", "inherit", "inherit"] });
  await until(() => pidIn("pid") > 0);
  child.kill("SIGKILL");
  const gone = (): boolean => !runs(pidIn("pid")) && !runs(pidIn("grandchild")) && !existsSync(join(folder, "stack"));
  for (let i = 0; !gone() && i < 200; i += 1) await sleep(50);
  expect(gone()).toBe(true);
});
