import { randomUUID } from "node:crypto";

import { topics } from "@cordon/schemas";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision, match } from "./support/records.ts";

/* Whoever wants to release money alone, twice, or without a trace: by the API, and with the rights of the desk itself at the database. */

const said = { reasons: ["OTHER"], rationale: "Said by somebody who wants it gone." };

let desk: TestDesk;
let drop: () => Promise<void>;
let asDesk: pg.Pool;
let hanna: Person;
let omar: Person;
let chen: Person;
let offset = 700;

beforeAll(async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  desk = await startTestDesk({ databaseUrl: database.url });
  asDesk = new pg.Pool({ connectionString: database.url, max: 2, options: "-c role=cordon_desk" });
  [hanna, omar, chen] = await Promise.all([desk.signIn("hanna"), desk.signIn("omar"), desk.signIn("chen")]);
});
afterAll(async () => {
  await asDesk.end();
  await desk.stop();
  await drop();
});

async function raised(designationId = "uk:TEST1") {
  const made = alert(offset++, { matches: [match({ designationId })] });
  await desk.send(topics.alerts, made.eventId, made);
  await desk.send(topics.decisions, made.eventId, decision(made.sourceOffset, "HIT", { alertId: made.alertId }));
  await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
  );
  return made;
}

const seenBy = async (person: Person, alertId: string) => {
  const { version, evidenceHash, proposal } = (await person.get(`/alerts/${alertId}`)).body;
  return { seen: { version, evidenceHash }, proposal: String(proposal?.id) };
};

async function propose(person: Person, alertId: string, decided = "RELEASE") {
  const { seen } = await seenBy(person, alertId);
  return person.post(`/alerts/${alertId}/proposals`, { decision: decided, ...said, ...seen });
}

async function agree(person: Person, alertId: string) {
  const { seen, proposal } = await seenBy(person, alertId);
  return person.post(`/proposals/${proposal}/agree`, seen);
}

const gone = async (eventId: string) => (await desk.dispositions()).filter((one) => one.eventId === eventId);

describe("alone", () => {
  test("nobody releases: not from another session, not after an escalation, not after being sent back", async () => {
    const { alertId, eventId } = await raised();
    await propose(hanna, alertId, "ESCALATE");
    await propose(omar, alertId);
    const elsewhere = await desk.signIn("hanna");
    expect((await agree(elsewhere, alertId)).body.code).toBe("SAME_PERSON");
    expect((await agree(omar, alertId)).body.code).toBe("SAME_PERSON");
    const { seen, proposal } = await seenBy(chen, alertId);
    await chen.post(`/proposals/${proposal}/send-back`, seen);
    await propose(omar, alertId);
    expect((await agree(hanna, alertId)).body.code).toBe("SAME_PERSON");
    expect((await gone(eventId)).filter((one) => one.decision !== "ESCALATE")).toEqual([]);
    expect((await agree(chen, alertId)).status).toBe(200);
  });

  test("no administrator becomes a handler beside it", async () => {
    const admin = await desk.signIn("admin");
    const answer = await admin.put("/users", { userId: "admin", roles: ["admin", "handler", "checker"] });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await admin.get("/me")).body.roles).toEqual(["admin"]);
  });
});

test("twice nobody releases an event, however many agree at once", async () => {
  const { alertId, eventId } = await raised();
  await propose(hanna, alertId);
  const { seen, proposal } = await seenBy(chen, alertId);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? chen : omar).post(`/proposals/${proposal}/agree`, seen)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(answers.map(({ body }) => String(body.code)))).toContain("STATE_FINAL");
  await eventually(
    () => gone(eventId),
    (sent) => sent.length > 0,
  );
  expect(await gone(eventId)).toHaveLength(1);
});

test("nobody is called as the desk is in the audit", async () => {
  const admin = await desk.signIn("admin");
  expect((await admin.put("/users", { userId: "cordon", roles: ["handler"] })).status).toBe(400);
});

