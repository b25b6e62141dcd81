import type { createMetrics } from "@cordon/service";

import type { Tx } from "./database/connect.ts";
import { alertStates, goodGuyStates } from "./rules/states.ts";

type Metrics = ReturnType<typeof createMetrics<"desk">>;

/** Reads what gauges tell. Short queries: none reads the alerts that are closed. */
export async function refreshGauges(tx: Tx, metrics: Metrics): Promise<void> {
  const { rows } = await tx.query<{ state: string; count: number; age: number; late: number }>(
    `SELECT state, count(*) AS count, extract(epoch FROM max(now() - raised_at))::float8 AS age, count(*) FILTER (WHERE due_at < now()) AS late
     FROM alert WHERE closed_at IS NULL GROUP BY state`,
  );
  const found = new Map(rows.map((row) => [row.state, row]));
  for (const state of alertStates) {
    if (state === "RELEASED" || state === "REJECTED" || state === "SUPERSEDED") continue;
    metrics.deskAlerts.set({ state }, found.get(state)?.count ?? 0);
    metrics.deskOldestAlert.set({ state }, found.get(state)?.age ?? 0);
  }
  metrics.deskLateAlerts.set(
    {},
    rows.reduce((sum, { late }) => sum + late, 0),
  );
  const { rows: outbox } = await tx.query<{ age: number | null; waiting: number }>(
    "SELECT extract(epoch FROM max(now() - added_at))::float8 AS age, count(*) AS waiting FROM outbox WHERE sent_at IS NULL",
  );
  metrics.deskOutboxOldest.set({}, outbox[0]?.age ?? 0);
  metrics.deskOutboxWaiting.set({}, outbox[0]?.waiting ?? 0);
  const { rows: goodGuys } = await tx.query<{ state: string; count: number }>(
    "SELECT state, count(*) AS count FROM good_guy_now GROUP BY state",
  );
  const byState = new Map(goodGuys.map(({ state, count }) => [state, count]));
  for (const state of goodGuyStates) metrics.deskGoodGuys.set({ state }, byState.get(state) ?? 0);
  const { rows: decided } = await tx.query<{ decision: string; count: number }>(
    "SELECT decision, count(*) AS count FROM disposition GROUP BY decision",
  );
  for (const decision of ["RELEASE", "REJECT"] as const)
    metrics.deskDispositions.set({ decision }, decided.find((one) => one.decision === decision)?.count ?? 0);
}
