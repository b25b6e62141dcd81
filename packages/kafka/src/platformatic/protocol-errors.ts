import { CordonError } from "@cordon/errors";
import { tlsFaultOf } from "@cordon/service";
import { AuthenticationError, MultipleErrors } from "@platformatic/kafka";

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
} from "../told-errors.ts";

const maxDepth = 10;

/** An error code that a broker answered with, by the name the protocol gives it. */
export class BrokerError extends Error {
  override readonly name = "BrokerError";
  readonly apiId: string;

  constructor(apiId: string, about: string) {
    super(`${apiId}: ${about}`);
    this.apiId = apiId;
  }
}

/** No answer, or no connection. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** The error, what it aggregates and what caused it, outermost first. */
function chain(error: unknown, depth = 0): readonly unknown[] {
  if (typeof error !== "object" || error === null || depth > maxDepth) return [];
  const { cause } = error as { readonly cause?: unknown };
  const parts: readonly unknown[] = error instanceof MultipleErrors ? error.errors : [];
  return [error, ...[...parts, cause].flatMap((part) => chain(part, depth + 1))];
}

const idOf = (fault: unknown): string | null => {
  const { apiId } = fault as { readonly apiId?: unknown };
  return typeof apiId === "string" ? apiId : null;
};

/** The protocol's codes in an error, `NOT_COORDINATOR` and the like. */
export function codesOf(error: unknown): readonly string[] {
  return chain(error)
    .map(idOf)
    .filter((id) => id !== null);
}

const hasCode = (error: unknown, codes: ReadonlySet<string>): boolean => codesOf(error).some((code) => codes.has(code));

