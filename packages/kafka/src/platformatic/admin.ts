import { createTopicsV7 } from "@platformatic/kafka";

import { guardedBy, topicAbsent } from "../client-errors.ts";
import { ensureTopics, type TopicMaker } from "../ensure-topics.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { Admin, TopicSettings } from "../port.ts";
import { comparedEntries, standingTopic, topicEntries } from "../topic-config.ts";
import type { StandingTopic } from "../topic-differences.ts";
import { answerMs, type Cluster, createCluster } from "./cluster.ts";
import { BrokerError, isOutage, isTopicAlreadyThere, kinds, protocolError } from "./protocol-errors.ts";
import { survey } from "./survey.ts";
import { topicConfigs } from "./topic-configs.ts";

/** A connected admin client. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openAdmin(options: CompiledKafkaOptions): Promise<Admin> {
  const cluster = createCluster(options);
  const guarded = guardedBy(protocolError, options);
  try {
    await guarded("connecting", () => cluster.withRetries(() => cluster.connect()));
  } catch (error) {
    await cluster.close();
    throw error;
  }
  return {
    ensureTopics: (topics) =>
      guarded("creating and comparing topics", () =>
        ensureTopics(topics, {
          maker: topicMaker(cluster),
          kinds: { ...kinds, isOutage },
          who: options.credentials.who(),
        }),
      ),
    survey: (groupId, topics) => guarded("looking at the partitions", () => survey(cluster, groupId, topics)),
    close: () => cluster.close(),
  };
}

const topicMaker = (cluster: Cluster): TopicMaker => ({
  async standing(topics) {
    cluster.forget();
    return new Set((await cluster.withRetries(() => cluster.layouts(topics))).keys());
  },
  create: (settings) => cluster.withRetries(() => createTopic(cluster, settings)),
  describe: (topic) => describe(cluster, topic),
});

async function createTopic(cluster: Cluster, settings: TopicSettings): Promise<boolean> {
  const { topic, partitions, replicationFactor } = settings;
  const request = {
    name: topic,
    numPartitions: partitions,
    replicationFactor,
    assignments: [],
    configs: [...topicEntries(settings)],
  };
  try {
    await cluster.ask((connection) => createTopicsV7.api.async(connection, [request], answerMs, false), {
      lane: "control",
      broker: cluster.controller(),
      within: 2 * answerMs,
    });
    return true;
  } catch (error) {
    // Whoever was asked may not be the controller any more.
    if (!isTopicAlreadyThere(error)) cluster.forget();
    throw error;
  }
}

/** Fails, in a way that passes, while the topic is not known yet or a partition of it has no leader. */
async function describe(cluster: Cluster, topic: string): Promise<StandingTopic> {
  cluster.forget();
  const layout = (await cluster.layouts([topic])).get(topic);
  if (layout === undefined) throw topicAbsent(topic, new BrokerError("UNKNOWN_TOPIC_OR_PARTITION", topic));
  if (layout.leaders.includes(-1)) throw new BrokerError("LEADER_NOT_AVAILABLE", `topic ${topic}`);
  return standingTopic(layout.replicas, await topicConfigs(cluster, topic, comparedEntries));
}
