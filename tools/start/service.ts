import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { type Supervised, spawnSupervised } from "@cordon/local-stack";
import { backOffMs, readAddresses } from "@cordon/service";

import { troubleIn } from "./log-line.ts";
import type { ServiceFact } from "./view.ts";

export interface ServiceOptions {
  readonly name: string;
  /** The file that production starts, too. */
  readonly entry: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes every line it logs. */
  readonly log: (line: string) => void;
  /** A line for the person at the terminal. */
  readonly say: (text: string) => void;
  /** Called when it listens, at first and after each restart. */
  readonly onListening: (fact: ServiceFact) => void;
  /** Called once when starting it again would not help: nothing more is tried. */
  readonly onHopeless: (reason: string) => void;
}

/** A service that is started again when it dies. */
export interface KeptService {
  fact(): ServiceFact;
  /** Ends it for good; resolves when its process is gone. */
  stop(): Promise<void>;
}

const graceSeconds = 10;
const pauses = { firstMs: 250, mostMs: 10_000 };
/** A process that lived this long was well: the next pause is short again. */
const soundAfterMs = 30_000;
const mostFailedStarts = 3;
const sameTroubleMs = 5000;
const keptLines = 8;
/** The exit code of a service whose configuration is wrong. */
const misconfigured = 2;

/** How often it is looked whether a service has written its addresses. */
const pollMs = 50;

function described(code: number): string {
  return code > 128 ? `killed by signal ${String(code - 128)}` : `exit code ${String(code)}`;
}

/** Starts a service under a supervisor and keeps it running, at the same address where that is possible. */
export function keepService(options: ServiceOptions): KeptService {
  const { name, entry, environment, log, say } = options;
  const ended = new AbortController();
  const lastTrouble = new Map<string, number>();
  let lastLines: readonly string[] = [];
  let child: Supervised | null = null;
  let pid: number | null = null;
  let url: string | null = null;
  let listening = false;
  let everListened = false;
  let restarts = 0;

  function fact(): ServiceFact {
    return { name, pid, url: everListened ? url : null, restarts };
  }

  function trouble(text: string): void {
    const now = Date.now();
    if (now - (lastTrouble.get(text) ?? 0) < sameTroubleMs) return;
    if (lastTrouble.size > 100) lastTrouble.clear();
    lastTrouble.set(text, now);
    say(`${name}: ${text}`);
  }

  function onLine(line: string): void {
    log(line);
    lastLines = [...lastLines, line].slice(-keptLines);
    const told = troubleIn(line);
    if (told !== null) trouble(told);
  }

  /** Ends once the service has told where it is, or with it. */
  async function awaitAddress(file: string, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      const found = readAddresses(file);
      if (found?.urls["http"] !== undefined) {
        pid = found.pid;
        url = found.urls["http"];
        listening = true;
        everListened = true;
        options.onListening(fact());
        return;
      }
      await sleep(pollMs);
    }
  }

  async function runOnce(port: string): Promise<number> {
    listening = false;
    const folder = mkdtempSync(join(tmpdir(), "cordon-service-"));
    const file = join(folder, "addresses.json");
    const started = spawnSupervised(process.execPath, [entry], {
      env: { ...environment, HTTP_PORT: port, ADDRESSES_FILE: file },
      output: "pipe",
      grace: graceSeconds,
      remove: folder,
    });
    child = started;
    const ending = new AbortController();
    const addressed = awaitAddress(file, ending.signal);
    for (const stream of [started.stdout, started.stderr])
      if (stream !== null) createInterface({ input: stream }).on("line", onLine);
    const { code } = await started.exited;
    ending.abort();
    await addressed;
    pid = null;
    return code;
  }

  async function keep(): Promise<void> {
    let failures = 0;
    let port = "0";
    while (!ended.signal.aborted) {
      const began = Date.now();
      const code = await runOnce(port);
      if (ended.signal.aborted) return;
      // An address that could not be listened on again is given up for another.
      port = listening && url !== null ? new URL(url).port : "0";
      failures = Date.now() - began > soundAfterMs ? 0 : failures + 1;
      if (!everListened && (code === misconfigured || failures >= mostFailedStarts)) {
        options.onHopeless([`${name} does not start (${described(code)}). Its last lines:`, ...lastLines].join("\n"));
        return;
      }
      restarts += 1;
      const pause = backOffMs(failures, pauses);
      say(`${name} died (${described(code)}); starting it again in ${(pause / 1000).toFixed(1)} s`);
      // An abort only ends the pause.
      await sleep(pause, undefined, { signal: ended.signal }).catch(() => {});
    }
  }
  const kept = keep();

  return {
    fact,
    async stop() {
      ended.abort();
      await child?.stop();
      await kept;
    },
  };
}
