import { archiveConfig } from "@cordon/index-store";
import { policyConfig, topicPrefix } from "@cordon/screening";
import {
  type ConfigOf,
  decimal,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/service";

/** Everything the second look can be told. Read once, at start. */
export const secondLookConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  policy: policyConfig,
  topicPrefix,
  archive: archiveConfig,
  screenersGroupId: text("KAFKA_GROUP_ID", {
    meaning: "The consumer group of the screeners.",
    default: "cordon-screener",
  }),
  groupId: text("RESUBMISSION_GROUP_ID", {
    meaning: "The consumer group that looks for payments that come again; replicas share the partitions.",
    default: "cordon-resubmissions",
  }),
  lookBackDays: integer("LOOK_BACK_WINDOW_DAYS", {
    meaning:
      "How far back events are looked at when the lists change, in days, as far as the topics keep them; 0: not at all.",
    default: "90",
    min: 0,
    max: 3650,
  }),
  lookBackShare: decimal("LOOK_BACK_SHARE", {
    meaning: "Part of a processor that a look-back may take.",
    default: "0.5",
    min: 0.01,
    max: 1,
  }),
  resubmissionDays: integer("RESUBMISSION_WINDOW_DAYS", {
    meaning: "How long after a payment was stopped one like it is looked for, in days; 0: not at all.",
    default: "7",
    min: 0,
    max: 90,
  }),
  resubmissionsRemembered: integer("RESUBMISSIONS_REMEMBERED", {
    meaning: "Most hits, and most holds, that are remembered for it.",
    default: "100000",
    min: 100,
    max: 1_000_000,
  }),
};

export type SecondLookConfig = ConfigOf<typeof secondLookConfig>;