/** The group has a new generation, or forgot this member: join again. */
const rejoinCodes = new Set(["REBALANCE_IN_PROGRESS", "ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "FENCED_INSTANCE_ID"]);

/** The group no longer counts this member in: what it holds may be another's already. */
const expelledCodes = new Set(["ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "FENCED_INSTANCE_ID"]);

export const mustRejoin = (error: unknown): boolean => hasCode(error, rejoinCodes);

export const isExpelled = (error: unknown): boolean => hasCode(error, expelledCodes);

/** The brokers no longer take this producer's transaction: a newer one has its id, it took too long, or they forgot it. */
const lostTransactionCodes = new Set([
  "INVALID_PRODUCER_EPOCH",
  "PRODUCER_FENCED",
  "INVALID_PRODUCER_ID_MAPPING",
  "INVALID_TXN_STATE",
  "UNKNOWN_PRODUCER_ID",
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "DUPLICATE_SEQUENCE_NUMBER",
  "TRANSACTION_COORDINATOR_FENCED",
  "TRANSACTION_ABORTABLE",
]);

/** The coordinator still writes the end of the transaction before. */
export const isTransactionPending = (error: unknown): boolean => hasCode(error, new Set(["CONCURRENT_TRANSACTIONS"]));

const isGroupOccupied = (error: unknown): boolean => hasCode(error, new Set(["INCONSISTENT_GROUP_PROTOCOL"]));

export const isUnknownTopic = (error: unknown): boolean => hasCode(error, new Set(["UNKNOWN_TOPIC_OR_PARTITION"]));

export const isTopicAlreadyThere = (error: unknown): boolean => hasCode(error, new Set(["TOPIC_ALREADY_EXISTS"]));

/** This user may not create a topic. */
export const isForbiddenToCreate = (error: unknown): boolean =>
  hasCode(error, new Set(["TOPIC_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"]));

export const isBadReplication = (error: unknown): boolean => hasCode(error, new Set(["INVALID_REPLICATION_FACTOR"]));

/** Codes after which the same request may succeed, perhaps at another broker. */
const passingCodes = new Set([
  "LEADER_NOT_AVAILABLE",
  "NOT_LEADER_OR_FOLLOWER",
  "FENCED_LEADER_EPOCH",
  "UNKNOWN_LEADER_EPOCH",
  "REPLICA_NOT_AVAILABLE",
  "BROKER_NOT_AVAILABLE",
  "REQUEST_TIMED_OUT",
  "NETWORK_EXCEPTION",
  "COORDINATOR_LOAD_IN_PROGRESS",
  "COORDINATOR_NOT_AVAILABLE",
  "NOT_COORDINATOR",
  "NOT_CONTROLLER",
  "NOT_ENOUGH_REPLICAS",
  "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
  "KAFKA_STORAGE_ERROR",
  "OFFSET_NOT_AVAILABLE",
  "UNSTABLE_OFFSET_COMMIT",
  "CONCURRENT_TRANSACTIONS",
  "PREFERRED_LEADER_NOT_AVAILABLE",
  "ELIGIBLE_LEADERS_NOT_AVAILABLE",
  "THROTTLING_QUOTA_EXCEEDED",
  "GROUP_MAX_SIZE_REACHED",
]);

const systemCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);

/** The library gives its time limits the code of its network errors. */
const libraryOutage = "PLT_KFK_NETWORK";

function isOutageFault(fault: unknown): boolean {
  if (fault instanceof NoAnswer) return true;
  const id = idOf(fault);
  if (id !== null) return passingCodes.has(id);
  const { code } = fault as { readonly code?: unknown };
  return typeof code === "string" && (code === libraryOutage || systemCodes.has(code));
}

/** True when the cause lies outside and passes: no broker, a time limit, a change of the group or of leaders. */
export function isOutage(error: unknown): boolean {
  return !isRefusal(error) && tlsFaultOf(error) === null && (mustRejoin(error) || chain(error).some(isOutageFault));
}

const refusals = new Set([
  "TOPIC_AUTHORIZATION_FAILED",
  "GROUP_AUTHORIZATION_FAILED",
  "CLUSTER_AUTHORIZATION_FAILED",
  "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
  "SASL_AUTHENTICATION_FAILED",
  "UNSUPPORTED_SASL_MECHANISM",
]);

function isRefusal(error: unknown): boolean {
  if (hasCode(error, refusals)) return true;
  // A connection that closed while a client proved who it is says nothing about the client.
  return chain(error).some((fault) => fault instanceof AuthenticationError) && !chain(error).some(isLostConnection);
}

const isLostConnection = (fault: unknown): boolean => {
  const { code, message } = fault as { readonly code?: unknown; readonly message?: unknown };
  return (typeof code === "string" && systemCodes.has(code)) || message === "Connection closed";
};

const tooLarge = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"]);

/** A batch is larger than its topic, or its broker, takes. */
export const isTooLarge = (error: unknown): boolean => hasCode(error, tooLarge);

const refusedRecord = new Set(["INVALID_RECORD"]);

/** The innermost message: the outer ones repeat it. */
function reasonOf(error: unknown): string {
  const innermost = chain(error).at(-1);
  return innermost instanceof Error && innermost.message !== "" ? innermost.message : "no reason given";
}

/**
 * An error of the library, or of a broker, in Cordon's words. What cannot be told is given back as it is, and halts.
 * `doing` completes the sentence "while …".
 */
export function protocolError(error: unknown, doing: string, { brokers, credentials }: KafkaAbout): Error {
  if (error instanceof CordonError) return error;
  const trouble = {
    brokers,
    doing,
    reason: reasonOf(error),
    cause: error,
    ...(credentials === undefined ? {} : { credentials }),
  };
  const fault = tlsFaultOf(error);
  if (fault !== null) return connectionNotSecured(trouble, fault);
  if (isRefusal(error)) return clientRefused(trouble);
  if (isGroupOccupied(error)) return groupOccupied(trouble);
  if (isUnknownTopic(error)) return topicMissing(trouble);
  if (isTooLarge(error)) return recordTooLarge(trouble);
  if (hasCode(error, refusedRecord)) return recordRefused(trouble);
  if (hasCode(error, lostTransactionCodes)) return transactionLost(trouble);
  if (isOutage(error)) return kafkaUnavailable(trouble);
  return error instanceof Error ? error : new Error(`Kafka failed while ${doing}`, { cause: error });
}
