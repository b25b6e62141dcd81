import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import type { IndexStore } from "@cordon/index-store";
import { type LookBackReport } from "@cordon/looking-again";

export interface LookBacksDeps {
  readonly store: Pick<IndexStore, "current" | "watch">;
  /** One look-back, from the last one's index to the live one. */
  readonly look: () => Promise<LookBackReport>;
  readonly telemetry: LookBacksTelemetry;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface LookBacksTelemetry {
  /** The index of this publication is looked back from up to the end, or not yet. */
  pending(event: { readonly publishedAt: number | null }): void;
  lookedBack(event: { readonly alerts: number; readonly events: number; readonly seconds: number }): void;
  lookBackFailed(event: { readonly error: Error }): void;
}

const retryMs = 30_000;

/**
 * Looks back after each publication, one after the other, until told to stop. What fails is tried again: another process may do it, a
 * service may be away. Only what nobody foresaw ends it.
 */
export async function keepLookingBack({
  store,
  look,
  telemetry,
  signal,
  clock,
  pause = timer,
}: LookBacksDeps): Promise<void> {
  const woken = new EventTarget();
  let published = true;
  const watching = store.watch(() => {
    published = true;
    woken.dispatchEvent(new Event("wake"));
  });
  signal.addEventListener("abort", () => woken.dispatchEvent(new Event("wake")), { once: true });
  try {
    while (!signal.aborted) {
      if (!published) {
        await new Promise((resolve) => {
          woken.addEventListener("wake", resolve, { once: true });
        });
        continue;
      }
      published = false;
      if (!(await lookOnce({ store, look, telemetry, clock }))) {
        published = true;
        await pause(retryMs, signal);
      }
    }
  } finally {
    await watching.close();
  }
}

/** False when it must be tried again. */
async function lookOnce({
  store,
  look,
  telemetry,
  clock,
}: Pick<LookBacksDeps, "store" | "look" | "telemetry" | "clock">): Promise<boolean> {
  try {
    const live = await store.current();
    if (live === null) return false;
    telemetry.pending({ publishedAt: live.createdAt });
    const report = await look();
    if (report.kind === "done") {
      const { counts, plan, finishedAt } = report.state;
      const seconds = Math.max(0, (finishedAt ?? clock()) - plan.to.createdAt) / 1000;
      telemetry.lookedBack({ alerts: counts.found, events: counts.events, seconds });
    }
    telemetry.pending({ publishedAt: null });
    return true;
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    // The first publication has nothing before it, and is what was screened with from the beginning.
    const first = error.code === "OPTIONS_INVALID";
    if (first) telemetry.pending({ publishedAt: null });
    else telemetry.lookBackFailed({ error });
    return first;
  }
}

async function timer(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
