import { randomUUID } from "node:crypto";

import { createKafkaClient, type KafkaClientOptions } from "@cordon/kafka";
import { type KafkaClientName } from "@cordon/service";
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from "vitest";

import { type Bench, deleteTopics, eventually, openBench, out } from "./kafka-bench.ts";

const brokers = inject("stack").kafkaBrokers.split(",");
const prefix = `both-${randomUUID().slice(0, 8)}`;
let count = 0;
const unique = (what: string): string => `${prefix}-${what}-${String((count += 1))}`;
const through = (client: KafkaClientName, options: Partial<KafkaClientOptions> = {}) =>
  createKafkaClient({ brokers, clientId: prefix, client, ...options });

afterAll(() => deleteTopics(brokers, prefix));

describe("two adapters on one cluster", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench({ client: through("kafkajs"), unique });
  });
  afterEach(async () => {
    await bench.dispose();
  });

  test("members of both share a group, and the group moves from one to the other without losing a record", async () => {
    const topic = await bench.topic({ partitions: 4 });
    const groupId = bench.group();
    const producer = await bench.producer();
    const send = (from: number, to: number): Promise<void> =>
      producer.send(
        Array.from({ length: to - from }, (_, at) => out(topic, `k${String(from + at)}`, String(from + at))),
      );
    await send(0, 100);
    const old = await bench.consume({ topics: [topic], groupId, client: through("kafkajs") });
    await eventually(() => {
      expect(old.assigned()).toBe(4);
    });
    const next = await bench.consume({ topics: [topic], groupId, client: through("platformatic") });
    await eventually(() => {
      expect([old.assigned(), next.assigned()]).toEqual([2, 2]);
    });
    await send(100, 200);
    await eventually(() => {
      expect(next.records.length).toBeGreaterThan(0);
      expect(new Set([...old.records, ...next.records].map(({ value }) => value)).size).toBe(200);
    });
    await old.consumer.stop();
    await send(200, 300);
    await eventually(() => {
      expect(next.assigned()).toBe(4);
      expect(new Set([...old.records, ...next.records].map(({ value }) => value)).size).toBe(300);
    });
    expect([...old.crashes, ...next.crashes]).toEqual([]);
    // What one of them committed the other does not read again.
    expect(next.records.filter(({ value }) => Number(value) < 100)).toEqual([]);
  });

  test.each(["gzip", "snappy", "lz4", "zstd"] as const)(
    "what one writes in %s the other reads",
    async (compression) => {
      for (const [writer, reader] of [
        ["kafkajs", "platformatic"],
        ["platformatic", "kafkajs"],
      ] as const) {
        const topic = await bench.topic();
        const producer = await bench.producer(through(writer, { compression }));
        const texts = Array.from({ length: 50 }, (_, at) => `${String(at)} ${"payment ".repeat(400)}`);
        await producer.send(
          texts.map((text, at) => ({ ...out(topic, `k${String(at)}`, text), headers: { of: writer } })),
        );
        const { records } = await bench.consume({ topics: [topic], groupId: bench.group(), client: through(reader) });
        await eventually(() => {
          expect(records.map(({ value }) => value)).toEqual(texts);
        });
      }
    },
  );
});
