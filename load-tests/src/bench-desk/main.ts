import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { createKafkaClient, type OutRecord, type Producer } from "@cordon/kafka";
import { type Stack, startStack } from "@cordon/local-stack";
import { createEncoder, decisionHeaders, schemaText, subjectOf, topics } from "@cordon/schemas";
import { createSchemaRegistry } from "@cordon/service";

import { measure, type MeasuredProcess } from "../bench-pipeline/measured-process.ts";
import { runCommand } from "../command.ts";
import { arriving } from "./alerts.ts";
import { type BenchDatabase, openBenchDatabase } from "./database.ts";
import { type DeskBenchOptions, readDeskBenchOptions, usage } from "./options.ts";
import { type Work, workAsPerson } from "./people.ts";

const deskMain = fileURLToPath(new URL("../../../services/desk/src/main.ts", import.meta.url));

/** So many that the first page is full of alerts that can be opened before people look. */
const firstAlerts = 500;
const firstWithinMs = 120_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(options: DeskBenchOptions): Promise<void> {
  const stack = await startStack({ env: process.env, report: say, database: true });
  const prefix = `bench-${randomUUID().slice(0, 8)}.`;
  const url = stack.databaseUrl ?? "";
  const desk = measure(deskMain, { environment: environmentOf(stack, prefix), profile: null });
  try {
    const line = await desk.line(({ msg }) => msg === "listening");
    const database = await openBenchDatabase(url);
    try {
      await run(options, { stack, prefix, desk, database, deskUrl: String(line["desk"]) });
    } finally {
      await database.close();
    }
  } finally {
    await desk.stop();
    await stack.stop();
  }
}

function environmentOf({ kafkaBrokers, registryUrl, redisUrl, databaseUrl }: Stack, prefix: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"] ?? "",
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    TOPIC_PREFIX: prefix,
    KAFKA_REPLICATION_FACTOR: "1",
    KAFKA_MIN_INSYNC_REPLICAS: "1",
    DESK_DATABASE_URL: databaseUrl ?? "",
    DESK_MASTER_KEY: randomBytes(32).toString("base64"),
    DESK_LOCAL_USERS: "true",
    DESK_PORT: "0",
    HTTP_PORT: "0",
    HTTP_HOST: "127.0.0.1",
  };
}

interface Running {
  readonly stack: Stack;
  readonly prefix: string;
  readonly desk: MeasuredProcess;
  readonly database: BenchDatabase;
  readonly deskUrl: string;
}

