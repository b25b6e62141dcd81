import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

import { spawnSupervised, startBreakableStack, type Supervised } from "@cordon/local-stack";

import { faults } from "./faults.ts";
import { type FaultOptions, readFaultOptions, usage } from "./options.ts";
import { playFault, type PlayOptions } from "./play-fault.ts";
import { notePlay, notPlayed, type Play, playedToItsEnd, type PlayOf, readPlays } from "./plays.ts";
import type { Fault } from "./scene.ts";
import { documentOf, tableOf } from "./table.ts";

const inDocs = (name: string): string => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
const record = inDocs("faults.ndjson");

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function git(...args: readonly string[]): string {
  return spawnSync("git", args, { cwd: inDocs(""), encoding: "utf8" }).stdout?.trim() ?? "";
}

/** What is played: a play says nothing about code that came after. The documents themselves are no code. */
function commit(): string {
  const differs = git("status", "--porcelain", "--", ":/", ":!/docs", ":!/.tools") !== "";
  return `${git("rev-parse", "--short", "HEAD")}${differs ? "+" : ""}`;
}

interface Beside {
  readonly busy: number;
  readonly after: string | null;
}

async function played(fault: Fault, playing: Omit<PlayOptions, "env" | "run">, beside: Beside): Promise<Play> {
  say(`${fault.name} on ${playing.client}: ${fault.what}`);
  const about = (): PlayOf => ({
    fault: fault.name,
    client: playing.client,
    at: new Date().toISOString().slice(0, 16).replace("T", " "),
    commit: commit(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    ...beside,
  });
  try {
    const result = await playFault(fault, { ...playing, env: process.env, run: Date.now().toString(36) });
    return playedToItsEnd(about(), result);
  } catch (error) {
    playing.signal.throwIfAborted();
    say(`not played to its end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return notPlayed(about(), error);
  }
}

/** Does nothing but compute. */
function startBusy(): Supervised {
  return spawnSupervised(process.execPath, ["-e", "for (;;);"], { cwd: inDocs(""), output: "ignore", grace: 1 });
}

async function playAll(options: FaultOptions, signal: AbortSignal): Promise<number> {
  const { only, clients, write, times, busy, logs } = options;
  if (logs !== null) mkdirSync(logs, { recursive: true });
  const chosen = only.length === 0 ? faults : faults.filter(({ name }) => only.includes(name));
  const rounds = Array.from({ length: times }, (_, round) =>
    chosen.flatMap((fault) => clients.map((client) => ({ fault, client, round }))),
  );
  const stack = await startBreakableStack({ env: process.env, report: say, signal });
  const plays: Play[] = [];
  const computing = Array.from({ length: busy }, startBusy);
  try {
    for (const { fault, client, round } of rounds.flat()) {
      const play = await played(
        fault,
        { stack, signal, client, round, logs },
        { busy, after: plays.at(-1)?.fault ?? null },
      );
      plays.push(play);
      if (write) notePlay(record, play);
      say(tableOf([fault], [play], [client]).split("\n").at(-1) ?? "");
    }
  } finally {
    for (const each of computing) each.kill();
    await stack.stop();
  }
  process.stdout.write(`${tableOf(chosen, plays, clients)}\n`);
  if (write) writeFileSync(inDocs("faults.md"), documentOf(faults, { plays: readPlays(record), machine: machine() }));
  return plays.every(({ breaches }) => breaches.length === 0) ? 0 : 1;
}

function machine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${String(availableParallelism())} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${String(gibibytes)} GiB, Node ${process.version}`;
}

async function main(): Promise<number> {
  let options: FaultOptions | "help";
  try {
    options = readFaultOptions(
      process.argv.slice(2),
      faults.map(({ name }) => name),
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say(`${error.message}\n\n${usage}`);
    return 2;
  }
  if (options === "help") {
    process.stdout.write(usage);
    return 0;
  }
  if (options.list) {
    process.stdout.write(faults.map(({ name, what }) => `${name}\t${what}\n`).join(""));
    return 0;
  }
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      stopping.abort(new Error(`stopped by ${signal}`));
    });
  return playAll(options, stopping.signal);
}

// kafkajs leaves timers behind; what was started has been stopped by now, or is under a supervisor.
process.exit(
  await main().catch((error: unknown) => {
    say(String(error instanceof Error ? error.stack : error));
    return 1;
  }),
);
