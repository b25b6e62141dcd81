import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { spawnSupervised } from "@cordon/local-stack";

const delivery = fileURLToPath(new URL("../../docs/specs/delivery.md", import.meta.url));

/** The example that the contract of delivery gives to readers of dispositions. */
function example(): string {
  const code = /^```python\n(.*?)^```/ms.exec(readFileSync(delivery, "utf8"))?.[1];
  if (code === undefined) throw new Error("docs/specs/delivery.md has no example in Python");
  return code;
}

/** Whether this machine's Python has what the example imports. */
export function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import confluent_kafka.schema_registry.avro"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Runs the example until it says something of the event, and answers that line. */
export async function readInPython(
  eventId: string,
  { brokers, registry }: { readonly brokers: string; readonly registry: string },
): Promise<string> {
  const client = spawnSupervised("python3", ["-u", "-c", example()], {
    env: { ...process.env, KAFKA_BROKERS: brokers, SCHEMA_REGISTRY_URL: registry },
    output: "pipe",
    grace: 5,
  });
  const said = Promise.withResolvers<string>();
  const last: string[] = [];
  for (const stream of [client.stdout, client.stderr])
    if (stream !== null)
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        if (line.includes(eventId)) said.resolve(line);
      });
  const late = setTimeout(() => {
    said.reject(new Error(`the client in Python has not read the disposition: ${last.slice(-3).join("; ")}`));
  }, 60_000);
  try {
    return await said.promise;
  } finally {
    clearTimeout(late);
    await client.stop();
  }
}
