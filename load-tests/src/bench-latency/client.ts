import { setTimeout as sleep } from "node:timers/promises";

import { createKafkaClient } from "@cordon/kafka";
import { createEncoder, subjectOf, topics } from "@cordon/schemas";

import type { Ground } from "../bench-pipeline/ground.ts";
import type { Sheet } from "./sheet.ts";

const tickMs = 2;
const patienceMs = 60_000;

export interface ClientOptions {
  readonly ground: Ground;
  readonly brokers: string;
  readonly sheet: Sheet;
  readonly count: number;
  /** Topics of events and of decisions, without the ground's prefix. */
  readonly through: { readonly events: string; readonly decisions: string };
}

/**
 * Sends events as they fall due, and reads the decisions as their consumers do. Resolves once each event has its decision, or
 * a minute after the last was sent. Events are made before, so that making them takes nobody's time.
 */
export async function sendAndWatch({ ground, brokers, sheet, count, through }: ClientOptions): Promise<void> {
  const { events, prefix, schemaId } = ground;
  const encoder = createEncoder(subjectOf(topics.payments));
  const topic = `${prefix}${through.events}`;
  const records = Array.from({ length: count }, (_, number) => ({
    topic,
    key: Buffer.from(events.idOf(number)),
    value: encoder.encode(events.payment(number), schemaId),
  }));
  // Another client than the bench's own, so that neither waits behind the other's calls.
  const kafka = createKafkaClient({ brokers: brokers.split(","), clientId: "cordon-latency", client: "platformatic" });
  const [producer, reader] = [await kafka.producer(), await kafka.reader()];
  const over = new AbortController();
  try {
    const extent = await reader.extent(`${prefix}${through.decisions}`);
    await producer.send([]);
    const zero = performance.now();
    const watching = reader.follow({
      positions: extent.map(({ to, topic: of, partition }) => ({ topic: of, partition, offset: to })),
      signal: over.signal,
      onRecords: ({ records: seen }) => {
        const elapsed = performance.now() - zero;
        for (const { key } of seen) {
          const number = events.numberOf(key?.toString("latin1") ?? "");
          if (number !== null) sheet.decided(number, elapsed);
        }
        return Promise.resolve();
      },
    });
    const sends: Promise<void>[] = [];
    for (let sent = 0; sent < count;) {
      const due = sheet.dueBy(performance.now() - zero);
      if (due > sent) sends.push(producer.send(records.slice(sent, due)));
      sent = Math.max(sent, due);
      await sleep(tickMs);
    }
    await Promise.all(sends);
    const giveUpAt = performance.now() + patienceMs;
    while (!sheet.complete() && performance.now() < giveUpAt) await sleep(50);
    over.abort();
    await watching;
  } finally {
    over.abort();
    await producer.close();
    await reader.close();
  }
}
