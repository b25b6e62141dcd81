import { randomUUID } from "node:crypto";

import { CordonError } from "@cordon/errors";
import { openLink } from "@cordon/local-stack";
import { type Alert, createEncoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { createSchemaRegistry } from "@cordon/service";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { eventually, freshDatabase, masterKeyOfTests, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert } from "./support/records.ts";

let desk: TestDesk;
let drop: () => Promise<void>;
let link: Awaited<ReturnType<typeof openLink>>;
let direct: string;

beforeAll(async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  direct = database.url;
  link = await openLink(Number(new URL(database.url).port));
  const url = new URL(database.url);
  url.host = `127.0.0.1:${String(link.port)}`;
  desk = await startTestDesk({ databaseUrl: url.href });
});
afterAll(async () => {
  await desk.stop();
  await link.close();
  await drop();
});

test("while the database is away requests are refused and alerts wait; then each is there once", async () => {
  const hanna = await desk.signIn("hanna");
  await eventually(
    () => hanna.get("/alerts"),
    ({ status }) => status === 200,
  );
  await link.set({ kind: "refused" });
  const made = alert(1);
  await desk.send(topics.alerts, made.eventId, made);
  const refused = await eventually(
    () => hanna.get("/alerts"),
    ({ status }) => status !== 200,
  );
  expect(refused).toMatchObject({ status: 503, body: { code: "STORE_UNAVAILABLE" } });
  expect(
    desk.kafka.committed("cordon-desk").find(({ topic, offset }) => topic === topics.alerts && offset > 0n),
  ).toBeUndefined();
  await link.set({ kind: "open" });
  await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
    30,
  );
  expect((await hanna.get("/alerts")).body.items).toHaveLength(1);
});

test("while Kafka takes nothing people work on, and what they decided is sent when it is back", async () => {
  const [hanna, chen] = await Promise.all([desk.signIn("hanna"), desk.signIn("chen")]);
  const made = alert(2);
  await desk.send(topics.alerts, made.eventId, made);
  const { body: seen } = await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
  );
  desk.kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "switched off by the test"));
  const { body: shown } = await hanna.post(`/alerts/${made.alertId}/proposals`, {
    decision: "REJECT",
    reasons: ["CONFIRMED"],
    rationale: "The very person, by the passport.",
    version: seen.version,
    evidenceHash: seen.evidenceHash,
  });
  const done = await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, {
    version: shown.version,
    evidenceHash: shown.evidenceHash,
  });
  expect(done.body.decision).toBe("REJECT");
  expect((await hanna.get(`/alerts/${made.alertId}`)).body).toMatchObject({ state: "REJECTED", sent: false });
  desk.kafka.failSends(null);
  await eventually(
    () => desk.dispositions(),
    (all) => all.length === 1,
  );
  await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ body }) => body.sent === true,
  );
});

test("while the registry is away alerts of known schemas come in and are judged; one of a new schema waits, and comes once", async () => {
  const subject = subjectOf(topics.alerts);
  const { registryUrl, databaseUrl } = inject("stack");
  const there = createSchemaRegistry({ url: registryUrl });
  const away = await openLink(Number(new URL(registryUrl).port));
  const through = new URL(registryUrl);
  through.host = `127.0.0.1:${String(away.port)}`;
  const fresh = await freshDatabase(databaseUrl);
  const other = await startTestDesk({ databaseUrl: fresh.url, registry: createSchemaRegistry({ url: through.href }) });
  try {
    const encoder = createEncoder(subject);
    const known = await there.register(`${topics.alerts}-value`, schemaText(subject));
    // The same fields, told otherwise: another id.
    const text = JSON.stringify({ ...(JSON.parse(schemaText(subject)) as object), doc: `of ${randomUUID()}` });
    const unknown = await there.register(`${randomUUID()}-value`, text);
    expect(unknown).not.toBe(known);
    const [first, second, third] = [alert(11), alert(12), alert(13)];
    const sends = (one: Alert, id: number) => other.sendBytes(topics.alerts, "one key", encoder.encode(one, id));
    const hanna = await other.signIn("hanna");
    const comes = ({ alertId }: Alert) =>
      eventually(
        () => hanna.get(`/alerts/${alertId}`),
        ({ status }) => status === 200,
        40,
      );
    await sends(first, known);
    await comes(first);
    await away.set({ kind: "refused" });
    await sends(second, known);
    const { body: seen } = await comes(second);
    await sends(third, unknown);
    const proposed = await hanna.post(`/alerts/${second.alertId}/proposals`, {
      decision: "ESCALATE",
      reasons: [],
      rationale: "It cannot be told by what is here.",
      version: seen.version,
      evidenceHash: seen.evidenceHash,
    });
    expect(proposed.status).toBe(201);
    await eventually(
      () => other.dispositions(),
      (all) => all.length === 1,
    );
    expect((await hanna.get(`/alerts/${third.alertId}`)).status).toBe(404);
    await away.set({ kind: "open" });
    await comes(third);
    expect(await other.sql("SELECT 1 FROM alert")).toHaveLength(3);
  } finally {
    await other.stop();
    await away.close();
    await fresh.drop();
  }
});

