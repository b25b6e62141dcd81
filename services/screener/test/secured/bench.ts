import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createKafkaClient, type KafkaClient, type Producer } from "@cordon/kafka";
import { type SecuredStack, type SecuredUser, startSecuredStack } from "@cordon/local-stack";
import { type Alert, type Decision, topics } from "@cordon/schemas";
import { encodePayment, samplePayment } from "@cordon/screening/testing";
import { createSchemaRegistry, followConfig, kafkaConfig, redisConfig, registryConfig } from "@cordon/service";

import { decodeAlert, decodeDecision } from "../support/bench.ts";
import { type ServiceName, type ServiceProcess, startService } from "../support/processes.ts";
import { startTokenProvider, type TokenProvider } from "./token-provider.ts";

export const clients = ["kafkajs", "platformatic"] as const;
export type ClientName = (typeof clients)[number];

const list = fileURLToPath(new URL("../../../../data/gim/uk-gim.csv", import.meta.url));

/** A secured stack, list-sync that signs, and a look from outside at what comes of events. */
export interface SecuredBench {
  readonly stack: SecuredStack;
  readonly tokens: TokenProvider;
  /** Every process that was started, for what it printed. */
  readonly processes: readonly ServiceProcess[];
  readonly start: (
    name: ServiceName,
    more?: Readonly<Record<string, string>>,
    user?: SecuredUser,
    args?: readonly string[],
  ) => ServiceProcess;
  /** A client with the settings of a service, as its `main.ts` makes it. */
  readonly client: (
    user: SecuredUser,
    more?: Readonly<Record<string, string>>,
    how?: "scram" | "certificate",
  ) => KafkaClient;
  /** Sends payments by their ids and the names in them. */
  readonly pay: (events: readonly (readonly [id: string, names: readonly string[]])[]) => Promise<void>;
  readonly sendRaw: (topic: string, key: string, value: Buffer) => Promise<void>;
  readonly decisions: readonly Decision[];
  readonly alerts: readonly Alert[];
  readonly deadLetters: readonly string[];
  readonly acts: readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

export async function startSecuredBench(): Promise<SecuredBench> {
  const tokens = await startTokenProvider();
  const stack = await startSecuredStack({
    env: process.env,
    report: () => undefined,
    reauthenticateMs: 8_000,
    issuer: tokens.issuer,
  });
  const folder = mkdtempSync(join(tmpdir(), "cordon-secured-"));
  const pair = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const keys = { private: join(folder, "index.key"), public: join(folder, "index.pub") };
  writeFileSync(keys.private, pair.privateKey, { mode: 0o600 });
  writeFileSync(keys.public, pair.publicKey);

  const base: Readonly<Record<string, string>> = {
    LIST_UK: list,
    LIST_UN: "off",
    INDEX_POLL_SECONDS: "0.3",
    WARM_UP_SECONDS: "0",
    KAFKA_SESSION_TIMEOUT_SECONDS: "6",
    KAFKA_EVENT_PARTITIONS: "3",
    LOG_LEVEL: "debug",
    INDEX_PUBLIC_KEY_FILE: keys.public,
    CANARY_INTERVAL_SECONDS: "2",
  };
  const processes: ServiceProcess[] = [];
  const decisions: Decision[] = [];
  const alerts: Alert[] = [];
  const deadLetters: string[] = [];
  const acts: Readonly<Record<string, unknown>>[] = [];

  const client: SecuredBench["client"] = (user, more = {}, how = "scram") => {
    const followed = followConfig({ kafka: kafkaConfig }, { ...stack.env(user, how), ...more });
    return createKafkaClient({ ...followed.config.kafka, retries: 2, secrets: () => followed.now().kafka });
  };
  const outside = client("reader", { KAFKA_CLIENT: "platformatic" });
  const consumer = outside.consumer();
  await consumer.start({
    topics: [topics.decisions, topics.alerts, topics.deadLetters, "cordon.operator-acts.v1"],
    groupId: "reader-outside",
    onBatch: ({ topic, records }) => {
      for (const record of records)
        if (topic === topics.decisions) decisions.push(decodeDecision(record));
        else if (topic === topics.alerts) alerts.push(decodeAlert(record));
        else if (topic === topics.deadLetters) deadLetters.push(record.key?.toString() ?? "");
        else acts.push(JSON.parse(record.value?.toString() ?? "{}") as Readonly<Record<string, unknown>>);
      return Promise.resolve();
    },
  });
  let producer: Producer | null = null;
  let schemaId: number | null = null;
  const sender = async (): Promise<Producer> =>
    (producer ??= await client("producer", { KAFKA_CLIENT: "platformatic" }).producer());

  return {
    stack,
    tokens,
    processes,
    decisions,
    alerts,
    deadLetters,
    acts,
    start(name, more = {}, user = name, args = []) {
      const signs = name === "list-sync" ? { INDEX_SIGNING_KEY_FILE: keys.private } : {};
      const started = startService(name, { ...base, ...signs, ...stack.env(user), ...more }, args);
      processes.push(started);
      return started;
    },
    client,
    async pay(events) {
      schemaId ??= await paymentSchemaId(stack);
      const id = schemaId;
      await (
        await sender()
      ).send(
        events.map(([event, names]) => ({
          topic: topics.payments,
          key: Buffer.from(event),
          value: encodePayment(samplePayment(event, names), id),
        })),
      );
    },
    async sendRaw(topic, key, value) {
      await (await sender()).send([{ topic, key: Buffer.from(key), value }]);
    },
    async stop() {
      await Promise.all(processes.map((each) => each.kill()));
      await consumer.stop();
      await producer?.close();
      await stack.stop();
      await tokens.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As a producer without a right to register finds it: by GET. */
async function paymentSchemaId(stack: SecuredStack): Promise<number> {
  const { registry } = followConfig({ registry: registryConfig, redis: redisConfig }, stack.env("producer")).config;
  const schema = readFileSync(new URL("../../../../schemas/avro/payments.v1-value.avsc", import.meta.url), "utf8");
  return createSchemaRegistry({ ...registry, registers: false }).register("payments.v1-value", schema);
}

/** Repeats until it does not throw: what an administrator changes takes effect a moment later. */
export async function eventually<T>(work: () => Promise<T>, forMs = 10_000): Promise<T> {
  const deadline = Date.now() + forMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Resolves to what a promise rejects with; rejects when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { readonly code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error & { readonly code?: string };
  }
  throw new Error("it was not refused");
}
