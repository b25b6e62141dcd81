import type { EachBatchPayload, KafkaMessage } from "kafkajs";

import type { BatchesInHand } from "./batches-in-hand.ts";
import { viewMessage } from "./consumed-record.ts";
import { sleep } from "./deadline.ts";
import { isOutage } from "./kafka-errors.ts";
import type { OnBatch, Position } from "./port.ts";

export interface BatchLoopDeps {
  readonly inHand: BatchesInHand;
  readonly onBatch: OnBatch;
  readonly maxBatchRecords: number;
  readonly committed: (position: Position) => void;
  readonly commitFailed: (error: unknown) => void;
  /** A heartbeat failed for another reason than a change of the group: the commit will tell. */
  readonly heartbeatFailed: (error: unknown) => void;
  /** The end of this consumer: `onBatch` rejected, or a commit failed in a way nobody knows. Told once, the first. */
  readonly failed: (error: unknown) => void;
}

/**
 * What kafkajs is given in place of a failure of ours. kafkajs retries whatever does not say `retriable: false`, and
 * would hand the rejected batch out five times more; and it looks at the innermost `cause` to decide about a restart,
 * so the failure itself must not be one.
 */
class BatchRejected extends Error {
  override readonly name = "BatchRejected";
  readonly retriable = false;

  constructor() {
    super("the batch was not processed");
  }
}

const commitAttempts = 5;
const commitPauseMs = 100;

/** One fetched batch, cut into batches of at most `maxBatchRecords`, each processed and then committed. */
export function createBatchLoop(deps: BatchLoopDeps): (payload: EachBatchPayload) => Promise<void> {
  const { inHand, maxBatchRecords } = deps;
  let dead = false;

  const fail = (error: unknown): BatchRejected => {
    if (!dead) deps.failed(error);
    dead = true;
    return new BatchRejected();
  };

  return async (payload) => {
    const { messages } = payload.batch;
    const { generation } = inHand;
    for (let from = 0; from < messages.length; from += maxBatchRecords) {
      // After a failure kafkajs still hands out what else the same fetch brought.
      if (dead) throw new BatchRejected();
      if (inHand.closing || inHand.isStale(generation) || payload.isStale()) return;
      if (inHand.rejoin !== null) throw inHand.rejoin;
      // Fetched before the last join, by which the partition went to another member.
      if (!inHand.owns(payload.batch)) return;
      const slice = messages.length <= maxBatchRecords ? messages : messages.slice(from, from + maxBatchRecords);
      const done = await processSlice(payload, { slice, generation, ...deps, fail });
      if (!done) break;
    }
    // While stopping, an answer "join again" would only delay the end.
    if (inHand.closing) return;
    await payload.heartbeat().catch((error: unknown) => {
      inHand.noteGroupChange(error);
      throw error;
    });
  };
}

interface SliceDeps extends BatchLoopDeps {
  readonly slice: readonly KafkaMessage[];
  readonly generation: number;
  readonly fail: (error: unknown) => Error;
}

/** False when the slice was abandoned: nothing is committed, and it will be delivered again. */
async function processSlice(payload: EachBatchPayload, deps: SliceDeps): Promise<boolean> {
  const { inHand, slice, generation, fail } = deps;
  const last = slice.at(-1);
  if (last === undefined) return true;
  const { signal, end } = inHand.begin();
  const isStale = (): boolean => inHand.isStale(generation) || payload.isStale();
  const nextOffset = offsetAfter(payload, last);
  let answer: bigint | void;
  try {
    answer = await deps.onBatch(
      {
        topic: payload.batch.topic,
        partition: payload.batch.partition,
        highWatermark: BigInt(payload.batch.highWatermark),
        records: slice.map(viewMessage),
        nextOffset,
      },
      { signal, stale: isStale, heartbeat: () => heartbeat(payload, deps) },
    );
  } catch (error) {
    if (!signal.aborted) throw fail(error);
    return false;
  } finally {
    end();
  }
  if (isStale()) return false;
  if (typeof answer === "bigint") return readOn(payload, { ...deps, answer, nextOffset });
  await commit(payload, { ...deps, offset: nextOffset });
  payload.resolveOffset(last.offset);
  return true;
}

/** A transaction has committed already. False when the group is not where this slice ends: it must be fetched anew. */
function readOn(
  payload: EachBatchPayload,
  { answer, nextOffset, committed }: SliceDeps & { readonly answer: bigint; readonly nextOffset: bigint },
): boolean {
  const { topic, partition } = payload.batch;
  committed({ topic, partition, offset: answer });
  payload.resolveOffset((answer - 1n).toString());
  return answer === nextOffset;
}

/** After a fetch's last record come those nobody sees: markers of transactions. They count as processed with it. */
function offsetAfter({ batch }: EachBatchPayload, last: KafkaMessage): bigint {
  const isLast = batch.messages.at(-1) === last;
  return BigInt(isLast ? batch.lastOffset() : last.offset) + 1n;
}

/** Never rejects: a batch must not fail because the group changes. Its signal tells it to hurry. */
async function heartbeat(payload: EachBatchPayload, { inHand, heartbeatFailed }: SliceDeps): Promise<void> {
  try {
    await payload.heartbeat();
  } catch (error) {
    if (!inHand.noteGroupChange(error)) heartbeatFailed(error);
  }
}

/**
 * Through the batch's payload: the consumer's own `commitOffsets` does nothing, silently, once a stop has begun.
 * Rejects with what makes kafkajs do the right thing: an error of the group to join again, an outage to fetch again.
 */
async function commit(payload: EachBatchPayload, deps: SliceDeps & { readonly offset: bigint }): Promise<void> {
  const { topic, partition } = payload.batch;
  const offsets = { topics: [{ topic, partitions: [{ partition, offset: deps.offset.toString() }] }] };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await payload.commitOffsetsIfNecessary(offsets);
      break;
    } catch (error) {
      const isGroupChange = deps.inHand.noteGroupChange(error);
      if (!isGroupChange && isOutage(error) && attempt < commitAttempts) {
        await sleep(commitPauseMs * 2 ** (attempt - 1));
        continue;
      }
      deps.commitFailed(error);
      throw isGroupChange || isOutage(error) ? error : deps.fail(error);
    }
  }
  deps.committed({ topic, partition, offset: deps.offset });
}
