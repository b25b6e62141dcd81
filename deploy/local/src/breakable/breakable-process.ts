import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { ProcessSpec } from "../processes/run-process.ts";
import { type Supervised, spawnSupervised } from "../spawn-supervised.ts";
import { StackError } from "../stack-error.ts";
import { untilAnswering } from "../until-answering.ts";

/** A service that tests of faults may hurt: it keeps its address and its data from one start to the next. */
export interface BreakableProcess {
  readonly address: string;
  /** Resolves once it answers. Does nothing while it runs. */
  start(): Promise<void>;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it holds its connections and answers nothing, as a machine does that swaps or hangs. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

export interface BreakableOptions {
  readonly name: string;
  readonly spec: ProcessSpec;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The shell tells its id and becomes the service: signals reach the service and not its supervisor, which must outlive it. */
const introduce = `echo $$ > "$0" && exec "$@"`;

/** A service that is not started yet. Its log goes to `log.txt` of the folder. */
export function breakableProcess({ name, spec, folder, signal }: BreakableOptions): BreakableProcess {
  const pidFile = join(folder, "pid");
  const log = join(folder, "log.txt");
  let running: Supervised | null = null;

  function send(what: NodeJS.Signals): void {
    const pid = running === null ? Number.NaN : Number(readFileSync(pidFile, "utf8"));
    if (!Number.isSafeInteger(pid) || pid <= 1) throw new StackError(`${name} does not run: it gets no ${what}`);
    process.kill(pid, what);
  }

  function launch(): { readonly hopeless: () => string | undefined } {
    rmSync(pidFile, { force: true });
    const output = openSync(log, "a");
    const supervised = spawnSupervised("/bin/sh", ["-c", introduce, pidFile, spec.command, ...spec.args], {
      cwd: folder,
      output,
      grace: 5,
    });
    closeSync(output);
    running = supervised;
    let ended: string | undefined;
    const watch = async (): Promise<void> => {
      const { code } = await supervised.exited;
      ended = `ended with exit code ${String(code)}; its log is ${log}`;
      if (running === supervised) running = null;
    };
    void watch();
    return { hopeless: () => ended };
  }

  return {
    address: spec.address,
    async start() {
      if (running !== null) return;
      const { hopeless } = launch();
      await untilAnswering(name, spec.answers, { signal, timeoutMs: 90_000, hopeless });
    },
    async stop() {
      await running?.stop();
    },
    async kill() {
      const ending = running?.exited;
      send("SIGKILL");
      await ending;
    },
    freeze() {
      send("SIGSTOP");
    },
    thaw() {
      send("SIGCONT");
    },
  };
}
