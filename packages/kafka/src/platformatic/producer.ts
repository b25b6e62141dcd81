import { batchBytesFor, chunkBytes } from "../batch-limits.ts";
import { retrying } from "../deadline.ts";
import { type Delivery, planDeliveries } from "../deliveries.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { OutRecord, Producer } from "../port.ts";
import { producerOver } from "../producer-over.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import { deliver } from "./deliver.ts";
import { isUnknownTopic, protocolError } from "./protocol-errors.ts";
import { maxMessageBytesOf } from "./topic-configs.ts";

/** A topic just created is known to one broker before the others: it is absent only if it stays so. */
const untilKnown = { pauses: [100, 200, 400, 800], isPassing: isUnknownTopic } as const;

/** A connected producer. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openProducer(options: CompiledKafkaOptions): Promise<Producer> {
  const cluster = createCluster(options);
  try {
    await cluster.withRetries(() => cluster.connect());
  } catch (error) {
    await cluster.close();
    throw protocolError(error, "connecting a producer", options);
  }
  const turn = turns();
  return producerOver({
    options,
    async sendAll(records, signal) {
      const deliveries = await cluster.withRetries(() => plan(cluster, records, turn));
      await deliver(cluster, deliveries, { signal, writer: null });
    },
    known: (error, doing) => protocolError(error, doing, options),
    close: () => cluster.close(),
  });
}

/** How records without a key take turns, for the life of one producer. */
export function turns(): () => number {
  let turn = 0;
  return () => turn++;
}

/** Records by partition, as the topics are laid out now. Rejects with TOPIC_UNSUITABLE for an unknown topic. */
export async function plan(
  cluster: Cluster,
  records: readonly OutRecord[],
  turn: () => number,
): Promise<readonly Delivery[]> {
  const counts = new Map<string, number>();
  const bytes = new Map<string, number>();
  for (const topic of new Set(records.map((record) => record.topic))) {
    counts.set(topic, (await retrying(() => cluster.layout(topic), untilKnown)).leaders.length);
    bytes.set(topic, batchBytesFor(await maxMessageBytesOf(cluster, topic)));
  }
  const choice = {
    partitionsOf: (topic: string) => counts.get(topic) ?? 1,
    batchBytes: (topic: string) => bytes.get(topic) ?? chunkBytes,
    turn,
  };
  return planDeliveries(records, choice);
}
