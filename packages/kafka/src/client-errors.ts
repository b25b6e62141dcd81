import { CordonError } from "@cordon/errors";

import type { Credentials } from "./credentials.ts";

/** Whom an error is about. */
export interface KafkaAbout {
  readonly brokers: readonly string[];
  readonly credentials?: Pick<Credentials, "who" | "worked" | "sasl">;
}

/** What went wrong with Kafka, in the words that both adapters use. `doing` completes the sentence "while …". */
export interface KafkaTrouble extends KafkaAbout {
  readonly doing: string;
  readonly reason: string;
  readonly cause: unknown;
}

/**
 * Kafka does not take this user, or forbids it something. At the start nothing but a person mends that; once Kafka let it
 * in, a password that is being changed looks the same, and passes.
 */
export function clientRefused({ brokers, doing, reason, cause, credentials }: KafkaTrouble): CordonError {
  const failure = credentials?.sasl?.mechanism === "oauthbearer" ? credentials.sasl.tokens.failure : null;
  if (failure !== null && failure !== undefined) return failure;
  const who = credentials?.who() ?? "this client";
  return new CordonError(
    credentials?.worked === true ? "KAFKA_REFUSED" : "CONFIG_INVALID",
    `Kafka at ${brokers.join(", ")} refused ${who} while ${doing}: ${reason.replace(/\.$/, "")}. Check KAFKA_SASL_*, KAFKA_TLS_* and the user's ACLs.`,
    { cause },
  );
}

/** No encrypted connection: `fault` as `tlsFaultOf` spells it. */
export function connectionNotSecured({ brokers, doing, cause }: KafkaTrouble, fault: string): CordonError {
  return new CordonError(
    "TLS_FAILED",
    `no encrypted connection to Kafka at ${brokers.join(", ")} while ${doing}: ${fault}. Check KAFKA_TLS and KAFKA_TLS_…_FILE.`,
    { cause },
  );
}

export function topicMissing({ doing, cause }: KafkaTrouble): CordonError {
  return new CordonError("TOPIC_UNSUITABLE", `a topic does not exist, noticed while ${doing}: create it first`, {
    cause,
  });
}

export function recordRefused({ doing, reason, cause }: KafkaTrouble): CordonError {
  return new CordonError("CONTRACT_VIOLATED", `Kafka refused a record while ${doing}: ${reason}`, { cause });
}

/** The group's members share partitions out in another way than we do. */
export function groupOccupied({ brokers, doing, cause }: KafkaTrouble): CordonError {
  return new CordonError(
    "GROUP_OCCUPIED",
    `Kafka at ${brokers.join(", ")} does not let this member in while ${doing}: members that are not of this Cordon hold the group, another program or a Cordon of before. It reads nothing until they have gone: stop them.`,
    { cause },
  );
}

/** A topic's setting is too small for a single record: no restart mends that. */
export function recordTooLarge({ doing, reason, cause }: KafkaTrouble): CordonError {
  return new CordonError(
    "CONFIG_INVALID",
    `a topic takes no record as large as one of Cordon's, noticed while ${doing}: ${reason}. Raise the topic's max.message.bytes.`,
    { cause },
  );
}

export function transactionLost({ brokers, doing, reason, cause }: KafkaTrouble): CordonError {
  return new CordonError(
    "TRANSACTION_LOST",
    `Kafka at ${brokers.join(", ")} gave a transaction up while ${doing}: ${reason}`,
    { cause },
  );
}

export function kafkaUnavailable({ brokers, doing, reason, cause }: KafkaTrouble): CordonError {
  return new CordonError(
    "KAFKA_UNAVAILABLE",
    `Kafka at ${brokers.join(", ")} is not available, noticed while ${doing}: ${reason}. Check that it runs, KAFKA_BROKERS and KAFKA_TLS.`,
    { cause },
  );
}

/** The transaction is aborted; the next attempt cuts smaller batches. */
export function batchRefused(cause: unknown): CordonError {
  const told = "a topic takes no batch as large: smaller ones are sent in another transaction";
  return new CordonError("TRANSACTION_LOST", told, { cause });
}

/** `send` gave up waiting; what was not acknowledged may still have been written. */
export function notAcknowledged(brokers: readonly string[], records: number, milliseconds: number): CordonError {
  return new CordonError(
    "KAFKA_UNAVAILABLE",
    `Kafka at ${brokers.join(", ")} did not acknowledge ${String(records)} records within ${String(milliseconds)} ms`,
  );
}

/** A transaction took too long; it may still have been committed. */
export function notCommitted(brokers: readonly string[], records: number, milliseconds: number): CordonError {
  return new CordonError(
    "KAFKA_UNAVAILABLE",
    `Kafka at ${brokers.join(", ")} did not commit ${String(records)} records within ${String(milliseconds)} ms`,
  );
}

export function topicAbsent(topic: string, cause?: unknown): CordonError {
  return new CordonError("TOPIC_UNSUITABLE", `topic ${topic} does not exist: create it, or let Cordon create it`, {
    details: { topic },
    cause,
  });
}

/** Kafka has fewer brokers than the topic is to have replicas. */
export function tooFewBrokers(topic: string, replicationFactor: number, cause: unknown): CordonError {
  return new CordonError(
    "CONFIG_INVALID",
    `topic ${topic} cannot have ${String(replicationFactor)} replicas: Kafka has fewer brokers. Lower KAFKA_REPLICATION_FACTOR and KAFKA_MIN_INSYNC_REPLICAS, or add brokers.`,
    { cause, details: { topic, replicationFactor } },
  );
}

/** Does `work`, and tells its errors by `known`. */
export function guardedBy(
  known: (error: unknown, doing: string, about: KafkaAbout) => Error,
  about: KafkaAbout,
): <T>(doing: string, work: () => Promise<T>) => Promise<T> {
  return async (doing, work) => {
    try {
      return await work();
    } catch (error) {
      throw known(error, doing, about);
    }
  };
}
