import {
  type ConfigOf,
  group,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/service";

/** Everything the canary can be told. Read once, at start. */
export const canaryConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  intervalSeconds: integer("CANARY_INTERVAL_SECONDS", {
    meaning: "How often canary events are sent, in seconds.",
    default: "60",
    min: 1,
    max: 3600,
  }),
  deadlineSeconds: integer("CANARY_DEADLINE_SECONDS", {
    meaning: "A canary event without its result after this long is missed, in seconds.",
    default: "30",
    min: 1,
    max: 3600,
  }),
  goodName: text("CANARY_GOOD_NAME", {
    meaning: "The name on no list that known-good canary events carry.",
    default: "Cordon Canary",
    pattern: /^.{3,100}$/,
    expected: "3 to 100 characters",
  }),
  lists: group(
    {
      names: text("CANARY_LISTS", {
        meaning:
          "Lists that the index must have, such as uk,un: a canary without a name of one of them fails. Whatever list was seen since the start is expected besides, until it is released by name.",
        default: "",
        pattern: /^([a-z0-9-]+(,[a-z0-9-]+)*)?$/,
        expected: "names of lists with commas between",
      }),
    },
    ({ names }) => names.split(",").filter((name) => name !== ""),
  ),
  groupId: text("CANARY_GROUP_ID", {
    meaning: "The consumer group that reads the canaries' results, after TOPIC_PREFIX; one process has it at a time.",
    default: "cordon-canary",
    pattern: /^[A-Za-z0-9._-]{1,200}$/,
    expected: "up to 200 letters, digits and ._-",
  }),
  topicPrefix: text("TOPIC_PREFIX", {
    meaning: "Put before every topic's name, so that several Cordons can share one Kafka.",
    default: "",
    pattern: /^[A-Za-z0-9._-]{0,64}$/,
    expected: "up to 64 letters, digits and ._-",
  }),
};

export type CanaryConfig = ConfigOf<typeof canaryConfig>;
