import type { Consumer as KafkajsConsumer, ConsumerGroupJoinEvent } from "kafkajs";

import { retrying } from "../deadline.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { Followed, FollowOptions, TopicPartition } from "../port.ts";
import { partitionName } from "../range-cursor.ts";
import { recordsOf } from "./fetched-records.ts";
import { withLoneConsumer } from "./lone-consumer.ts";
import { untilKnown } from "./partition-table.ts";

/** `Reader.follow`. Where kafkajs finds that a position is no longer kept, it goes on from the earliest by itself. */
export async function follow(options: CompiledKafkaOptions, request: FollowOptions): Promise<void> {
  if (request.signal.aborted) return;
  await withLoneConsumer(options, (consumer) => followWith(consumer, request));
}

async function followWith(consumer: KafkajsConsumer, { positions, onRecords, signal }: FollowOptions): Promise<void> {
  const next = new Map(positions.map(({ offset, ...place }) => [partitionName(place), offset]));
  const end = Promise.withResolvers<void>();
  end.promise.catch(() => undefined); // awaited below, unless connecting fails first
  const line = inLine(onRecords, signal, end.reject);
  const nextOf = (place: TopicPartition): bigint => next.get(partitionName(place)) ?? 0n;
  const handOut = (batch: Followed): Promise<void> => {
    next.set(partitionName(batch), batch.nextOffset);
    return line.handOut(batch);
  };

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }: ConsumerGroupJoinEvent) => {
    for (const [topic, partitions] of Object.entries(payload.memberAssignment))
      for (const partition of partitions) {
        const offset = next.get(partitionName({ topic, partition }));
        if (offset === undefined) consumer.pause([{ topic, partitions: [partition] }]);
        else consumer.seek({ topic, partition, offset: String(offset) });
      }
  });
  // Told also of batches of which nothing is handed out, such as the markers of transactions.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
    const nextOffset = BigInt(lastOffset) + 1n;
    if (nextOffset > nextOf({ topic, partition })) void handOut({ topic, partition, records: [], nextOffset });
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
    end.reject(error);
  });
  const onAbort = (): void => {
    end.resolve();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await consumer.connect();
    const topics = [...new Set(positions.map(({ topic }) => topic))];
    await retrying(() => consumer.subscribe({ topics, fromBeginning: true }), untilKnown);
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { topic, partition, messages } }) => {
        const from = nextOf({ topic, partition });
        // After a change of the group kafkajs may bring the same again.
        const records = recordsOf(messages).filter(({ offset }) => offset >= from);
        const last = records.at(-1);
        if (last !== undefined) await handOut({ topic, partition, records, nextOffset: last.offset + 1n });
      },
    });
    await end.promise;
  } finally {
    line.close();
    signal.removeEventListener("abort", onAbort);
  }
}

/** Hands out one batch after another, and nothing after the first failure or the end. */
function inLine(onRecords: FollowOptions["onRecords"], signal: AbortSignal, fail: (error: unknown) => void) {
  let handing: Promise<void> = Promise.resolve();
  let over = false;
  const handOne = async (batch: Followed): Promise<void> => {
    if (over || signal.aborted) return;
    try {
      await onRecords(batch);
    } catch (error) {
      // Not for kafkajs, which would hand out the same again.
      over = true;
      fail(error);
    }
  };
  return {
    handOut(batch: Followed): Promise<void> {
      handing = handing.then(() => handOne(batch));
      return handing;
    },
    close(): void {
      over = true;
    },
  };
}
