import { compilePolicy, type PolicySettings } from "@cordon/decisions";
import { createMemoryIndexBackend, createMemoryIndexStore, createMemoryJobStore } from "@cordon/index-store/testing";
import type { MemoryJobs } from "@cordon/index-store/testing";
import type { OutRecord } from "@cordon/kafka";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import { createPace, type LookBackOptions, type LookBackPorts } from "@cordon/looking-again";
import type { Designation } from "@cordon/matching";
import { type Alert, createDecoder, type Payment, schemaText, subjectOf, topics } from "@cordon/schemas";
import { topicNames } from "@cordon/screening";
import {
  encodePayment,
  fakeIndex,
  openFake,
  paymentSchema,
  publishFake,
  samplePayment,
} from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";

export const names = topicNames({ topicPrefix: "" });

export interface World {
  readonly kafka: MemoryKafka;
  readonly jobs: MemoryJobs;
  now: number;
  readonly schemaId: number;
  pay(
    id: string,
    parties?: readonly string[],
    change?: Partial<Payment>,
    headers?: OutRecord["headers"],
  ): Promise<void>;
  publish(designations: readonly Designation[]): Promise<void>;
  ports(): LookBackPorts;
  options(change?: Partial<LookBackOptions>, policy?: PolicySettings): LookBackOptions;
  alerts(): readonly Alert[];
}

/** Events in memory, and an index of the obvious engine. */
export async function createWorld({ partitions = 1 } = {}): Promise<World> {
  const registry = createMemoryRegistry();
  const backend = createMemoryIndexBackend();
  const jobs: MemoryJobs = { texts: new Map(), claims: new Map() };
  const state = { now: Date.UTC(2026, 10, 27, 12) };
  const kafka = createMemoryKafka({ now: () => state.now, maxBatchRecords: 3 });
  const schemaId = await registry.register(`${names.payments}-value`, paymentSchema);
  const admin = await kafka.admin();
  const replicas = { partitions, replicationFactor: 1, minInSyncReplicas: 1 };
  await admin.ensureTopics(Object.values(names).map((topic) => ({ topic, ...replicas })));
  const producer = await kafka.producer();
  const store = createMemoryIndexStore(backend, { now: () => state.now });
  const decoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));
  const quiet = { signal: new AbortController().signal, onWait: () => undefined };
  return {
    kafka,
    jobs,
    schemaId,
    get now() {
      return state.now;
    },
    set now(time) {
      state.now = time;
    },
    async pay(id, parties, change = {}, headers = {}) {
      const value = encodePayment({ ...samplePayment(id, parties), ...change }, schemaId);
      await producer.send([{ topic: names.payments, key: Buffer.from(id), value, headers }]);
    },
    async publish(designations) {
      await publishFake(store, designations, state.now);
    },
    ports: () => ({
      kafka,
      registry,
      store,
      jobs: createMemoryJobStore(jobs, () => state.now),
      open: openFake,
      indexOf: fakeIndex,
      clock: () => state.now,
    }),
    options: (change = {}, policy = {}) => ({
      policy: compilePolicy(policy),
      names,
      since: null,
      dryRun: false,
      holder: "test",
      pace: createPace({ share: 1, signal: quiet.signal }),
      patience: quiet,
      onProgress: () => undefined,
      settleMs: 0,
      ...change,
    }),
    alerts: () => kafka.records(names.alerts).map(({ value }) => decoder.decode(value ?? Buffer.alloc(0))),
  };
}
