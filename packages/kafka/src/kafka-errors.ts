import { CordonError } from "@cordon/errors";
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
} from "./told-errors.ts";

/** What is looked at in an error of kafkajs. Its classes cannot be told by `instanceof`: they are wrapped and rebuilt. */
interface KafkaFault {
  readonly name: string;
  readonly message: string;
  readonly type: string | null;
  readonly code: string | null;
  readonly retriable: boolean | null;
}

const maxDepth = 10;

const textOr = <T>(value: unknown, otherwise: T): string | T => (typeof value === "string" ? value : otherwise);

function faultOf(error: unknown): { readonly fault: KafkaFault; readonly cause: unknown } | null {
  if (typeof error !== "object" || error === null) return null;
  const raw = error as Readonly<Record<string, unknown>>;
  return {
    fault: {
      name: textOr(raw["name"], ""),
      message: textOr(raw["message"], ""),
      type: textOr(raw["type"], null),
      code: textOr(raw["code"], null),
      retriable: typeof raw["retriable"] === "boolean" ? raw["retriable"] : null,
    },
    cause: Array.isArray(raw["errors"]) ? (raw["errors"] as readonly unknown[])[0] : raw["cause"],
  };
}

/** What we threw ourselves within a call of kafkajs, which wraps it. */
function cordonErrorIn(error: unknown): CordonError | null {
  let next = error;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    if (next instanceof CordonError) return next;
    const found = faultOf(next);
    if (found === null) return null;
    next = found.cause;
  }
  return null;
}

/** The error and its causes, outermost first. */
function faultsOf(error: unknown): readonly KafkaFault[] {
  const faults: KafkaFault[] = [];
  for (let next = error; faults.length < maxDepth;) {
    const found = faultOf(next);
    if (found === null) break;
    faults.push(found.fault);
    next = found.cause;
  }
  return faults;
}

