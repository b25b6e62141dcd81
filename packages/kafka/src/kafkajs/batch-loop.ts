import type { EachBatchPayload, KafkaMessage } from "kafkajs";

import type { BatchesInHand } from "../batches-in-hand.ts";
import { type Commits, createCommits } from "../commits.ts";
import { isOutage } from "../kafka-errors.ts";
import type { OnBatch, Position } from "../port.ts";
import { recordsOf } from "./fetched-records.ts";

export interface BatchLoopDeps {
  readonly inHand: BatchesInHand;
  readonly onBatch: OnBatch;
  readonly maxBatchRecords: number;
  /** How long what was processed may wait to be committed with more of it, milliseconds; 0: not at all. */
  readonly commitInterval: number;
  readonly committed: (positions: readonly Position[]) => void;
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

/** What kafkajs calls with each fetched batch. */
export interface BatchLoop {
  /** Cuts the batch into batches of at most `maxBatchRecords`, each processed and then committed, or soon after. */
  readonly eachBatch: (payload: EachBatchPayload) => Promise<void>;
  /** Commits what was processed and is not committed yet, as well as it can: before the group is left or joined again. */
  readonly flush: () => Promise<void>;
}

export function createBatchLoop(deps: BatchLoopDeps): BatchLoop {
  const { inHand, maxBatchRecords } = deps;
  let dead = false;

  const fail = (error: unknown): BatchRejected => {
    if (!dead) deps.failed(error);
    dead = true;
    return new BatchRejected();
  };
  const commits = commitsOf(deps, fail);
  const flush = async (): Promise<void> => void (await commits.flush());

  /** True when the group changes: what is processed is committed first. */
  async function mustRejoin(): Promise<boolean> {
    if (inHand.rejoin === null) return false;
    await flush();
    return inHand.rejoin !== null;
  }

  return {
    flush,
    async eachBatch(payload) {
      const { messages } = payload.batch;
      const { generation } = inHand;
      for (let from = 0; from < messages.length; from += maxBatchRecords) {
        // After a failure kafkajs still hands out what else the same fetch brought.
        if (dead) throw new BatchRejected();
        if (inHand.closing) return;
        // Before what is stale is passed over: nothing but this tells kafkajs, where a commit heard of it first.
        if (await mustRejoin()) throw inHand.rejoin ?? new BatchRejected();
        if (inHand.isStale(generation) || payload.isStale()) return;
        // Fetched before the last join, by which the partition went to another member.
        if (!inHand.owns(payload.batch)) return;
        if (commits.overdue()) await flushed(commits);
        const slice = messages.length <= maxBatchRecords ? messages : messages.slice(from, from + maxBatchRecords);
        const done = await processSlice(payload, { slice, generation, ...deps, commits, fail });
        if (!done) break;
      }
      // While stopping, an answer "join again" would only delay the end.
      if (inHand.closing) return;
      const asked = inHand.generation;
      await payload.heartbeat().catch(async (error: unknown) => {
        if (inHand.noteGroupChange(error, asked)) await flush();
        throw error;
      });
    },
  };
}

/** How kafkajs commits for the membership that it has at the time of the call. */
type CommitCall = EachBatchPayload["commitOffsetsIfNecessary"];

/** Commits of one membership after another. */
interface MembersCommits extends Commits {
  /** `generation` is the one in which its batch was fetched. */
  addOf(generation: number, position: Position, call: CommitCall): void;
}

const nothingToCommit: CommitCall = async () => Promise.resolve();

function commitsOf(deps: BatchLoopDeps, fail: (error: unknown) => Error): MembersCommits {
  const { inHand, commitInterval: interval, committed, commitFailed } = deps;
  let generation = inHand.generation;
  let call: CommitCall = nothingToCommit;
  const right = () => {
    const [of, commit] = [generation, call];
    return {
      commit: (positions: readonly Position[]) => commit(offsetsOf(positions)),
      isStale: () => inHand.isStale(of),
      noteGroupChange: (error: unknown) => inHand.noteGroupChange(error, of),
    };
  };
  const commits = createCommits({ interval, right, isOutage, committed, commitFailed, fail });
  return {
    ...commits,
    addOf(of, position, by) {
      if (of !== generation) commits.drop();
      generation = of;
      call = by;
      commits.add(position);
    },
  };
}

/** Rejects with what makes kafkajs do the right thing: an error of the group to join again, an outage to fetch again. */
async function flushed(commits: MembersCommits): Promise<void> {
  const spoiled = await commits.flush();
  if (spoiled !== null) throw spoiled;
}

function offsetsOf(positions: readonly Position[]): Parameters<CommitCall>[0] {
  const topics = Map.groupBy(positions, ({ topic }) => topic);
  return {
    topics: [...topics].map(([topic, all]) => ({
      topic,
      partitions: all.map(({ partition, offset }) => ({ partition, offset: offset.toString() })),
    })),
  };
}

interface SliceDeps extends BatchLoopDeps {
  readonly slice: readonly KafkaMessage[];
  readonly generation: number;
  readonly commits: MembersCommits;
  readonly fail: (error: unknown) => Error;
}

/** False when the slice was abandoned: nothing is committed, and it will be delivered again. */
async function processSlice(payload: EachBatchPayload, deps: SliceDeps): Promise<boolean> {
  const { inHand, slice, generation, fail } = deps;
  const last = slice.at(-1);
  if (last === undefined) return true;
  const { signal, end } = inHand.begin();
  // For good: kafkajs forgets a seek once it has fetched from there, and what stopped half-way must not be committed then.
  let wentStale = false;
  const isStale = (): boolean => (wentStale ||= inHand.isStale(generation) || payload.isStale());
  const nextOffset = offsetAfter(payload, last);
  let answer: bigint | void;
  try {
    answer = await deps.onBatch(
      {
        topic: payload.batch.topic,
        partition: payload.batch.partition,
        highWatermark: BigInt(payload.batch.highWatermark),
        records: recordsOf(slice),
        nextOffset,
      },
      { signal, stale: isStale, heartbeat: () => heartbeat(payload, deps) },
    );
  } catch (error) {
    if (signal.aborted) return false;
    const rejection = fail(error);
    await deps.commits.flush();
    throw rejection;
  } finally {
    end();
  }
  if (isStale()) return false;
  if (typeof answer === "bigint") return readOn(payload, { ...deps, answer, nextOffset });
  const { topic, partition } = payload.batch;
  // Through the payload: the consumer's own `commitOffsets` does nothing, silently, once a stop has begun.
  deps.commits.addOf(generation, { topic, partition, offset: nextOffset }, (offsets) =>
    payload.commitOffsetsIfNecessary(offsets),
  );
  if (deps.commitInterval === 0 || inHand.closing || inHand.rejoin !== null) await flushed(deps.commits);
  payload.resolveOffset(last.offset);
  return true;
}

/** A transaction has committed already. False when the group is not where this slice ends: it must be fetched anew. */
function readOn(
  payload: EachBatchPayload,
  { answer, nextOffset, committed }: SliceDeps & { readonly answer: bigint; readonly nextOffset: bigint },
): boolean {
  const { topic, partition } = payload.batch;
  committed([{ topic, partition, offset: answer }]);
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
  const asked = inHand.generation;
  try {
    await payload.heartbeat();
  } catch (error) {
    if (!inHand.noteGroupChange(error, asked)) heartbeatFailed(error);
  }
}
