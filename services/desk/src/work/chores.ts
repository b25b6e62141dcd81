import { CordonError, dispositionOf } from "@cordon/errors";
import type { Logger } from "@cordon/service";

import { DatabaseError } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";

/** What is done now and then. */
export const chores = [
  "gauges",
  "leases",
  "expiry",
  "entries",
  "counts",
  "sessions",
  "retention",
  "audit",
  "good_guys",
] as const;
export type Chore = (typeof chores)[number];

export interface Chores {
  /** Does it where so many seconds have passed since the last time. Rejects with what does not pass by itself. */
  readonly every: (chore: Chore, seconds: number, work: () => Promise<unknown>) => Promise<void>;
  /** It is due at once. */
  readonly soon: (chore: Chore) => void;
}

export interface ChoresOptions {
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
  readonly onFailed: (chore: Chore) => void;
  /** Milliseconds, of any beginning. */
  readonly clock?: () => number;
}

/**
 * What fails because something is away is told once, counted, and done the next time. Whatever nobody foresaw ends the desk: a good guy that does
 * not expire, or a chain that is not checked, must not go unseen.
 */
export function createChores({ logger, onFailed, clock = () => performance.now() }: ChoresOptions): Chores {
  const due = new Map<Chore, number>();
  const waiting = new Set<Chore>();
  return {
    async every(chore, seconds, work) {
      const now = clock();
      if (now < (due.get(chore) ?? -Infinity)) return;
      due.set(chore, now + seconds * 1000);
      try {
        await work();
      } catch (error) {
        onFailed(chore);
        if (!passes(error)) {
          logger.error("house-keeping failed", { what: chore, error });
          throw error;
        }
        if (!waiting.has(chore)) logger.warn("house-keeping waits", { what: chore, error });
        waiting.add(chore);
        return;
      }
      if (waiting.delete(chore)) logger.info("house-keeping goes on", { what: chore });
    },
    soon(chore) {
      due.delete(chore);
    },
  };
}

/** A statement that took too long, or that others were in the way of. */
const passingStates: ReadonlySet<string> = new Set(["57014", "55P03", "40001", "40P01"]);

function passes(error: unknown): boolean {
  if (error instanceof Refusal) return true;
  if (error instanceof DatabaseError) return passingStates.has(error.state);
  return error instanceof CordonError && ["retry", "keep"].includes(dispositionOf(error));
}
