import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { spawnSupervised } from "@cordon/local-stack";

/** `npm start`, as a person would start it. */
export interface Started {
  /** What it printed: `KAFKA_BROKERS`, `SCREENER_METRICS_URL`, … */
  readonly values: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL("../../../tools/start/main.ts", import.meta.url));

/** Resolves once it is ready; rejects when it ends before. */
export async function startPipeline(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<Started> {
  const child = spawnSupervised(process.execPath, [main, ...args], { env: environment, output: "pipe", grace: 60 });
  const values = new Map<string, string>();
  const ready = Promise.withResolvers<void>();
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) values.set(name, value);
      if (line === "READY") ready.resolve();
    });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on("line", say);
  const ended = async (): Promise<never> => {
    const { code } = await child.exited;
    throw new Error(`npm start ended with ${String(code)} before it was ready`);
  };
  await Promise.race([ready.promise, ended()]);
  return {
    values,
    async stop() {
      await child.stop();
    },
  };
}
