import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { GoodGuyStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import {
  type Alert,
  createDecoder,
  createEncoder,
  type Decision,
  decisionHeaders,
  type Disposition,
  type ListChange,
  schemaText,
  type Subject,
  subjectOf,
  type Topic,
  topics,
} from "@cordon/schemas";
import { readConfig, type SchemaRegistry, type ServiceContext, silentLogger } from "@cordon/service";
import { createMemoryRegistry } from "@cordon/service/testing";
import { createSigner } from "@cordon/signing";
import pg from "pg";

import { deskConfig } from "../../src/config.ts";
import { runDesk } from "../../src/service.ts";
import type { RunCordon } from "../../src/work/run-cordon.ts";

export const password = "a password of this test";

/** Who was told to end takes a moment. One that is cut off meanwhile throws where nobody catches it. */
function untilLeft(database: string): string {
  return `DO $$ BEGIN
    FOR i IN 1..200 LOOP
      PERFORM pg_stat_clear_snapshot();
      EXIT WHEN NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = '${database}');
      PERFORM pg_sleep(0.01);
    END LOOP;
  END $$`;
}

/** An empty database of its own on the server of the stack. */
export async function freshDatabase(
  server: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `desk_${randomUUID().replaceAll("-", "")}`;
  const run = async (...texts: readonly string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      for (const text of texts) await client.query(text);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(untilLeft(name), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A desk in this process: real PostgreSQL, Kafka and registry in memory. */
export interface TestDesk {
  readonly url: string;
  readonly databaseUrl: string;
  readonly kafka: MemoryKafka;
  readonly registry: SchemaRegistry;
  readonly published: () => { readonly document: string; readonly bytes: Uint8Array } | null;
  send(
    topic: Topic,
    key: string,
    value: Alert | Decision | ListChange,
    headers?: Readonly<Record<string, string>>,
  ): Promise<void>;
  sendBytes(topic: Topic, key: string, value: Buffer): Promise<void>;
  dispositions(): Promise<readonly Disposition[]>;
  sql<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
  signIn(user: string, with_?: string): Promise<Person>;
  anonymous(): Person;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever came: the tests look at its fields, and a type asserted here would hide a wrong answer
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

export interface Person {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  readonly cookie: string;
}

export interface TestDeskOptions {
  readonly databaseUrl: string;
  readonly kafka?: MemoryKafka;
  readonly registry?: SchemaRegistry;
  readonly masterKey?: string;
  readonly signingKey?: string;
  readonly runCordon?: RunCordon;
  readonly environment?: Readonly<Record<string, string>>;
}

export const masterKeyOfTests = randomBytes(32).toString("base64");

export async function startTestDesk(options: TestDeskOptions): Promise<TestDesk> {
  const { databaseUrl, kafka = createMemoryKafka(), registry = createMemoryRegistry(), signingKey } = options;
  const environment = {
    KAFKA_BROKERS: "memory:1",
    SCHEMA_REGISTRY_URL: "http://127.0.0.1:1",
    REDIS_URL: "redis://127.0.0.1:1",
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    DESK_DATABASE_URL: databaseUrl,
    DESK_MASTER_KEY: options.masterKey ?? masterKeyOfTests,
    DESK_LOCAL_USERS: "true",
    DESK_DEMO_PASSWORD: password,
    DESK_PORT: "0",
    HTTP_PORT: "0",
    HTTP_HOST: "127.0.0.1",
    ...options.environment,
  };
  const config = readConfig(deskConfig, environment);
  const ended = new AbortController();
  const closing: (() => Promise<void> | void)[] = [];
  const listening = Promise.withResolvers<string>();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const context: ServiceContext = {
    signal: ended.signal,
    logger: {
      ...silentLogger,
      info: (text, fields) => {
        if (text === "listening") listening.resolve(String(fields?.["desk"]));
      },
    },
    onClose: (_name, close) => void closing.push(close),
    fail: (error) => {
      failed.reject(error);
    },
  };
  let live: { document: string; bytes: Uint8Array } | null = null;
  const goodGuys: GoodGuyStore = {
    current: async () => Promise.resolve(live?.document ?? null),
    load: async () => Promise.resolve(live?.bytes ?? null),
    publish: async ({ document, bytes }) => {
      live = { document, bytes };
      return Promise.resolve(true);
    },
    close: async () => Promise.resolve(),
  };
  const running = runDesk(
    config,
    {
      kafka,
      registry,
      store: createMemoryIndexStore(createMemoryIndexBackend()),
      goodGuys,
      signer: signingKey === undefined ? null : createSigner(signingKey, "the test's key"),
      runCordon: options.runCordon ?? (async () => Promise.resolve({ code: 0, stdout: "{}", said: "" })),
      clock: Date.now,
      build: "0.0.0-test",
    },
    context,
  );
  running.catch((error: unknown) => {
    failed.reject(error);
    listening.reject(error);
  });
  const url = await Promise.race([listening.promise, failed.promise]);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const producer = await kafka.producer();
  const encode = async (topic: Topic, value: unknown): Promise<Buffer> => {
    const subject = `${topic}-value` as Subject;
    const id = await registry.register(subject, schemaText(subject));
    return createEncoder(subject).encode(value as never, id);
  };

  return {
    url,
    databaseUrl,
    kafka,
    registry,
    published: () => live,
    async send(topic, key, value, headers = {}) {
      const outcome = "outcome" in value ? { [decisionHeaders.outcome]: value.outcome } : {};
      await producer.send([
        { topic, key: Buffer.from(key), value: await encode(topic, value), headers: { ...outcome, ...headers } },
      ]);
    },
    async sendBytes(topic, key, value) {
      await producer.send([{ topic, key: Buffer.from(key), value }]);
    },
    async dispositions() {
      const decoder = createDecoder(subjectOf(topics.dispositions), schemaText(subjectOf(topics.dispositions)));
      return Promise.resolve(kafka.records(topics.dispositions).map(({ value }) => decoder.decode(value as Buffer)));
    },
    async sql(text, values = []) {
      const { rows } = await pool.query(text, [...values]);
      return rows;
    },
    signIn: (user, given = password) => signInAt(url, user, given),
    anonymous: () => personOf(url, ""),
    async stop() {
      ended.abort();
      await running.catch(() => {});
      for (const close of closing.toReversed()) await close();
      await pool.end();
      await producer.close();
    },
  };
}

/** Whoever has that session, at a desk. */
export function personOf(url: string, cookie: string): Person {
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await fetch(
      `${url}${path.startsWith("/auth") || path === "/openapi.json" ? path : `/api/v1${path}`}`,
      {
        method,
        redirect: "manual",
        headers: {
          ...(cookie === "" ? {} : { cookie }),
          ...(method === "GET" ? {} : { "x-desk": "1" }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      },
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : text,
    };
  };
  return {
    cookie,
    get: (path) => ask("GET", path),
    post: (path, body = {}, headers = {}) => ask("POST", path, body, headers),
    put: (path, body) => ask("PUT", path, body),
    delete: (path) => ask("DELETE", path),
  };
}

export async function signInAt(url: string, user: string, with_ = password): Promise<Person> {
  const response = await personOf(url, "").post("/session", { user, password: with_ });
  if (response.status !== 200) throw new Error(`sign-in answered ${String(response.status)} ${response.text}`);
  return personOf(url, (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
}

/** Asks again until it is so; the tests' time is the limit. */
export async function eventually<T>(look: () => Promise<T>, good: (found: T) => boolean, seconds = 15): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (good(found)) return found;
    if (Date.now() > until)
      throw new Error(`not so after ${String(seconds)} s: ${JSON.stringify(found)?.slice(0, 500)}`);
    await sleep(25);
  }
}
