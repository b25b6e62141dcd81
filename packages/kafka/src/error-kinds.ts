import { tlsFaultOf } from "@cordon/service";

import {
  clientRefused,
  connectionNotSecured,
  groupOccupied,
  type KafkaAbout,
  kafkaUnavailable,
  recordRefused,
  recordTooLarge,
  topicMissing,
  transactionLost,
} from "./client-errors.ts";

/** Codes of the operating system for a connection that could not be made, or was lost. */
export const systemCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);

/**
 * What the protocol's codes stand for, by the names that both libraries give them, and by those that only one of them knows.
 * `hasCode` says whether an error of that library, or what it rests on, carries one of them.
 */
export function errorKinds(hasCode: (error: unknown, codes: ReadonlySet<string>) => boolean) {
  const carries = (...codes: readonly string[]): ((error: unknown) => boolean) => {
    const set = new Set(codes);
    return (error) => hasCode(error, set);
  };
  return {
    /** The group has a new generation, forgot this member, or (kafkajs' name for it) has another coordinator: join again. */
    mustRejoin: carries(
      "REBALANCE_IN_PROGRESS",
      "ILLEGAL_GENERATION",
      "UNKNOWN_MEMBER_ID",
      "FENCED_INSTANCE_ID",
      "NOT_COORDINATOR_FOR_GROUP",
    ),
    /** The group no longer counts this member in: what it holds may be another's already. */
    isExpelled: carries("ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "FENCED_INSTANCE_ID"),
    /** The brokers no longer take this producer's transaction: a newer one has its id, it took too long, or they forgot it. */
    isLostTransaction: carries(
      "INVALID_PRODUCER_EPOCH",
      "PRODUCER_FENCED",
      "INVALID_PRODUCER_ID_MAPPING",
      "INVALID_TXN_STATE",
      "UNKNOWN_PRODUCER_ID",
      "OUT_OF_ORDER_SEQUENCE_NUMBER",
      "DUPLICATE_SEQUENCE_NUMBER",
      "TRANSACTION_COORDINATOR_FENCED",
      "TRANSACTION_ABORTABLE",
    ),
    /** The coordinator still writes the end of the transaction before. */
    isTransactionPending: carries("CONCURRENT_TRANSACTIONS"),
    isGroupOccupied: carries("INCONSISTENT_GROUP_PROTOCOL"),
    isUnknownTopic: carries("UNKNOWN_TOPIC_OR_PARTITION"),
    isTopicAlreadyThere: carries("TOPIC_ALREADY_EXISTS"),
    /** This user may not create a topic. */
    isForbiddenToCreate: carries("TOPIC_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"),
    isBadReplication: carries("INVALID_REPLICATION_FACTOR"),
    /** Kafka does not take this user, or forbids it something. */
    isRefused: carries(
      "TOPIC_AUTHORIZATION_FAILED",
      "GROUP_AUTHORIZATION_FAILED",
      "CLUSTER_AUTHORIZATION_FAILED",
      "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
      "SASL_AUTHENTICATION_FAILED",
      "UNSUPPORTED_SASL_MECHANISM",
    ),
    /** A batch is larger than its topic, or its broker, takes. */
    isTooLarge: carries("MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"),
    isRefusedRecord: carries("INVALID_RECORD"),
  } as const;
}

/** How an adapter reads its library's errors. */
export interface ErrorReading extends Pick<
  ReturnType<typeof errorKinds>,
  "isRefused" | "isGroupOccupied" | "isUnknownTopic" | "isTooLarge" | "isRefusedRecord" | "isLostTransaction"
> {
  readonly isOutage: (error: unknown) => boolean;
  /** The innermost message: the outer ones repeat it. */
  readonly reasonOf: (error: unknown) => string;
}

/**
 * An error of a library, or of a broker, in Cordon's words. What cannot be told is given back as it is, and halts.
 * `doing` completes the sentence "while …".
 */
export function tellError(
  error: unknown,
  { doing, about: { brokers, credentials } }: { readonly doing: string; readonly about: KafkaAbout },
  reading: ErrorReading,
): Error {
  const trouble = {
    brokers,
    doing,
    reason: reading.reasonOf(error),
    cause: error,
    ...(credentials === undefined ? {} : { credentials }),
  };
  const fault = tlsFaultOf(error);
  if (fault !== null) return connectionNotSecured(trouble, fault);
  if (reading.isRefused(error)) return clientRefused(trouble);
  if (reading.isGroupOccupied(error)) return groupOccupied(trouble);
  if (reading.isUnknownTopic(error)) return topicMissing(trouble);
  if (reading.isTooLarge(error)) return recordTooLarge(trouble);
  if (reading.isRefusedRecord(error)) return recordRefused(trouble);
  if (reading.isLostTransaction(error)) return transactionLost(trouble);
  if (reading.isOutage(error)) return kafkaUnavailable(trouble);
  return error instanceof Error ? error : new Error(`Kafka failed while ${doing}`, { cause: error });
}