describe("with the desk's own rights at the database", () => {
  let decided: { readonly alertId: string; readonly eventId: string };
  beforeAll(async () => {
    decided = await raised();
    await propose(hanna, decided.alertId);
    await agree(chen, decided.alertId);
  });

  test.each<[string, string]>([
    ["what was proposed is no other's", "UPDATE proposal SET maker = 'omar' WHERE alert_id = $1"],
    ["what was decided stays decided", "UPDATE proposal SET state = 'SENT_BACK' WHERE alert_id = $1"],
    [
      "no row stands beside the chain of the audit",
      "INSERT INTO audit SELECT -seq, at, actor, action, subject, detail, prev, hash FROM audit WHERE subject = $1",
    ],
    ["a maker is no checker", "UPDATE proposal SET checker = maker WHERE alert_id = $1"],
    ["what was agreed is no other's", "UPDATE disposition SET maker = 'omar' WHERE event_id <> $1"],
    ["a disposition does not go", "DELETE FROM disposition WHERE event_id <> $1"],
    ["what is final stays final", "UPDATE alert SET state = 'OPEN', closed_at = NULL WHERE alert_id = $1"],
    ["a row of the audit is not changed", "UPDATE audit SET actor = 'omar' WHERE subject = $1"],
    ["a row of the audit does not go", "DELETE FROM audit WHERE subject = $1"],
    [
      "an event is not decided twice",
      `INSERT INTO disposition SELECT gen_random_uuid(), d.source_topic, d.source_partition, d.source_offset, d.event_id, d.origin, d.decision,
         d.proposal_id, d.maker, d.checker, d.decided_at, d.audit_seq FROM disposition d JOIN proposal p USING (proposal_id) WHERE p.alert_id = $1`,
    ],
    [
      "a good guy is agreed with by another than its maker",
      "INSERT INTO good_guy_state (good_guy_id, state, by, maker, why) SELECT gen_random_uuid(), 'ACTIVE', 'omar', 'omar', $1",
    ],
  ])("%s", async (_what, statement) => {
    await expect(asDesk.query(statement, [decided.alertId])).rejects.toThrow(
      /violates check|permission denied|append-only|final state|duplicate key|stays as it was made/,
    );
  });

  test("what waits to go out is not changed, nor is a user made another person", async () => {
    await desk.sql("UPDATE app_user SET provided_as = 'https://login.example hanna-at-login' WHERE user_id = 'hanna'");
    for (const statement of [
      "UPDATE audit_before_records SET seq = 1000000",
      "UPDATE outbox SET value = replace(value, 'REJECT', 'RELEASE')",
      "UPDATE outbox SET topic = 'elsewhere'",
      "UPDATE app_user SET provided_as = 'https://login.example omar-at-login' WHERE user_id = 'hanna'",
    ])
      await expect(asDesk.query(statement)).rejects.toThrow(/permission denied|stays the person/);
  });

  test("the audit is not emptied, nor its triggers switched off", async () => {
    for (const statement of ["TRUNCATE audit", "ALTER TABLE audit DISABLE TRIGGER ALL", "DROP TABLE audit"])
      await expect(asDesk.query(statement)).rejects.toThrow(/permission denied|must be owner|append-only/);
  });

  test("what is put in another's name is not agreed by whoever put it there", async () => {
    const { alertId, eventId } = await raised("uk:PUT-THERE");
    const { seen } = await seenBy(hanna, alertId);
    const proposalId = randomUUID();
    await asDesk.query(
      `INSERT INTO proposal (proposal_id, alert_id, decision, reasons, rationale, month, maker, evidence_hash, state)
       SELECT $2, $1, 'RELEASE', '{OTHER}', rationale, month, 'omar', $3, 'MADE' FROM proposal LIMIT 1`,
      [alertId, proposalId, seen.evidenceHash],
    );
    await asDesk.query("UPDATE alert SET state = 'PROPOSED' WHERE alert_id = $1", [alertId]);
    expect((await hanna.post(`/proposals/${proposalId}/agree`, seen)).status).toBe(200);
    await eventually(
      async () => (await fetch(`${desk.url}/readyz`)).json(),
      (report) => JSON.stringify(report).includes("no disposition is sent"),
    );
    expect(await gone(eventId)).toEqual([]);
    await desk.sql("DELETE FROM outbox WHERE key = $1", [eventId]);
    const auditor = await desk.signIn("auditor");
    expect((await auditor.post("/audit/verify")).body).toMatchObject({ ok: true });
  });

  test.each([
    ["that no row of the audit made", { dispositionId: randomUUID() }],
    ["of another event than the row of the audit made it for", {}],
    ["that was made otherwise than the row of the audit made it", { reasons: ["BIRTH_DATE"] }],
  ])("nothing goes out %s, and nothing after it, until somebody has looked", async (_what, made) => {
    const { eventId, sourceOffset } = await raised();
    const witness = (await desk.dispositions()).find(({ decision: one }) => one === "RELEASE");
    // Whole in itself, with the place of a true row of the audit.
    const forged = { ...witness, eventId, sourceOffset, ...made };
    await asDesk.query("INSERT INTO outbox (topic, key, value) VALUES ($1, $2, $3)", [
      topics.dispositions,
      eventId,
      JSON.stringify(forged),
    ]);
    await eventually(
      async () => (await fetch(`${desk.url}/readyz`)).json(),
      (report) => JSON.stringify(report).includes("no disposition is sent"),
    );
    const next = await raised();
    await propose(hanna, next.alertId, "REJECT");
    await agree(chen, next.alertId);
    expect([await gone(eventId), await gone(next.eventId)]).toEqual([[], []]);
    await desk.sql("DELETE FROM outbox WHERE key = $1", [eventId]);
    const auditor = await desk.signIn("auditor");
    expect((await auditor.post("/audit/verify")).body).toMatchObject({ ok: true });
    await eventually(
      () => gone(next.eventId),
      (sent) => sent.length === 1,
    );
    expect(await gone(eventId)).toEqual([]);
  });
});

