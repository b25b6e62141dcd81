import { FetchIsolationLevels, ListOffsetTimestamps, listOffsetsV7, offsetFetchV8 } from "@platformatic/kafka";

import type { Position, TopicPartition } from "../port.ts";
import { answerMs, type Cluster } from "./cluster.ts";
import type { Coordinator } from "./coordinator.ts";

const asConsumer = -1;

/** `earliest`: the first offset that is kept. `latest`: after the last committed record. Else milliseconds since the epoch. */
export type Moment = "earliest" | "latest" | bigint;

/** Whether an open transaction ends what can be read. */
export type Isolation = "committed" | "uncommitted";

const timestampOf = (moment: Moment): bigint => {
  if (moment === "earliest") return ListOffsetTimestamps.EARLIEST;
  return moment === "latest" ? ListOffsetTimestamps.LATEST : moment;
};

/** The offset of each partition at that moment: of the first record stamped then or later, -1 where there is none. */
export async function offsetsAt(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  moment: Moment,
  isolation: Isolation = "committed",
): Promise<readonly Position[]> {
  const timestamp = timestampOf(moment);
  const level = isolation === "committed" ? FetchIsolationLevels.READ_COMMITTED : FetchIsolationLevels.READ_UNCOMMITTED;
  return cluster.withRetries(async () => {
    try {
      const leaders = await byLeader(cluster, partitions);
      const answers = await Promise.all(
        [...leaders].map(([leader, of]) => listOffsets(cluster, { leader, of, timestamp, level })),
      );
      return answers.flat();
    } catch (error) {
      cluster.forget();
      throw error;
    }
  });
}

async function byLeader(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<number, readonly TopicPartition[]>> {
  const layouts = await cluster.layouts([...new Set(partitions.map(({ topic }) => topic))]);
  return Map.groupBy(partitions, ({ topic, partition }) => layouts.get(topic)?.leaders[partition] ?? -1);
}

interface ListOptions {
  readonly leader: number;
  readonly of: readonly TopicPartition[];
  readonly timestamp: bigint;
  readonly level: number;
}

async function listOffsets(
  cluster: Cluster,
  { leader, of, timestamp, level }: ListOptions,
): Promise<readonly Position[]> {
  const topics = partitionsByTopic(of).map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition }) => ({ partitionIndex: partition, currentLeaderEpoch: -1, timestamp })),
  }));
  const response = await cluster.ask((connection) => listOffsetsV7.api.async(connection, asConsumer, level, topics), {
    lane: "control",
    broker: cluster.brokerOf(leader),
    within: answerMs,
  });
  return response.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, offset }) => ({ topic: name, partition: partitionIndex, offset })),
  );
}

/** One request's partitions by their topic. */
export const partitionsByTopic = <T extends TopicPartition>(of: readonly T[]): readonly [string, readonly T[]][] => [
  ...Map.groupBy(of, ({ topic }) => topic),
];

/** Whether an offset that a transaction is about to commit is waited for. */
export type Stability = "stable" | "as it is now";

/** What a group has committed; a partition without is missing. */
export async function committedOffsets(
  { ask }: Coordinator,
  { groupId, partitions, how }: { groupId: string; partitions: readonly TopicPartition[]; how: Stability },
): Promise<readonly Position[]> {
  const topics = partitionsByTopic(partitions).map(([name, of]) => ({
    name,
    partitionIndexes: of.map(({ partition }) => partition),
  }));
  const { groups } = await ask((connection) =>
    offsetFetchV8.api.async(connection, [{ groupId, memberEpoch: -1, topics }], how === "stable"),
  );
  return groups
    .flatMap((group) => group.topics)
    .flatMap(({ name, partitions: of }) =>
      of.map(({ partitionIndex, committedOffset }) => ({
        topic: name,
        partition: partitionIndex,
        offset: committedOffset,
      })),
    )
    .filter(({ offset }) => offset >= 0n);
}
