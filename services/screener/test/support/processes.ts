import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { type Supervised, spawnSupervised } from "@cordon/local-stack";

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A service as it runs in production: its `main.ts`, told by its environment. */
export interface ServiceProcess {
  readonly log: readonly LogLine[];
  /** The first line with that message, once there is one. Rejects after a minute, or when the process ended without it. */
  logged(message: string, times?: number): Promise<LogLine>;
  /** SIGTERM. Resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  readonly exited: Promise<number>;
  /** Everything that it printed, as it did. */
  printed(): string;
}

export type ServiceName = "list-sync" | "screener" | "canary" | "second-look" | "gateway" | "desk";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export function startService(
  name: ServiceName,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ServiceProcess {
  const supervised: Supervised = spawnSupervised(process.execPath, [`${root}services/${name}/src/main.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env },
    output: "pipe",
    grace: 20,
  });
  const log: LogLine[] = [];
  const other: string[] = [];
  const printed: string[] = [];
  for (const stream of [supervised.stdout, supervised.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      printed.push(line);
      if (line.startsWith("{")) log.push(JSON.parse(line) as LogLine);
      else other.push(line);
    });
  }
  let code: number | null = null;
  const exited = supervised.exited.then((exit) => (code = exit.code));
  const matching = (message: string): readonly LogLine[] => log.filter(({ msg }) => msg === message);

  return {
    log,
    exited,
    printed: () => printed.join("\n"),
    async logged(message, times = 1) {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const found = matching(message)[times - 1];
        if (found !== undefined) return found;
        if (code !== null || Date.now() > deadline)
          throw new Error(`${name} did not log "${message}": ${JSON.stringify([log.slice(-5), other.slice(-10)])}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await supervised.stop();
      return exited;
    },
    async kill() {
      supervised.kill();
      await exited;
    },
  };
}
