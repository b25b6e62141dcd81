import { CordonError } from "@cordon/errors";
import { tlsFaultOf } from "@cordon/service";

/** What a refusal or an outage comes to. `reason` is what is known of why there is no connection. */
export function failureOf(error: unknown, doing: string): CordonError {
  const cause = nodeErrorIn(error);
  const reason = cause instanceof Error ? cause.message : "unknown";
  const fault = tlsFaultOf(cause);
  if (fault !== null)
    return new CordonError(
      "TLS_FAILED",
      `no encrypted connection to Redis ${doing}: ${fault}. Check REDIS_URL (rediss:// encrypts) and REDIS_TLS_…_FILE.`,
      { cause },
    );
  if (/\bWRONGTYPE\b/.test(reason))
    return new CordonError(
      "INDEX_CORRUPT",
      `${doing}: a key of the index is of a kind that Cordon does not write; does another program use REDIS_KEY_PREFIX?`,
      { cause },
    );
  if (/\bOOM\b/.test(reason))
    return new CordonError("REDIS_FULL", `Redis has no memory left (maxmemory) ${doing}`, { cause });
  // What a script calls is refused in other words.
  if (/\b(?:WRONGPASS|NOAUTH|NOPERM)\b|^ERR invalid password|^ERR AUTH|user executing the script can't/i.test(reason))
    return new CordonError(
      "REDIS_REFUSED",
      `Redis refuses this user ${doing}: ${reason}. Check REDIS_USERNAME, REDIS_PASSWORD and what that user may do.`,
      { cause },
    );
  return new CordonError("REDIS_UNAVAILABLE", `Redis failed ${doing}: ${explained(reason)}`, { cause });
}

/** Settings that lead to the wrong kind of Redis answer like an outage; say which it is. */
function explained(reason: string): string {
  if (/^(?:MOVED|ASK) /.test(reason) || /cluster mode|CLUSTERDOWN/.test(reason))
    return `${reason}. This is a node of a cluster: set REDIS_CLUSTER=true`;
  if (/cluster support disabled/i.test(reason)) return `${reason}. This is no cluster: set REDIS_CLUSTER=false`;
  if (/unknown command/i.test(reason))
    return `${reason}. Is it a Sentinel? Name it in REDIS_SENTINELS, or give the address of Redis itself`;
  return reason;
}

/** A cluster says that all its nodes failed, and keeps the last one's reason beside it. */
function nodeErrorIn(error: unknown): unknown {
  const { lastNodeError } = (typeof error === "object" && error !== null ? error : {}) as {
    readonly lastNodeError?: unknown;
  };
  return lastNodeError ?? error;
}
