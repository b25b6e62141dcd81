import { FetchIsolationLevels, ListOffsetTimestamps, listOffsetsV7 } from "@platformatic/kafka";

import type { Position, TopicPartition } from "../port.ts";
import { answerMs, type Cluster } from "./cluster.ts";

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
  return cluster.patiently(async () => {
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
  const topics = [...Map.groupBy(of, ({ topic }) => topic)].map(([name, partitions]) => ({
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
