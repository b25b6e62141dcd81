import type { Permission } from "./kafka-admin.ts";

type Row = readonly [
  user: string,
  kind: Permission["kind"],
  pattern: Permission["pattern"],
  names: string,
  operations: string,
];

const events = "payments.v1 remittances.v1";
const results = "screening.decisions.v1 screening.alerts.v1 screening.dead-letters.v1";
const canaries = "screening.canary-decisions.v1 screening.canary-alerts.v1";
const acts = "cordon.operator-acts.v1";
const listChanges = "sanctions.list-changes.v1";
/** kafkajs reads as a member of a group: its client's id, and what follows. */
const readers = "cordon-reader-";

/** The least that each user needs: the table of docs/security.md. Read and Write imply Describe; nothing implies DescribeConfigs. */
const rows: readonly Row[] = [
  ["screener", "topic", "literal", events, "READ DESCRIBE_CONFIGS"],
  ["screener", "topic", "literal", `${results} ${canaries}`, "WRITE DESCRIBE_CONFIGS"],
  ["screener", "group", "literal", "cordon-screener", "READ"],
  ["screener", "transactional-id", "prefixed", "cordon-screener:", "WRITE"],
  ["list-sync", "topic", "literal", listChanges, "WRITE DESCRIBE_CONFIGS"],
  ["list-sync", "topic", "literal", acts, "WRITE"],
  ["canary", "topic", "literal", events, "WRITE"],
  ["canary", "topic", "literal", canaries, "READ DESCRIBE_CONFIGS"],
  ["canary", "group", "literal", "cordon-canary", "READ"],
  ["rescreen", "topic", "literal", `${events} screening.dead-letters.v1`, "READ"],
  ["rescreen", "topic", "literal", "screening.decisions.v1", "READ WRITE"],
  ["rescreen", "topic", "literal", "screening.alerts.v1", "WRITE"],
  ["rescreen", "topic", "literal", acts, "WRITE"],
  ["rescreen", "group", "prefixed", readers, "READ"],
  ["second-look", "topic", "literal", `${events} screening.decisions.v1`, "READ"],
  ["second-look", "topic", "literal", "screening.alerts.v1", "READ WRITE"],
  ["second-look", "group", "literal", "cordon-resubmissions", "READ"],
  ["second-look", "group", "literal", "cordon-screener", "DESCRIBE"],
  ["second-look", "group", "prefixed", readers, "READ"],
  ["gateway", "topic", "literal", events, "WRITE DESCRIBE_CONFIGS"],
  ["gateway", "topic", "literal", "screening.decisions.v1 screening.alerts.v1", "READ DESCRIBE_CONFIGS"],
  ["gateway", "group", "prefixed", readers, "READ"],
  ["desk", "topic", "literal", `screening.alerts.v1 screening.decisions.v1 ${listChanges}`, "READ DESCRIBE_CONFIGS"],
  ["desk", "topic", "literal", events, "READ"],
  ["desk", "topic", "literal", "screening.dispositions.v1", "READ WRITE DESCRIBE_CONFIGS"],
  ["desk", "group", "literal", "cordon-desk", "READ"],
  ["desk", "group", "prefixed", readers, "READ"],
  ["keda", "topic", "literal", events, "DESCRIBE"],
  ["keda", "group", "literal", "cordon-screener", "DESCRIBE"],
  ["producer", "topic", "literal", events, "WRITE"],
  ["reader", "topic", "literal", `${results} ${canaries} ${listChanges} ${acts}`, "READ"],
  ["reader", "group", "prefixed", "reader-", "READ"],
];

export const leastPermissions: readonly Permission[] = rows.flatMap(([user, kind, pattern, names, operations]) =>
  names
    .split(" ")
    .flatMap((name) =>
      operations
        .split(" ")
        .map((operation) => ({ user, kind, pattern, name, operation: operation as Permission["operation"] })),
    ),
);

const registering = ["screener", "list-sync", "canary", "rescreen", "second-look", "gateway", "desk"] as const;
/** Who may register schemas; the others may only look them up. */
export const registryWriters: ReadonlySet<string> = new Set(registering);

export const securedUsers = [...registering, "keda", "producer", "reader"] as const;
export type SecuredUser = (typeof securedUsers)[number];

/** Redis: what each user may do below its key prefix. The inner commands of a script count as well. */
const hand = "+hello +auth +ping +info +client +select";
export const redisCommands: Readonly<Partial<Record<SecuredUser, string>>> = {
  "list-sync": `${hand} +get +set +hget +hset +hdel +hgetall +hvals +hexists +del +unlink +exists +rename +persist +expire +eval +xadd +xread +xrevrange`,
  screener: `${hand} +get +hget +hvals +xread +xrevrange`,
  canary: `${hand} +get +hget +hvals +xread +xrevrange`,
  "second-look": `${hand} +get +set +del +pexpire +hget +hgetall +hvals +eval +xread +xrevrange`,
  gateway: `${hand} +eval +time +hget +hmget +hset +hsetnx +hdel +hgetall +exists +del +pexpire +zadd +zrem +zrange +zremrangebyscore +zunionstore`,
  desk: `${hand} +get +set +hget +hset +hdel +hgetall +hvals +hexists +exists +del +expire +eval +type +xadd +xread +xrevrange`,
  rescreen: `${hand} +get +hget +hvals +hgetall`,
};
