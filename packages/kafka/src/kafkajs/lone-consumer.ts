import { randomUUID } from "node:crypto";

import type { Admin as KafkajsAdmin, Consumer as KafkajsConsumer } from "kafkajs";

import type { CompiledKafkaOptions } from "../options.ts";
import { newKafka, retryOptions } from "./kafkajs.ts";

const fetchWaitMs = 500;

/** kafkajs keeps asking a broker that no longer leads a partition, so each look takes a new client. */
export async function withAdmin<T>(
  options: CompiledKafkaOptions,
  work: (admin: KafkajsAdmin) => Promise<T>,
): Promise<T> {
  const admin = newKafka(options).admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** Runs `work` with a consumer in a group of its own, of which nothing stays. */
export async function withLoneConsumer<T>(
  options: CompiledKafkaOptions,
  work: (consumer: KafkajsConsumer) => Promise<T>,
): Promise<T> {
  const groupId = `${options.clientId}-reader-${randomUUID()}`;
  const consumer = consumerOf(options, groupId);
  try {
    return await work(consumer);
  } finally {
    await consumer.disconnect();
    // Nothing was committed, so the brokers forget the group by themselves where this is not allowed.
    await withAdmin(options, (admin) => admin.deleteGroups([groupId])).catch(() => undefined);
  }
}

/**
 * kafkajs has no consumer without a group. This one is alone in a group of its own, begins where it is told and commits
 * nothing.
 */
function consumerOf(options: CompiledKafkaOptions, groupId: string): KafkajsConsumer {
  return newKafka(options).consumer({
    groupId,
    sessionTimeout: options.sessionTimeout,
    rebalanceTimeout: options.rebalanceTimeout,
    maxWaitTimeInMs: fetchWaitMs,
    maxBytesPerPartition: options.maxBytesPerPartition,
    allowAutoTopicCreation: false,
    retry: { ...retryOptions(options), restartOnFailure: async () => Promise.resolve(false) },
  });
}
