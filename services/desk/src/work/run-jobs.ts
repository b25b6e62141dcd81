import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { CordonError } from "@cordon/errors";

import { appendAudit } from "../audit/append.ts";
import type { Database } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
import type { MasterKey } from "../sealing/keys.ts";
import { customersOf, type JobKind, withoutCustomers } from "./jobs.ts";
import type { CordonRun, RunCordon, RunOptions } from "./run-cordon.ts";

export interface JobRunning {
  readonly database: Database;
  readonly master: MasterKey;
  readonly run: RunCordon;
  /** Told of a job whose lease was not renewed in time: another desk has it, or may take it. */
  readonly onLost?: (jobId: string) => void;
  readonly lease?: Lease;
}

/** Milliseconds. */
export interface Lease {
  /** A job whose desk says nothing for so long is another's to do. */
  readonly forMs: number;
  readonly renewEveryMs: number;
}

/** Longer than the minute for which a look-back that was killed keeps the next one away. */
const usualLease: Lease = { forMs: 90_000, renewEveryMs: 15_000 };

/** Any number: whoever takes a job holds it. */
const jobsLock = 7_305_120;

/**
 * Does the next job that waits. One at a time, in all desks of a database; one that was cut off is done again, and only who has it writes
 * what came of it. Answers whether there was one.
 */
export async function runNextJob(deps: JobRunning, signal: AbortSignal): Promise<boolean> {
  const { database, lease = usualLease } = deps;
  const taken = await takeJob(database, lease);
  if (taken === null) return false;
  const settings = JSON.parse(taken.settings) as Readonly<Record<string, unknown>>;
  const showing = progressOf(database, taken);
  const holding = holdJob(taken, { database, lease });
  let ran: CordonRun;
  try {
    ran = await runJob({ ...taken, settings }, deps, {
      signal: AbortSignal.any([signal, holding.lost]),
      timeoutMs: 5 * 3_600_000,
      onProgress: showing.show,
    });
  } finally {
    await holding.end();
  }
  await showing.shown();
  const done = ran.code === 0 || ran.code === 1;
  if (!done && (signal.aborted || holding.lost.aborted)) {
    // The desk ended it, not the command: whoever runs jobs next does it again, with what it was asked for.
    await database.query(
      `UPDATE job SET state = 'WAITING', started_at = NULL, progress = 0, holder = NULL, leased_until = ${leaseEnd(3)}
       WHERE job_id = $1 AND holder = $2`,
      [taken.job_id, taken.holder, lease.forMs],
    );
    if (!signal.aborted) deps.onLost?.(taken.job_id);
    return false;
  }
  if (!(await endJob(database, { ...taken, settings }, ran))) deps.onLost?.(taken.job_id);
  return true;
}

/** By the database's clock, which all desks share; the parameter of that number is milliseconds. */
const leaseEnd = (parameter: number): string =>
  `clock_timestamp() + make_interval(secs => $${String(parameter)}::float8 / 1000)`;

interface TakenJob {
  readonly job_id: string;
  readonly kind: JobKind;
  readonly settings: string;
  /** Of this run alone: who took it once is another than who takes it again. */
  readonly holder: string;
  /** Of our clock that nobody sets; from before the lease was asked for, which begins later. */
  readonly surelyUntil: number;
}

async function takeJob(database: Database, { forMs }: Lease): Promise<TakenJob | null> {
  const holder = randomUUID();
  // One of a desk that knew no leases was given up after six hours.
  const until = "CASE WHEN holder IS NULL THEN started_at + interval '6 hours' ELSE leased_until END";
  return await database.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock($1)", [jobsLock]);
    const surelyUntil = performance.now() + forMs;
    const { rows } = await tx.query<Omit<TakenJob, "holder" | "surelyUntil">>(
      `UPDATE job SET state = 'RUNNING', started_at = clock_timestamp(), holder = $1, leased_until = ${leaseEnd(2)} WHERE job_id = (
         SELECT job_id FROM job WHERE (state = 'WAITING' AND coalesce(leased_until <= clock_timestamp(), true))
           OR (state = 'RUNNING' AND ${until} <= clock_timestamp())
         ORDER BY asked_at LIMIT 1)
       AND NOT EXISTS (SELECT 1 FROM job WHERE state = 'RUNNING' AND ${until} > clock_timestamp())
       RETURNING job_id, kind, settings`,
      [holder, forMs],
    );
    return rows[0] === undefined ? null : { ...rows[0], holder, surelyUntil };
  });
}

/** Renews the lease of a job until `end`. `lost`: another desk has it, or may have it before we could be sure that it has not. */
function holdJob(
  { job_id: jobId, holder, surelyUntil: takenUntil }: TakenJob,
  { database, lease }: { readonly database: Database; readonly lease: Lease },
): { readonly lost: AbortSignal; readonly end: () => Promise<void> } {
  const lost = new AbortController();
  const over = new AbortController();
  let surelyUntil = takenUntil;
  const look = (): void => {
    if (performance.now() >= surelyUntil - lease.renewEveryMs / 2) lost.abort();
  };
  // The answer may have come late.
  look();
  const guard = setInterval(look, lease.renewEveryMs / 4);
  const renew = async (): Promise<void> => {
    const askedAt = performance.now();
    try {
      const { rowCount } = await database.query(
        `UPDATE job SET leased_until = ${leaseEnd(3)} WHERE job_id = $1 AND holder = $2 AND state = 'RUNNING'`,
        [jobId, holder, lease.forMs],
      );
      if (rowCount === 0) lost.abort();
      else surelyUntil = askedAt + lease.forMs;
    } catch (error) {
      // The database may answer again before the lease ends.
      if (!(error instanceof Refusal)) throw error;
    }
  };
  const renewing = (async () => {
    for (;;) {
      await sleep(lease.renewEveryMs, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted || lost.signal.aborted) return;
      await renew();
    }
  })();
  // Whatever nobody foresaw is told at the end; until then nothing is done that might be done twice.
  renewing.catch(() => {
    lost.abort();
  });
  return {
    lost: lost.signal,
    async end() {
      clearInterval(guard);
      over.abort();
      await renewing;
    },
  };
}

/** Writes what came of a job; false, and nothing is written, when another desk has taken it since. */
async function endJob(
  database: Database,
  job: Job & Pick<TakenJob, "holder">,
  { code, stdout, said }: CordonRun,
): Promise<boolean> {
  const { job_id: jobId, holder, kind, settings } = job;
  const done = code === 0 || code === 1;
  return await database.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE job SET state = $3, finished_at = now(), progress = 1, result = $4, settings = $5, holder = NULL, leased_until = NULL
       WHERE job_id = $1 AND holder = $2`,
      [
        jobId,
        holder,
        done ? "DONE" : "FAILED",
        JSON.stringify(done ? resultOf(stdout) : { failed: said.slice(0, 500) }),
        // A customer file is not kept: its result is alerts.
        JSON.stringify(withoutCustomers(settings)),
      ],
    );
    if (rowCount === 0) return false;
    await tx.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ job: jobId })]);
    await appendAudit(tx, [
      { actor: "cordon", action: `${kind} ${done ? "done" : "failed"}`, subject: jobId, detail: { code } },
    ]);
    return true;
  });
}

/** Shows to everybody how far a job is. What cannot be shown is not: the job goes on. */
function progressOf(database: Database, { job_id: jobId, holder }: TakenJob) {
  let latest: Promise<void> | null = null;
  const show = async (part: number): Promise<void> => {
    try {
      await database.query("UPDATE job SET progress = $3 WHERE job_id = $1 AND holder = $2", [jobId, holder, part]);
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
