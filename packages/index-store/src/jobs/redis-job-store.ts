import { type Logger, silentLogger } from "@cordon/service";

import { connectRedis, type RedisAddress } from "../redis-connection.ts";
import type { JobStore } from "./job-store.ts";

export interface RedisJobStoreOptions extends RedisAddress {
  /** Put before every key. */
  readonly keyPrefix?: string;
  readonly logger?: Logger;
  /** Longest wait for a connection, and then again for each answer, milliseconds. */
  readonly commandTimeoutMs?: number;
}

/** KEYS: claim. ARGV: holder, milliseconds. */
const claimScript = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

/** KEYS: claim. ARGV: holder, milliseconds. */
const renewScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`;

/** KEYS: claim, text. ARGV: holder, text. */
const saveScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1
`;

/** KEYS: claim. ARGV: holder. */
const releaseScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;

/** Jobs on Redis 6.2 or later, in the database of the index. Each step is one script: of two holders one has the job. */
export function createRedisJobStore(options: RedisJobStoreOptions): JobStore {
  const { keyPrefix = "cordon:", logger = silentLogger, commandTimeoutMs = 5000 } = options;
  const connection = connectRedis(options, { commandTimeoutMs, logger });
  // One hash tag: in a cluster one script may touch both.
  const claimOf = (job: string): string => `${keyPrefix}{job:${job}}:claim`;
  const textOf = (job: string): string => `${keyPrefix}{job:${job}}:state`;
  return {
    read: (job) => connection.run("reading a job", (redis) => redis.get(textOf(job))),
    claim: async (job, holder, ttlMs) =>
      (await connection.run("taking a job", (redis) => redis.eval(claimScript, 1, claimOf(job), holder, ttlMs))) === 1,
    renew: async (job, holder, ttlMs) =>
      (await connection.run("keeping a claim", (redis) => redis.eval(renewScript, 1, claimOf(job), holder, ttlMs))) ===
      1,
    save: async (job, holder, text) =>
      (await connection.run("keeping a job", (redis) =>
        redis.eval(saveScript, 2, claimOf(job), textOf(job), holder, text),
      )) === 1,
    release: async (job, holder) => {
      await connection.run("giving a job up", (redis) => redis.eval(releaseScript, 1, claimOf(job), holder));
    },
    close: async () => {
      connection.close();
      await Promise.resolve();
    },
  };
}
