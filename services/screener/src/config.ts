import { policyConfig, topicPrefix } from "@cordon/screening";
import {
  type ConfigOf,
  decimal,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  oneOf,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/service";

/** Everything the screener can be told. Read once, at start. */
export const screenerConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  policy: policyConfig,
  policyPollSeconds: decimal("POLICY_POLL_SECONDS", {
    meaning: "How often POLICY_FILE is read anew, in seconds.",
    default: "2",
    min: 0.05,
    max: 3600,
  }),
  indexPollSeconds: decimal("INDEX_POLL_SECONDS", {
    meaning: "How often the store is asked for a newer index and for when the lists were checked, in seconds.",
    default: "2",
    min: 0.05,
    max: 3600,
  }),
  groupId: text("KAFKA_GROUP_ID", {
    meaning: "The consumer group; replicas of one screener share it.",
    default: "cordon-screener",
    pattern: /^[A-Za-z0-9._-]{1,200}$/,
    expected: "up to 200 letters, digits and ._-",
  }),
  delivery: oneOf("DELIVERY", ["at_least_once", "exactly_once"], {
    meaning:
      "Whether a crash may repeat decisions, or each is written once, in transactions, for readers who read committed records only. Change it with every screener of the group stopped.",
    default: "at_least_once",
  }),
  decisionsWritten: oneOf("DECISIONS_WRITTEN", ["all", "hits-and-holds"], {
    meaning:
      "Which decisions are written. Without those that are CLEAR, only the group's committed offset tells that an event was screened.",
    default: "all",
  }),
  sessionTimeoutSeconds: integer("KAFKA_SESSION_TIMEOUT_SECONDS", {
    meaning: "Silence after which the group gives a screener's partitions to others: how long a crash delays events.",
    default: "10",
    min: 6,
    max: 300,
  }),
  consumerStallSeconds: integer("CONSUMER_STALL_SECONDS", {
    meaning: "The consumer counts as stuck, and /healthz fails, after this long without a sign of life, in seconds.",
    default: "120",
    min: 5,
    max: 3600,
  }),
  topicPrefix,
};

export type ScreenerConfig = ConfigOf<typeof screenerConfig>;
