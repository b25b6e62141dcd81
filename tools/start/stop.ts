/** What of `process` decides when to stop. */
export interface StopSources {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  readonly ppid: number;
}

export interface StopOptions {
  readonly sources: StopSources;
  readonly now: () => number;
  /** Called at the second signal: whoever sends it does not want to wait. */
  readonly leaveAtOnce: () => void;
}

/** Ctrl-C in a terminal reaches us twice: from the terminal, and passed on by npm. */
const sameSignalMs = 400;
const parentPollMs = 500;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, and when the process that started us is gone (npm was killed). The
 * timer does not keep the process alive.
 */
export function stopSignal({ sources, now, leaveAtOnce }: StopOptions): AbortController {
  const controller = new AbortController();
  let first: number | null = null;
  const stop = (): void => {
    if (first === null) {
      first = now();
      controller.abort();
    } else if (now() - first > sameSignalMs) leaveAtOnce();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) sources.on(signal, stop);
  const parent = sources.ppid;
  setInterval(() => {
    if (sources.ppid !== parent) controller.abort();
  }, parentPollMs).unref();
  return controller;
}
