import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

import { startBreakableStack } from "@cordon/local-stack";

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

async function played(fault: Fault, playing: Omit<PlayOptions, "env" | "run">): Promise<Play> {
  say(`${fault.name} on ${playing.client}: ${fault.what}`);
  const about = (): PlayOf => ({
    fault: fault.name,
    client: playing.client,
    at: new Date().toISOString().slice(0, 16).replace("T", " "),
    commit: commit(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
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

async function playAll({ only, clients, write, times }: FaultOptions, signal: AbortSignal): Promise<number> {
  const chosen = only.length === 0 ? faults : faults.filter(({ name }) => only.includes(name));
  const rounds = Array.from({ length: times }, () =>
    chosen.flatMap((fault) => clients.map((client) => ({ fault, client }))),
  );
  const stack = await startBreakableStack({ env: process.env, report: say, signal });
  const plays: Play[] = [];
  try {
    for (const { fault, client } of rounds.flat()) {
      const play = await played(fault, { stack, signal, client });
      plays.push(play);
      if (write) notePlay(record, play);
      say(tableOf([fault], [play], [client]).split("\n").at(-1) ?? "");
    }
  } finally {
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
