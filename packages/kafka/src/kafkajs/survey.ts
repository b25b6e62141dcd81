import { topicAbsent } from "../client-errors.ts";
import { isUnknownTopic } from "../kafka-errors.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { PartitionSurvey } from "../port.ts";
import { larger } from "../range-cursor.ts";
import { bareCluster } from "./bare-cluster.ts";
import { newKafka } from "./kafkajs.ts";

interface PartitionOffset {
  readonly partition: number;
  readonly offset: string;
}

interface TopicOffsets {
  readonly topic: string;
  readonly partitions: readonly PartitionOffset[];
}

/** What of a cluster of kafkajs 2.2.4 is used: its admin client asks for ends of committed records only. */
interface SurveyedCluster {
  isolationLevel: number;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadata(): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  fetchTopicsOffset(topics: readonly object[]): Promise<readonly TopicOffsets[]>;
  findGroupCoordinator(of: { readonly groupId: string }): Promise<{
    offsetFetch(request: object): Promise<{ readonly responses: readonly TopicOffsets[] }>;
  }>;
}

const isolation = { uncommitted: 0, committed: 1 } as const;

export interface Surveyor {
  survey(groupId: string, topics: readonly string[]): Promise<readonly PartitionSurvey[]>;
  close(): Promise<void>;
}

/** Keeps its connections from one survey to the next, until one fails: kafkajs goes on asking who does not lead any more. */
export function createSurveyor(options: CompiledKafkaOptions): Surveyor {
  let cluster: SurveyedCluster | null = null;

  const discard = async (): Promise<void> => {
    const before = cluster;
    cluster = null;
    await before?.disconnect().catch(() => undefined);
  };

  return {
    async survey(groupId, topics) {
      cluster ??= bareCluster<SurveyedCluster>(newKafka(options));
      try {
        return await surveyOf(cluster, groupId, topics);
      } catch (error) {
        void discard();
        throw isUnknownTopic(error) ? topicAbsent(topics.join(", "), error) : error;
      }
    },
    close: discard,
  };
}

async function surveyOf(
  cluster: SurveyedCluster,
  groupId: string,
  topics: readonly string[],
): Promise<readonly PartitionSurvey[]> {
  await cluster.connect();
  await cluster.addMultipleTargetTopics(topics);
  await cluster.refreshMetadata();
  const places = topics.map((topic) => ({
    topic,
    partitions: cluster
      .findTopicPartitionMetadata(topic)
      .map(({ partitionId }) => ({ partition: partitionId }))
      .toSorted((a, b) => a.partition - b.partition),
  }));
  const ask = async (level: number, fromBeginning: boolean): Promise<readonly TopicOffsets[]> => {
    cluster.isolationLevel = level;
    return cluster.fetchTopicsOffset(places.map((place) => ({ ...place, fromBeginning })));
  };
  // One after another: the level belongs to the cluster. The ends in this order: what is written between both must not
  // look as if a transaction held it back.
  const starts = await ask(isolation.uncommitted, true);
  const ends = await ask(isolation.uncommitted, false);
  const stableEnds = await ask(isolation.committed, false);
  const coordinator = await cluster.findGroupCoordinator({ groupId });
  const { responses: committed } = await coordinator.offsetFetch({ groupId, topics: places });
  return places.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition }) => {
      const of = (answers: readonly TopicOffsets[]): bigint => offsetOf(answers, topic, partition);
      const group = of(committed);
      const stableEnd = of(stableEnds);
      const end = larger(of(ends), stableEnd);
      return { topic, partition, start: of(starts), stableEnd, end, committed: group < 0n ? null : group };
    }),
  );
}

function offsetOf(answers: readonly TopicOffsets[], topic: string, partition: number): bigint {
  const found = answers.find((one) => one.topic === topic)?.partitions.find((one) => one.partition === partition);
  return BigInt(found?.offset ?? -1);
}
