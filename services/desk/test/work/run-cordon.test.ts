import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

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
