import { join } from "node:path";

import type { OutRecord } from "@cordon/kafka";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import { openSnapshot } from "@cordon/matching";
import { type TopicNames, topicNames } from "@cordon/screening";
import { createMemoryRegistry, type MemoryRegistry } from "@cordon/service/testing";
import { createEventEncoder } from "@cordon/simulator";

import { namePools } from "../bench-engine/generated-names.ts";
import { benchEvents } from "../bench-pipeline/bench-events.ts";
import type { PopulationName } from "../bench-pipeline/populations.ts";

const partitions = 6;

export interface StoredEvents {
  readonly kafka: MemoryKafka;
  readonly registry: MemoryRegistry;
  readonly names: TopicNames;
}

/** The payments of `bench:pipeline`, in a Kafka that is in memory. `shared`: the folder of published lists and names. */
export async function storedEvents(
  snapshot: Uint8Array,
  {
    events,
    population,
    shared,
  }: { readonly events: number; readonly population: PopulationName; readonly shared: string },
): Promise<StoredEvents> {
  const names = topicNames({ topicPrefix: "" });
  const kafka = createMemoryKafka();
  const registry = createMemoryRegistry();
  const admin = await kafka.admin();
  const replicas = { partitions, replicationFactor: 1, minInSyncReplicas: 1 };
  await admin.ensureTopics(Object.values(names).map((topic) => ({ topic, ...replicas })));
  const made = benchEvents(openSnapshot(snapshot), namePools(join(shared, "names/popular_names")), { population });
  const encode = await createEventEncoder({ registry });
  const producer = await kafka.producer();
  for (let from = 0; from < events; from += 1000)
    await producer.send(
      Array.from({ length: Math.min(1000, events - from) }, (_, at): OutRecord => {
        const value = made.payment(from + at);
        return encode({ topic: "payments.v1", eventId: value.eventId, value });
      }),
    );
  return { kafka, registry, names };
}
