import { CordonError } from "@cordon/errors";
import { backOffMs, type Logger, tlsFaultOf } from "@cordon/service";
import { Cluster, Redis, type RedisOptions } from "ioredis";

import { loginOf, type RedisAddress, redisOptions, secretsNow, sentinelOptions } from "./redis-address.ts";
import { failureOf } from "./redis-failure.ts";

export type { RedisAddress } from "./redis-address.ts";

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

type Legacy = RedisOptions & { readonly replyMapping: "legacy" };

/** What is asked of a client, be it of one Redis or of a cluster: all keys lie in one slot, so each command goes to one node. */
type Client = Redis;

/**
 * Connects, and reconnects for ever. A command in flight when the connection is lost fails rather than being sent
 * again: nobody knows whether the first one was carried out. `extra` overrides what every connection has.
 */
export function connectRedis(
  address: RedisAddress,
  { commandTimeoutMs, logger, extra = {} }: RedisTimeouts & { readonly logger: Logger; readonly extra?: RedisOptions },
): RedisConnection {
  const options: Legacy = {
    ...redisOptions(address),
    connectionName: "cordon",
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // After a fail-over the old primary refuses writes: look up the new one.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
    ...extra,
    replyMapping: "legacy",
  };
  const outage: Outage = { error: null };
  const open = (): Client => (address.cluster === true ? openCluster(address, options) : openOne(address, options));
  let login = JSON.stringify(secretsNow(address));
  let redis = open();
  let closed = false;
  followOutages(redis, outage, logger);

  /** A cluster's client copies its secrets once: another one takes its place when they have changed. */
  function renewed(): Client {
    if (address.cluster !== true || redis.status === "ready") return redis;
    const now = JSON.stringify(secretsNow(address));
    if (now === login) return redis;
    login = now;
    redis.disconnect();
    redis = open();
    followOutages(redis, outage, logger);
    return redis;
  }

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
        const client = closed ? redis : renewed();
        await untilReady(client, { limitMs: commandTimeoutMs, outage });
        return await commands(client);
      } catch (error) {
        throw error instanceof CordonError ? error : failureOf(error, doing);
      }
    },
  };
}

const pauseAfter = (times: number): number => backOffMs(times, { firstMs: 200, mostMs: 2_000 });

function openOne(address: RedisAddress, options: Legacy): Client {
  const all: Legacy = {
    ...options,
    ...sentinelOptions(address),
    replyMapping: "legacy",
    retryStrategy: (times: number) => {
      // What is set here counts for the connection that is made next.
      const { username, password } = loginOf(address);
      Object.assign(redis.options, { username: username ?? null, password: password ?? null });
      const { sentinelUsername, sentinelPassword } = sentinelOptions(address);
      Object.assign(redis.options, { sentinelUsername, sentinelPassword });
      return pauseAfter(times);
    },
  };
  const redis: Client = new Redis(all);
  return redis;
}

function openCluster(address: RedisAddress, options: Legacy): Client {
  const { host = "localhost", port = 6379 } = options;
  const cluster = new Cluster([{ host, port }], {
    redisOptions: options,
    enableOfflineQueue: false,
    clusterRetryStrategy: pauseAfter,
    slotsRefreshTimeout: 5_000,
    // A certificate is for a name: what the cluster calls its nodes is what is connected to.
    ...(address.url.startsWith("rediss:")
      ? {
          dnsLookup: (name: string, done: (error: null, address: string) => void) => {
            done(null, name);
          },
        }
      : {}),
  });
  return cluster as unknown as Client;
}

/** Why the connection is down, as far as is known. */
interface Outage {
  error: unknown;
}

/** Logs one line when Redis goes away and one when it is back, not one for each attempt to reach it. */
function followOutages(redis: Client, outage: Outage, logger: Logger): void {
  redis.on("error", (error: unknown) => {
    if (outage.error === null) logger.warn("redis is away", { error: failureOf(error, "connecting") });
    // A handshake that failed says why once, and then the connection is merely gone.
    if (tlsFaultOf(outage.error) === null || tlsFaultOf(error) !== null) outage.error = error;
  });
  redis.on("ready", () => {
    if (outage.error !== null) logger.info("redis is back");
    outage.error = null;
  });
}

async function untilReady(
  redis: Client,
  { limitMs, outage }: { readonly limitMs: number; readonly outage: Outage },
): Promise<void> {
  if (redis.status === "ready") return;
  if (redis.status === "end") throw new Error("the connection was closed");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onEnd = (): void => {
    reject(new Error("the connection was closed"));
  };
  const timer = setTimeout(() => {
    reject(outage.error ?? new Error(`no connection within ${String(limitMs)} ms (no answer)`));
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
