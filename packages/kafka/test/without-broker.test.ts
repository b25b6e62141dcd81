import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { createKafkaClient } from "@cordon/kafka";
import { kafkaClients } from "@cordon/service";
import { describe, expect, test } from "vitest";

describe.each(kafkaClients)("without a broker, %s:", (name) => {
  const client = createKafkaClient({
    client: name,
    brokers: ["127.0.0.1:1"],
    clientId: "c",
    retries: 0,
    sasl: { mechanism: "plain", username: "alice", password: "s3cret" },
  });

  test("everything that connects says where it looked, and tells no secret", async () => {
    const start = { topics: ["t"], groupId: "g", onBatch: async () => Promise.resolve() };
    const consumer = client.consumer();
    const attempts = [client.producer(), client.admin(), consumer.start(start)];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ status: "rejected", reason: { code: "KAFKA_UNAVAILABLE" } });
      const { message } = (attempt as PromiseRejectedResult).reason as Error;
      expect(message).toContain("127.0.0.1:1");
      expect(message).not.toContain("s3cret");
    }
    await consumer.stop();
  });
});

test("whoever takes kafkajs never loads the other library, not even to ask for permissions", () => {
  const program = `
    import { registerHooks } from "node:module";
    registerHooks({
      resolve(name, context, next) {
        if (name === "@platformatic/kafka") throw new Error(name + " was loaded");
        return next(name, context);
      },
    });
    const { createKafkaClient } = await import("@cordon/kafka");
    const client = createKafkaClient({ client: process.argv[1], brokers: ["127.0.0.1:1"], clientId: "c", retries: 0 });
    await client.check([]).catch(({ code, message }) => console.log(code ?? message));
    process.exit();`;
  const loadedBy = (name: string): string =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", program, name], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      encoding: "utf8",
    }).stdout.trim();
  expect(loadedBy("kafkajs")).toBe("KAFKA_UNAVAILABLE");
  expect(loadedBy("platformatic")).toBe("@platformatic/kafka was loaded");
}, 60_000);
