import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";
import { createMemoryKafka } from "@cordon/kafka/testing";
import { describe, expect, test } from "vitest";

import { eventually, openBench, out } from "./kafka-bench.ts";
import { kafkaConformance } from "./kafka.conformance.ts";
import { transactionsConformance } from "./transactions.conformance.ts";

const unique = (name: string): string => `${name}-${randomUUID()}`;

describe("a Kafka in memory", () => {
  const client = createMemoryKafka();
  kafkaConformance(() => ({
    client,
    unique,
    expire: async (before) => {
      client.expire(before);
      return Promise.resolve();
    },
  }));
  transactionsConformance(() => ({ client, unique }));
});

describe("what tests can see and do with a Kafka in memory", () => {
  test("records and committed offsets are open to view", async () => {
    const kafka = createMemoryKafka({ now: () => 42 });
    const bench = openBench({ client: kafka, unique });
    const topic = await bench.topic();
    const producer = await bench.producer();
    await producer.send([{ ...out(topic, "k", "v"), headers: { h: "x" } }]);
    const [record] = kafka.records(topic);
    expect(record).toMatchObject({ topic, partition: 0, offset: 0n, timestamp: 42 });
    expect(record?.header("h")?.toString()).toBe("x");
    expect(() => kafka.records("absent")).toThrow("does not exist");

    const groupId = bench.group();
    expect(kafka.committed(groupId)).toEqual([]);
    const running = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(kafka.committed(groupId)).toEqual([{ topic, partition: 0, offset: 1n }]);
    });
    expect(running.records).toHaveLength(1);
    await bench.dispose();
  });

  test("sends can fail, and then nothing is written", async () => {
    const kafka = createMemoryKafka();
    const bench = openBench({ client: kafka, unique });
    const topic = await bench.topic();
    const producer = await bench.producer();
    kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "switched off"));
    await expect(producer.send([out(topic, "k", "v")])).rejects.toMatchObject({ code: "KAFKA_UNAVAILABLE" });
    expect(kafka.records(topic)).toEqual([]);
    kafka.failSends(null);
    await producer.send([out(topic, "k", "v")]);
    expect(kafka.records(topic)).toHaveLength(1);
    await bench.dispose();
  });

  test("commits can fail, and then the batch comes again", async () => {
    const kafka = createMemoryKafka();
    const bench = openBench({ client: kafka, unique });
    const topic = await bench.topic();
    const producer = await bench.producer();
    kafka.failCommits(new CordonError("KAFKA_UNAVAILABLE", "switched off"));
    await producer.send([out(topic, "k", "v")]);
    const running = await bench.consume({ topics: [topic], groupId: bench.group() });
    await eventually(() => {
      expect(running.records.length).toBeGreaterThan(1);
    });
    expect(running.commitFailures[0]).toMatchObject({ code: "KAFKA_UNAVAILABLE" });
    kafka.failCommits(null);
    await eventually(() => {
      expect(running.committed()).toBe(1n);
    });
    await bench.dispose();
  });
});
