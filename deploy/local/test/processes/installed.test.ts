import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, beforeEach, expect, test } from "vitest";

import { installed } from "../../src/processes/installed.ts";
import type { Finding } from "../../src/service.ts";

let home: string;
let fetches: number;
let reported: string[];
let finding: Finding;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cordon-installed-"));
  fetches = 0;
  reported = [];
  finding = { env: {}, report: (line) => reported.push(line), signal: new AbortController().signal };
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

async function fetch(folder: string): Promise<void> {
  fetches += 1;
  await sleep(50);
  writeFileSync(join(folder, "program.jar"), "all of it");
}

function cutOff(folder: string): Promise<void> {
  writeFileSync(join(folder, "program.jar"), "all of it");
  return Promise.reject(new Error("cut off"));
}

const install = (by = fetch): Promise<string> =>
  installed({ name: "thing-1.0", needs: ["program.jar"], home }, by, finding);

test("what was fetched is used again", async () => {
  expect(await install()).toBe(join(home, "thing-1.0"));
  await install();
  expect(fetches).toBe(1);
  expect(readdirSync(home)).toEqual(["thing-1.0"]);
});

test("of two at once, one fetches and the other waits", async () => {
  await Promise.all([install(), install()]);
  expect(fetches).toBe(1);
  expect(reported).toEqual(["thing-1.0: another process is fetching it, waiting"]);
});

test.each([
  ["cut short", () => writeFileSync(join(home, "thing-1.0", "program.jar"), "half")],
  ["gone", () => rmSync(join(home, "thing-1.0", "program.jar"))],
  ["without an inventory", () => rmSync(join(home, "thing-1.0", ".complete.json"))],
])("a file that is %s is fetched again", async (_, damage) => {
  await install();
  damage();
  await install();
  expect(fetches).toBe(2);
});

test("a fetch that fails leaves nothing that looks whole, and is tried again", async () => {
  await expect(install(cutOff)).rejects.toThrow("cut off");
  expect(existsSync(join(home, "thing-1.0"))).toBe(false);
  await install();
  expect(readdirSync(home)).toEqual(["thing-1.0"]);
});

test("what comes without the program is refused", async () => {
  await expect(install(() => Promise.resolve())).rejects.toThrow("thing-1.0: what was fetched has no program.jar");
});

test("the lock of a process that is no more is taken over", async () => {
  writeFileSync(join(home, "thing-1.0.lock"), "99999999");
  await install();
  expect(reported).toEqual([]);
});
