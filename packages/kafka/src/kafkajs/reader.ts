import type {
  Admin as KafkajsAdmin,
  Consumer as KafkajsConsumer,
  ConsumerGroupJoinEvent,
  EachBatchHandler,
} from "kafkajs";

import { guardedBy, topicAbsent } from "../client-errors.ts";
import { late, retrying, withDeadline } from "../deadline.ts";
import { untilLedPauses } from "../ensure-topics.ts";
import { isOutage, isUnknownTopic, kafkaError } from "../kafka-errors.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { OffsetRange, Reader, TopicPartition } from "../port.ts";
import { cursorsOf, isDone, keptOf, keptParts, partitionName, type RangeCursor } from "../range-cursor.ts";
import { recordsOf } from "./fetched-records.ts";
import { follow } from "./follow.ts";
import { withAdmin, withLoneConsumer } from "./lone-consumer.ts";
import { untilKnown } from "./partition-table.ts";

type OnRecords = Parameters<Reader["read"]>[1];

/** After so long without a record it is looked up whether those still to be read exist. */
const stallMs = 5_000;

/** A reader. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID when it cannot connect. */
export async function openReader(options: CompiledKafkaOptions): Promise<Reader> {
  const guarded = guardedBy(kafkaError, options);
  await guarded("connecting a reader", () => withAdmin(options, async () => Promise.resolve()));
  return {
    extent: (topic, since) => guarded(`looking what ${topic} holds`, () => extentOf(options, topic, since)),
    read: (ranges, onRecords) => guarded("reading records", () => readRanges(options, ranges, onRecords)),
    follow: (request) => guarded("following records", () => follow(options, request)),
    close: async () => Promise.resolve(),
  };
}

async function extentOf(options: CompiledKafkaOptions, topic: string, since?: number): Promise<readonly OffsetRange[]> {
  // kafkajs would try for half a minute to find the offsets of a topic that is not there.
  await retrying(() => withAdmin(options, (admin) => admin.fetchTopicMetadata({ topics: [topic] })), untilKnown).catch(
    (error: unknown) => {
      throw isUnknownTopic(error) ? topicAbsent(topic, error) : error;
    },
  );
  return retrying(() => withAdmin(options, (admin) => askExtent(admin, topic, since)), {
    pauses: untilLedPauses,
    isPassing: (error) => isUnknownTopic(error) || isOutage(error),
  });
}

async function askExtent(admin: KafkajsAdmin, topic: string, since?: number): Promise<readonly OffsetRange[]> {
  const bounds = await admin.fetchTopicOffsets(topic);
  const starts = since === undefined ? [] : await admin.fetchTopicOffsetsByTimestamp(topic, since);
  return bounds.map(({ partition, low, high }) => ({
    topic,
    partition,
    from: BigInt(starts.find((start) => start.partition === partition)?.offset ?? low),
    to: BigInt(high),
  }));
}

async function readRanges(
  options: CompiledKafkaOptions,
  ranges: readonly OffsetRange[],
  onRecords: OnRecords,
): Promise<void> {
  const topics = [...new Set(ranges.map(({ topic }) => topic))];
  const look = (): Promise<readonly OffsetRange[]> => keptOf(ranges, (topic) => extentOf(options, topic));
  const cursors = cursorsOf(keptParts(ranges, await look()));
  if (isDone(cursors)) return;
  await withLoneConsumer(options, (consumer) => readToEnd(consumer, { topics, cursors, look, onRecords }));
}

interface Reading {
  readonly topics: readonly string[];
  readonly cursors: ReadonlyMap<string, RangeCursor>;
  /** What is kept now. */
  readonly look: () => Promise<readonly OffsetRange[]>;
  readonly onRecords: OnRecords;
}

async function readToEnd(consumer: KafkajsConsumer, { topics, cursors, look, onRecords }: Reading): Promise<void> {
  const end = Promise.withResolvers<void>();
  end.promise.catch(() => undefined); // awaited below, unless connecting fails first
  const state = { inHand: 0, failed: false, progressAt: performance.now() };

  /** Jumps over what lies between two ranges, and rests a partition whose ranges were read. */
  const steer = (place: TopicPartition, fetched: bigint | null): void => {
    const next = cursors.get(partitionName(place))?.next() ?? null;
    if (next === null) consumer.pause([{ topic: place.topic, partitions: [place.partition] }]);
    else if (next !== fetched) consumer.seek({ ...place, offset: String(next) });
    if (state.inHand === 0 && isDone(cursors)) end.resolve();
  };
  const handOut: EachBatchHandler = async ({ batch: { topic, partition, messages } }) => {
    const cursor = cursors.get(partitionName({ topic, partition }));
    const wanted = messages.filter(({ offset }) => cursor?.wants(BigInt(offset)) === true);
    const last = wanted.at(-1);
    if (last === undefined || state.failed) return;
    // Before it is handed out: after a change of the group kafkajs may bring the same again.
    cursor?.advance(BigInt(last.offset) + 1n);
    state.inHand += 1;
    try {
      await onRecords({ topic, partition, records: recordsOf(wanted) });
    } catch (error) {
      // Not for kafkajs, which would hand out the same again.
      state.failed = true;
      end.reject(error);
    } finally {
      state.inHand -= 1;
    }
  };

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }: ConsumerGroupJoinEvent) => {
    for (const [topic, partitions] of Object.entries(payload.memberAssignment))
      for (const partition of partitions) steer({ topic, partition }, null);
  });
  // Told also of batches of which nothing is handed out, such as the markers of transactions.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
    state.progressAt = performance.now();
    const fetched = BigInt(lastOffset) + 1n;
    cursors.get(partitionName({ topic, partition }))?.advance(fetched);
    steer({ topic, partition }, fetched);
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
    end.reject(error);
  });

  await consumer.connect();
  await retrying(() => consumer.subscribe({ topics: [...topics], fromBeginning: true }), untilKnown);
  await consumer.run({ autoCommit: false, eachBatch: handOut });
  while ((await withDeadline(end.promise, stallMs)) === late) {
    if (state.inHand > 0 || performance.now() - state.progressAt < stallMs) continue;
    // What retention deletes meanwhile never comes.
    for (const { topic, partition, from } of await look()) {
      cursors.get(partitionName({ topic, partition }))?.advance(from);
      steer({ topic, partition }, null);
    }
  }
}
