import { CordonError } from "@cordon/errors";

import type { KafkaAbout } from "./client-errors.ts";
import { errorKinds, systemCodes, tellError } from "./error-kinds.ts";

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

const hasType = (error: unknown, types: ReadonlySet<string>): boolean =>
  faultsOf(error).some(({ type }) => type !== null && types.has(type));

export const kinds = errorKinds(hasType);

export const { mustRejoin, isExpelled, isTransactionPending, isUnknownTopic, isTooLarge } = kinds;

/** PRODUCER_FENCED and TRANSACTION_ABORTABLE, which kafkajs does not know by name. */
const lostTransactionMessage = /^Unknown error code (90|120)$/;

const isLostTransaction = (error: unknown): boolean =>
  kinds.isLostTransaction(error) || faultsOf(error).some(({ message }) => lostTransactionMessage.test(message));

const isRefused = (error: unknown): boolean =>
  kinds.isRefused(error) || faultsOf(error).some(({ name }) => name === "KafkaJSSASLAuthenticationError");

/** A new coordinator is not ready yet. */
export const isCoordinatorLoading = (error: unknown): boolean =>
  hasType(error, new Set(["GROUP_LOAD_IN_PROGRESS", "GROUP_COORDINATOR_NOT_AVAILABLE"]));

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

/** The innermost message: the outer ones repeat it. */
const reasonOf = (error: unknown): string => faultsOf(error).at(-1)?.message ?? "no reason given";

/** An error of kafkajs in Cordon's words: see `tellError`. */
export function kafkaError(error: unknown, doing: string, about: KafkaAbout): Error {
  return (
    cordonErrorIn(error) ??
    tellError(error, { doing, about }, { ...kinds, isLostTransaction, isRefused, isOutage, reasonOf })
  );
}
