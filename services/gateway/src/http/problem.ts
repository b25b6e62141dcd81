import { CordonError, dispositionOf, type ErrorCode } from "@cordon/errors";

/** RFC 9457, with what the contract adds. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong, and what to do; it never quotes the message. */
  readonly detail: string;
  readonly code: ErrorCode;
  readonly where?: { readonly path?: string; readonly line?: number; readonly offset?: number };
  readonly transaction?: number;
}

export interface Refusal {
  readonly problem: Problem;
  /** Seconds after which to try again; null where that will not help. */
  readonly retryAfter: number | null;
}

interface Kind {
  readonly status: number;
  readonly title: string;
}

/** Every refusal that a client can get on purpose. */
export const refusals = {
  MESSAGE_EMPTY: { status: 400, title: "The message has no content" },
  MESSAGE_MALFORMED: { status: 400, title: "The message is not well formed" },
  MESSAGE_ENCODING: { status: 400, title: "The bytes are not of the declared encoding" },
  REQUEST_INVALID: { status: 400, title: "The request is not one that is understood" },
  CLIENT_UNKNOWN: { status: 401, title: "The client is not known" },
  EVENT_UNKNOWN: { status: 404, title: "No such event is known" },
  MESSAGE_ID_REUSED: { status: 409, title: "The id was used with another content" },
  IN_PROGRESS: { status: 409, title: "The message is in hand" },
  MESSAGE_TOO_LARGE: { status: 413, title: "The message is larger than is taken" },
  MEDIA_UNSUPPORTED: { status: 415, title: "The media type is not read" },
  MESSAGE_UNSUPPORTED: { status: 422, title: "No message that is read" },
  MESSAGE_INCOMPLETE: { status: 422, title: "The message lacks what it must have" },
  RATE_LIMITED: { status: 429, title: "More than this client's share" },
  BACK_PRESSURE: { status: 503, title: "Too much in hand" },
  KAFKA_UNAVAILABLE: { status: 503, title: "Kafka does not take events now" },
  REDIS_UNAVAILABLE: { status: 503, title: "Redis gives no answer now" },
  REDIS_FULL: { status: 503, title: "Redis takes no more now" },
  REGISTRY_UNAVAILABLE: { status: 503, title: "The schema registry gives no answer now" },
} as const satisfies Partial<Record<ErrorCode, Kind>>;

/** Whatever passes by itself. */
const away: Kind = { status: 503, title: "Something that the gateway needs gives no answer now" };
const unforeseen: Kind = { status: 500, title: "Something failed that nobody foresaw" };
const retrySeconds = 2;

/** What a failure is to the client. What nobody foresaw tells nothing of itself: it may quote what it was working on. */
export function refusalOf(error: unknown): Refusal {
  const known = ownError(error);
  if (known === null)
    return {
      problem: problem("INTERNAL_ERROR", unforeseen, "the payment counts as not screened: do not release it", {}),
      retryAfter: null,
    };
  const { code, message, details } = known;
  const kind = kindOf(known);
  const told = typeof details["retryAfter"] === "number" ? details["retryAfter"] : null;
  return {
    problem: problem(code, kind, message, details),
    retryAfter: told ?? (kind.status === 503 ? retrySeconds : null),
  };
}

/** Whether a failure is one that the contract knows; others are told to whoever keeps the gateway running. */
export function isForeseen(error: unknown): boolean {
  const known = ownError(error);
  return known !== null && kindOf(known) !== unforeseen;
}

function kindOf(error: CordonError): Kind {
  const { code } = error;
  if (code in refusals) return refusals[code as keyof typeof refusals];
  return dispositionOf(error) === "retry" ? away : unforeseen;
}

function problem(code: ErrorCode, { status, title }: Kind, detail: string, details: CordonError["details"]): Problem {
  const { path, line, offset, transaction } = details;
  const where = {
    ...(typeof path === "string" ? { path } : {}),
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof offset === "number" ? { offset } : {}),
  };
  return {
    type: `urn:cordon:error:${code}`,
    title,
    status,
    detail,
    code,
    ...(Object.keys(where).length > 0 ? { where } : {}),
    ...(typeof transaction === "number" ? { transaction } : {}),
  };
}

/** Our errors, and those of the framework that tell what the client did. */
function ownError(error: unknown): CordonError | null {
  if (error instanceof CordonError) return error;
  const { code, statusCode, validation } = (error ?? {}) as {
    readonly code?: unknown;
    readonly statusCode?: unknown;
    readonly validation?: readonly {
      readonly message?: string;
      readonly instancePath?: string;
      readonly params?: { readonly additionalProperty?: string };
    }[];
  };
  switch (code) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new CordonError("MEDIA_UNSUPPORTED", `send one of ${mediaTypes.join(", ")}`);
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new CordonError("MESSAGE_TOO_LARGE", "the body has more bytes than are taken");
    case "FST_ERR_VALIDATION":
      return new CordonError("REQUEST_INVALID", `the query is not understood: ${faultOf(validation?.[0])}`);
    default:
      if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return null;
      return new CordonError("REQUEST_INVALID", "the request is not understood: its length or its headers are wrong");
  }
}

function faultOf(
  fault:
    | {
        readonly message?: string;
        readonly instancePath?: string;
        readonly params?: { readonly additionalProperty?: string };
      }
    | undefined,
): string {
  const unknown = fault?.params?.additionalProperty;
  if (unknown !== undefined) return "it has a parameter that is not known";
  return `${(fault?.instancePath ?? "").slice(1)} ${fault?.message ?? ""}`.trim();
}

export const mediaTypes = [
  "application/xml",
  "text/xml",
  "text/plain",
  "application/x-swift-fin",
  "application/json",
] as const;
