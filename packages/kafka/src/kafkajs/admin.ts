import kafkajs, { type Admin as KafkajsAdmin, type ITopicConfig } from "kafkajs";

import { createAll } from "../create-all.ts";
import { retrying } from "../deadline.ts";
import {
  isBadReplication,
  isForbiddenToCreate,
  isOutage,
  isTopicAlreadyThere,
  isUnknownTopic,
  kafkaError,
} from "../kafka-errors.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { Admin, TopicReport, TopicSettings } from "../port.ts";
import { topicAbsent, tooFewBrokers } from "../told-errors.ts";
import { comparedEntries, standingTopic, topicEntries } from "../topic-config.ts";
import { compareTopic, type StandingTopic } from "../topic-differences.ts";
import { newKafka } from "./kafkajs.ts";
import { createSurveyor } from "./survey.ts";

/** A connected admin client. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openAdmin(options: CompiledKafkaOptions): Promise<Admin> {
  const admin = newKafka(options).admin();
  const surveyor = createSurveyor(options);
  const guarded = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw kafkaError(error, doing, options);
    }
  };
  try {
    await guarded("connecting", () => admin.connect());
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw error;
  }
  return {
    ensureTopics: (topics) =>
      guarded("creating and comparing topics", async () => {
        const standing = new Set(await admin.listTopics());
        const reports: TopicReport[] = [];
        const missing = topics.filter(({ topic }) => !standing.has(topic));
        const made = await createAll(missing, (settings) => createTopic(admin, settings), {
          isForbidden: isForbiddenToCreate,
          who: options.credentials.who(),
        });
        for (const settings of topics) {
          const created = made.has(settings.topic);
          const found = await retrying(() => describe(admin, settings.topic), untilLed);
          reports.push({
            topic: settings.topic,
            created,
            partitions: found.partitions,
            maxMessageBytes: found.maxMessageBytes,
            differences: created ? [] : compareTopic(settings, found),
          });
        }
        return reports;
      }),
    survey: (groupId, topics) => guarded("looking at the partitions", () => surveyor.survey(groupId, topics)),
    async close() {
      await Promise.all([surveyor.close(), admin.disconnect()]);
    },
  };
}

/** A topic just created, by us or by another client at the same moment, takes a while to be known and to have leaders. */
export const untilLed = {
  pauses: [50, 100, 200, 400, 800, 1600, 3200, 6400],
  isPassing: (error: unknown) => isUnknownTopic(error) || isOutage(error),
} as const;

function configOf(settings: TopicSettings): ITopicConfig {
  return {
    topic: settings.topic,
    numPartitions: settings.partitions,
    replicationFactor: settings.replicationFactor,
    configEntries: [...topicEntries(settings)],
  };
}

/** False when somebody else was faster. */
async function createTopic(admin: KafkajsAdmin, settings: TopicSettings): Promise<boolean> {
  try {
    return await admin.createTopics({ topics: [configOf(settings)], waitForLeaders: false });
  } catch (error) {
    if (isTopicAlreadyThere(error)) return false;
    if (!isBadReplication(error)) throw error;
    throw tooFewBrokers(settings.topic, settings.replicationFactor, error);
  }
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
