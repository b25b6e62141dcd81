import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { createKafkaClient, type Producer } from "@cordon/kafka";
import { spawnLeashed } from "@cordon/local-stack";
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
import { createSchemaRegistry, type SchemaRegistry } from "@cordon/service";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import {
  eventually,
  freshDatabase,
  masterKeyOfTests,
  password,
  type Person,
  personOf,
  signInAt,
} from "./support/desk.ts";
import type { KillPoint } from "./support/kill-at.ts";
import { alert, decision, listChange, match } from "./support/records.ts";

/*
 * The desk's own program on real Kafka and PostgreSQL, killed by SIGKILL at each of its steps. Each one that follows is of another group, so
 * every topic is read again from its beginning, and of the last two both read everything.
 */

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const killAt = fileURLToPath(new URL("support/kill-at.ts", import.meta.url));

const prefix = `kill-${randomUUID().slice(0, 8)}.`;
let databaseUrl: string;
let drop: () => Promise<void>;
let pool: pg.Pool;
let producer: Producer;
let registry: SchemaRegistry;
let groups = 0;

beforeAll(async () => {
  const { kafkaBrokers, registryUrl, databaseUrl: server } = inject("stack");
  const fresh = await freshDatabase(server);
  ({ url: databaseUrl, drop } = fresh);
  pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  registry = createSchemaRegistry({ url: registryUrl });
  const kafka = createKafkaClient({ brokers: kafkaBrokers.split(","), clientId: "outside" });
  const admin = await kafka.admin();
  await admin.ensureTopics(
    [topics.alerts, topics.decisions, topics.dispositions, topics.listChanges].map((topic) => ({
      topic: prefix + topic,
      partitions: 1,
      replicationFactor: 1,
      minInSyncReplicas: 1,
    })),
  );
  await admin.close();
  producer = await kafka.producer();
});
afterAll(async () => {
  await producer.close();
  await pool.end();
  await drop();
});

/** A desk as a process of its own. */
function startDesk(point: KillPoint | null) {
  const { kafkaBrokers, registryUrl, redisUrl } = inject("stack");
  const leashed = spawnLeashed(process.execPath, [`--import=${killAt}`, main], {
    output: "pipe",
    env: {
      PATH: process.env["PATH"],
      KAFKA_BROKERS: kafkaBrokers,
      SCHEMA_REGISTRY_URL: registryUrl,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: prefix,
      TOPIC_PREFIX: prefix,
      KAFKA_REPLICATION_FACTOR: "1",
      KAFKA_MIN_INSYNC_REPLICAS: "1",
      KAFKA_EVENT_PARTITIONS: "1",
      DESK_GROUP_ID: `desk-${String(groups++)}`,
      DESK_DATABASE_URL: databaseUrl,
      DESK_MASTER_KEY: masterKeyOfTests,
      DESK_LOCAL_USERS: "true",
      DESK_DEMO_PASSWORD: password,
      DESK_PORT: "0",
      HTTP_PORT: "0",
      HTTP_HOST: "127.0.0.1",
      DESK_KILL_AT: JSON.stringify(point),
    },
  });
  const listening = Promise.withResolvers<string>();
  listening.promise.catch(() => {});
  const said: string[] = [];
  for (const stream of [leashed.stdout, leashed.stderr])
    if (stream !== null)
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const { msg, desk } = (line.startsWith("{") ? JSON.parse(line) : {}) as { msg?: string; desk?: string };
        if (msg === "listening" && desk !== undefined) listening.resolve(desk);
      });
  void leashed.exited.then(() => listening.reject(new Error(`the desk ended early: ${said.slice(-5).join("\n")}`)));
  return {
    url: listening.promise,
    stop: () => leashed.stop(),
    kill: () => leashed.kill(),
    exited: leashed.exited,
    said,
  };
}