const outageNames = new Set([
  "KafkaJSConnectionError",
  "KafkaJSConnectionClosedError",
  "KafkaJSRequestTimeoutError",
  "KafkaJSBrokerNotFound",
  "KafkaJSGroupCoordinatorNotFound",
  "KafkaJSNoBrokerAvailableError",
  "KafkaJSTimeout",
  "KafkaJSLockTimeout",
  "KafkaJSMetadataNotLoaded",
  "KafkaJSTopicMetadataNotLoaded",
  "KafkaJSStaleTopicMetadataAssignment",
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

/** The group has a new generation, or another coordinator: join again. */
const rejoinTypes = new Set([
  "REBALANCE_IN_PROGRESS",
  "ILLEGAL_GENERATION",
  "UNKNOWN_MEMBER_ID",
  "NOT_COORDINATOR_FOR_GROUP",
]);

/** The group no longer counts this member in: what it holds may be another's already. */
const expelledTypes = new Set(["ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID"]);

const hasType = (error: unknown, types: ReadonlySet<string>): boolean =>
  faultsOf(error).some(({ type }) => type !== null && types.has(type));

export const mustRejoin = (error: unknown): boolean => hasType(error, rejoinTypes);

export const isExpelled = (error: unknown): boolean => hasType(error, expelledTypes);

/** The brokers no longer take this producer's transaction: a newer one has its id, it took too long, or they forgot it. */
const lostTransactionTypes = new Set([
  "INVALID_PRODUCER_EPOCH",
  "INVALID_PRODUCER_ID_MAPPING",
  "INVALID_TXN_STATE",
  "UNKNOWN_PRODUCER_ID",
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "DUPLICATE_SEQUENCE_NUMBER",
  "TRANSACTION_COORDINATOR_FENCED",
]);

/** PRODUCER_FENCED and TRANSACTION_ABORTABLE, which kafkajs does not know by name. */
const lostTransactionMessage = /^Unknown error code (90|120)$/;

const isLostTransaction = (error: unknown): boolean =>
  hasType(error, lostTransactionTypes) || faultsOf(error).some(({ message }) => lostTransactionMessage.test(message));

/** The coordinator still writes the end of the transaction before. */
export const isTransactionPending = (error: unknown): boolean => hasType(error, new Set(["CONCURRENT_TRANSACTIONS"]));

const isGroupOccupied = (error: unknown): boolean => hasType(error, new Set(["INCONSISTENT_GROUP_PROTOCOL"]));

/** A new coordinator is not ready yet. */
export const isCoordinatorLoading = (error: unknown): boolean =>
  hasType(error, new Set(["GROUP_LOAD_IN_PROGRESS", "GROUP_COORDINATOR_NOT_AVAILABLE"]));

export const isUnknownTopic = (error: unknown): boolean => hasType(error, new Set(["UNKNOWN_TOPIC_OR_PARTITION"]));

export const isTopicAlreadyThere = (error: unknown): boolean => hasType(error, new Set(["TOPIC_ALREADY_EXISTS"]));

/** This user may not create a topic. */
export const isForbiddenToCreate = (error: unknown): boolean =>
  hasType(error, new Set(["TOPIC_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"]));

export const isBadReplication = (error: unknown): boolean => hasType(error, new Set(["INVALID_REPLICATION_FACTOR"]));

function isOutageFault({ name, code, retriable }: KafkaFault, isRoot: boolean): boolean {
  if (outageNames.has(name) || (code !== null && systemCodes.has(code))) return true;
  if (name.endsWith("ProtocolError")) return retriable === true;
  // joinAndSync wraps "rebalance in progress" in a bare KafkaJSError and drops the cause.
  return isRoot && name === "KafkaJSError" && retriable === true;
}

/**
 * True when the cause lies outside and passes: no broker, a time limit, a change of the group or of leaders. An error
 * that kafkajs merely retried until it gave up (a plain Error, say from a decompressor) is none: it would come again.
 */
export function isOutage(error: unknown): boolean {
  const faults = faultsOf(error);
  return mustRejoin(error) || faults.some((fault, index) => isOutageFault(fault, index === faults.length - 1));
}

const refusals = new Set([
  "TOPIC_AUTHORIZATION_FAILED",
  "GROUP_AUTHORIZATION_FAILED",
  "CLUSTER_AUTHORIZATION_FAILED",
  "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
  "SASL_AUTHENTICATION_FAILED",
  "UNSUPPORTED_SASL_MECHANISM",
]);

const tooLarge = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"]);

/** A batch is larger than its topic, or its broker, takes. */
export const isTooLarge = (error: unknown): boolean => hasType(error, tooLarge);

const refusedRecord = new Set(["INVALID_RECORD"]);

/** The innermost message: the outer ones repeat it. */
const reasonOf = (error: unknown): string => faultsOf(error).at(-1)?.message ?? "no reason given";

/**
 * An error of kafkajs in Cordon's words. What cannot be told is given back as it is, and halts.
 * `doing` completes the sentence "while …".
 */
export function kafkaError(error: unknown, doing: string, { brokers, credentials }: KafkaAbout): Error {
  const ours = cordonErrorIn(error);
  if (ours !== null) return ours;
  const trouble = {
    brokers,
    doing,
    reason: reasonOf(error),
    cause: error,
    ...(credentials === undefined ? {} : { credentials }),
  };
  const fault = tlsFaultOf(error);
  if (fault !== null) return connectionNotSecured(trouble, fault);
  if (hasType(error, refusals) || faultsOf(error).some(({ name }) => name === "KafkaJSSASLAuthenticationError"))
    return clientRefused(trouble);
  if (isGroupOccupied(error)) return groupOccupied(trouble);
  if (isUnknownTopic(error)) return topicMissing(trouble);
  if (isTooLarge(error)) return recordTooLarge(trouble);
  if (hasType(error, refusedRecord)) return recordRefused(trouble);
  if (isLostTransaction(error)) return transactionLost(trouble);
  if (isOutage(error)) return kafkaUnavailable(trouble);
  return error instanceof Error ? error : new Error(`Kafka failed while ${doing}`, { cause: error });
}
