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