test("of many wrong passwords at once five are tried", async () => {
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, n) =>
      desk.anonymous().post("/session", { user: "somebody", password: `a guess ${String(n)}` }),
    ),
  );
  const codes = answers.map(({ body }) => String(body.code));
  expect(codes.filter((code) => code === "SIGN_IN_NEEDED")).toHaveLength(5);
  expect(codes.filter((code) => code === "TOO_MANY")).toHaveLength(10);
});

test("whoever reads what was kept is written down", async () => {
  const { alertId } = await raised();
  const [auditor, admin] = await Promise.all([desk.signIn("auditor"), desk.signIn("admin")]);
  await hanna.post(`/alerts/${alertId}/take`);
  await hanna.post(`/alerts/${alertId}/take`);
  await hanna.get("/good-guys");
  await hanna.get("/samples");
  await hanna.get("/alerts?view=queue&q=Planted+Searchterm");
  await hanna.get("/alerts?view=queue");
  await hanna.post(`/alerts/${alertId}/replay`);
  await auditor.get("/reports/flow?format=csv");
  await auditor.post("/audit/verify");
  await admin.get("/users");
  await admin.get("/settings");
  const rows = await desk.sql<{ actor: string; action: string; subject: string; detail: string }>(
    "SELECT actor, action, subject, detail FROM audit ORDER BY seq DESC LIMIT 20",
  );
  const reads = rows.map(
    ({ actor, action, subject }) => `${actor}: ${action}${subject === "" ? "" : ` of ${subject}`}`,
  );
  expect(reads.toReversed()).toEqual(
    expect.arrayContaining([
      `hanna: taken of ${alertId}`,
      "hanna: good guys read",
      "hanna: samples read",
      "hanna: searched",
      `hanna: replayed of ${alertId}`,
      "auditor: report read of flow",
      "auditor: audit verified",
      "admin: users read",
      "admin: settings read",
    ]),
  );
  expect(reads.filter((one) => one === `hanna: taken of ${alertId}`)).toHaveLength(2);
  expect(reads.filter((one) => one === "hanna: searched")).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("Searchterm");
});