test("what a person left is open again when the lease is over, and what they proposed stays", async () => {
  const [hanna, chen] = [await desk.signIn("hanna"), await desk.signIn("chen")];
  const [left, proposed] = [alert(21), alert(22)];
  for (const made of [left, proposed]) await desk.send(topics.alerts, made.eventId, made);
  for (const made of [left, proposed])
    await eventually(
      () => hanna.get(`/alerts/${made.alertId}`),
      ({ status }) => status === 200,
    );
  await hanna.post(`/alerts/${left.alertId}/take`);
  const { version, evidenceHash } = (await hanna.get(`/alerts/${proposed.alertId}`)).body;
  await hanna.post(`/alerts/${proposed.alertId}/proposals`, {
    decision: "REJECT",
    reasons: ["CONFIRMED"],
    rationale: "The very person, by the passport.",
    version,
    evidenceHash,
  });
  await desk.sql("UPDATE alert SET lease_until = now() - interval '1 second' WHERE alert_id = $1", [left.alertId]);
  const open = await eventually(
    () => chen.get(`/alerts/${left.alertId}`),
    ({ body }) => body.state === "OPEN",
  );
  expect(open.body.timeline.at(-1)).toMatchObject({ action: "lease over", actor: "cordon" });
  expect((await chen.get(`/alerts/${proposed.alertId}`)).body.state).toBe("PROPOSED");
});

test("with another master key the desk does not start", async () => {
  await expect(
    startTestDesk({ databaseUrl: direct, masterKey: Buffer.alloc(32, 1).toString("base64") }),
  ).rejects.toThrow(/KEY_MISSING/);
  expect(masterKeyOfTests).not.toBe("");
});

test("after a restore from a backup what the group had passed is taken in again", async () => {
  await eventually(
    () => desk.sql("SELECT 1 FROM alert"),
    (rows) => rows.length === 4,
  );
  const fresh = await freshDatabase(inject("stack").databaseUrl);
  const restored = await startTestDesk({ databaseUrl: fresh.url, kafka: desk.kafka, registry: desk.registry });
  try {
    const taken = await eventually(
      () => restored.sql("SELECT 1 FROM alert"),
      (rows) => rows.length >= 4,
      30,
    );
    expect(taken).toHaveLength(4);
  } finally {
    await restored.stop();
    await fresh.drop();
  }
});

/** An alert, as soon as the desk has made the topic. */
async function sent(to: TestDesk, offset: number): Promise<void> {
  const made = alert(offset);
  await eventually(
    () =>
      to.send(topics.alerts, "one partition", made).then(
        () => true,
        () => false,
      ),
    Boolean,
  );
}

test("a topic that was made anew is read from its first record, whatever was read of the old one", async () => {
  const fresh = await freshDatabase(inject("stack").databaseUrl);
  const old = await startTestDesk({ databaseUrl: fresh.url, environment: { DESK_GROUP_ID: "old" } });
  for (const offset of [31, 32, 33]) await sent(old, offset);
  await eventually(
    () => old.sql("SELECT 1 FROM alert"),
    (rows) => rows.length === 3,
  );
  await old.stop();
  const anew = await startTestDesk({ databaseUrl: fresh.url });
  try {
    await sent(anew, 34);
    await eventually(
      () => anew.sql("SELECT 1 FROM alert"),
      (rows) => rows.length === 4,
    );
    const at = "SELECT next_offset FROM kafka_position WHERE topic = $1 AND next_offset > 0";
    expect(await anew.sql(at, [topics.alerts])).toEqual([{ next_offset: "1" }]);
    expect(await anew.sql("SELECT detail FROM audit WHERE action = 'topic made anew'")).toHaveLength(1);
  } finally {
    await anew.stop();
    await fresh.drop();
  }
});
