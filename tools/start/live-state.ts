import type { Alert } from "@cordon/schemas";
import type { Ledger, PlantedRegister } from "@cordon/simulator";

import { samplesOf, sumOf } from "./metrics-text.ts";
import type { AlertFact, IndexFact, ServiceFact, ViewState } from "./view.ts";

const keptAlerts = 20;
const keptNotices = 5;
/** Rates are over the last this many seconds. */
const rateWindowMs = 3000;

interface Reading {
  readonly at: number;
  readonly sent: number;
  readonly decided: number;
}

/** Gathers what the view shows, from the ledger, the screener's own metrics and what happens. */
export interface LiveState {
  alertSeen(alert: Alert, at: number): void;
  notice(text: string, at: number): void;
  /** The screener's `/metrics`, or null when it gave none. */
  metricsRead(text: string | null): void;
  view(at: number): ViewState;
  /** Generation of the index that the screener uses, 0 before the first. */
  generation(): number;
}

export interface LiveStateOptions {
  readonly ledger: Ledger;
  readonly planted: PlantedRegister;
  readonly services: () => readonly ServiceFact[];
  readonly startedAt: number;
  readonly goal: number | null;
}

/** The index that the screener says it uses, in its metrics; null while it has none. */
export function indexFactOf(text: string): IndexFact | null {
  const version = samplesOf(text, "cordon_index_info")[0]?.labels["version"];
  const generation = sumOf(text, "cordon_index_generation") ?? 0;
  if (version === undefined || generation === 0) return null;
  return {
    version,
    generation,
    lists: samplesOf(text, "cordon_index_entries").map(({ labels, value }) => ({
      list: labels["list"] ?? "",
      entries: value,
    })),
    ageSeconds: sumOf(text, "cordon_index_age_seconds") ?? Number.NaN,
  };
}

/** The best match of an alert, and why. */
export function alertFactOf(alert: Alert, at: number): AlertFact | null {
  const best = alert.matches[0];
  if (best === undefined) return null;
  return {
    at,
    text: best.field.text,
    matchedName: best.matchedName,
    designationId: best.designationId,
    list: best.list,
    score: best.score,
    path: best.field.path,
    reason: best.reasons.map(({ kind, detail }) => `${kind} ${detail}`).join(", "),
  };
}

export function createLiveState({ ledger, planted, services, startedAt, goal }: LiveStateOptions): LiveState {
  let alerts: readonly AlertFact[] = [];
  let notices: ViewState["notices"] = [];
  let index: IndexFact | null = null;
  let lag: number | null = null;
  let readings: readonly Reading[] = [{ at: startedAt, sent: 0, decided: 0 }];

  function perSecond(now: Reading): ViewState["perSecond"] {
    const before = readings.filter(({ at }) => now.at - at <= rateWindowMs);
    // Whoever looks rarely gets the rate since the last look.
    readings = [...(before.length > 0 ? before : readings.slice(-1)), now];
    const oldest = readings[0] ?? now;
    const seconds = (now.at - oldest.at) / 1000;
    if (seconds <= 0) return { sent: 0, decided: 0 };
    return { sent: (now.sent - oldest.sent) / seconds, decided: (now.decided - oldest.decided) / seconds };
  }

  return {
    alertSeen(alert, at) {
      const fact = alertFactOf(alert, at);
      if (fact !== null) alerts = [...alerts, fact].slice(-keptAlerts);
    },
    notice(text, at) {
      notices = [...notices, { at, text }].slice(-keptNotices);
    },
    metricsRead(text) {
      lag = text === null ? null : sumOf(text, "cordon_kafka_consumer_lag_messages");
      index = (text === null ? null : indexFactOf(text)) ?? index;
    },
    generation: () => index?.generation ?? 0,
    view(at) {
      const totals = ledger.totals();
      const recent = ledger.recentLatency(at);
      return {
        at,
        startedAt,
        goal,
        totals,
        perSecond: perSecond({ at, sent: totals.sent, decided: totals.decided }),
        latency: { p50: recent.percentile(50), p95: recent.percentile(95), p99: recent.percentile(99) },
        lag,
        planted: planted.counts(),
        index,
        services: services(),
        alerts,
        notices,
      };
    },
  };
}
