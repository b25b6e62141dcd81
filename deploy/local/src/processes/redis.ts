import { redisAnswers } from "../answering.ts";
import type { Finding, Service, Starting } from "../service.ts";
import { messageOf, StackError } from "../stack-error.ts";
import { fetchEmbeddedRedis } from "./fetch.ts";
import { freePorts } from "./free-ports.ts";
import { installHint } from "./install-hint.ts";
import { onPath } from "./on-path.ts";
import { runProcess } from "./run-process.ts";

/** A Redis in memory only, on loopback. Its data is the folder's and goes with it. `more` outranks the usual settings. */
export async function startRedis(starting: Starting, more: Readonly<Record<string, string>> = {}): Promise<Service> {
  const command = await findRedisServer(starting);
  starting.report("redis: starting");
  return runProcess(
    "redis",
    async (folder) => {
      const [port] = await freePorts(1);
      const address = `redis://127.0.0.1:${String(port)}`;
      // A full memory must fail a write, not evict a part of the index.
      const usual = { save: "", appendonly: "no", "maxmemory-policy": "noeviction" };
      const settings = { bind: "127.0.0.1", port: String(port), dir: folder, ...usual, ...more };
      return {
        command,
        args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
        address,
        answers: () => redisAnswers(address),
      };
    },
    starting,
  );
}

export async function findRedisServer(finding: Finding): Promise<string> {
  const installed = onPath("redis-server", finding.env);
  if (installed !== undefined) return installed;
  let why: string;
  try {
    return await fetchEmbeddedRedis(finding);
  } catch (error) {
    finding.signal.throwIfAborted();
    why = messageOf(error);
  }
  throw new StackError(
    `redis: no redis-server on PATH, and none could be fetched (${why}).\nInstall it: ${installHint("redis-server", "redis")}`,
  );
}
