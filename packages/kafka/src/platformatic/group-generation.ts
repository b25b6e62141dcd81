import { createCommits } from "../commits.ts";
import { late, withDeadline } from "../deadline.ts";
import type { SessionDeps } from "../kafkajs/consumer-session.ts";
import { layoutMaxAgeMs } from "../options.ts";
import type { ConsumedBatch, Position } from "../port.ts";
import type { Cluster, TopicLayout } from "./cluster.ts";
import { type Chunk, createFetcher } from "./fetcher.ts";
import type { Membership } from "./membership.ts";
import { isExpelled, isOutage, mustRejoin, protocolError } from "./protocol-errors.ts";

/** How a generation ended: the group changes and this member joins again, it was closed, or nothing more can be done. */
export type GenerationEnd =
  | { readonly kind: "rejoin" }
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly error: unknown; readonly ours: boolean };

/**
 * The time between two joins: this member reads the partitions it was given, hands their batches out and commits them.
 *
 * Invariant: nothing is committed for a batch of an earlier generation. A generation ends only when no batch of it is in hand and
 * what was processed is committed (or it was abandoned), and the next join comes after its end. A rebalance that was merely announced leaves the right
 * to commit standing until then, and the group waits for it.
 */
export interface GroupGeneration {
  readonly ended: Promise<GenerationEnd>;
  /** No new batch; resolves when the last one in hand is done. */
  close(): Promise<void>;
  /** Nothing more is committed, whatever is still in hand. */
  abandon(): void;
}

export interface GroupGenerationOptions {
  readonly cluster: Cluster;
  readonly membership: Membership;
  readonly positions: readonly Position[];
  readonly deps: SessionDeps;
}

const heartbeatIntervalMs = 3_000;

/** How long the batches of other partitions may take to end once one of them has failed. */
const failureGraceMs = 10_000;

