import kafkajs from "kafkajs";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { AdapterUnderTest } from "./broker.conformance.ts";
import { type Bench, eventually, openBench, out, type Seen } from "./kafka-bench.ts";

/** What every adapter promises: a topic of the same name is not taken for the one before. */
export function remadeTopicConformance(open: () => AdapterUnderTest): void {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench(open());
  });
  afterEach(async () => {
    await bench.dispose();
  });

  test("a topic that is deleted and made anew while it is read is read from its first record", async () => {
    const topic = await bench.topic();
    const groupId = bench.group();
    const producer = await bench.producer();
    const send = (name: string, count: number, by = producer): Promise<void> =>
      by.send(Array.from({ length: count }, (_, at) => out(topic, `k${String(at)}`, `${name} ${String(at)}`)));
    await send("old", 20);
    const running = await bench.consume({ topics: [topic], groupId });
    await eventually(() => {
      expect(running.records).toHaveLength(20);
    });
    const admin = new kafkajs.Kafka({ brokers: [...open().brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
    await admin.disconnect();
    await send("new", 50, await bench.producer(open().clientWith({})));
    // Where the topic was missing at the wrong moment the consumer ends, as its process does, and another one takes its place.
    const ended = (): boolean => running.crashes.some(({ restarting }) => !restarting);
    const next = { records: [] as readonly Seen[] };
    await expect
      .poll(
        async () => {
          if (ended() && next.records.length === 0)
            next.records = (await bench.consume({ topics: [topic], groupId })).records;
          return new Set(
            [...running.records, ...next.records].map(({ value }) => value).filter((v) => v?.startsWith("new")),
          ).size;
        },
        { timeout: 40_000, interval: 2_000 },
      )
      .toBe(50);
  });
}
