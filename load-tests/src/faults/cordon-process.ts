import { execFile } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { spawnSupervised } from "@cordon/local-stack";
import { readAddresses } from "@cordon/service";

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A service as it runs in production: its `main.ts`, told by its environment. */
export interface CordonProcess {
  /** Resolves with the exit code, whatever ends it. */
  readonly ended: Promise<number>;
  /** Lines with that message so far. */
  said(message: string): readonly LogLine[];
  /** The line of that message after the first `already`; rejects after `seconds`, or when the process has ended. */
  says(message: string, options?: { readonly already?: number; readonly seconds?: number }): Promise<LogLine>;
  /** Lines beside its log, as Node's own warnings are. */
  besideLog(): readonly string[];
  /** Its last lines, for a person who looks for what went wrong. */
  lastWords(lines: number): string;
  /** Where probes and metrics are; rejects as `says` does. */
  url(): Promise<string>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGSTOP: it keeps its connections and does nothing, as on a machine that swaps or is moved. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

export interface CordonProcessOptions {
  readonly service: "screener" | "list-sync";
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Arguments of Node itself, before the program. */
  readonly nodeArguments?: readonly string[];
  /** A file to which everything is added that it says. */
  readonly log?: string | null;
  /** What the process is started by, before Node: `[command, ...arguments]`. */
  readonly under?: readonly string[];
}

/** Tells its process id, which the program that takes its place keeps. */
const introduce = `echo $$ > "$0" && exec "$@"`;

const root = fileURLToPath(new URL("../../..", import.meta.url));

export function startCordonProcess(options: CordonProcessOptions): CordonProcess {
  const { service, env, nodeArguments = [], under = [], log: logFile = null } = options;
  const main = `${root}services/${service}/src/main.ts`;
  const folder = mkdtempSync(join(tmpdir(), "cordon-faults-process-"));
  const pidFile = join(folder, "pid");
  const addressesFile = join(folder, "addresses.json");
  const program = [...under, process.execPath, ...nodeArguments, main];
  const supervised = spawnSupervised("/bin/sh", ["-c", introduce, pidFile, ...program], {
    cwd: root,
    env: { ...env, ADDRESSES_FILE: addressesFile },
    output: "pipe",
    grace: 40,
    remove: folder,
  });
  const log: LogLine[] = [];
  const other: string[] = [];
  for (const stream of [supervised.stdout, supervised.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      if (logFile !== null) appendFileSync(logFile, `${line}\n`);
      if (line.startsWith("{")) log.push(JSON.parse(line) as LogLine);
      else other.push(line);
    });
  }
  let code: number | null = null;
  const exited = supervised.exited.then((exit) => (code = exit.code));
  const said = (message: string): readonly LogLine[] => log.filter(({ msg }) => msg === message);

  const lastWords = (lines: number): string =>
    [
      `exit code ${String(code)}`,
      ...log.slice(-lines).map((line) => JSON.stringify(line)),
      ...other.slice(-lines),
    ].join("\n  ");

  async function says(message: string, { already = 0, seconds = 60 } = {}): Promise<LogLine> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const line = said(message)[already];
      if (line !== undefined) return line;
      if (code !== null || Date.now() > deadline)
        throw new Error(
          `${service} ${code === null ? "" : `ended with ${String(code)} and `}did not say "${message}"; its last words: ${lastWords(8)}`,
        );
      await sleep(20);
    }
  }

  async function url(): Promise<string> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const found = readAddresses(addressesFile)?.urls["http"];
      if (found !== undefined) return found;
      if (code !== null || Date.now() > deadline)
        throw new Error(`${service} does not serve its probes; its last words: ${lastWords(8)}`);
      await sleep(20);
    }
  }

  function send(what: NodeJS.Signals): void {
    const pid = code === null ? Number(readFileSync(pidFile, "utf8")) : Number.NaN;
    if (!Number.isSafeInteger(pid) || pid <= 1) throw new Error(`${service} does not run: it gets no ${what}`);
    process.kill(pid, what);
  }

  return {
    ended: exited,
    said,
    says,
    besideLog: () => other,
    lastWords,
    url,
    async stop() {
      await supervised.stop();
      return exited;
    },
    async kill() {
      supervised.kill();
      await exited;
    },
    freeze() {
      send("SIGSTOP");
    },
    thaw() {
      send("SIGCONT");
    },
  };
}

/** The command line as a user starts it, to its end. */
export function runCordonCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: number; readonly out: string }> {
  const main = `${root}packages/cli/src/main.ts`;
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env }, (error, out) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out });
    });
  });
}
