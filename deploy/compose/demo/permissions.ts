import { readFileSync } from "node:fs";
import { inspect } from "node:util";

import { type KafkaAdmin, openKafkaAdmin, type Permission } from "../../local/src/secured/kafka-admin.ts";
import { leastPermissions } from "../../local/src/secured/permissions.ts";

/*
 * What the administrators of a Kafka do for Cordon, once: topics, users, and the least that each user may do, which is the
 * table that the project's tests take away row by row. Run again it changes nothing but the passwords.
 */
const folder = "/run/cordon";
const read = (name: string): string => readFileSync(`${folder}/${name}`, "utf8").trim();
const users = ["screener", "list-sync", "second-look", "canary", "rescreen", "gateway", "desk", "traffic"] as const;
const events = ["payments.v1", "remittances.v1"] as const;
const results = ["screening.decisions.v1", "screening.alerts.v1"] as const;

function allow(
  user: string,
  names: readonly string[],
  operations: readonly Permission["operation"][],
  group: string,
): readonly Permission[] {
  const onTopics = names.flatMap((name) =>
    operations.map((operation) => ({ user, kind: "topic", pattern: "literal", name, operation }) as const),
  );
  return [...onTopics, { user, kind: "group", pattern: "prefixed", name: group, operation: "READ" }];
}

/** The synthetic producer, which the table does not know. */
const more: readonly Permission[] = [
  ...allow("traffic", events, ["WRITE", "DESCRIBE_CONFIGS"], "start-"),
  ...allow("traffic", results, ["READ"], "start-"),
];

const day = String(86_400_000);
const one = { "min.insync.replicas": "1" };
const topics = [
  ...events.map((name) => ({ name, partitions: 6, configs: { ...one, "message.timestamp.type": "LogAppendTime" } })),
  ...results.map((name) => ({ name, partitions: 6, configs: one })),
  { name: "screening.dead-letters.v1", partitions: 1, configs: { ...one, "max.message.bytes": "16777216" } },
  { name: "screening.canary-decisions.v1", partitions: 1, configs: { ...one, "retention.ms": day } },
  { name: "screening.canary-alerts.v1", partitions: 1, configs: { ...one, "retention.ms": day } },
  { name: "screening.dispositions.v1", partitions: 6, configs: one },
  { name: "sanctions.list-changes.v1", partitions: 1, configs: { ...one, "cleanup.policy": "compact" } },
  { name: "cordon.operator-acts.v1", partitions: 1, configs: { ...one, "retention.ms": "-1" } },
];

/** One at a time: a topic that is there already is left as it is. */
async function makeTopics(admin: KafkaAdmin): Promise<void> {
  for (const topic of topics)
    await admin.createTopics([topic]).catch((error: unknown) => {
      if (!/exist/i.test(inspect(error, { depth: 5 }))) throw error;
    });
}

const admin = openKafkaAdmin(
  { host: "kafka", port: 19_092 },
  {
    tls: { ca: read("ca.pem"), servername: "kafka" },
    sasl: { mechanism: "PLAIN", username: "admin", password: read("passwords/admin") },
  },
);
await makeTopics(admin);
for (const user of users) await admin.setPassword(user, read(`passwords/${user}`));
await admin.allow([...leastPermissions, ...more]);
await admin.close();
process.stdout.write(
  `${String(topics.length)} topics, ${String(users.length)} users, ${String(leastPermissions.length + more.length)} permissions\n`,
);
