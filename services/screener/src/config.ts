import { compilePolicy } from "@cordon/messages";
import {
  type ConfigOf,
  decimal,
  group,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  oneOf,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/platform";

/** Everything the screener can be told. Read once, at start. */
export const screenerConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  /** What can change an outcome; its hash stands in every decision. */
  policy: group(
    {
      threshold: integer("SCREENING_THRESHOLD", {
        meaning: "The least score that is a hit, in percent.",
        default: "85",
        min: 50,
        max: 100,
      }),
      weakAliases: oneOf("WEAK_ALIASES", ["confirm", "raise"], {
        meaning: "Whether a weak alias only confirms a hit that another name raised, or raises one alone.",
        default: "confirm",
      }),
      hardConflicts: oneOf("HARD_CONFLICTS", ["explain", "clear"], {
        meaning:
          "Whether a hard conflict (two complete birth dates that differ, an organisation for a person) is told beside a hit, or clears it.",
        default: "explain",
      }),
      indexMaxAgeHours: decimal("INDEX_MAX_AGE_HOURS", {
        meaning: "Every event is held once a list was not read and found good for longer than this, in hours.",
        default: "48",
        min: 0.0001,
        max: 8760,
      }),
    },
    (settings) => compilePolicy(settings),
  ),
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
  topicPrefix: text("TOPIC_PREFIX", {
    meaning: "Put before every topic's name, so that several Cordons can share one Kafka.",
    default: "",
    pattern: /^[A-Za-z0-9._-]{0,64}$/,
    expected: "up to 64 letters, digits and ._-",
  }),
};

export type ScreenerConfig = ConfigOf<typeof screenerConfig>;
