import { CordonError } from "@cordon/errors";
import type { Logger } from "@cordon/service";
import { Redis, type RedisOptions } from "ioredis";

/** How to reach Redis: what `redisConfig` reads, without the key prefix. */
export interface RedisAddress {
  /** `redis://` or `rediss://`, with user, password and database number if need be. */
  readonly url: string;
  /** These outrank those in the address. */
  readonly username?: string | null;
  readonly password?: string | null;
  /** PEM text of the authorities to trust; `null` or absent: the system's. */
  readonly ca?: string | null;
}

export interface RedisTimeouts {
  /** Longest wait for a connection, and then again for an answer, milliseconds. */
  readonly commandTimeoutMs: number;
}

/** One connection that says REDIS_UNAVAILABLE at once or after a while, but never keeps a command for later. */
export interface RedisConnection {
  /** Runs commands when the connection is up. Whatever ioredis throws becomes REDIS_UNAVAILABLE, REDIS_FULL or INDEX_CORRUPT. */
  run<T>(doing: string, commands: (redis: Redis) => Promise<T>): Promise<T>;
  readonly closed: boolean;
  close(): void;
}

/** Splits an address by hand: ioredis lets `rediss:` in an address overrule the `tls` option beside it. */
export function redisOptions({ url, username, password, ca }: RedisAddress): RedisOptions {
  const parts = new URL(url);
  const user = username ?? decodeURIComponent(parts.username);
  const secret = password ?? decodeURIComponent(parts.password);
  const database = Number(parts.pathname.slice(1) || "0");
  if (!Number.isSafeInteger(database) || database < 0)
    throw new CordonError("CONFIG_INVALID", "REDIS_URL: what follows the host must be a database number");
  return {
    host: parts.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(parts.port || "6379"),
    db: database,
    ...(user === "" ? {} : { username: user }),
    ...(secret === "" ? {} : { password: secret }),
    ...(parts.protocol === "rediss:" ? { tls: ca === undefined || ca === null ? {} : { ca } } : {}),
  };
}

/**
 * Connects, and reconnects for ever. A command in flight when the connection is lost fails rather than being sent
 * again: nobody knows whether the first one was carried out. `extra` overrides what every connection has.
 */
export function connectRedis(
  address: RedisAddress,
  { commandTimeoutMs, logger, extra = {} }: RedisTimeouts & { readonly logger: Logger; readonly extra?: RedisOptions },
): RedisConnection {
  const options: RedisOptions & { readonly replyMapping: "legacy" } = {
    ...redisOptions(address),
    connectionName: "cordon",
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 5), 2000) * (0.5 + Math.random() / 2),
    // After a fail-over the old primary refuses writes: look up the new one.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
    ...extra,
    replyMapping: "legacy",
  };
  const redis = new Redis(options);
  let closed = false;
  const outage = followOutages(redis, logger);
  return {
    get closed() {
      return closed;
    },
    close: () => {
      closed = true;
      redis.disconnect();
    },
    run: async (doing, commands) => {
      try {
        await untilReady(redis, { limitMs: commandTimeoutMs, outage });
        return await commands(redis);
      } catch (error) {
        throw error instanceof CordonError ? error : failureOf(error, doing);
      }
    },
  };
}

/** What a refusal or an outage comes to. */
function failureOf(cause: unknown, doing: string): CordonError {
  const reason = cause instanceof Error ? cause.message : "unknown";
  if (/\bWRONGTYPE\b/.test(reason))
    return new CordonError(
      "INDEX_CORRUPT",
      `${doing}: a key of the index is of a kind that Cordon does not write; does another program use REDIS_KEY_PREFIX?`,
      { cause },
    );
  if (/\bOOM\b/.test(reason))
    return new CordonError("REDIS_FULL", `Redis has no memory left (maxmemory) ${doing}`, { cause });
  return new CordonError("REDIS_UNAVAILABLE", `Redis failed ${doing}: ${reason}`, { cause });
}

/** Why the connection is down, as far as is known. */
interface Outage {
  reason: string | null;
}

/** Logs one line when Redis goes away and one when it is back, not one for each attempt to reach it. */
function followOutages(redis: Redis, logger: Logger): Outage {
  const outage: Outage = { reason: null };
  redis.on("error", (error: unknown) => {
    if (outage.reason === null) logger.warn("redis is away", { error });
    outage.reason = error instanceof Error ? error.message : "unknown";
  });
  redis.on("ready", () => {
    if (outage.reason !== null) logger.info("redis is back");
    outage.reason = null;
  });
  return outage;
}

async function untilReady(
  redis: Redis,
  { limitMs, outage }: { readonly limitMs: number; readonly outage: Outage },
): Promise<void> {
  if (redis.status === "ready") return;
  if (redis.status === "end") throw new Error("the connection was closed");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onEnd = (): void => {
    reject(new Error("the connection was closed"));
  };
  const timer = setTimeout(() => {
    reject(new Error(`no connection within ${String(limitMs)} ms (${outage.reason ?? "no answer"})`));
  }, limitMs);
  redis.once("ready", resolve);
  redis.once("end", onEnd);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    redis.off("ready", resolve);
    redis.off("end", onEnd);
  }
}
