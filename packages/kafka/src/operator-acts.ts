import { hostname, userInfo } from "node:os";

import { CordonError } from "@cordon/errors";

import type { KafkaClient, TopicSettings } from "./port.ts";

/** Where acts of people are recorded, before the prefix of topics. Not compacted: nothing in it is ever replaced. */
export const operatorActsTopic = "cordon.operator-acts.v1";

/** What a person does to Cordon that changes what it decides or has decided. */
export interface OperatorAct {
  readonly act: "rescreen" | "rollback" | "sync";
  /** The command's options, as they were given. */
  readonly options: readonly string[];
  /** Of the machine on which it runs. */
  readonly user: string;
  readonly host: string;
  readonly process: number;
  /** In that person's words; null where none was given. */
  readonly reason: string | null;
}

/** Who acts here. A container may run as a user that has no name: its number is said then. */
export function actor(
  nameOf: () => string = () => userInfo().username,
): Pick<OperatorAct, "user" | "host" | "process"> {
  let user: string;
  try {
    user = nameOf();
  } catch {
    user = `uid ${String(process.getuid?.() ?? "unknown")}`;
  }
  return { user, host: hostname(), process: process.pid };
}

/** `begun` before it does anything; then `done` or `failed`, with what came of it in a few words. */
export interface OperatorActRecord extends OperatorAct {
  readonly format: 1;
  /** The same in the records of one act. */
  readonly id: string;
  readonly state: "begun" | "done" | "failed";
  readonly outcome: string | null;
  /** ISO 8601. */
  readonly at: string;
}

export interface RecordActOptions {
  readonly topicPrefix: string;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
}

/**
 * Writes one record of an act, as JSON: it must not need a registry, which may be what the act is about. Makes the topic where
 * it is missing and may be made. Rejects as `check`, `ensureTopics` and `send` do.
 */
export async function recordAct(
  kafka: Pick<KafkaClient, "admin" | "check" | "producer">,
  record: OperatorActRecord,
  { topicPrefix, replicationFactor, minInSyncReplicas }: RecordActOptions,
): Promise<void> {
  const topic = topicPrefix + operatorActsTopic;
  // Asked first: a producer would wait long for a topic that is not there.
  await kafka
    .check([{ kind: "topic", name: topic, operations: ["Write"], mustExist: true }])
    .catch(async (error: unknown) => {
      if (!(error instanceof CordonError) || error.code !== "TOPIC_ABSENT") throw error;
      await make(kafka, { topic, partitions: 1, retentionMs: -1, replicationFactor, minInSyncReplicas });
    });
  const producer = await kafka.producer();
  try {
    const value = Buffer.from(JSON.stringify(record), "utf8");
    await producer.send([
      { topic, key: Buffer.from(record.user, "utf8"), value, headers: { "cordon-act": record.act } },
    ]);
  } finally {
    await producer.close();
  }
}

async function make(kafka: Pick<KafkaClient, "admin">, settings: TopicSettings): Promise<void> {
  const admin = await kafka.admin();
  try {
    await admin.ensureTopics([settings]);
  } finally {
    await admin.close();
  }
}
