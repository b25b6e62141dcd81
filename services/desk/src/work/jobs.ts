import { randomUUID } from "node:crypto";

import { appendAudit } from "../audit/append.ts";
import type { Database, Tx } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
import type { MasterKey } from "../sealing/keys.ts";
import { openText, sealText } from "./sealed-text.ts";

export const jobKinds = {
  "look-backs": "look-back",
  "shadow-runs": "shadow-run",
  "customer-files": "customer-file",
} as const;
export type JobKind = (typeof jobKinds)[keyof typeof jobKinds];

export interface JobShown {
  readonly id: string;
  readonly state: string;
  readonly by: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly progress: number;
  readonly settings: unknown;
  readonly result: unknown;
}

interface JobRow {
  readonly job_id: string;
  readonly kind: JobKind;
  readonly state: string;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly progress: number;
  readonly settings: string;
  readonly result: string | null;
}

const shown = (row: JobRow): JobShown => ({
  id: row.job_id,
  state: row.state,
  by: row.asked_by,
  startedAt: (row.started_at ?? row.asked_at).getTime(),
  finishedAt: row.finished_at?.getTime() ?? null,
  progress: row.progress,
  settings: withoutCustomers(JSON.parse(row.settings) as object),
  result: row.result === null ? null : JSON.parse(row.result),
});

/** What may be shown and recorded of what was asked for: names of customers stand nowhere but in what is run. */
export function withoutCustomers(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "customers"));
}

/** What waits to be run: names of customers are sealed until then. */
function kept(id: string, settings: object, { wrapping }: MasterKey): object {
  if (!("customers" in settings)) return settings;
  return {
    ...settings,
    customers: sealText(wrapping, `customers ${id}`, String(settings.customers)).toString("base64"),
  };
}

/** The customers of what was kept. Throws CONTRACT_VIOLATED for what was not sealed for this job. */
export function customersOf(id: string, settings: Readonly<Record<string, unknown>>, { wrapping }: MasterKey): string {
  return openText(wrapping, `customers ${id}`, Buffer.from(String(settings["customers"]), "base64"));
}

export async function listJobs(tx: Tx, kind: JobKind): Promise<readonly JobShown[]> {
  const { rows } = await tx.query<JobRow>("SELECT * FROM job WHERE kind = $1 ORDER BY asked_at DESC LIMIT 200", [kind]);
  return rows.map(shown);
}

/** Throws NOT_FOUND. */
export async function jobOf(tx: Tx, kind: JobKind, id: string): Promise<JobShown> {
  const { rows } = await tx.query<JobRow>("SELECT * FROM job WHERE kind = $1 AND job_id::text = $2", [kind, id]);
  if (rows[0] === undefined) throw new Refusal("NOT_FOUND", "there is no such job");
  return shown(rows[0]);
}

/** One at a time; the others wait for it. */
export function askForJob(
  database: Database,
  kind: JobKind,
  { settings, by, master }: { readonly settings: object; readonly by: string; readonly master: MasterKey },
): Promise<string> {
  return database.transaction(async (tx) => {
    const id = randomUUID();
    await tx.query("INSERT INTO job (job_id, kind, state, asked_by, settings) VALUES ($1, $2, 'WAITING', $3, $4)", [
      id,
      kind,
      by,
      JSON.stringify(kept(id, settings, master)),
    ]);
    await appendAudit(tx, [
      { actor: by, action: `${kind} asked`, subject: id, detail: { settings: withoutCustomers(settings) } },
    ]);
    await tx.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ job: id })]);
    return id;
  });
}
