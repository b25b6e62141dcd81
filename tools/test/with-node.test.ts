import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A checkout in a path with spaces, and a PATH with a node and an npm that only say what they were asked. */
let checkout: string;
let programs: string;

beforeEach(() => {
  checkout = join(mkdtempSync(join(tmpdir(), "cordon with-node ")), "a checkout");
  programs = join(checkout, "..", "programs");
  mkdirSync(join(checkout, "tools", "node"), { recursive: true });
  mkdirSync(programs);
  cpSync(join(repository, "tools", "with-node"), join(checkout, "tools", "with-node"));
  for (const file of ["package.json", "package-lock.json", ".npmrc"])
    cpSync(join(repository, "tools", "node", file), join(checkout, "tools", "node", file));
  writeFileSync(join(checkout, "package-lock.json"), "the lock");
  node("v24.21.0");
  npm("mkdir -p node_modules");
});

afterEach(() => {
  rmSync(join(checkout, ".."), { recursive: true, force: true });
});

function program(file: string, script: string): void {
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function node(version: string, folder = programs): void {
  program(join(folder, "node"), `if [ "$1" = -v ]; then echo ${version}; else echo "${version} runs $*"; fi`);
}

/** Counts its runs, so that a test sees how often packages were installed. */
function npm(script: string): void {
  program(join(programs, "npm"), `echo "npm $*" >> "${checkout}/npm.log"; ${script}`);
}

function npmRuns(): readonly string[] {
  const log = join(checkout, "npm.log");
  return existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: readonly string[]) {
  const child = spawn(join(checkout, "tools", "with-node"), args, {
    env: { PATH: `${programs}:/usr/bin:/bin` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = async (): Promise<Ended> => {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    return { code: child.exitCode, stdout, stderr };
  };
  return { child, ended: ended() };
}

const run = (...args: readonly string[]): Promise<Ended> => start(...args).ended;

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; !condition() && i < 100; i += 1) await sleep(50);
  expect(condition()).toBe(true);
}

test("the first run installs the packages, the second does not, and a changed lock does again", async () => {
  expect(await run("program.ts", "an argument")).toMatchObject({
    code: 0,
    stdout: "v24.21.0 runs program.ts an argument\n",
  });
  await run("program.ts");
  expect(npmRuns()).toHaveLength(1);
  expect(npmRuns()[0]).toContain("npm ci");
  writeFileSync(join(checkout, "package-lock.json"), "another lock");
  await run("program.ts");
  expect(npmRuns()).toHaveLength(2);
});

test("what Node compiled is kept in the checkout, for the next program", async () => {
  program(join(programs, "node"), 'if [ "$1" = -v ]; then echo v24.21.0; else echo "$NODE_COMPILE_CACHE"; fi');
  expect((await run("program.ts")).stdout).toMatch(/\/a checkout\/\.tools\/compile-cache\n$/);
});

// Elsewhere no Node can be had from npm, and the script says so.
test.runIf(process.platform === "linux")(
  "an older Node is replaced by one from npm, which runs the program and npm too",
  async () => {
    node("v20.20.2");
    npm(
      'case "$*" in *--prefix*) prefix=$(echo "$*" | sed "s/.*--prefix //"); ' +
        'mkdir -p "$prefix/node_modules/node-any/bin"; cp "$(dirname "$0")/new-node" "$prefix/node_modules/node-any/bin/node";; ' +
        '*) node -v >> "$PWD/installed-under"; mkdir -p node_modules;; esac',
    );
    node("v24.21.0");
    cpSync(join(programs, "node"), join(programs, "new-node"));
    node("v20.20.2");
    const first = await run("program.ts");
    expect(first).toMatchObject({ code: 0, stdout: "v24.21.0 runs program.ts\n" });
    expect(first.stderr).toContain("fetching Node");
    expect(readFileSync(join(checkout, "installed-under"), "utf8")).toBe("v24.21.0\n");
    expect((await run("program.ts")).stderr).toBe("");
  },
);

test("a failed install says so, leaves no lock and no stamp, and is tried again", async () => {
  npm("echo 'no network' >&2; mkdir -p node_modules; exit 7");
  const { code, stderr, stdout } = await run("program.ts");
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("no network");
  expect(stderr).toContain("could not install the packages");
  expect(readdirSync(join(checkout, ".tools"))).toEqual([]);
  npm("mkdir -p node_modules");
  expect((await run("program.ts")).code).toBe(0);
});

test("without npm it says what to install", async () => {
  rmSync(join(programs, "npm"));
  const child = spawn("/bin/sh", [join(checkout, "tools", "with-node"), "program.ts"], {
    env: { PATH: onlyTheseTools() },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [stderr] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(child.exitCode).toBe(1);
  expect(stderr).toContain("npm is not here. Install");
});

/** A PATH without the system's npm, which may stand beside the tools that the script itself needs. */
function onlyTheseTools(): string {
  for (const tool of ["cat", "cmp", "cut", "dirname", "mkdir", "ps", "rm", "rmdir", "sed", "sleep"])
    program(join(programs, tool), `PATH=/usr/bin:/bin exec ${tool} "$@"`);
  return programs;
}

test("of two at once, one installs and the other waits", async () => {
  npm("sleep 1; mkdir -p node_modules");
  const [a, b] = await Promise.all([run("a.ts"), run("b.ts")]);
  expect([a.stdout, b.stdout]).toEqual(["v24.21.0 runs a.ts\n", "v24.21.0 runs b.ts\n"]);
  expect(npmRuns()).toHaveLength(1);
});

test("the lock of a dead owner is taken over, also when its process id is in use again", async () => {
  mkdirSync(join(checkout, ".tools"));
  // This test's process is alive, but it did not begin at 1.
  writeFileSync(join(checkout, ".tools", "lock"), `${String(process.pid)} 1\n`);
  expect((await run("program.ts")).code).toBe(0);
  writeFileSync(join(checkout, "package-lock.json"), "another lock");
  writeFileSync(join(checkout, ".tools", "lock"), "99999999 1\n");
  expect((await run("program.ts")).code).toBe(0);
  expect(npmRuns()).toHaveLength(2);
});

test("SIGTERM ends the install with it, and its exit code says so", async () => {
  npm("echo $$ > pid; exec sleep 30");
  const { child, ended } = start("program.ts");
  const pid = join(checkout, "pid");
  await until(() => existsSync(pid) && readFileSync(pid, "utf8").endsWith("\n"));
  child.kill("SIGTERM");
  expect((await ended).code).toBe(143);
  expect(() => process.kill(Number(readFileSync(pid, "utf8")), 0)).toThrow("ESRCH");
  expect(readdirSync(join(checkout, ".tools"))).toEqual([]);
});

test("after a kill the next run waits until the orphaned install has ended, and installs again", async () => {
  npm("echo $$ > pid; sleep 1; mkdir -p node_modules; echo done >> order");
  const { child, ended } = start("program.ts");
  await until(() => existsSync(join(checkout, "pid")));
  await sleep(200);
  child.kill("SIGKILL");
  expect((await run("program.ts")).code).toBe(0);
  await ended;
  expect(npmRuns()).toHaveLength(2);
  expect(readFileSync(join(checkout, "order"), "utf8")).toBe("done\ndone\n");
});
