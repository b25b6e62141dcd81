import type { Readable, Writable } from "node:stream";

/** What a command reads from and writes to. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Whether a person watches stderr: progress is for nobody else. */
  readonly watched: boolean;
  /** Of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Writes as fast as the reader reads. */
export interface Output {
  /** False when nobody reads any more: stop. Settles when there is room for more. */
  readonly write: (text: string) => Promise<boolean>;
}

/**
 * A reader that goes away (`| head`) ends the writing quietly; any other trouble rejects, for output that is lost must
 * not look like output that was made.
 */
export function outputTo(stream: Writable): Output {
  let gone = false;
  let failure: Error | null = null;
  let wake: (() => void) | null = null;
  const settle = (): void => {
    wake?.();
    wake = null;
  };
  stream.on("drain", settle);
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") gone = true;
    else failure = error;
    settle();
  });
  return {
    write: async (text) => {
      if (!gone && failure === null && !stream.write(text))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (failure !== null) throw failure;
      return !gone;
    },
  };
}

export interface Progress {
  /** `of`: how many there will be, where that is known. */
  readonly to: (done: number, what: string, of?: number) => void;
  readonly end: () => void;
}

const everyMs = 500;

/**
 * A line on a terminal, rewritten twice a second; nothing where nobody watches, but for a program that asks by `CORDON_PROGRESS=lines`:
 * it gets lines `progress DONE OF`, as often, without OF where nobody knows it.
 */
export function progressOn({ stderr, watched, env }: Terminal): Progress {
  if (env["CORDON_PROGRESS"] === "lines") return progressLines(stderr);
  if (!watched) return { to: () => undefined, end: () => undefined };
  const began = performance.now();
  let shown = 0;
  return {
    to: (done, what) => {
      const now = performance.now();
      if (now - shown < everyMs) return;
      shown = now;
      const rate = Math.round((done * 1000) / Math.max(1, now - began));
      stderr.write(`\r${done.toLocaleString("en")} ${what}, ${rate.toLocaleString("en")} a second `);
    },
    end: () => {
      if (shown > 0) stderr.write("\n");
    },
  };
}

function progressLines(stderr: Writable): Progress {
  let told = Number.NEGATIVE_INFINITY;
  return {
    to: (done, _, of) => {
      if (performance.now() - told < everyMs) return;
      told = performance.now();
      stderr.write(`progress ${String(done)}${of === undefined ? "" : ` ${String(of)}`}\n`);
    },
    end: () => undefined,
  };
}
