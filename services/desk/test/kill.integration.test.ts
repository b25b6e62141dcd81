import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { type Admin, createKafkaClient, type KafkaClient, type Producer } from "@cordon/kafka";
import { spawnSupervised } from "@cordon/local-stack";
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
import { createSchemaRegistry, type SchemaRegistry, silentLogger } from "@cordon/service";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { verifyAudit } from "../src/audit/verify.ts";
import { openDatabase } from "../src/database/connect.ts";
import { migrate } from "../src/database/migrate.ts";
import {
  eventually,
  freshDatabase,
  masterKeyOfTests,
  password,
  type Person,
  personOf,
  signInAt,
} from "./support/desk.ts";
import type { Halt } from "./support/kill-at.ts";
import { alert, decision, listChange, match } from "./support/records.ts";

/*
 * The desk's own program on real Kafka and PostgreSQL, killed by SIGKILL at each of its steps. Each that follows is of another group, so that
 * it reads every topic from the beginning.
 */

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const killAt = fileURLToPath(new URL("support/kill-at.ts", import.meta.url));

const prefix = `kill-${randomUUID().slice(0, 8)}.`;
const goodGuyId = randomUUID();
let databaseUrl: string;
let drop: () => Promise<void>;
let pool: pg.Pool;
let kafka: KafkaClient;
let producer: Producer;
let admin: Admin;
let registry: SchemaRegistry;
let groups = 0;

beforeAll(async () => {
  const { kafkaBrokers, registryUrl, databaseUrl: server } = inject("stack");
  ({ url: databaseUrl, drop } = await freshDatabase(server));
  const owner = openDatabase({ url: databaseUrl, role: null, connections: 1, logger: silentLogger });
  await migrate(owner);
  await owner.close();
  pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  await makeGoodGuy();
  registry = createSchemaRegistry({ url: registryUrl });
  kafka = createKafkaClient({ brokers: kafkaBrokers.split(","), clientId: "outside" });
  admin = await kafka.admin();
  await admin.ensureTopics(
    [topics.alerts, topics.decisions, topics.dispositions, topics.listChanges].map((topic) => ({
      topic: prefix + topic,
      partitions: 1,
      replicationFactor: 1,
      minInSyncReplicas: 1,
    })),
  );
  producer = await kafka.producer();
});
afterAll(async () => {
  await Promise.all([producer.close(), admin.close()]);
  await pool.end();
  await drop();
});

const rows = async <R extends pg.QueryResultRow>(text: string): Promise<R[]> => (await pool.query<R>(text)).rows;

/** One whose uses are counted; the alert that it came from is left out. */
async function makeGoodGuy(): Promise<void> {
  await rows(`SET session_replication_role = replica;
    INSERT INTO good_guy (good_guy_id, alert_id, proposal_id, fingerprint, designation_id, designation_hash, topics, rails, reasons, rationale,
      brief, month, maker, expires_at)
    VALUES ('${goodGuyId}', 'none', '${goodGuyId}', 'f', 'uk:G', 'h', '{}', '{}', '{}', '', '', '2026-01-01', 'hanna', now() + interval '1 day');
    SET session_replication_role = DEFAULT`);
}

interface Desk {
  readonly groupId: string;
  readonly url: Promise<string>;
  /** The process that was stopped, once it is. */
  readonly halted: Promise<number>;
  readonly exited: Promise<{ readonly code: number }>;
  stop(): Promise<void>;
  kill(): void;
}

