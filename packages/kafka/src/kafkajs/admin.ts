import kafkajs, { type Admin as KafkajsAdmin, type ITopicConfig } from "kafkajs";

import { guardedBy, topicAbsent } from "../client-errors.ts";
import { ensureTopics, type TopicMaker } from "../ensure-topics.ts";
import { isOutage, kafkaError, kinds } from "../kafka-errors.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { Admin, TopicSettings } from "../port.ts";
import { comparedEntries, standingTopic, topicEntries } from "../topic-config.ts";
import type { StandingTopic } from "../topic-differences.ts";
import { newKafka } from "./kafkajs.ts";
import { createSurveyor } from "./survey.ts";

/** A connected admin client. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openAdmin(options: CompiledKafkaOptions): Promise<Admin> {
  const admin = newKafka(options).admin();
  const surveyor = createSurveyor(options);
  const guarded = guardedBy(kafkaError, options);
  try {
    await guarded("connecting", () => admin.connect());
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw error;
  }
  return {
    ensureTopics: (topics) =>
      guarded("creating and comparing topics", () =>
        ensureTopics(topics, {
          maker: topicMaker(admin),
          kinds: { ...kinds, isOutage },
          who: options.credentials.who(),
        }),
      ),
    survey: (groupId, topics) => guarded("looking at the partitions", () => surveyor.survey(groupId, topics)),
    async close() {
      await Promise.all([surveyor.close(), admin.disconnect()]);
    },
  };
}

const topicMaker = (admin: KafkajsAdmin): TopicMaker => ({
  standing: async () => new Set(await admin.listTopics()),
  create: (settings) => admin.createTopics({ topics: [configOf(settings)], waitForLeaders: false }),
  describe: (topic) => describe(admin, topic),
});

function configOf(settings: TopicSettings): ITopicConfig {
  return {
    topic: settings.topic,
    numPartitions: settings.partitions,
    replicationFactor: settings.replicationFactor,
    configEntries: [...topicEntries(settings)],
  };
}

/** Fails, in a way that passes, while the topic is not known yet or a partition of it has no leader. */
async function describe(admin: KafkajsAdmin, topic: string): Promise<StandingTopic> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = topics.find(({ name }) => name === topic)?.partitions ?? [];
  if (partitions.length === 0) throw topicAbsent(topic);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configNames: [...comparedEntries],
      },
    ],
  });
  return standingTopic(
    partitions.map(({ replicas }) => replicas.length),
    (resources[0]?.configEntries ?? []).map(({ configName, configValue }) => ({
      name: configName,
      value: configValue,
    })),
  );
}