export function createGroupGeneration({
  cluster,
  membership,
  positions,
  deps,
}: GroupGenerationOptions): GroupGeneration {
  const { options, groupId } = deps;
  const { maxBatchRecords, concurrentPartitions, log } = options;
  const interval = Math.min(heartbeatIntervalMs, Math.floor(options.sessionTimeout / 3));
  const { promise: ended, resolve: end } = Promise.withResolvers<GenerationEnd>();
  const inHand = new Set<AbortController>();
  const waiting: Chunk[] = [];
  let verdict: GenerationEnd | null = null;
  let expelled = false;
  let abandoned = false;
  let beatAt = performance.now();
  let beating: Promise<void> | null = null;
  let countsAtStart: string | null = null;
  let idsAtStart: string | null = null;

  const isStale = (): boolean => expelled || abandoned;
  const isOver = (): boolean => verdict !== null;

  const commits = createCommits({
    interval: options.commitInterval,
    right: () => ({ commit: (of) => membership.commit(of), isStale, noteGroupChange }),
    isOutage,
    committed: deps.committed,
    commitFailed: (error) => {
      deps.commitFailed(protocolError(error, `committing as ${groupId}`, options));
    },
    fail: (error) => {
      finish({ kind: "failed", error, ours: true });
      return error;
    },
  });
  const fetcher = createFetcher(cluster, {
    positions,
    answered: deps.progress,
    skipped: (event) => {
      // At once, or the next owner would find the same, and tell of it again.
      commits.add({ topic: event.topic, partition: event.partition, offset: event.to });
      deps.skipped(event);
    },
    deliver: (chunk) => {
      waiting.push(chunk);
      handOut();
    },
    remade: joinAnew,
    failed: (error) => {
      finish({ kind: "failed", error, ours: false });
    },
  });
  const timer = setInterval(() => void tick(), interval);

  /** The first verdict counts. What is in hand is told, and may end and be committed. */
  function finish(with_: GenerationEnd): void {
    if (verdict !== null) return;
    verdict = with_;
    fetcher.close();
    clearInterval(timer);
    waiting.length = 0;
    const reason = new Error(with_.kind === "rejoin" ? "the consumer group is changing" : "the consumer is stopping");
    for (const controller of inHand) controller.abort(reason);
    if (with_.kind === "failed") void withDeadline(ended, failureGraceMs).then(giveUpWaiting);
    settle();
  }

  function giveUpWaiting(outcome: GenerationEnd | typeof late): void {
    if (outcome !== late || verdict === null) return;
    abandoned = true;
    over();
  }

  /** Ends when nothing is in hand any more and what was processed is committed. */
  function settle(): void {
    if (verdict !== null && inHand.size === 0) void commits.flush().then(over);
  }

  function over(): void {
    commits.close();
    if (verdict !== null) end(verdict);
  }

  function handOut(): void {
    while (!isOver() && inHand.size < concurrentPartitions) {
      const chunk = waiting.shift();
      if (chunk === undefined) return;
      const controller = new AbortController();
      inHand.add(controller);
      void workOff(chunk, controller.signal)
        .catch((error: unknown) => {
          finish({ kind: "failed", error, ours: true });
        })
        .finally(() => {
          inHand.delete(controller);
          handOut();
          settle();
        });
    }
  }

  /**
   * Cuts the chunk into batches; each is processed, then committed. Markers of transactions alone are not worth a commit,
   * and where transactions move the group's offset, nobody else may.
   */
  async function workOff(chunk: Chunk, signal: AbortSignal): Promise<void> {
    const { topic, partition, records, nextOffset, highWatermark } = chunk;
    if (records.length === 0) {
      deps.passed({ topic, partition, offset: nextOffset });
      fetcher.resume({ topic, partition, offset: nextOffset });
      return;
    }
    let from = 0;
    do {
      const slice = records.length <= maxBatchRecords ? records : records.slice(from, from + maxBatchRecords);
      from += slice.length;
      const isLast = from >= records.length;
      // Past a chunk's last record come those nobody sees: markers of transactions. They count as processed with it.
      const after = isLast ? nextOffset : (slice.at(-1)?.offset ?? nextOffset) + 1n;
      const batch = { topic, partition, highWatermark, records: slice, nextOffset: after };
      if (commits.overdue()) await commits.flush();
      const readOn = await processedOn(batch, signal);
      if (readOn === null) return;
      // Not where this batch ends: the group is elsewhere already, or the batch must come again.
      if (isLast || readOn !== after) {
        fetcher.resume({ topic, partition, offset: readOn });
        break;
      }
    } while (!isOver());
    await beat();
  }

  /** Processes one batch. Answers where to read on; null when nothing more may be done for the partition. */
  async function processedOn(batch: ConsumedBatch, signal: AbortSignal): Promise<bigint | null> {
    const { topic, partition, nextOffset } = batch;
    const answer = await processed(batch, signal);
    if (answer === null || isStale()) return null;
    if (typeof answer === "bigint") {
      // A transaction has committed already.
      deps.committed([{ topic, partition, offset: answer }]);
      return answer;
    }
    commits.add({ topic, partition, offset: nextOffset });
    if (options.commitInterval === 0) await commits.flush();
    return nextOffset;
  }

  /** Null when the batch was given up because its signal said so. Rejects when it failed. */
  async function processed(batch: ConsumedBatch, signal: AbortSignal): Promise<bigint | void | null> {
    try {
      return await deps.onBatch(batch, {
        signal,
        stale: isStale,
        heartbeat: beat,
      });
    } catch (error) {
      if (!signal.aborted) throw error;
      return null;
    }
  }

  /** False for an error of another kind. */
  function noteGroupChange(error: unknown): boolean {
    if (!mustRejoin(error)) return false;
    expelled ||= isExpelled(error);
    finish({ kind: "rejoin" });
    return true;
  }

  /** Never rejects, and asks the group no more often than it must: a batch must not fail because the group changes. */
  async function beat(): Promise<void> {
    if (beating === null && performance.now() - beatAt < interval) return;
    beating ??= sendHeartbeat().finally(() => {
      beating = null;
    });
    await beating;
  }

  async function sendHeartbeat(): Promise<void> {
    beatAt = performance.now();
    try {
      await membership.heartbeat();
      deps.progress();
    } catch (error) {
      if (noteGroupChange(error) || verdict !== null) return;
      log?.warn("a heartbeat failed", {
        error: protocolError(error, `sending a heartbeat as ${groupId}`, options),
      });
    }
  }

  /** A batch that shows no sign of life is not kept alive from here: after its session the group gives it to another. */
  async function tick(): Promise<void> {
    if (inHand.size === 0) await beat();
    const layouts = await layoutsNow();
    if (layouts === null) return;
    const counts = layouts.map(({ leaders }) => leaders.length).join();
    const ids = layouts.map(({ id }) => id).join();
    countsAtStart ??= counts;
    idsAtStart ??= ids;
    if (ids !== idsAtStart) joinAnew();
    // Partitions that were added belong to nobody before the group joins again.
    else if (counts !== countsAtStart) finish({ kind: "rejoin" });
  }

  /** What was read of a topic that was made anew since says nothing about the new one: it is not committed. */
  function joinAnew(): void {
    abandoned = true;
    finish({ kind: "rejoin" });
  }

  /** Null while nobody can say. */
  async function layoutsNow(): Promise<readonly TopicLayout[] | null> {
    try {
      const layouts = await cluster.layouts(deps.topics, layoutMaxAgeMs);
      const known = deps.topics.map((topic) => layouts.get(topic)).filter((layout) => layout !== undefined);
      // A topic that is missing is one that nobody answered for, not one that lost its partitions.
      return known.length < deps.topics.length || known.some(({ leaders }) => leaders.length === 0) ? null : known;
    } catch {
      return null;
    }
  }

  return {
    ended,
    async close() {
      finish({ kind: "closed" });
      await ended;
    },
    abandon() {
      abandoned = true;
      over();
    },
  };
}
