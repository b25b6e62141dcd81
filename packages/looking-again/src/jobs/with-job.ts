import { CordonError, dispositionOf } from "@cordon/errors";
import type { JobStore } from "@cordon/index-store";

/** Whoever died is waited for so long, and no longer. */
const claimMs = 60_000;
const renewEveryMs = 15_000;
const besideEveryMs = renewEveryMs / 3;

/** A job in hand. */
export interface JobHold {
  /** Keeps a text of the job. Rejects with JOB_TAKEN when the job is ours no more. */
  save(text: string): Promise<void>;
  /** To be called before whatever only the holder may do; asks the store now and then. Rejects likewise. */
  renew(): Promise<void>;
  /** Aborted with that error once the job is ours no more: for whatever waits. */
  readonly lost: AbortSignal;
}

export interface JobDeps {
  readonly jobs: JobStore;
  readonly job: string;
  readonly holder: string;
  readonly clock: () => number;
}

/**
 * Does work that only one may do at a time, wherever it runs. The claim is renewed beside the work, however long that rests; once it has
 * lapsed, or may have because the store gives no answer, the work ends, though nobody may have taken it: another one may have done some of
 * it and be gone again. Rejects with JOB_TAKEN when another one does it, or might.
 */
export async function withJob<T>(
  { jobs, job, holder, clock }: JobDeps,
  work: (hold: JobHold) => Promise<T>,
): Promise<T> {
  /** By the clock that nobody sets; from before the store was asked, whose time begins later. */
  let surelyUntil = performance.now() + claimMs;
  if (!(await jobs.claim(job, holder, claimMs)))
    throw new CordonError(
      "JOB_TAKEN",
      `another process does the ${job} now: wait until it has ended, or a minute if it was killed`,
      { details: { job } },
    );
  const lost = new AbortController();
  const loss = (): CordonError => {
    const error = new CordonError(
      "JOB_TAKEN",
      `the ${job} is this process's no more: it said nothing for a minute, and another one may do it now. What was written stands; run it again to go on`,
      { details: { job } },
    );
    lost.abort(error);
    return error;
  };
  let renewedAt = clock();
  const renew = async (): Promise<void> => {
    lost.signal.throwIfAborted();
    const since = clock() - renewedAt;
    // A clock that was set back says nothing.
    if (since >= 0 && since < renewEveryMs) return;
    const [askedAt, until] = [clock(), performance.now() + claimMs];
    if (!(await jobs.renew(job, holder, claimMs))) throw loss();
    renewedAt = askedAt;
    surelyUntil = until;
  };
  const beside = setInterval(() => {
    if (performance.now() >= surelyUntil - besideEveryMs) loss();
    renew().catch((error: unknown) => {
      // A store that gives no answer may give one in time; whoever works asks again. What nobody foresaw ends the work.
      if (dispositionOf(error) !== "retry" && !lost.signal.aborted) lost.abort(error);
    });
  }, besideEveryMs);
  try {
    return await work({
      renew,
      lost: lost.signal,
      async save(text) {
        await renew();
        if (!(await jobs.save(job, holder, text))) throw loss();
      },
    });
  } finally {
    clearInterval(beside);
    await jobs.release(job, holder).catch(() => undefined);
  }
}
