import { randomUUID } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type ConsumedRecord, createKafkaClient, type OutRecord, type Producer } from "@cordon/kafka";
import { type Alert, deadLetterHeaders, type Decision, type Payment, topics } from "@cordon/schemas";
import { encodePayment, paymentSchema, samplePayment as payment } from "@cordon/screening/testing";
import { createSchemaRegistry } from "@cordon/service";

import { decodeAlert, decodeDecision } from "./bench.ts";
import { type ServiceName, type ServiceProcess, startService } from "./processes.ts";

export interface StackAddresses {
  readonly kafkaBrokers: string;
  readonly registryUrl: string;
  readonly redisUrl: string;
}

/** A Cordon of its own on the shared stack: other topics, another group, other keys. */
export interface RealPipeline {
  readonly env: Readonly<Record<string, string>>;
  readonly listPath: string;
  start(name: ServiceName, more?: Readonly<Record<string, string>>, args?: readonly string[]): ServiceProcess;
  /** Begins to watch the results; the topics must stand. */
  watch(): Promise<void>;
  send(records: readonly OutRecord[]): Promise<void>;
  paymentRecord(id: string, names?: readonly string[], change?: Partial<Payment>): OutRecord;
  readonly topic: (name: keyof typeof topics) => string;
  readonly decisions: readonly Decision[];
  readonly alerts: readonly Alert[];
  readonly deadLetters: readonly { readonly key: string | null; readonly code: string | null }[];
  /** Puts another list in place of the one that is read, at once, as a careful publisher does. */
  replaceList(content: string): void;
  close(): Promise<void>;
}

export async function createRealPipeline(
  { kafkaBrokers, registryUrl, redisUrl }: StackAddresses,
  list: string,
): Promise<RealPipeline> {
  const id = randomUUID().slice(0, 8);
  const prefix = `it-${id}.`;
  const folder = mkdtempSync(join(tmpdir(), "cordon-pipeline-"));
  const listPath = join(folder, "list.csv");
  writeFileSync(listPath, list);
  const env = {
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: `it-${id}:`,
    TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `it-${id}`,
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    KAFKA_EVENT_PARTITIONS: "3",
    KAFKA_SESSION_TIMEOUT_SECONDS: "6",
    LIST_UK: listPath,
    LIST_UN: "off",
    FILE_POLL_SECONDS: "0.2",
    INDEX_POLL_SECONDS: "0.2",
    WARM_UP_SECONDS: "0",
  };
  const kafka = createKafkaClient({ brokers: kafkaBrokers.split(","), clientId: "outside" });
  const registry = createSchemaRegistry({ url: registryUrl });
  const topic = (name: keyof typeof topics): string => `${prefix}${topics[name]}`;
  const schemaId = await registry.register(`${topic("payments")}-value`, paymentSchema);
  const consumer = kafka.consumer();
  const processes: ServiceProcess[] = [];
  const decisions: Decision[] = [];
  const alerts: Alert[] = [];
  const deadLetters: { readonly key: string | null; readonly code: string | null }[] = [];
  let producer: Producer | null = null;

  return {
    env,
    listPath,
    decisions,
    alerts,
    deadLetters,
    topic,
    start(name, more = {}, args = []) {
      const started = startService(name, { ...env, ...more }, args);
      processes.push(started);
      return started;
    },
    watch: () =>
      consumer.start({
        topics: [topic("decisions"), topic("alerts"), topic("deadLetters")],
        groupId: `it-watch-${id}`,
        onBatch: (batch) => {
          for (const record of batch.records) {
            if (batch.topic === topic("decisions")) decisions.push(decodeDecision(record));
            else if (batch.topic === topic("alerts")) alerts.push(decodeAlert(record));
            else deadLetters.push(deadLetterOf(record));
          }
          return Promise.resolve();
        },
      }),
    async send(records) {
      producer ??= await kafka.producer();
      await producer.send(records);
    },
    paymentRecord: (event, names, change = {}) => ({
      topic: topic("payments"),
      key: Buffer.from(event),
      value: encodePayment({ ...payment(event, names), ...change }, schemaId),
    }),
    replaceList(content) {
      writeFileSync(`${listPath}.new`, content);
      renameSync(`${listPath}.new`, listPath);
    },
    async close() {
      await Promise.all(processes.map((each) => each.kill()));
      await consumer.stop();
      await producer?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function deadLetterOf(record: ConsumedRecord): { readonly key: string | null; readonly code: string | null } {
  return {
    key: record.key?.toString("utf8") ?? null,
    code: record.header(deadLetterHeaders.errorCode)?.toString("utf8") ?? null,
  };
}
