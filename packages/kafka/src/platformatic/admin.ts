import { ConfigResourceTypes, createTopicsV7, describeConfigsV4 } from "@platformatic/kafka";

import { createAll } from "../create-all.ts";
import { retrying } from "../deadline.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { Admin, TopicReport, TopicSettings } from "../port.ts";
import { tooFewBrokers, topicAbsent } from "../told-errors.ts";
import { comparedEntries, standingTopic, topicEntries } from "../topic-config.ts";
import { compareTopic, type StandingTopic } from "../topic-differences.ts";
import { answerMs, type Cluster, createCluster } from "./cluster.ts";
import {
  BrokerError,
  isBadReplication,
  isForbiddenToCreate,
  isOutage,
  isTopicAlreadyThere,
  isUnknownTopic,
  protocolError,
} from "./protocol-errors.ts";
import { survey } from "./survey.ts";

/** A connected admin client. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openAdmin(options: CompiledKafkaOptions): Promise<Admin> {
  const cluster = createCluster(options);
  try {
    await cluster.patiently(() => cluster.connect());
  } catch (error) {
    await cluster.close();
    throw protocolError(error, "connecting", options);
  }
  return {
    async ensureTopics(topics) {
      try {
        return await ensureAll(cluster, topics);
      } catch (error) {
        throw protocolError(error, "creating and comparing topics", options);
      }
    },
    async survey(groupId, topics) {
      try {
        return await survey(cluster, groupId, topics);
      } catch (error) {
        throw protocolError(error, "looking at the partitions", options);
      }
    },
    close: () => cluster.close(),
  };
}

/** A topic just created, by us or by another client at the same moment, takes a while to be known and to have leaders. */
const untilLed = {
  pauses: [50, 100, 200, 400, 800, 1600, 3200, 6400],
  isPassing: (error: unknown) => isUnknownTopic(error) || isOutage(error),
} as const;

async function ensureAll(cluster: Cluster, topics: readonly TopicSettings[]): Promise<readonly TopicReport[]> {
  cluster.forget();
  const standing = await cluster.patiently(() => cluster.layouts(topics.map(({ topic }) => topic)));
  const reports: TopicReport[] = [];
  const missing = topics.filter(({ topic }) => !standing.has(topic));
  const made = await createAll(missing, (settings) => cluster.patiently(() => createTopic(cluster, settings)), {
    isForbidden: isForbiddenToCreate,
    who: cluster.options.credentials.who(),
  });
  for (const settings of topics) {
    const created = made.has(settings.topic);
    const found = await retrying(() => describe(cluster, settings.topic), untilLed);
    reports.push({
      topic: settings.topic,
      created,
      partitions: found.partitions,
      maxMessageBytes: found.maxMessageBytes,
      differences: created ? [] : compareTopic(settings, found),
    });
  }
  return reports;
}

/** False when somebody else was faster. */
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
    if (isTopicAlreadyThere(error)) return false;
    if (isBadReplication(error)) throw tooFewBrokers(topic, replicationFactor, error);
    cluster.forget();
    throw error;
  }
}

/** Fails, in a way that passes, while the topic is not known yet or a partition of it has no leader. */
async function describe(cluster: Cluster, topic: string): Promise<StandingTopic> {
  cluster.forget();
  const layout = (await cluster.layouts([topic])).get(topic);
  if (layout === undefined) throw topicAbsent(topic, new BrokerError("UNKNOWN_TOPIC_OR_PARTITION", topic));
  if (layout.leaders.includes(-1)) throw new BrokerError("LEADER_NOT_AVAILABLE", `topic ${topic}`);
  const resource = {
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName: topic,
    configurationKeys: [...comparedEntries],
  };
  const { results } = await cluster.ask(
    (connection) => describeConfigsV4.api.async(connection, [resource], false, false),
    { lane: "control", broker: "any", within: answerMs },
  );
  return standingTopic(layout.replicas, results[0]?.configs ?? []);
}
