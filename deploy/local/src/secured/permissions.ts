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

/** The least that each user needs: the table of docs/security.md. Read and Write imply Describe; nothing implies DescribeConfigs. */
const rows: readonly Row[] = [
  ["screener", "topic", "literal", events, "READ DESCRIBE_CONFIGS"],
  ["screener", "topic", "literal", `${results} ${canaries}`, "WRITE DESCRIBE_CONFIGS"],
  ["screener", "group", "literal", "cordon-screener", "READ"],
  ["screener", "transactional-id", "prefixed", "cordon-screener:", "WRITE"],
  ["list-sync", "topic", "literal", "sanctions.list-changes.v1", "WRITE DESCRIBE_CONFIGS"],
  ["list-sync", "topic", "literal", acts, "WRITE"],
  ["canary", "topic", "literal", events, "WRITE"],
  ["canary", "topic", "literal", canaries, "READ DESCRIBE_CONFIGS"],
  ["canary", "group", "literal", "cordon-canary", "READ"],
  ["rescreen", "topic", "literal", `${events} screening.dead-letters.v1`, "READ"],
  ["rescreen", "topic", "literal", "screening.decisions.v1", "READ WRITE"],
  ["rescreen", "topic", "literal", "screening.alerts.v1", "WRITE"],
  ["rescreen", "topic", "literal", acts, "WRITE"],
  ["rescreen", "group", "prefixed", "cordon-reader-", "READ"],
  ["producer", "topic", "literal", events, "WRITE"],
  ["reader", "topic", "literal", `${results} ${canaries} sanctions.list-changes.v1 ${acts}`, "READ"],
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

export const securedUsers = ["screener", "list-sync", "canary", "rescreen", "producer", "reader"] as const;
export type SecuredUser = (typeof securedUsers)[number];

/** Who may register schemas; the others may only look them up. */
export const registryWriters: ReadonlySet<string> = new Set(["screener", "list-sync", "canary", "rescreen"]);

/** Redis: what each user may do below its key prefix. The inner commands of a script count as well. */
const hand = "+hello +auth +ping +info +client +select";
export const redisCommands: Readonly<Partial<Record<SecuredUser, string>>> = {
  "list-sync": `${hand} +get +set +hget +hset +hdel +hgetall +hvals +hexists +del +unlink +exists +rename +persist +expire +eval +xadd +xread +xrevrange`,
  screener: `${hand} +get +hget +hvals +xread +xrevrange`,
  canary: `${hand} +get +hget +hvals +xread +xrevrange`,
  rescreen: `${hand} +get +hget +hvals +hgetall`,
};
