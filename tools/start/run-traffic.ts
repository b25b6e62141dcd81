import { setTimeout as sleep } from "node:timers/promises";

import { createLiveState, type LiveState } from "./live-state.ts";
import type { StartOptions } from "./options.ts";
import type { Pipeline } from "./pipeline.ts";
import { readMetrics } from "./read-metrics.ts";
import type { Screen } from "./screen.ts";
import { openSession, type Session } from "./session.ts";
import type { SummaryFacts } from "./summary.ts";
import { alertLine, statusLine, viewLines } from "./view.ts";
import type { Voice } from "./voice.ts";

export interface RunTrafficOptions {
  readonly pipeline: Pipeline;
  readonly options: StartOptions;
  readonly screen: Screen;
  readonly voice: Voice;
  readonly signal: AbortSignal;
}

const streamedPerSecond = 500;
/** Undecided events beyond which sending waits: enough to keep the screener busy, few enough to keep latency short. */
const mostPending = { counted: 10_000, streamed: 50_000 } as const;
const redrawMs = 250;
const scrapeMs = 1000;
const statusEveryMs = 5000;
/** Longer than a group takes to notice that a screener was killed and to give its partitions to the next. */
const patienceMs = 120_000;
const alertPatienceMs = 5000;
/** Time in which a decision that was made twice would still arrive. */
const lingerMs = 500;

/** One listed name in so many events: enough of them in a short run, not too many in a long one. */
export function plantedEvery(events: number | null): number {
  return events === null ? 500 : Math.max(5, Math.min(500, Math.floor(events / 20)));
}

function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds);
  return () => {
    clearInterval(timer);
  };
}

/** Waits until every event is decided and every planted name found, or until nothing has moved for too long. */
async function settled({ ledger, planted }: Session, signal: AbortSignal): Promise<void> {
  let last = { decided: -1, found: -1, at: Date.now() };
  while (!signal.aborted) {
    const { decided, pending } = ledger.totals();
    const { sent, found } = planted.counts();
    if (pending === 0 && found === sent) return;
    if (decided !== last.decided || found !== last.found) last = { decided, found, at: Date.now() };
    if (Date.now() - last.at > (pending === 0 ? alertPatienceMs : patienceMs)) return;
    await sleep(50, undefined, { signal }).catch(() => {});
  }
}

/** Reads the screener's metrics from time to time, and plants new names when it has swapped to a new index. */
function followMetrics(state: LiveState, { pipeline, session }: { pipeline: Pipeline; session: Session }): () => void {
  let plantedFrom = 0;
  async function look(): Promise<void> {
    state.metricsRead(await readMetrics(pipeline.screener.fact().url));
    const generation = state.generation();
    if (plantedFrom !== 0 && generation > plantedFrom) await session.replant();
    plantedFrom = generation;
  }
  return every(scrapeMs, () => {
    look().catch((error: unknown) => {
      state.notice(`the new index could not be read: ${String(error)}`, Date.now());
    });
  });
}

/** Shows the state until the returned function is called. */
function show(state: LiveState, { screen, options }: RunTrafficOptions): () => void {
  if (screen.live)
    return every(redrawMs, () => {
      screen.draw(viewLines(state.view(Date.now()), screen.rows()));
    });
  let shownUpTo = Date.now();
  return every(statusEveryMs, () => {
    const view = state.view(Date.now());
    screen.say([statusLine(view)]);
    if (options.events === null)
      for (const alert of view.alerts.filter(({ at }) => at > shownUpTo).slice(-3)) screen.say(alertLine(alert));
    shownUpTo = view.at;
  });
}

function summed(session: Session, goal: number | null, rest: { seconds: number; restarts: number }): SummaryFacts {
  const { ledger, planted } = session;
  return {
    totals: ledger.totals(),
    goal,
    planted: planted.hits(),
    missing: ledger.missing(10).map(session.idOf),
    latency: {
      p50: ledger.latency.percentile(50),
      p95: ledger.latency.percentile(95),
      p99: ledger.latency.percentile(99),
      worst: ledger.latency.percentile(100),
    },
    ...rest,
  };
}

async function sendAndSettle(session: Session, { options, signal }: RunTrafficOptions): Promise<number> {
  const { events } = options;
  const until = AbortSignal.any([signal, session.failed]);
  await session.listen(until);
  const began = Date.now();
  await session.send({
    rate: options.rate ?? (events === null ? streamedPerSecond : null),
    events,
    mostPending: events === null ? mostPending.streamed : mostPending.counted,
    signal: until,
  });
  if (events !== null) await settled(session, until);
  session.failed.throwIfAborted();
  const seconds = (Date.now() - began) / 1000;
  if (events !== null) await sleep(lingerMs);
  return seconds;
}

/**
 * Streams synthetic events through the pipeline and shows what comes out, until the goal is reached and settled, or
 * the signal. Answers what it came to.
 */
export async function runTraffic(run: RunTrafficOptions): Promise<SummaryFacts> {
  const { pipeline, options, voice } = run;
  const services = () => [pipeline.screener.fact(), pipeline.listSync.fact(), pipeline.canary.fact()];
  const session = await openSession({
    environment: pipeline.environment,
    plantedEvery: plantedEvery(options.events),
    onAlert: (alert) => {
      state.alertSeen(alert, Date.now());
    },
    onRetry: () => {
      voice.say("Kafka did not take a batch; sending it again");
    },
  });
  const { ledger, planted } = session;
  const state = createLiveState({ ledger, planted, services, startedAt: Date.now(), goal: options.events });
  const stops = [voice.into(state), followMetrics(state, { pipeline, session }), show(state, run)];
  try {
    const seconds = await sendAndSettle(session, run);
    if (options.events === null) {
      run.screen.close();
      run.screen.say([`stopped after ${statusLine(state.view(Date.now()))}`]);
    }
    return summed(session, options.events, {
      seconds,
      restarts: services().reduce((sum, { restarts }) => sum + restarts, 0),
    });
  } finally {
    for (const stop of stops) stop();
    run.screen.close();
    await session.close();
  }
}
