import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";

/** Runs a command of `cordon`, as a process of its own, with the lowest claim to the processor. Never rejects. */
export type RunCordon = (args: readonly string[], options?: RunOptions) => Promise<CordonRun>;

export interface RunOptions {
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** Told now and then how far it is, and of how many where that is known. */
  readonly onProgress?: (progress: { readonly done: number; readonly of: number | null }) => void;
  /** Milliseconds. Default ten minutes. */
  readonly timeoutMs?: number;
}

export interface CordonRun {
  readonly code: number;
  readonly stdout: string;
  /** The last line that it said of what went wrong. */
  readonly said: string;
}

/** Under the Node of this process, and not bin/cordon: an image has neither a shell nor npm. */
const ownCommand = [process.execPath, fileURLToPath(new URL("../../../../packages/cli/src/main.ts", import.meta.url))];
const niceness = 10;
const mostOutput = 4 * 1024 * 1024;

export function cordonCommand(
  command: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): RunCordon {
  return (args, { input, signal, onProgress, timeoutMs = 600_000 } = {}) =>
    new Promise((resolve) => {
      const [program = "", ...first] = command === null ? ownCommand : [command];
      const child = spawn(program, [...first, ...args], {
        env: onProgress === undefined ? environment : { ...environment, CORDON_PROGRESS: "lines" },
        // By the channel it hears that the desk is gone: then another desk does its work.
        stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe", "ipc"],
        timeout: timeoutMs,
        killSignal: "SIGTERM",
        ...(signal === undefined ? {} : { signal }),
      });
      if (child.pid !== undefined) lower(child.pid);
      let stdout = "";
      let stderr = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        if (stdout.length < mostOutput) stdout += chunk.toString("utf8");
      });
      child.stderr?.on("data", (chunk: Buffer) => {
        stderr = said(`${stderr}${chunk.toString("utf8")}`, onProgress).slice(-2000);
      });
      child.once("error", (error) => resolve({ code: 127, stdout: "", said: error.message }));
      child.once("close", (code) =>
        resolve({ code: code ?? 143, stdout, said: stderr.trim().split("\n").at(-1) ?? "" }),
      );
      child.stdin?.on("error", () => {});
      child.stdin?.end(input);
    });
}

function lower(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended already.
  }
}

const progressLine = /^progress (\d+)(?: (\d+))?\n/gm;

/** What it said but for its progress, which is told. */
function said(text: string, onProgress: RunOptions["onProgress"]): string {
  return text.replaceAll(progressLine, (_, done: string, of: string | undefined) => {
    onProgress?.({ done: Number(done), of: of === undefined ? null : Number(of) });
    return "";
  });
}
