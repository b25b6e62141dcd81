/**
 * Where long work keeps how far it is, and who does it. Each method rejects with REDIS_UNAVAILABLE when the store gives no answer.
 */
export interface JobStore {
  /** What was kept last under this name; null where nothing was. */
  read(job: string): Promise<string | null>;
  /** Takes the job, or keeps it, for so long; false when another one has it. */
  claim(job: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Keeps the job for so long; false, and nobody has it by that, when its time has passed: another one may have had it since. */
  renew(job: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Keeps a text; false, and nothing is kept, when the job is not the holder's any more. */
  save(job: string, holder: string, text: string): Promise<boolean>;
  /** Gives the job up, if it is the holder's. */
  release(job: string, holder: string): Promise<void>;
  close(): Promise<void>;
}
