import { CordonError } from "@cordon/errors";

import { appendAudit } from "../audit/append.ts";
import type { Database } from "../database/connect.ts";
import type { MasterKey } from "../sealing/keys.ts";
import { customersOf, type JobKind, withoutCustomers } from "./jobs.ts";
import type { CordonRun, RunCordon, RunOptions } from "./run-cordon.ts";

export interface JobRunning {
  readonly database: Database;
  readonly master: MasterKey;
  readonly run: RunCordon;
}

/** Any number: whoever runs jobs holds it. */
const jobsLock = 7_305_120;

/** Does the next job that waits. One at a time, in all desks of a database; one that was cut off is done again. Answers whether there was one. */
export async function runNextJob(deps: JobRunning, signal: AbortSignal): Promise<boolean> {
  const { database } = deps;
  const taken = await database.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock($1)", [jobsLock]);
    // One that has run for hours lost its desk.
    const { rows } = await tx.query<{ job_id: string; kind: JobKind; settings: string }>(
      `UPDATE job SET state = 'RUNNING', started_at = now() WHERE job_id = (
         SELECT job_id FROM job WHERE state = 'WAITING' OR (state = 'RUNNING' AND started_at < now() - interval '6 hours')
         ORDER BY asked_at LIMIT 1)
       AND NOT EXISTS (SELECT 1 FROM job WHERE state = 'RUNNING' AND started_at >= now() - interval '6 hours')
       RETURNING job_id, kind, settings`,
    );
    return rows[0] ?? null;
  });
  if (taken === null) return false;
  const settings = JSON.parse(taken.settings) as Readonly<Record<string, unknown>>;
  const showing = progressOf(database, taken.job_id);
  const { code, stdout, said } = await runJob({ ...taken, settings }, deps, {
    signal,
    timeoutMs: 5 * 3_600_000,
    onProgress: showing.show,
  });
  await showing.shown();
  const done = code === 0 || code === 1;
  if (!done && signal.aborted) {
    // The desk ended it, not the command: whoever runs jobs next does it again, with what it was asked for.
    await database.query("UPDATE job SET state = 'WAITING', started_at = NULL, progress = 0 WHERE job_id = $1", [
      taken.job_id,
    ]);
    return false;
  }
  await database.transaction(async (tx) => {
    // A customer file is not kept: its result is alerts.
    const kept = JSON.stringify(withoutCustomers(settings));
    await tx.query(
      "UPDATE job SET state = $2, finished_at = now(), progress = 1, result = $3, settings = $4 WHERE job_id = $1",
      [
        taken.job_id,
        done ? "DONE" : "FAILED",
        JSON.stringify(done ? resultOf(stdout) : { failed: said.slice(0, 500) }),
        kept,
      ],
    );
    await tx.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ job: taken.job_id })]);
    await appendAudit(tx, [
      { actor: "cordon", action: `${taken.kind} ${done ? "done" : "failed"}`, subject: taken.job_id, detail: { code } },
    ]);
  });
  return true;
}

/** Shows to everybody how far a job is. What cannot be shown is not: the job goes on. */
function progressOf(database: Database, jobId: string) {
  let latest: Promise<void> | null = null;
  const show = async (part: number): Promise<void> => {
    try {
      await database.query("UPDATE job SET progress = $2 WHERE job_id = $1 AND state = 'RUNNING'", [jobId, part]);
      await database.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ job: jobId })]);
    } catch {
      // The next one, or the end, says so.
    }
    latest = null;
  };
  return {
    show: ({ done, of }: { readonly done: number; readonly of: number | null }): void => {
      // One at a time: the next is newer anyway.
      if (of === null || of <= 0 || latest !== null) return;
      latest = show(Math.min(1, done / of));
    },
    shown: async (): Promise<void> => {
      await latest;
    },
  };
}

interface Job {
  readonly job_id: string;
  readonly kind: JobKind;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What was sealed for another job, or by another key, is run by nobody. */
function runJob(job: Job, { master, run }: JobRunning, options: RunOptions): Promise<CordonRun> {
  if (job.kind !== "customer-file") return run(argumentsOf(job.kind, job.settings), options);
  let input: string;
  try {
    input = customersOf(job.job_id, job.settings, master);
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return Promise.resolve({ code: 2, stdout: "", said: error.message });
  }
  return run(["rescreen-customers", "-", "--json"], { ...options, input });
}

function argumentsOf(
  kind: Exclude<JobKind, "customer-file">,
  settings: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (kind === "look-back") return ["look-back", "--since", `${String(settings["days"])}d`, "--json"];
  const given = (name: string, option: string): readonly string[] => {
    const value = settings[name];
    return typeof value === "string" || typeof value === "number" ? [option, String(value)] : [];
  };
  return [
    "shadow",
    ...given("threshold", "--threshold"),
    ...given("weakAliases", "--weak-aliases"),
    ...given("hardConflicts", "--hard-conflicts"),
    ...given("events", "--events"),
    "--json",
  ];
}

/** The last JSON that it printed. */
function resultOf(stdout: string): unknown {
  for (const text of [stdout, stdout.trim().split("\n").at(-1) ?? ""]) {
    try {
      return JSON.parse(text);
    } catch {
      // The next.
    }
  }
  return {};
}
