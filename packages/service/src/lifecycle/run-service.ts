import { CordonError } from "@cordon/errors";

import type { Logger } from "../log/logger.ts";

/** What a service needs of `process`. Only `main.ts` has the real one. */
export interface ProcessPort {
  on(event: string, listener: (...facts: unknown[]) => void): unknown;
  off(event: string, listener: (...facts: unknown[]) => void): unknown;
  exit(code: number): void;
}

export interface ServiceContext {
  /** Aborted on SIGTERM and SIGINT and by `fail`: stop taking work, finish what is in hand, return. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Registers something to be closed at the end; the last one registered is closed first. */
  readonly onClose: (name: string, close: () => Promise<void> | void) => void;
  /** Ends the service with the exit code of a failure because of what happened in the background, such as a dead consumer. */
  readonly fail: (error: unknown) => void;
}

/** What only a `main.ts` says of how its service ends. */
export interface Ending {
  /**
   * Names something without which nothing in hand can be finished, such as Kafka. When it is away after a signal, for about
   * four seconds, the service leaves at once: what is not committed is done again after a restart.
   */
  readonly finishesWith: (name: string, answers: () => Promise<boolean>) => void;
}

export interface RunServiceOptions {
  readonly process: ProcessPort;
  readonly logger: Logger;
  /** How long finishing and closing may take together once the end has begun, milliseconds. */
  readonly drainLimitMs?: number;
}

/** Exit codes of every service. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** CONFIG_INVALID: starting it again as it is will not help. */
  misconfigured: 2,
  /** CONSUMER_CRASHED: the consumer ended for good; a new process may do better. */
  consumerCrashed: 3,
  /** A second signal: the process left at once and finished nothing. */
  interrupted: 130,
} as const;

/** After a signal: how often what it takes to finish is looked for, and how many looks in vain are enough. */
const lookEveryMs = 800;
const looksInVain = 4;

const endSignals = ["SIGTERM", "SIGINT"] as const;

/**
 * Runs a service until `main` returns, then closes what it registered and exits: with the code `main` returns, else 0;
 * with 1 (2 for CONFIG_INVALID, 3 for CONSUMER_CRASHED) when it throws, when something failed in the background, or when the drain limit
 * passes. SIGTERM and SIGINT abort `context.signal`; a second one exits with 130 at once. An exception or rejection
 * that nobody caught is logged and exits with 1 at once: what is not committed is done again after a restart. So is what
 * a service has in hand when it is told to stop while that with which it would finish is away.
 */
export async function runService(
  { process, logger, drainLimitMs = 30_000 }: RunServiceOptions,
  main: (context: ServiceContext, ending: Ending) => Promise<number | void>,
): Promise<void> {
  const controller = new AbortController();
  const resources: { readonly name: string; readonly close: () => Promise<void> | void }[] = [];
  const needs: Need[] = [];
  let failure: { readonly error: unknown } | null = null;
  let signalled = false;
  let exited = false;
  let drainTimer: NodeJS.Timeout | undefined;

  const exit = (code: number): void => {
    if (exited) return;
    exited = true;
    clearTimeout(drainTimer);
    process.exit(code);
  };
  const beginDrain = (): void => {
    drainTimer ??= setTimeout(() => {
      logger.error("could not finish in time", { drainLimitMs });
      exit(exitCodes.failed);
    }, drainLimitMs);
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    logger.error("failed", { error });
    beginDrain();
    controller.abort();
  };
  const leaveEarly = async (): Promise<void> => {
    const away = await leaveWithout(needs, () => exited);
    if (away === null || exited) return;
    logger.warn("left without finishing, for it does not answer; what is not committed is done again", { away });
    exit(failure === null ? exitCodes.done : exitCodeFor(failure));
  };
  const onSignal = (signal: unknown): void => {
    if (signalled) {
      logger.warn("interrupted while finishing", { signal });
      exit(exitCodes.interrupted);
      return;
    }
    signalled = true;
    logger.info("stopping", { signal });
    beginDrain();
    controller.abort();
    void leaveEarly();
  };
  const onUncaught = (error: unknown): void => {
    logger.error("uncaught", { error });
    exit(exitCodes.failed);
  };

  for (const signal of endSignals) process.on(signal, onSignal);
  process.on("uncaughtException", onUncaught);
  process.on("unhandledRejection", onUncaught);

  logger.info("starting");
  let code: number = exitCodes.done;
  try {
    const context: ServiceContext = {
      signal: controller.signal,
      logger,
      onClose: (resource, close) => void resources.push({ name: resource, close }),
      fail,
    };
    code =
      (await main(context, { finishesWith: (name, answers) => void needs.push({ name, answers }) })) ?? exitCodes.done;
  } catch (error) {
    // Whoever was told to stop while waiting may say so by the signal's own error.
    if (!(signalled && isAbort(error, controller.signal))) fail(error);
  }
  beginDrain();
  const closed = await closeAll(resources, logger);
  if (failure !== null) code = exitCodeFor(failure);
  else if (!closed && code === exitCodes.done) code = exitCodes.failed;
  logger.info("stopped", { code });
  exit(code);
  for (const signal of endSignals) process.off(signal, onSignal);
  process.off("uncaughtException", onUncaught);
  process.off("unhandledRejection", onUncaught);
}

function isAbort(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof Error && error.name === "AbortError");
}

interface Need {
  readonly name: string;
  readonly answers: () => Promise<boolean>;
}

/** The name of what did not answer at all those looks; null when the service ended first. */
async function leaveWithout(needs: readonly Need[], ended: () => boolean): Promise<string | null> {
  const vain = new Map<string, number>();
  while (!ended() && needs.length > 0) {
    for (const { name, answers } of needs) {
      const misses = (await answers()) ? 0 : (vain.get(name) ?? 0) + 1;
      if (misses >= looksInVain) return name;
      vain.set(name, misses);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, lookEveryMs).unref();
    });
  }
  return null;
}

function exitCodeFor({ error }: { readonly error: unknown }): number {
  if (!(error instanceof CordonError)) return exitCodes.failed;
  if (error.code === "CONFIG_INVALID") return exitCodes.misconfigured;
  return error.code === "CONSUMER_CRASHED" ? exitCodes.consumerCrashed : exitCodes.failed;
}

/** Closes in reverse order, each whatever became of the others. */
async function closeAll(
  resources: readonly { readonly name: string; readonly close: () => Promise<void> | void }[],
  logger: Logger,
): Promise<boolean> {
  let clean = true;
  for (const { name, close } of resources.toReversed()) {
    try {
      await close();
    } catch (error) {
      clean = false;
      logger.error("could not close", { resource: name, error });
    }
  }
  return clean;
}