async function run(options: DeskBenchOptions, { stack, prefix, desk, database, deskUrl }: Running): Promise<void> {
  const { alerts, rate, seconds, handlers, drain } = options;
  await database.fill(alerts, say);
  const cookies = await database.people(handlers);
  const kafka = createKafkaClient({ brokers: stack.kafkaBrokers.split(","), clientId: "cordon-bench" });
  const producer = await kafka.producer();
  const makeRecords = await recordsOf(stack, prefix);
  await producer.send(makeRecords(0, firstAlerts));
  await untilTakenIn(database, 2 * firstAlerts);

  const work: Work = { firstPage: [], taken: [], deeds: new Map() };
  const ended = new AbortController();
  const people = cookies.map((cookie, number) =>
    workAsPerson({ url: deskUrl, cookie, number }, work, ended.signal).catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error));
      work.deeds.set("went home", (work.deeds.get("went home") ?? 0) + 1);
    }),
  );
  const cpu = async () => ({ desk: (await desk.usage()).cpuMicros, postgres: await database.cpuMicros() });
  const before = await cpu();
  const beganAt = await database.takenIn();
  say(`${String(rate)} alerts a second for ${String(seconds)} s, ${String(handlers)} people`);
  const sendingMs = await sendAtRate(producer, makeRecords, options);
  const all = 2 * (firstAlerts + rate * seconds);
  const lagAtEnd = all - (await database.takenIn());
  const endedAt = performance.now();
  let lagAfterMinute: number | null = null;
  let goneAfter: number | null = null;
  while (performance.now() - endedAt < drain * 1000) {
    const lag = all - (await database.takenIn());
    const after = (performance.now() - endedAt) / 1000;
    if (lagAfterMinute === null && after >= 60) lagAfterMinute = lag;
    if (lag <= 0) {
      goneAfter = Math.round(after * 10) / 10;
      break;
    }
    await sleep(250);
  }
  const after = await cpu();
  const records = (await database.takenIn()) - beganAt;
  ended.abort();
  await Promise.all(people);
  await producer.close();
  const perAlert = (spent: number): number => Math.round(spent / (records / 2));
  const twice = work.taken.length - new Set(work.taken).size;
  const figures = {
    ...options,
    sent: rate * seconds,
    sendingSeconds: Math.round(sendingMs / 1000),
    alertsTakenIn: records / 2,
    lagRecordsWhenSendingEnded: lagAtEnd,
    lagRecordsAMinuteLater: goneAfter === null || goneAfter > 60 ? lagAfterMinute : 0,
    lagGoneAfterSeconds: goneAfter,
    firstPageMs: spread(work.firstPage),
    takenAsNext: work.taken.length,
    takenTwice: twice,
    deeds: Object.fromEntries([...work.deeds].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    alertsInDatabase: await database.count("SELECT count(*) AS n FROM alert"),
    cpuMicrosPerAlert: {
      desk: perAlert(after.desk - before.desk),
      postgres: after.postgres === null || before.postgres === null ? null : perAlert(after.postgres - before.postgres),
    },
  };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}

async function untilTakenIn(database: BenchDatabase, records: number): Promise<void> {
  const giveUpAt = performance.now() + firstWithinMs;
  for (;;) {
    const taken = await database.takenIn();
    if (taken >= records) return;
    if (performance.now() > giveUpAt)
      throw new Error(`the desk took in ${String(taken)} of ${String(records)} records in two minutes`);
    await sleep(200);
  }
}

type MakeRecords = (from: number, count: number) => readonly OutRecord[];

async function recordsOf({ registryUrl }: Stack, prefix: string): Promise<MakeRecords> {
  const registry = createSchemaRegistry({ url: registryUrl });
  const made = async (topic: typeof topics.alerts | typeof topics.decisions | typeof topics.payments) =>
    registry.register(prefix + subjectOf(topic), schemaText(subjectOf(topic)));
  const [alertSchema, decisionSchema, eventSchemaId] = [
    await made(topics.alerts),
    await made(topics.decisions),
    await made(topics.payments),
  ];
  const encodeAlert = createEncoder(subjectOf(topics.alerts));
  const encodeDecision = createEncoder(subjectOf(topics.decisions));
  return (from, count) =>
    Array.from({ length: count }, (_, n) => {
      const { eventId, alert, decision } = arriving(from + n, { topic: prefix + topics.payments, now: Date.now() });
      const key = Buffer.from(eventId);
      return [
        { topic: prefix + topics.alerts, key, value: encodeAlert.encode({ ...alert, eventSchemaId }, alertSchema) },
        {
          topic: prefix + topics.decisions,
          key,
          value: encodeDecision.encode(decision, decisionSchema),
          headers: { [decisionHeaders.outcome]: "HIT" },
        },
      ];
    }).flat();
}

/** At a fixed rate, as far as this machine makes records so fast. Answers how long it took, milliseconds. */
async function sendAtRate(producer: Producer, records: MakeRecords, options: DeskBenchOptions): Promise<number> {
  const { rate, seconds } = options;
  const zero = performance.now();
  for (let sent = 0; sent < rate * seconds;) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - zero) / 1000) * rate));
    const count = Math.min(due - sent, 1000);
    if (count > 0) await producer.send(records(firstAlerts + sent, count));
    else await sleep(5);
    sent += count;
  }
  return performance.now() - zero;
}

function spread(all: readonly number[]) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  return { asked: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

await runCommand({ usage, read: readDeskBenchOptions, run: bench });