/** A desk as a process of its own, of a group of its own. */
function startDesk(halt: Halt | null): Desk {
  const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
  const groupId = `desk-${String(groups++)}`;
  const child = spawnSupervised(process.execPath, [`--import=${killAt}`, main], {
    output: "pipe",
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      KAFKA_BROKERS: kafkaBrokers,
      SCHEMA_REGISTRY_URL: registryUrl,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: prefix,
      TOPIC_PREFIX: prefix,
      KAFKA_REPLICATION_FACTOR: "1",
      KAFKA_MIN_INSYNC_REPLICAS: "1",
      KAFKA_EVENT_PARTITIONS: "1",
      DESK_GROUP_ID: groupId,
      DESK_DATABASE_URL: databaseUrl,
      DESK_MASTER_KEY: masterKeyOfTests,
      DESK_LOCAL_USERS: "true",
      DESK_DEMO_PASSWORD: password,
      DESK_PORT: "0",
      HTTP_PORT: "0",
      HTTP_HOST: "127.0.0.1",
      DESK_HALT: JSON.stringify(halt),
    },
  });
  const [listening, halted] = [Promise.withResolvers<string>(), Promise.withResolvers<number>()];
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null)
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const told = (line.startsWith("{") ? JSON.parse(line) : {}) as { msg?: string; desk?: string; pid?: number };
        if (told.msg === "listening" && told.desk !== undefined) listening.resolve(told.desk);
        if (told.msg === "halted" && told.pid !== undefined) halted.resolve(told.pid);
      });
  void child.exited.then(() => {
    const early = new Error(`the desk ended early: ${said.slice(-5).join("\n")}`);
    listening.reject(early);
    return halted.reject(early);
  });
  for (const { promise } of [listening, halted]) promise.catch(() => {});
  return {
    groupId,
    url: listening.promise,
    halted: halted.promise,
    exited: child.exited,
    stop: () => child.stop(),
    kill: () => child.kill(),
  };
}

async function untilReadToTheEnd({ groupId }: Desk): Promise<void> {
  await eventually(
    () =>
      admin.survey(
        prefix + groupId,
        [topics.alerts, topics.decisions, topics.listChanges].map((topic) => prefix + topic),
      ),
    (all) => all.every(({ committed, end }) => committed === end),
    30,
  );
}

async function send(
  topic: Topic,
  key: string,
  value: Alert | Decision | ListChange,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const subject = `${topic}-value` as Subject;
  const id = await registry.register(`${prefix}${subject}`, schemaText(subject));
  await producer.send([
    {
      topic: prefix + topic,
      key: Buffer.from(key),
      value: createEncoder(subject).encode(value, id),
      headers: { ...("outcome" in value ? { [decisionHeaders.outcome]: value.outcome } : {}), ...headers },
    },
  ]);
}

let rounds = 0;

/**
 * Something new of each kind that is read: a hit, an event that a good guy lets pass, one that is held, one that is held no more, and an entry
 * that was amended.
 */
async function news(): Promise<void> {
  const at = 10 * rounds++;
  const hit = alert(at, { matches: [match({ designationId: `uk:K${String(rounds)}` })] });
  const passed = decision(at + 1, "CLEAR", {
    setAside: [
      { designationId: "uk:G", path: "parties[1].name", score: 93.5, reason: "good-guy", detail: "", goodGuyId },
    ],
  });
  const [held, mended] = [decision(at + 2, "HOLD"), decision(at - 8, "CLEAR")];
  await send(topics.alerts, hit.eventId, hit);
  await send(topics.decisions, hit.eventId, decision(at, "HIT", { alertId: hit.alertId }));
  await send(topics.decisions, passed.eventId, passed, { [decisionHeaders.setAside]: "1" });
  await send(topics.decisions, held.eventId, held);
  if (rounds > 1) await send(topics.decisions, mended.eventId, mended);
  await send(topics.listChanges, `uk:L${String(rounds)}`, listChange(`uk:L${String(rounds)}`, "a".repeat(64)));
}

