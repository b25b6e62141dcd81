import { dispositionOf } from "@cordon/errors";
import type { OutRecord, Producer } from "@cordon/kafka";

/** Sends records of many requests in few calls. */
export interface SharedProducer {
  /** Resolves when all of them are acknowledged by all in-sync replicas. Rejects as `Producer.send` does. */
  send(records: readonly OutRecord[]): Promise<void>;
}

interface Job {
  readonly records: readonly OutRecord[];
  readonly bytes: number;
  readonly done: PromiseWithResolvers<void>;
}

/** One gathers while the other is under way: more would make smaller batches. */
const mostCalls = 2;
/** Whoever comes after a while goes at once; who comes right behind a call waits so long for others to share the next with. */
const gatherMs = 5;
const mostRecords = 2000;
const mostBytes = 4 * 1_048_576;

/**
 * A call takes what has gathered while others were under way, so that a quiet gateway waits for nobody and a busy one makes
 * large batches. What fails for a reason that does not pass is sent once more by itself: one record that Kafka refuses is no
 * fault of those beside it.
 */
export function sendTogether(producer: Pick<Producer, "send">): SharedProducer {
  const queue: Job[] = [];
  let calls = 0;
  let calledAt = -Infinity;
  let gathering: NodeJS.Timeout | null = null;

  function next(): readonly Job[] {
    let [records, bytes] = [0, 0];
    let count = 0;
    for (const job of queue) {
      records += job.records.length;
      bytes += job.bytes;
      if (count > 0 && (records > mostRecords || bytes > mostBytes)) break;
      count += 1;
    }
    return queue.splice(0, count);
  }

  async function call(jobs: readonly Job[]): Promise<void> {
    try {
      await producer.send(jobs.flatMap((job) => job.records));
      for (const job of jobs) job.done.resolve();
    } catch (error) {
      if (jobs.length === 1 || dispositionOf(error) === "retry") for (const job of jobs) job.done.reject(error);
      else for (const job of jobs) await call([job]);
    }
  }

  function pump(): void {
    if (gathering !== null || calls >= mostCalls || queue.length === 0) return;
    const left = calledAt + gatherMs - performance.now();
    if (left > 0) {
      gathering = setTimeout(() => {
        gathering = null;
        pump();
      }, left);
      return;
    }
    calledAt = performance.now();
    calls += 1;
    void call(next()).finally(() => {
      calls -= 1;
      pump();
    });
    pump();
  }

  return {
    send(records) {
      const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
      const job: Job = { records, bytes, done: Promise.withResolvers<void>() };
      queue.push(job);
      // After what else this turn of the event loop brings.
      setImmediate(pump);
      return job.done.promise;
    },
  };
}
