import { writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

import { startBreakableStack } from "@cordon/local-stack";

import { faults } from "./faults.ts";
import { type FaultOptions, readFaultOptions, usage } from "./options.ts";
import { type FaultResult, playFault, type PlayOptions } from "./play-fault.ts";
import type { Fault } from "./scene.ts";
import { documentOf, tableOf } from "./table.ts";

const documents = { kafkajs: "faults.md", platformatic: "faults-platformatic.md" } as const;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Null when it could not be played to its end. */
async function played(fault: Fault, playing: Omit<PlayOptions, "env" | "run">): Promise<FaultResult | null> {
  say(`${fault.name}: ${fault.what}`);
  const run = Date.now().toString(36);
  try {
    const result = await playFault(fault, { ...playing, env: process.env, run });
    say(tableOf([result]).split("\n").at(-1) ?? "");
    return result;
  } catch (error) {
    playing.signal.throwIfAborted();
    say(
      `${fault.name}: not played to its end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return null;
  }
}

async function playAll({ only, client }: FaultOptions, signal: AbortSignal): Promise<number> {
  const chosen = only.length === 0 ? faults : faults.filter(({ name }) => only.includes(name));
  const stack = await startBreakableStack({ env: process.env, report: say, signal });
  const results: (FaultResult | null)[] = [];
  try {
    for (const fault of chosen) results.push(await played(fault, { stack, signal, client }));
  } finally {
    await stack.stop();
  }
  const whole = results.filter((result) => result !== null);
  process.stdout.write(`${tableOf(whole)}\n`);
  if (only.length === 0 && whole.length === results.length)
    writeFileSync(
      fileURLToPath(new URL(`../../../docs/${documents[client]}`, import.meta.url)),
      documentOf(whole, {
        date: new Date().toISOString().slice(0, 10),
        machine: machine(),
        command: client === "kafkajs" ? "npm run test:faults" : `npm run test:faults -- --client ${client}`,
      }),
    );
  return whole.length === results.length && whole.every(({ breaches }) => breaches.length === 0) ? 0 : 1;
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

// kafkajs leaves timers behind; what was started has been stopped by now, or is on a leash.
process.exit(
  await main().catch((error: unknown) => {
    say(String(error instanceof Error ? error.stack : error));
    return 1;
  }),
);