/** What the desk has taken in, once it has read to the end. */
async function takenIn() {
  const ends = { [topics.alerts]: rounds, [topics.decisions]: 4 * rounds - 1, [topics.listChanges]: rounds };
  await eventually(
    () => rows<{ topic: string; at: string }>("SELECT topic, next_offset AS at FROM kafka_position"),
    (found) =>
      Object.entries(ends).every(([topic, end]) =>
        found.some((one) => one.topic === prefix + topic && Number(one.at) === end),
      ),
    30,
  );
  const told = "SELECT detail::json AS d FROM audit WHERE action = 'received'";
  const [found] = await rows(`SELECT
    (SELECT count(*)::int FROM alert WHERE kind = 'alert') AS alerts,
    (SELECT count(*)::int FROM alert WHERE kind = 'hold') AS holds,
    (SELECT count(*)::int FROM alert_record) AS records,
    (SELECT count(*)::int FROM alert_match) AS matches,
    (SELECT sum((d->>'added')::int)::int FROM (${told})) AS added,
    (SELECT count(*)::int FROM alert WHERE state = 'SUPERSEDED') AS mended,
    (SELECT sum(json_array_length(d->'superseded'))::int FROM (${told})) AS "mendedTold",
    (SELECT uses::int FROM good_guy_use) AS passed,
    (SELECT count(*)::int FROM event_case WHERE outcome IS NOT NULL) AS decided,
    (SELECT count(*)::int FROM designation_now) AS entries,
    (SELECT count(*)::int FROM audit WHERE action NOT IN ('received', 'signed in')) AS "other"`);
  return found;
}

/** All of what was sent, and nothing of it twice. */
function eachOnce() {
  return {
    alerts: rounds,
    holds: rounds,
    records: 2 * rounds,
    matches: rounds,
    added: 2 * rounds,
    mended: rounds - 1,
    mendedTold: rounds - 1,
    passed: rounds,
    decided: 3 * rounds,
    entries: rounds,
    other: 0,
  };
}

/** Killed at that step. `meanwhile` leads up to it. */
async function killAtStep(
  what: string,
  halt: Omit<Halt, "signal">,
  meanwhile: (desk: Desk) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const desk = startDesk({ ...halt, signal: "SIGKILL" });
  try {
    // Cut off where the desk dies in the middle of it.
    await meanwhile(desk).catch(() => {});
    const ended = await Promise.race([desk.exited, sleep(30_000, { code: "still running" }, { ref: false })]);
    expect({ what, ...ended }).toEqual({ what, code: 137 });
  } finally {
    desk.kill();
  }
}

const ofIngest: readonly (readonly [what: string, topic: Topic, statement: string, when: Halt["when"]])[] = [
  ["a batch of alerts came", topics.alerts, "INSERT INTO kafka_position", "before"],
  ["their events were noted", topics.alerts, "INSERT INTO event_case", "after"],
  ["alerts were written", topics.alerts, "INSERT INTO alert (", "after"],
  ["all of them was written", topics.alerts, "UPDATE kafka_position", "before"],
  ["the position was moved", topics.alerts, "UPDATE kafka_position", "after"],
  ["all was ready to be committed", topics.alerts, "COMMIT", "before"],
  ["it was committed, and the group's offset was not", topics.alerts, "COMMIT", "after"],
  ["a use was counted", topics.decisions, "INSERT INTO good_guy_use", "after"],
  ["a decision was noted", topics.decisions, "INSERT INTO event_case AS", "after"],
  ["a hold was ended", topics.decisions, "UPDATE alert a SET state = 'SUPERSEDED'", "after"],
  ["decisions were ready to be committed", topics.decisions, "COMMIT", "before"],
  ["they were committed, and the group's offset was not", topics.decisions, "COMMIT", "after"],
  ["an amended entry was noted", topics.listChanges, "INSERT INTO designation_now", "after"],
  ["it was committed, and the group's offset was not", topics.listChanges, "COMMIT", "after"],
];

test("killed at every step of its ingest the desk misses nothing and takes nothing in twice", async () => {
  for (const [what, topic, statement, when] of ofIngest) {
    await news();
    await killAtStep(what, { within: prefix + topic, statement, when });
  }
  const desk = startDesk(null);
  try {
    expect(await takenIn()).toEqual(eachOnce());
  } finally {
    await desk.stop();
  }
}, 240_000);

