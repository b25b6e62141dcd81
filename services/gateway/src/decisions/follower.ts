import { setTimeout as sleep } from "node:timers/promises";

import {
  type ConsumedRecord,
  type KafkaClient,
  type OffsetRange,
  type Position,
  type Reader,
  type TopicPartition,
} from "@cordon/kafka";
import { type PatienceOptions, retryUntilAvailable } from "@cordon/service";

/**
 * Reads the decisions and the alerts of all events as they are written, from where both topics ended when it began: one
 * reader for the whole replica, whoever waits.
 */
export interface Follower {
  /** Resolves once it is known where reading begins: what is decided from then on is not missed. */
  start(): Promise<void>;
  /** All that stood in the topics at that time has been handed out: milliseconds since the epoch, 0 before the first look. */
  followedAt(): number;
  /** When Kafka last told how far the topics go, milliseconds since the epoch; 0 before. */
  seenAt(): number;
  /** Hands out what was written since then, once more, and is wanted. */
  again(since: number, wanted: (record: ConsumedRecord) => boolean): Promise<void>;
  /** Rejects when following ended for a reason that does not pass. Never resolves. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

export interface FollowerOptions {
  readonly kafka: Pick<KafkaClient, "reader">;
  readonly topics: readonly string[];
  readonly onRecord: (topic: string, record: ConsumedRecord) => void;
  readonly patience: Omit<PatienceOptions, "signal">;
  readonly clock: () => number;
  readonly surveyMs?: number;
  /** Who waits hears at once; the next records are fetched so much later, many of them together. */
  readonly gatherMs?: number;
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

export function createFollower(options: FollowerOptions): Follower {
  const { kafka, topics, onRecord, clock, surveyMs = 5000, gatherMs = 10 } = options;
  const over = new AbortController();
  const { signal } = over;
  const positions = new Map<string, Position>();
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => undefined); // whoever awaits it hears of it
  let running: Promise<unknown> = Promise.resolve();
  let reader: Reader | null = null;
  let followedAt = 0;
  let seenAt = 0;
  let gatheredAt = -Infinity;
  /** Where the topics ended at a time, until all before it has been handed out. */
  let goal: { readonly at: number; readonly ends: readonly OffsetRange[] } | null = null;
  /** Ends one call of `follow`, so that the next one has the new partitions, too. */
  let round = new AbortController();

  async function open(): Promise<Reader> {
    reader ??= await kafka.reader();
    return reader;
  }

  async function extents(since?: number): Promise<readonly OffsetRange[]> {
    const from = await open();
    const all: OffsetRange[] = [];
    for (const topic of topics) all.push(...(await from.extent(topic, since)));
    return all;
  }

  async function survey(): Promise<void> {
    const at = clock();
    const ends = await extents();
    seenAt = clock();
    goal ??= { at, ends };
    let grown = false;
    for (const { topic, partition, from, to } of ends) {
      const place = { topic, partition };
      if (positions.has(nameOf(place))) continue;
      // One that was added while we follow is read from its beginning.
      positions.set(nameOf(place), { ...place, offset: followedAt === 0 ? to : from });
      grown = true;
    }
    reach();
    if (grown) round.abort();
  }

  function reach(): void {
    if (goal === null) return;
    const reached = goal.ends.every((end) => (positions.get(nameOf(end))?.offset ?? 0n) >= end.to);
    if (!reached) return;
    followedAt = goal.at;
    goal = null;
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      round = new AbortController();
      const until = AbortSignal.any([signal, round.signal]);
      await retryUntilAvailable(
        "Kafka",
        async () => (await open()).follow({ positions: [...positions.values()], onRecords, signal: until }),
        {
          ...options.patience,
          signal,
        },
      );
    }
  }

  const onRecords: Parameters<Reader["follow"]>[0]["onRecords"] = async ({ topic, partition, records, nextOffset }) => {
    for (const record of records) onRecord(topic, record);
    positions.set(nameOf({ topic, partition }), { topic, partition, offset: nextOffset });
    reach();
    // One fetch brings several partitions: they share a pause.
    if (records.length === 0 || performance.now() - gatheredAt < gatherMs) return;
    await sleep(gatherMs, undefined, { signal }).catch(() => undefined);
    gatheredAt = performance.now();
  };

  async function keepSurveying(): Promise<void> {
    while (!signal.aborted) {
      await sleep(surveyMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await retryUntilAvailable("Kafka", survey, { ...options.patience, signal });
    }
  }

  const unlessOver = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => {
      if (!signal.aborted) death.reject(error);
    });

  return {
    async start() {
      await retryUntilAvailable("Kafka", survey, { ...options.patience, signal });
      running = Promise.all([unlessOver(follow()), unlessOver(keepSurveying())]);
    },
    followedAt: () => followedAt,
    seenAt: () => seenAt,
    async again(since, wanted) {
      const work = async (): Promise<void> => {
        const from = await open();
        await from.read(await extents(since), async ({ topic, records }) => {
          for (const record of records) if (wanted(record)) onRecord(topic, record);
          return Promise.resolve();
        });
      };
      await retryUntilAvailable("Kafka", work, { ...options.patience, signal });
    },
    failed: death.promise,
    async close() {
      over.abort();
      await running;
      await reader?.close();
    },
  };
}
