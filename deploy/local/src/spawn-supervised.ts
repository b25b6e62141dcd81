import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const supervisor = fileURLToPath(new URL("../../../tools/supervisor", import.meta.url));

export interface SupervisorOptions {
  readonly cwd?: string;
  /** The whole environment of the command, as with `spawn`; ours when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `pipe` gives `stdout` and `stderr`; a number is an open file. Default `inherit`. */
  readonly output?: "inherit" | "ignore" | "pipe" | number;
  /** Seconds between the request to stop and the kill. Default 5. */
  readonly grace?: number;
  /** A folder to remove after the end, however it comes about. Its parent goes too if that leaves it empty. */
  readonly remove?: string;
}

/** 128 + signal number when a signal ended the command, as a shell reports it; 127 when there is no such command. */
export interface SupervisedExit {
  readonly code: number;
}

export interface Supervised {
  /** Of the supervisor, which leads the command's process group. Undefined when it could not be started. */
  readonly pid: number | undefined;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Never rejects. */
  readonly exited: Promise<SupervisedExit>;
  /** Sends SIGTERM, after `grace` seconds SIGKILL to the whole group; resolves when the command is gone. */
  stop(): Promise<void>;
  /** SIGKILL to the command and everything it started, at once: for tests of what a crash leaves behind. */
  kill(): void;
}

/**
 * Starts a command that cannot outlive this process: when we end for any reason, SIGKILL included, the kernel closes a
 * pipe that only we hold, and `tools/supervisor` stops the command and all it started. The command reads nothing from stdin.
 */
export function spawnSupervised(command: string, args: readonly string[], options: SupervisorOptions = {}): Supervised {
  const output = options.output ?? "inherit";
  const remove = options.remove === undefined ? [] : ["--remove", options.remove];
  const child = spawn(supervisor, [...remove, String(options.grace ?? 5), command, ...args], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", output, output, "pipe"],
  });
  const pipe = child.stdio[3];
  // The supervisor reads and never writes; the pipe's error on its death is not news.
  pipe?.on("error", () => {});
  const letGo = (): void => {
    pipe?.destroy();
  };
  const exited = new Promise<SupervisedExit>((resolve) => {
    child.once("error", () => {
      letGo();
      resolve({ code: 127 });
    });
    child.once("exit", (code) => {
      letGo();
      resolve({ code: code ?? 137 });
    });
  });
  return {
    pid: child.pid,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    stop: async () => {
      letGo();
      await exited;
    },
    kill: () => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      process.kill(-child.pid, "SIGKILL");
    },
  };
}
