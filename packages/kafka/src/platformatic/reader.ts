import { guardedBy } from "../client-errors.ts";
import { late, retrying, withDeadline } from "../deadline.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { FollowOptions, OffsetRange, Reader } from "../port.ts";
import { cursorsOf, isDone, keptOf, keptParts, partitionName } from "../range-cursor.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import { type Chunk, createFetcher } from "./fetcher.ts";
import { offsetsAt } from "./offsets.ts";
import { isUnknownTopic, protocolError } from "./protocol-errors.ts";

type OnRecords = Parameters<Reader["read"]>[1];

/** A topic just created takes a while to be known and to have leaders: it is absent only if it stays so. */
const untilKnown = { pauses: [100, 200, 400, 800], isPassing: isUnknownTopic } as const;

/** After so long without a record it is looked up whether those still to be read exist. */
const stallMs = 5_000;

/** A connected reader. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openReader(options: CompiledKafkaOptions): Promise<Reader> {
  const cluster = createCluster(options);
  const guarded = guardedBy(protocolError, options);
  try {
    await guarded("connecting a reader", () => cluster.withRetries(() => cluster.connect()));
  } catch (error) {
    await cluster.close();
    throw error;
  }
  return {
    extent: (topic, since) => guarded(`looking what ${topic} holds`, () => extentOf(cluster, topic, since)),
    read: (ranges, onRecords) => guarded("reading records", () => readRanges(cluster, ranges, onRecords)),
    follow: (request) => guarded("following records", () => follow(cluster, request)),
    close: () => cluster.close(),
  };
}

async function extentOf(cluster: Cluster, topic: string, since?: number): Promise<readonly OffsetRange[]> {
  const layout = await cluster.withRetries(() => retrying(() => cluster.layout(topic), untilKnown));
  const partitions = layout.leaders.map((_, partition) => ({ topic, partition }));
  const from = await offsetsAt(cluster, partitions, since === undefined ? "earliest" : BigInt(since));
  const to = await offsetsAt(cluster, partitions, "latest");
  return partitions.map((place) => {
    const isHere = (one: { readonly partition: number }): boolean => one.partition === place.partition;
    const end = to.find(isHere)?.offset ?? 0n;
    const start = from.find(isHere)?.offset ?? -1n;
    // No record was stamped then or later: nothing but the end is left.
    return { ...place, from: start < 0n ? end : start, to: end };
  });
}

async function readRanges(cluster: Cluster, ranges: readonly OffsetRange[], onRecords: OnRecords): Promise<void> {
  const look = (): Promise<readonly OffsetRange[]> => keptOf(ranges, (topic) => extentOf(cluster, topic));
  const kept = await look();
  const cursors = cursorsOf(keptParts(ranges, kept));
  const positions = kept.flatMap(({ topic, partition }) => {
    const offset = cursors.get(partitionName({ topic, partition }))?.next() ?? null;
    return offset === null ? [] : [{ topic, partition, offset }];
  });
  if (positions.length === 0) return;

  const end = Promise.withResolvers<void>();
  end.promise.catch(() => undefined); // awaited below
  let handing: Promise<void> = Promise.resolve();
  let progressAt = performance.now();
  const fetcher = createFetcher(cluster, {
    positions,
    answered: () => undefined,
    skipped: ({ topic, partition, to }) => {
      cursors.get(partitionName({ topic, partition }))?.advance(to);
      if (isDone(cursors)) end.resolve();
    },
    deliver: (chunk) => {
      progressAt = performance.now();
      // One after another, as they came.
      handing = handing.then(() => handOut(chunk)).catch(end.reject);
    },
    failed: end.reject,
  });

  let over = false;
  async function handOut({ topic, partition, records, nextOffset }: Chunk): Promise<void> {
    if (over) return;
    const cursor = cursors.get(partitionName({ topic, partition }));
    const wanted = records.filter(({ offset }) => cursor?.wants(offset) === true);
    cursor?.advance(nextOffset);
    try {
      if (wanted.length > 0) await onRecords({ topic, partition, records: wanted });
    } catch (error) {
      over = true;
      throw error;
    }
    progressAt = performance.now();
    const offset = cursor?.next() ?? null;
    if (offset !== null) fetcher.resume({ topic, partition, offset });
    else if (isDone(cursors)) end.resolve();
  }

  try {
    while ((await withDeadline(end.promise, stallMs)) === late) {
      if (performance.now() - progressAt < stallMs) continue;
      // What retention deletes meanwhile never comes.
      for (const { topic, partition, from } of await look())
        cursors.get(partitionName({ topic, partition }))?.advance(from);
      if (isDone(cursors)) break;
    }
  } finally {
    fetcher.close();
  }
}

async function follow(cluster: Cluster, { positions, onRecords, signal }: FollowOptions): Promise<void> {
  if (signal.aborted) return;
  const end = Promise.withResolvers<void>();
  let handing: Promise<void> = Promise.resolve();
  let over = false;
  const fetcher = createFetcher(cluster, {
    positions,
    answered: () => undefined,
    // The earliest kept is where the next chunk begins.
    skipped: () => undefined,
    deliver: (chunk) => {
      handing = handing.then(() => handOut(chunk)).catch(end.reject);
    },
    failed: end.reject,
  });
  async function handOut({ topic, partition, records, nextOffset }: Chunk): Promise<void> {
    if (over) return;
    await onRecords({ topic, partition, records, nextOffset });
    fetcher.resume({ topic, partition, offset: nextOffset });
  }
  const onAbort = (): void => {
    end.resolve();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await end.promise;
  } finally {
    over = true;
    signal.removeEventListener("abort", onAbort);
    fetcher.close();
  }
}
