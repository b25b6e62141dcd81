import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

import type { ProcessName, Service, Starting } from "../service.ts";
import { spawnSupervised } from "../spawn-supervised.ts";
import { StackError } from "../stack-error.ts";
import { untilAnswering } from "../until-answering.ts";

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly address: string;
  readonly answers: () => Promise<void>;
  /** How long it may take to answer. Default: a minute, the most a person should wait without a word. */
  readonly timeoutMs?: number;
}

const portTaken = /address already in use|EADDRINUSE|BindException|port .* (?:in use|already)/i;

/**
 * Starts a program in a fresh folder, its output going to `log.txt` there, and resolves once it answers. `prepare` is
 * asked anew for each try, because a port that was free a moment ago may be taken. Throws StackError with the log's last
 * lines.
 */
export async function runProcess(
  name: ProcessName,
  prepare: (folder: string) => Promise<ProcessSpec>,
  starting: Starting,
): Promise<Service> {
  for (let left = 3; ; left -= 1) {
    const folder = starting.newFolder(name);
    const outcome = await tryOnce(name, await prepare(folder), folder, starting);
    if (outcome.kind === "up") return outcome.service;
    if (left <= 1 || !portTaken.test(outcome.log)) throw outcome.error;
    starting.report(`${name}: its port was taken meanwhile, trying another`);
  }
}

type Outcome =
  | { readonly kind: "up"; readonly service: Service }
  | { readonly kind: "failed"; readonly error: StackError; readonly log: string };

async function tryOnce(
  name: ProcessName,
  spec: ProcessSpec,
  folder: string,
  { signal, report }: Starting,
): Promise<Outcome> {
  const log = join(folder, "log.txt");
  const output = openSync(log, "a");
  const supervised = spawnSupervised(spec.command, spec.args, {
    cwd: spec.cwd ?? folder,
    output,
    grace: 2,
    remove: folder,
  });
  closeSync(output);
  let ended: string | undefined;
  let stopping = false;
  let isUp = false;
  const watch = async (): Promise<void> => {
    const { code } = await supervised.exited;
    ended = `ended with exit code ${String(code)} instead of coming up`;
    if (isUp && !stopping) report(`${name}: ended unexpectedly, exit code ${String(code)}\n${lastLines(log)}`);
  };
  void watch();
  const stop = (): Promise<void> => {
    stopping = true;
    return supervised.stop();
  };
  try {
    await untilAnswering(name, spec.answers, { signal, timeoutMs: spec.timeoutMs ?? 60_000, hopeless: () => ended });
    // Somebody else may answer at a port that we lost to it: only a process that stays up is ours.
    if (ended !== undefined) throw new StackError(`${name} ${ended}`);
    isUp = true;
    return { kind: "up", service: { source: "process", address: spec.address, stop } };
  } catch (error) {
    const lines = lastLines(log);
    await stop();
    if (!(error instanceof StackError)) throw error;
    const message = `${error.message}\nThe last lines of its log:\n${lines}`;
    return { kind: "failed", log: lines, error: new StackError(message, { cause: error }) };
  }
}

/** At most 20 lines, from the last 16 KiB. */
export function lastLines(file: string): string {
  try {
    const size = statSync(file).size;
    const buffer = Buffer.alloc(Math.min(size, 16_384));
    const fd = openSync(file, "r");
    const read = readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    closeSync(fd);
    const lines = buffer.subarray(0, read).toString("utf8").trimEnd().split("\n").slice(-20);
    return lines.map((line) => `  | ${line}`).join("\n");
  } catch {
    return "  | (no log)";
  }
}
