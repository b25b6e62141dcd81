import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { createRequire } from "node:module";

import { Redis } from "ioredis";
import type { RedisOptions } from "ioredis";
import kafkajs from "kafkajs";
import type { KafkaConfig } from "kafkajs";
import pg from "pg";

/*
 * What "it is up" means, for each of them: an answer to a question that a client asks, not an open port.
 * Each resolves or rejects within a few seconds and leaves no connection behind.
 */

/** A metadata answer that names a broker. */
export async function kafkaAnswers(config: Pick<KafkaConfig, "brokers" | "ssl" | "sasl">): Promise<void> {
  quietKafkaTimers();
  const kafka = new kafkajs.Kafka({
    ...config,
    clientId: "cordon-local-stack",
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    if (brokers.length === 0) throw new Error("no broker in the metadata");
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

export interface RegistryConnection {
  /** Base of the Confluent-style API: `/subjects` is below it. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly ca?: string | undefined;
}

/** `GET /subjects` answers 200. */
export async function registryAnswers({ url, username, password, ca }: RegistryConnection): Promise<void> {
  const target = new URL(`${url.replace(/\/+$/, "")}/subjects`);
  const request = target.protocol === "https:" ? httpsRequest : httpRequest;
  const status = await new Promise<number>((resolve, reject) => {
    const asked = request(target, {
      agent: false,
      timeout: 5_000,
      ...(username === undefined ? {} : { auth: `${username}:${password ?? ""}` }),
      ...(ca === undefined ? {} : { ca }),
    });
    asked.once("timeout", () => asked.destroy(new Error("no answer within 5 s")));
    asked.once("error", reject);
    asked.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.end();
  });
  if (status !== 200) throw new Error(`GET /subjects answered ${String(status)}`);
}

export type RedisLogin = Pick<RedisOptions, "username" | "password" | "tls">;

/** `PING` is answered. */
export async function redisAnswers(url: string, options: RedisLogin = {}): Promise<void> {
  const patience = {
    ...options,
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  };
  const redis = new Redis(url, patience);
  let refused: Error | undefined;
  redis.on("error", (error) => {
    refused = error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw refused ?? error;
  } finally {
    redis.disconnect();
  }
}

/** `SELECT 1` is answered. */
export async function postgresAnswers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 3_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
  } finally {
    await client.end().catch(() => {});
  }
}

interface RequestQueue {
  pending: readonly unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  throttledUntil: number;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/** kafkajs re-arms a timer with a negative delay for ever (its issue 1751); Node 24 warns about each first one. */
function quietKafkaTimers(): void {
  const load = createRequire(import.meta.url);
  const queue = load("kafkajs/src/network/requestQueue/index.js") as { readonly prototype: RequestQueue };
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      Math.max(this.throttledUntil - Date.now(), 10),
    );
  };
}
