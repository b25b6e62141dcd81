import { CordonError } from "@cordon/errors";
import { tlsFaultOf } from "@cordon/service";
import { AuthenticationError, MultipleErrors } from "@platformatic/kafka";

import type { KafkaAbout } from "../client-errors.ts";
import { errorKinds, systemCodes, tellError } from "../error-kinds.ts";

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

export const kinds = errorKinds(hasCode);

export const { mustRejoin, isExpelled, isTransactionPending, isUnknownTopic, isTopicAlreadyThere } = kinds;

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

/** The library gives its time limits the code of its network errors. */
const libraryOutage = "PLT_KFK_NETWORK";

function isOutageFault(fault: unknown): boolean {
  if (fault instanceof NoAnswer) return true;
  const id = idOf(fault);
  if (id !== null) return passingCodes.has(id);
  const { code } = fault as { readonly code?: unknown };
  return typeof code === "string" && (code === libraryOutage || systemCodes.has(code));
}

/** True when the cause lies outside and passes: no broker, no handshake with it, a time limit, a change of the group or of leaders. */
export function isOutage(error: unknown): boolean {
  return !isRefused(error) && (tlsFaultOf(error) !== null || mustRejoin(error) || chain(error).some(isOutageFault));
}

function isRefused(error: unknown): boolean {
  if (kinds.isRefused(error)) return true;
  // A connection that closed while a client proved who it is says nothing about the client.
  return chain(error).some((fault) => fault instanceof AuthenticationError) && !chain(error).some(isLostConnection);
}

const isLostConnection = (fault: unknown): boolean => {
  const { code, message } = fault as { readonly code?: unknown; readonly message?: unknown };
  return (typeof code === "string" && systemCodes.has(code)) || message === "Connection closed";
};

/** The innermost message: the outer ones repeat it. */
function reasonOf(error: unknown): string {
  const innermost = chain(error).at(-1);
  return innermost instanceof Error && innermost.message !== "" ? innermost.message : "no reason given";
}

/** An error of the library, or of a broker, in Cordon's words: see `tellError`. */
export function protocolError(error: unknown, doing: string, about: KafkaAbout): Error {
  if (error instanceof CordonError) return error;
  return tellError(error, { doing, about }, { ...kinds, isRefused, isOutage, reasonOf });
}
