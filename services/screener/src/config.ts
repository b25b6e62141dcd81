import { policyConfig, topicPrefix } from "@cordon/screening";
import {
  type ConfigOf,
  decimal,
  group,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  oneOf,
  optional,
  redisConfig,
  registryConfig,
  secret,
  secretPem,
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
  shadow: group(
    {
      file: optional(
        text("SHADOW_POLICY_FILE", {
          meaning:
            "A policy file that is tried beside the policy in use, without any effect on outcomes: cordon_screening_shadow_events_total tells what it would decide. What it leaves out is what the policy in use says at the start.",
        }),
      ),
      share: decimal("SHADOW_SHARE", {
        meaning: "Share of the events that SHADOW_POLICY_FILE is tried on.",
        default: "0.05",
        min: 0,
        max: 1,
      }),
    },
    (values) => values,
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
  goodGuysPublicKey: secretPem("GOOD_GUYS_PUBLIC_KEY", {
    meaning:
      "The public Ed25519 keys, in PEM, one of which signed the good guys of the desk; two while a key is changed. Needed where GOOD_GUYS is on.",
  }),
  goodGuysMaxAgeSeconds: integer("GOOD_GUYS_MAX_AGE_SECONDS", {
    meaning:
      "Good guys that the desk has not confirmed for longer than this are not used, in seconds: each hit is a HIT then.",
    default: "300",
    min: 10,
    max: 86_400,
  }),
  goodGuysPollSeconds: decimal("GOOD_GUYS_POLL_SECONDS", {
    meaning: "How often the store is asked for the good guys, in seconds.",
    default: "5",
    min: 0.05,
    max: 300,
  }),
  fingerprintKey: secret("PARTY_FINGERPRINT_KEY", {
    meaning:
      "What fingerprints of parties are made with: 32 bytes or more as base64, the same in all screeners. Without it alerts have none, and no good guy can be made.",
  }),
  rememberedCustomers: integer("REMEMBERED_CUSTOMERS", {
    meaning:
      "How many customers a screener remembers to be clear: half as many are always known, each takes some 250 bytes, and one that was forgotten is compared with the whole index again.",
    default: "200000",
    min: 1000,
    max: 10_000_000,
  }),
  warmUpSeconds: decimal("WARM_UP_SECONDS", {
    meaning:
      "How long a screener screens made-up payments, of which nothing is written, before it joins the group: just started it is slow, and real events would wait. 0: not at all.",
    default: "1.5",
    min: 0,
    max: 60,
  }),
  topicPrefix,
};

export type ScreenerConfig = ConfigOf<typeof screenerConfig>;
