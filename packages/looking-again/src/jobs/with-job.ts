import { CordonError } from "@cordon/errors";
import type { JobStore } from "@cordon/index-store";

/** Whoever died is waited for so long, and no longer. */
const claimMs = 60_000;
const renewEveryMs = 15_000;

/** A job in hand. */
export interface JobHold {
  /** Keeps a text of the job. Rejects with JOB_TAKEN when another one has it. */
  save(text: string): Promise<void>;
  /** To be called often; asks the store now and then. Rejects likewise. */
  renew(): Promise<void>;
}

export interface JobDeps {
  readonly jobs: JobStore;
  readonly job: string;
  readonly holder: string;
  readonly clock: () => number;
}

/** Does work that only one may do at a time, wherever it runs. Rejects with JOB_TAKEN when another one does it. */
export async function withJob<T>(
  { jobs, job, holder, clock }: JobDeps,
  work: (hold: JobHold) => Promise<T>,
): Promise<T> {
  const taken = new CordonError(
    "JOB_TAKEN",
    `another process does the ${job} now: wait until it has ended, or a minute if it was killed`,
    { details: { job } },
  );
  if (!(await jobs.claim(job, holder, claimMs))) throw taken;
  let renewedAt = clock();
  const renew = async (): Promise<void> => {
    if (clock() - renewedAt < renewEveryMs) return;
    if (!(await jobs.claim(job, holder, claimMs))) throw taken;
    renewedAt = clock();
  };
  try {
    return await work({
      renew,
      async save(text) {
        await renew();
        if (!(await jobs.save(job, holder, text))) throw taken;
      },
    });
  } finally {
    await jobs.release(job, holder).catch(() => undefined);
  }
}
