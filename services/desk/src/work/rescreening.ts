import type { Logger } from "@cordon/service";

import type { RunCordon } from "./run-cordon.ts";

/** Screens held events again, one run at a time; those that are asked for meanwhile are in the next. */
export interface Rescreening {
  ask(eventId: string): void;
  close(): Promise<void>;
}

const mostWaiting = 10_000;

export function createRescreening(run: RunCordon, logger: Logger): Rescreening {
  const waiting = new Set<string>();
  const closing = new AbortController();
  let running: Promise<void> | null = null;

  async function work(): Promise<void> {
    while (waiting.size > 0 && !closing.signal.aborted) {
      const events = [...waiting].slice(0, 100);
      for (const one of events) waiting.delete(one);
      const { code, said } = await run(["rescreen", "--held", ...events.flatMap((one) => ["--event", one]), "--json"], {
        signal: closing.signal,
      });
      // 1: some are held still, which the decisions say.
      if (code > 1) logger.warn("a rescreen failed", { code, said });
    }
  }

  return {
    ask(eventId) {
      if (waiting.size < mostWaiting) waiting.add(eventId);
      running ??= work().finally(() => {
        running = null;
      });
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