async function send(topic: Topic, key: string, value: Alert | Decision | ListChange): Promise<void> {
  const subject = `${topic}-value` as Subject;
  const id = await registry.register(`${prefix}${subject}`, schemaText(subject));
  await producer.send([
    {
      topic: prefix + topic,
      key: Buffer.from(key),
      value: createEncoder(subject).encode(value, id),
      headers: "outcome" in value ? { [decisionHeaders.outcome]: value.outcome } : {},
    },
  ]);
}

const rows = async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
  (await pool.query<R>(text, [...values])).rows;

let offsets = 0;

/** Something new of each kind that is read: an alert, a held event, an entry that was amended. */
async function news(): Promise<void> {
  const hit = alert(offsets++, { matches: [match({ designationId: `uk:K${String(offsets)}` })] });
  await send(topics.alerts, hit.eventId, hit);
  await send(topics.decisions, hit.eventId, decision(hit.sourceOffset, "HIT", { alertId: hit.alertId }));
  const held = decision(offsets++, "HOLD");
  await send(topics.decisions, held.eventId, held);
  await send(topics.listChanges, `uk:L${String(offsets)}`, listChange(`uk:L${String(offsets)}`, "a".repeat(64)));
}

const steps: readonly (readonly [string, KillPoint])[] = [
  ["a batch came", { statement: "INSERT INTO kafka_position", at: "statement", when: "before" }],
  ["alerts were written", { statement: "INSERT INTO alert (", at: "statement", when: "after" }],
  ["a decision was counted", { statement: "INSERT INTO event_case AS", at: "statement", when: "after" }],
  ["a list change was noted", { statement: "INSERT INTO designation_now", at: "statement", when: "after" }],
  ["all was ready to be committed", { statement: "UPDATE kafka_position", at: "commit", when: "before" }],
  [
    "it was committed, and the group's offset was not",
    { statement: "UPDATE kafka_position", at: "commit", when: "after" },
  ],
  ["an agreement was ready to be committed", { statement: "INSERT INTO outbox", at: "commit", when: "before" }],
  ["an agreement was committed, and nobody told", { statement: "INSERT INTO outbox", at: "commit", when: "after" }],
  [
    "a disposition was sent, and not noted",
    { statement: "UPDATE outbox SET sent_at", at: "statement", when: "before" },
  ],
  [
    "that it was sent was noted, and not committed",
    { statement: "UPDATE outbox SET sent_at", at: "commit", when: "before" },
  ],
  ["that it was sent was committed", { statement: "UPDATE outbox SET sent_at", at: "commit", when: "after" }],
];

const people: { hanna: Person; chen: Person; auditor: Person }[] = [];

/** Sessions outlive the desk that made them. */
async function peopleAt(url: string) {
  const [first] = people;
  if (first === undefined) {
    const [hanna, chen, auditor] = await Promise.all(["hanna", "chen", "auditor"].map((name) => signInAt(url, name)));
    if (hanna === undefined || chen === undefined || auditor === undefined) throw new Error("nobody signed in");
    people.push({ hanna, chen, auditor });
    return { hanna, chen, auditor };
  }
  return {
    hanna: personOf(url, first.hanna.cookie),
    chen: personOf(url, first.chen.cookie),
    auditor: personOf(url, first.auditor.cookie),
  };
}

/** Two people release the most urgent alert. Whatever of it the desk's death cuts off is done again, or was done. */
async function releaseNext(url: string): Promise<void> {
  const { hanna, chen } = await peopleAt(url);
  const taken = (await hanna.post("/alerts/next")).body;
  const { version, evidenceHash, alertId } = taken;
  const shown = (
    await hanna.post(`/alerts/${String(alertId)}/proposals`, {
      decision: "RELEASE",
      reasons: ["OTHER"],
      rationale: "Said to a desk that is about to be killed.",
      version,
      evidenceHash,
    })
  ).body;
  const seen = { version: shown.version, evidenceHash: shown.evidenceHash };
  await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seen);
}

