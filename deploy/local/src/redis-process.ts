import { startRedis } from "./processes/redis.ts";
import { makeScratchFolder } from "./processes/scratch-folder.ts";
import type { Service } from "./service.ts";
import type { StackOptions } from "./stack.ts";

/**
 * A Redis process of its own, whatever the environment and the containers have, with settings of `redis.conf` beside the
 * usual ones: to see what a small memory, another policy or a replica does. It ends with this process. Throws StackError.
 */
export async function startRedisProcess(
  { env, report, signal = new AbortController().signal }: Pick<StackOptions, "env" | "report" | "signal">,
  settings: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const scratch = makeScratchFolder();
  const service = await startRedis({ env, report, signal, newFolder: (name) => scratch.newFolder(name) }, settings);
  return {
    ...service,
    stop: async () => {
      await service.stop();
      scratch.remove();
    },
  };
}
