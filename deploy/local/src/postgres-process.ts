import { startPostgres } from "./processes/postgres.ts";
import { makeScratchFolder } from "./processes/scratch-folder.ts";
import type { Service } from "./service.ts";
import type { StackOptions } from "./stack.ts";

/**
 * A PostgreSQL process of its own, whatever the environment and the containers have: to see what becomes of the desk when it goes away.
 * It ends with this process. Throws StackError.
 */
export async function startPostgresProcess({
  env,
  report,
  signal = new AbortController().signal,
}: Pick<StackOptions, "env" | "report" | "signal">): Promise<Service> {
  const scratch = makeScratchFolder();
  const service = await startPostgres({ env, report, signal, newFolder: (name) => scratch.newFolder(name) });
  return {
    ...service,
    stop: async () => {
      await service.stop();
      scratch.remove();
    },
  };
}