test("killed at every step, and begun again, the desk misses nothing and does nothing twice", async () => {
  for (const [what, point] of steps) {
    await news();
    const desk = startDesk(point);
    try {
      const deed = point.statement.includes("outbox");
      if (deed) {
        const url = await desk.url;
        await eventually(
          () => rows("SELECT 1 FROM alert WHERE state = 'OPEN' AND kind = 'alert'"),
          (open) => open.length > 0,
        );
        // Cut off where the desk dies in the middle of it.
        await releaseNext(url).catch(() => {});
      }
      const killed = await Promise.race([desk.exited, sleep(40_000).then(() => ({ code: "still running" }))]);
      expect([what, killed.code, desk.said.slice(-3)]).toEqual([what, 137, desk.said.slice(-3)]);
    } finally {
      desk.kill();
    }
  }
  // Two at once, one of which is killed while much comes in.
  const [one, two] = [startDesk(null), startDesk(null)];
  try {
    const url = await one.url;
    const doomed = two.url.then(() => sleep(300)).then(() => two.kill());
    for (let n = 0; n < 40; n++) await news();
    await doomed;
    for (let n = 0; n < 3; n++) await releaseNext(url);
    const hits = offsets / 2;
    await eventually(
      () => rows<{ kind: string; n: number }>("SELECT kind, count(*)::int AS n FROM alert GROUP BY kind ORDER BY kind"),
      (found) => found.length === 2 && found.every(({ n }) => n >= hits),
      40,
    );
    // Each once, and said so once.
    expect(await rows("SELECT kind, count(*)::int AS n FROM alert GROUP BY kind ORDER BY kind")).toEqual([
      { kind: "alert", n: hits },
      { kind: "hold", n: hits },
    ]);
    expect(
      await rows("SELECT sum((detail::json->>'added')::int)::int AS n FROM audit WHERE action = 'received'"),
    ).toEqual([{ n: 2 * hits }]);
    expect(await rows("SELECT count(*)::int AS n FROM designation_now")).toEqual([{ n: hits }]);
    expect(await rows("SELECT count(*)::int AS n FROM event_case WHERE outcome IS NULL")).toEqual([{ n: 0 }]);
    const agreed = await rows<{ event_id: string; n: number }>(
      "SELECT event_id, count(*)::int AS n FROM proposal JOIN alert USING (alert_id) WHERE proposal.state = 'AGREED' GROUP BY event_id",
    );
    expect(agreed.length).toBeGreaterThanOrEqual(4);
    await eventually(
      () => rows("SELECT 1 FROM outbox WHERE sent_at IS NULL"),
      (waiting) => waiting.length === 0,
    );
    const sent = await dispositions();
    // Again the same bytes, where it was sent and not noted; never another, never none.
    const bytes = Map.groupBy(sent, ({ eventId }) => eventId);
    expect(new Set(bytes.keys())).toEqual(new Set(agreed.map((each) => each.event_id)));
    for (const [, same] of bytes) expect(new Set(same.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(sent.length).toBeGreaterThan(agreed.length);
    const { auditor } = await peopleAt(url);
    expect((await auditor.post("/audit/verify")).body).toMatchObject({ ok: true });
  } finally {
    await Promise.all([one.stop(), two.stop()]);
  }
}, 300_000);

async function dispositions(): Promise<readonly Disposition[]> {
  const subject = subjectOf(topics.dispositions);
  const decoder = createDecoder(subject, schemaText(subject));
  const reader = await createKafkaClient({
    brokers: inject("stack").kafkaBrokers.split(","),
    clientId: "outside",
  }).reader();
  const found: Disposition[] = [];
  try {
    await reader.read(await reader.extent(prefix + topics.dispositions), ({ records }) => {
      for (const { value } of records) if (value !== null) found.push(decoder.decode(value));
      return Promise.resolve();
    });
  } finally {
    await reader.close();
  }
  return found;
}
