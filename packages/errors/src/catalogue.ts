/**
 * What happens to the work at hand when an error reaches the edge.
 * - `retry`: the cause is outside and passes; the same work is tried again and nothing is skipped.
 * - `dead-letter`: this record can never be processed; it is set aside and its event is held.
 * - `hold`: the event was read but must not be released; its decision is HOLD with this code.
 * - `refuse`: a message is not taken: no event is made of it, and its sender must not release it.
 * - `keep`: new input is refused and the last good one stays in use.
 * - `halt`: the process stops with a non-zero exit; uncommitted work is done again after a restart.
 */
export type Disposition = "retry" | "dead-letter" | "hold" | "refuse" | "keep" | "halt";

/** Codes are public: they label metrics, stand in decisions and head runbooks, so never rename one. */
export const errorCatalogue = {
  LISTED_PLACE: { disposition: "hold" },
  FIELD_MISSING: { disposition: "hold" },
  FIELD_UNREAD: { disposition: "hold" },
  NAME_UNREADABLE: { disposition: "hold" },
  QUERY_TOO_BROAD: { disposition: "hold" },
  INDEX_STALE: { disposition: "hold" },
  DEADLINE_PASSED: { disposition: "hold" },
  COUNT_MISMATCH: { disposition: "hold" },
  FIELD_TRUNCATED: { disposition: "hold" },
  FIELD_MISPLACED: { disposition: "hold" },
  MESSAGE_INCOMPLETE: { disposition: "hold" },
  RECORD_UNDECODABLE: { disposition: "dead-letter" },

  MESSAGE_EMPTY: { disposition: "refuse" },
  MESSAGE_MALFORMED: { disposition: "refuse" },
  MESSAGE_ENCODING: { disposition: "refuse" },
  MESSAGE_UNSUPPORTED: { disposition: "refuse" },
  MESSAGE_TOO_LARGE: { disposition: "refuse" },
  MESSAGE_ID_REUSED: { disposition: "refuse" },
  IN_PROGRESS: { disposition: "refuse" },
  RATE_LIMITED: { disposition: "refuse" },
  BACK_PRESSURE: { disposition: "refuse" },
  CLIENT_UNKNOWN: { disposition: "refuse" },
  EVENT_UNKNOWN: { disposition: "refuse" },
  MEDIA_UNSUPPORTED: { disposition: "refuse" },
  REQUEST_INVALID: { disposition: "refuse" },
  INTERNAL_ERROR: { disposition: "refuse" },

  CONFIG_INVALID: { disposition: "halt" },
  OPTIONS_INVALID: { disposition: "halt" },
  CONTRACT_VIOLATED: { disposition: "halt" },
  SCHEMA_INCOMPATIBLE: { disposition: "halt" },
  TOPIC_UNSUITABLE: { disposition: "halt" },
  CONSUMER_CRASHED: { disposition: "halt" },

  KAFKA_UNAVAILABLE: { disposition: "retry" },
  KAFKA_REFUSED: { disposition: "retry" },
  TOPIC_ABSENT: { disposition: "retry" },
  GROUP_OCCUPIED: { disposition: "retry" },
  TRANSACTION_LOST: { disposition: "retry" },
  REGISTRY_UNAVAILABLE: { disposition: "retry" },
  REGISTRY_REFUSED: { disposition: "retry" },
  REGISTRY_MISADDRESSED: { disposition: "retry" },
  SCHEMA_ABSENT: { disposition: "retry" },
  REDIS_UNAVAILABLE: { disposition: "retry" },
  REDIS_REFUSED: { disposition: "retry" },
  REDIS_FULL: { disposition: "retry" },
  TLS_FAILED: { disposition: "retry" },
  TOKEN_UNAVAILABLE: { disposition: "retry" },

  ARCHIVE_UNAVAILABLE: { disposition: "retry" },
  JOB_TAKEN: { disposition: "halt" },

  POLICY_INVALID: { disposition: "keep" },

  INDEX_ABSENT: { disposition: "retry" },
  INDEX_CORRUPT: { disposition: "keep" },
  INDEX_UNTRUSTED: { disposition: "keep" },
  INDEX_SUPERSEDED: { disposition: "keep" },
  INDEX_LACKS_LIST: { disposition: "keep" },
  PUBLISHER_CONFLICT: { disposition: "keep" },
  REDIS_UNSUITABLE: { disposition: "keep" },
  SNAPSHOT_INVALID: { disposition: "keep" },

  LIST_UNREACHABLE: { disposition: "keep" },
  LIST_MALFORMED: { disposition: "keep" },
  LIST_EMPTY: { disposition: "keep" },
  LIST_SHRUNK: { disposition: "keep" },
  LIST_INCOMPLETE: { disposition: "keep" },
  LIST_TOO_LARGE: { disposition: "keep" },
} as const satisfies Record<string, { readonly disposition: Disposition }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** The codes that lead to one disposition. */
export type CodeWith<D extends Disposition> = {
  [Code in ErrorCode]: (typeof errorCatalogue)[Code]["disposition"] extends D ? Code : never;
}[ErrorCode];

/** Whether what failed with that code is tried again. */
export function isRetried(code: string): code is CodeWith<"retry"> {
  return Object.hasOwn(errorCatalogue, code) && errorCatalogue[code as ErrorCode].disposition === "retry";
}

/** The codes a decision can carry as its `holdReason`. */
export const holdReasons = [
  "LISTED_PLACE",
  "FIELD_MISSING",
  "FIELD_UNREAD",
  "NAME_UNREADABLE",
  "QUERY_TOO_BROAD",
  "INDEX_STALE",
  "DEADLINE_PASSED",
  "RECORD_UNDECODABLE",
  "COUNT_MISMATCH",
  "FIELD_TRUNCATED",
  "FIELD_MISPLACED",
  "MESSAGE_INCOMPLETE",
] as const satisfies readonly ErrorCode[];

export type HoldReason = (typeof holdReasons)[number];
