import { setTimeout as sleep } from "node:timers/promises";

import { backOffMs, type Logger } from "@cordon/service";

import type { RedisAddress } from "./redis-address.ts";
import { connectRedis } from "./redis-connection.ts";

export interface WatchOptions {
  readonly address: RedisAddress;
  /** The stream to watch. */
  readonly stream: string;
  /** Without news `onChange` is called this often, milliseconds. */
  readonly backstopMs: number;
  readonly commandTimeoutMs: number;
  readonly logger: Logger;
}

/**
 * Waits on a stream over a connection of its own, since a blocking read holds up everything behind it. Calls
 * `onChange` at the start, after each entry, after each reconnect, and each `backstopMs` in any case: readers must not
 * depend on the stream being complete.
 */
export function watchChanges(options: WatchOptions, onChange: () => void): { close(): Promise<void> } {
  const { address, stream, backstopMs, commandTimeoutMs, logger } = options;
  const connection = connectRedis(address, {
    commandTimeoutMs,
    logger,
    extra: {
      // A read may block for `backstopMs`; a socket that is silent for longer is dead.
      commandTimeout: undefined,
      socketTimeout: backstopMs + commandTimeoutMs,
      connectionName: "cordon-watch",
    },
  });
  const stopping = new AbortController();

  const loop = async (): Promise<void> => {
    let last: string | null = null;
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        last ??= await connection.run("finding the last change", async (redis) => {
          const [newest] = await redis.xrevrange(stream, "+", "-", "COUNT", 1);
          return newest?.[0] ?? "0-0";
        });
        failures = 0;
        fire(onChange);
        const from: string = last;
        const read = await connection.run("waiting for a change", (redis) =>
          redis.xread("COUNT", 1000, "BLOCK", backstopMs, "STREAMS", stream, from),
        );
        last = read?.[0]?.[1].at(-1)?.[0] ?? last;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (failures === 0) logger.warn("cannot watch for index changes; asking from time to time", { error });
        // Entries may be lost meanwhile: begin anew, and let the reader look for itself.
        last = null;
        failures += 1;
        await sleep(backOffMs(failures, { firstMs: 200, mostMs: backstopMs }), undefined, {
          signal: stopping.signal,
        }).catch(() => {});
        if (!stopping.signal.aborted) fire(onChange);
      }
    }
  };
  const ended = loop();
  return {
    close: async () => {
      stopping.abort();
      connection.close();
      await ended;
    },
  };
}

/** Apart from the loop, so that what a listener throws is nobody's outage: it ends the process. */
function fire(onChange: () => void): void {
  setImmediate(onChange);
}