test("of two desks that read the same, one that was overtaken while it stood still takes nothing in again", async () => {
  await news();
  const slow = startDesk({
    within: prefix + topics.decisions,
    statement: "INSERT INTO kafka_position",
    when: "before",
    signal: "SIGSTOP",
  });
  let pid: number | null = null;
  let fast: Desk | null = null;
  try {
    pid = await slow.halted;
    fast = startDesk(null);
    for (let n = 0; n < 3; n++) await news();
    expect(await takenIn()).toEqual(eachOnce());
    process.kill(pid, "SIGCONT");
    for (let n = 0; n < 10; n++) await news();
    await untilReadToTheEnd(slow);
    expect(await takenIn()).toEqual(eachOnce());
  } finally {
    if (pid !== null) process.kill(pid, "SIGCONT");
    await Promise.all([slow.stop(), fast?.stop()]);
  }
});

const agreement = "INSERT INTO outbox";
const sending = "UPDATE outbox SET sent_at";

test("killed between an agreement and its disposition the desk sends it all the same, and never another", async () => {
  await news();
  await news();
  const people: Person[] = [];
  const release = async (desk: Desk): Promise<void> => {
    const url = await desk.url;
    // Sessions outlive the desk that made them.
    if (people.length === 0) people.push(...(await Promise.all(["hanna", "chen"].map((name) => signInAt(url, name)))));
    const [hanna, chen] = people.map(({ cookie }) => personOf(url, cookie));
    if (hanna !== undefined && chen !== undefined) await releaseNext(hanna, chen);
  };
  await killAtStep("an agreement was ready", { within: agreement, statement: "COMMIT", when: "before" }, release);
  expect(await agreed()).toEqual([]);
  await killAtStep("it was committed", { within: agreement, statement: "COMMIT", when: "after" }, release);
  await killAtStep("it was sent, and not noted", { within: sending, statement: sending, when: "before" });
  await killAtStep("it was noted, and not committed", { within: sending, statement: "COMMIT", when: "before" });
  await killAtStep("it was noted for good", { within: sending, statement: "COMMIT", when: "after" });
  expect(await rows("SELECT 1 FROM outbox WHERE sent_at IS NULL")).toEqual([]);
  const sent = await dispositions();
  expect(sent.map(({ eventId }) => ({ event_id: eventId }))).toEqual(Array(3).fill((await agreed())[0]));
  expect(new Set(sent.map((one) => JSON.stringify(one))).size).toBe(1);
  const database = openDatabase({ url: databaseUrl, role: null, connections: 1, logger: silentLogger });
  expect(await verifyAudit(database)).toMatchObject({ ok: true });
  await database.close();
});

const agreed = () =>
  rows<{ event_id: string }>(
    "SELECT event_id FROM proposal JOIN alert USING (alert_id) WHERE proposal.state = 'AGREED'",
  );

/** Two people release the most urgent alert. */
async function releaseNext(hanna: Person, chen: Person): Promise<void> {
  const { alertId, version, evidenceHash } = (
    await eventually(
      () => hanna.post("/alerts/next"),
      ({ status }) => status === 200,
    )
  ).body;
  const { body } = await hanna.post(`/alerts/${String(alertId)}/proposals`, {
    decision: "RELEASE",
    reasons: ["OTHER"],
    rationale: "Said to a desk that is about to be killed.",
    version,
    evidenceHash,
  });
  const seen = { version: body.version, evidenceHash: body.evidenceHash };
  await chen.post(`/proposals/${String(body.proposal.id)}/agree`, seen);
}

async function dispositions(): Promise<readonly Disposition[]> {
  const subject = subjectOf(topics.dispositions);
  const decoder = createDecoder(subject, schemaText(subject));
  const found: Disposition[] = [];
  const reader = await kafka.reader();
  try {
    await reader.read(await reader.extent(prefix + topics.dispositions), async ({ records }) => {
      for (const { value } of records) if (value !== null) found.push(decoder.decode(value));
      return Promise.resolve();
    });
  } finally {
    await reader.close();
  }
  return found;
}
