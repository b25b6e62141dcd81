import { type Logger, silentLogger } from "@cordon/service";

import { connectRedis, type RedisAddress } from "../redis-connection.ts";
import type { GoodGuyStore } from "./good-guy-store.ts";

export interface RedisGoodGuyStoreOptions extends RedisAddress {
  /** Put before every key. */
  readonly keyPrefix?: string;
  readonly logger?: Logger;
  /** Longest wait for a connection, and then again for each answer, milliseconds. */
  readonly commandTimeoutMs?: number;
}

/** Sets that are live no more are kept this long: a decision's stamp names the one that it rests on. */
const keptSeconds = 400 * 86_400;

/** KEYS: live (hash), set. ARGV: generation, version, document, bytes, seconds. */
const publishScript = `
local generation = tonumber(redis.call('HGET', KEYS[1], 'generation') or '-1')
local version = redis.call('HGET', KEYS[1], 'version')
local wanted = tonumber(ARGV[1])
if wanted < generation or (wanted == generation and version ~= ARGV[2]) then return 0 end
redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[5])
redis.call('HSET', KEYS[1], 'generation', ARGV[1], 'version', ARGV[2], 'document', ARGV[3])
return 1
`;

/** Good guys on Redis 6.2 or later, in the database of the index. */
export function createRedisGoodGuyStore(options: RedisGoodGuyStoreOptions): GoodGuyStore {
  const { keyPrefix = "cordon:", logger = silentLogger, commandTimeoutMs = 5000 } = options;
  const connection = connectRedis(options, { commandTimeoutMs, logger });
  // One hash tag: in a cluster one script touches both.
  const live = `${keyPrefix}{good-guys}:live`;
  const setKey = (version: string): string => `${keyPrefix}{good-guys}:set:${version}`;
  return {
    current: () => connection.run("reading the good guys", (redis) => redis.hget(live, "document")),
    load: (version) => connection.run("loading good guys", (redis) => redis.getBuffer(setKey(version))),
    publish: async ({ generation, version, document, bytes }) =>
      (await connection.run("publishing good guys", (redis) =>
        redis.eval(
          publishScript,
          2,
          live,
          setKey(version),
          generation,
          version,
          document,
          Buffer.from(bytes),
          keptSeconds,
        ),
      )) === 1,
    close: async () => {
      connection.close();
      await Promise.resolve();
    },
  };
}
