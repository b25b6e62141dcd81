import { createHash } from "node:crypto";

import { topics } from "@cordon/schemas";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import type { RunCordon } from "../src/work/run-cordon.ts";
import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision, listChange, match, somebody } from "./support/records.ts";

const reasoned = { reasons: ["BIRTH_DATE"], rationale: "Born a decade apart, by the passport on file." };

let desk: TestDesk;
let dropDatabase: () => Promise<void>;
let hanna: Person;
let omar: Person;
let chen: Person;
let auditor: Person;
let nextOffset = 100;

/** Frees nothing whose id says that it stays. */
const runCordon: RunCordon = async (args) => {
  const heldStill = args.flatMap((one) => /^--event=(.*stays)$/.exec(one)?.slice(1) ?? []);
  return Promise.resolve({
    code: heldStill.length === 0 ? 0 : 1,
    stdout: JSON.stringify({ heldStill, gone: [] }),
    said: "",
  });
};

beforeAll(async () => {
  const { url, drop } = await freshDatabase(inject("stack").databaseUrl);
  dropDatabase = drop;
  desk = await startTestDesk({ databaseUrl: url, runCordon });
  [hanna, omar, chen, auditor] = await Promise.all([
    desk.signIn("hanna"),
    desk.signIn("omar"),
    desk.signIn("chen"),
    desk.signIn("auditor"),
  ]);
});
afterAll(async () => {
  await desk.stop();
  await dropDatabase();
});

/** A new alert that the desk has taken in. */
async function raised(change: Parameters<typeof alert>[1] = {}) {
  const made = alert(nextOffset++, change);
  await desk.send(topics.alerts, made.eventId, made);
  await desk.send(
    topics.decisions,
    made.eventId,
    decision(made.sourceOffset, "HIT", { eventId: made.eventId, alertId: made.alertId }),
  );
  await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
  );
  return made;
}

async function proposed(change: Parameters<typeof alert>[1] = {}, how: Readonly<Record<string, unknown>> = {}) {
  const made = await raised(change);
  const seen = (await hanna.get(`/alerts/${made.alertId}`)).body;
  const answer = await hanna.post(`/alerts/${made.alertId}/proposals`, {
    decision: "RELEASE",
    ...reasoned,
    version: seen.version,
    evidenceHash: seen.evidenceHash,
    ...how,
  });
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return answer.body;
}

const found = async (q: string): Promise<readonly string[]> =>
  (await hanna.get(`/alerts?view=queue&q=${encodeURIComponent(q)}`)).body.items.map(
    (one: { alertId: string }) => one.alertId,
  );

const seenBy = (shown: { version: number; evidenceHash: string }) => ({
  version: shown.version,
  evidenceHash: shown.evidenceHash,
});

const own = async (person: Person): Promise<number> => (await person.get("/alerts?view=check")).body.own.check;

describe("an alert", () => {
  test("brings its parties, its matches and its story, and its reading is written down", async () => {
    await desk.registry.register("payments.v1-value", (await import("./support/records.ts")).paymentsSchema());
    const id = await desk.registry.register(
      "payments.v1-value",
      (await import("./support/records.ts")).paymentsSchema(),
    );
    const made = await raised({ eventSchemaId: id });
    const { body } = await hanna.get(`/alerts/${made.alertId}`);
    expect(body).toMatchObject({
      alertId: made.alertId,
      state: "OPEN",
      name: somebody,
      designationId: "uk:TEST1",
      score: 93.5,
    });
    expect(body.event.parties[1]).toMatchObject({ name: somebody, role: "CREDITOR" });
    expect(body.money).toEqual({ amount: "950", currency: "GBP" });
    expect(body.timeline[0]).toMatchObject({ action: "raised" });
    const reads = await desk.sql("SELECT actor FROM audit WHERE subject = $1 AND action = 'read'", [made.alertId]);
    expect(reads.length).toBeGreaterThan(0);
  });

  test("is released by two people, once, and its disposition goes out with its place in the audit", async () => {
    const shown = await proposed();
    expect(shown).toMatchObject({ state: "PROPOSED", proposal: { decision: "RELEASE", maker: "hanna" } });
    const path = `/proposals/${shown.proposal.id}/agree`;
    expect((await hanna.post(path, seenBy(shown))).body.code).toBe("SAME_PERSON");
    expect((await auditor.post(path, seenBy(shown))).body.code).toBe("ROLE_MISSING");
    const answers = await Promise.all([omar, chen, omar, chen].map((one) => one.post(path, seenBy(shown))));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const sent = await eventually(
      () => desk.dispositions(),
      (all) => all.some(({ alertIds }) => alertIds.includes(shown.alertId)),
    );
    const mine = sent.filter(({ alertIds }) => alertIds.includes(shown.alertId));
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({
      decision: "RELEASE",
      proposedBy: "hanna",
      eventId: shown.eventId,
      reasons: ["BIRTH_DATE"],
    });
    const [row] = await desk.sql<{ hash: string }>("SELECT hash FROM audit WHERE seq = $1", [mine[0]?.auditSeq]);
    expect(row?.hash).toBe(mine[0]?.auditHash);
    expect((await hanna.get(`/alerts/${shown.alertId}`)).body.state).toBe("RELEASED");
  });

  test("goes back to its maker with what the checker says, and can be proposed again", async () => {
    const shown = await proposed();
    const back = await chen.post(`/proposals/${shown.proposal.id}/send-back`, {
      ...seenBy(shown),
      note: "Which passport? Say the number.",
    });
    expect(back.body).toMatchObject({ state: "TAKEN", assignee: "hanna" });
    expect(back.body.timeline.at(-1)).toMatchObject({
      action: "sent back",
      actor: "chen",
      note: "Which passport? Say the number.",
    });
    expect(back.body.timeline.find(({ action }: { action: string }) => action === "proposed")).toMatchObject({
      actor: "hanna",
      proposal: { decision: "RELEASE", ...reasoned },
    });
    const mine = (await hanna.get(`/alerts?view=mine&q=${shown.alertId}`)).body;
    expect(mine.items).toMatchObject([{ returned: "SENT_BACK", makers: ["hanna"] }]);
    const stranger = await omar.post(`/alerts/${shown.alertId}/proposals`, {
      decision: "REJECT",
      reasons: ["CONFIRMED"],
      rationale: reasoned.rationale,
      ...seenBy(back.body),
    });
    expect(stranger.body.code).toBe("VERSION_CONFLICT");
    const again = await hanna.post(`/alerts/${shown.alertId}/proposals`, {
      decision: "REJECT",
      reasons: ["CONFIRMED"],
      rationale: reasoned.rationale,
      ...seenBy(back.body),
    });
    expect(again.body.state).toBe("PROPOSED");
    const [item] = (await chen.get(`/alerts?view=check&q=${shown.alertId}`)).body.items;
    expect([item.returned, item.makers]).toEqual([undefined, ["hanna"]]);
    const done = await chen.post(`/proposals/${again.body.proposal.id}/agree`, seenBy(again.body));
    expect(done.body).toMatchObject({ decision: "REJECT", approvedBy: "chen" });
    const closed = (await auditor.get(`/alerts/${shown.alertId}`)).body;
    const told = closed.timeline.flatMap((one: { proposal?: { decision: string } }) => one.proposal?.decision ?? []);
    expect(told).toEqual(["RELEASE", "REJECT"]);
  });

  test("that somebody proposed is counted for that person among those to be checked, and for nobody else", async () => {
    const [before, others] = [await own(hanna), await own(chen)];
    const shown = await proposed();
    expect([await own(hanna), await own(chen)]).toEqual([before + 1, others]);
    await chen.post(`/proposals/${shown.proposal.id}/agree`, seenBy(shown));
    expect(await own(hanna)).toBe(before);
  });

  test("that was escalated is never checked by who escalated it", async () => {
    const made = await raised();
    const seen = (await omar.get(`/alerts/${made.alertId}`)).body;
    const up = await omar.post(`/alerts/${made.alertId}/proposals`, {
      decision: "ESCALATE",
      reasons: [],
      rationale: "I cannot tell these two apart.",
      ...seenBy(seen),
    });
    expect(up.body.state).toBe("ESCALATED");
    const next = await hanna.post(`/alerts/${made.alertId}/proposals`, {
      decision: "RELEASE",
      ...reasoned,
      ...seenBy(up.body),
    });
    expect(next.body.state).toBe("PROPOSED");
    expect((await omar.post(`/proposals/${next.body.proposal.id}/agree`, seenBy(next.body))).body.code).toBe(
      "SAME_PERSON",
    );
    expect((await chen.post(`/proposals/${next.body.proposal.id}/agree`, seenBy(next.body))).status).toBe(200);
    const sent = await eventually(
      () => desk.dispositions(),
      (all) => all.filter(({ eventId }) => eventId === made.eventId).length === 2,
    );
    expect(sent.filter(({ eventId }) => eventId === made.eventId).map((one) => [one.decision, one.approvedBy])).toEqual(
      [
        ["ESCALATE", null],
        ["RELEASE", "chen"],
      ],
    );
  });

  test("of an event with two is let go only when both are", async () => {
    const offset = nextOffset++;
    const first = await raised({ eventId: `two-${String(offset)}`, sourceOffset: offset, alertId: "a".repeat(32) });
    const second = await raised({
      eventId: first.eventId,
      sourceOffset: offset,
      alertId: "b".repeat(32),
      matches: [match({ designationId: "uk:TEST2" })],
    });
    for (const [at, { alertId }] of [first, second].entries()) {
      const seen = (await hanna.get(`/alerts/${alertId}`)).body;
      const shown = (
        await hanna.post(`/alerts/${alertId}/proposals`, { decision: "RELEASE", ...reasoned, ...seenBy(seen) })
      ).body;
      const done = await chen.post(`/proposals/${shown.proposal.id}/agree`, seenBy(shown));
      expect(done.body.waitingFor).toEqual(at === 0 ? [second.alertId] : []);
    }
    const sent = await eventually(
      () => desk.dispositions(),
      (all) => all.some(({ eventId }) => eventId === first.eventId),
    );
    const mine = sent.filter(({ eventId }) => eventId === first.eventId);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.alertIds.toSorted()).toEqual([first.alertId, second.alertId]);
  });

  test("whose entry was amended meanwhile is not agreed with, and goes back", async () => {
    const designationId = "uk:AMENDED";
    const shown = await proposed({ matches: [match({ designationId })] });
    await desk.send(
      topics.listChanges,
      designationId,
      listChange(designationId, createHash("sha256").update("new").digest("hex")),
    );
    await eventually(
      () => chen.get(`/alerts/${shown.alertId}`),
      ({ body }) => body.evidenceHash !== shown.evidenceHash,
    );
    const refused = await chen.post(`/proposals/${shown.proposal.id}/agree`, seenBy(shown));
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "EVIDENCE_CHANGED", changed: [{ designationId, fields: ["names"] }] },
    });
    expect((await hanna.get(`/alerts/${shown.alertId}`)).body).toMatchObject({ state: "TAKEN", assignee: "hanna" });
  });

  test("is taken by one of many who ask at once", async () => {
    await Promise.all(Array.from({ length: 6 }, () => raised()));
    const taken = await Promise.all([hanna, omar, hanna, omar].map((one) => one.post("/alerts/next")));
    const ids = taken.map(({ body }) => body.alertId);
    expect(new Set(ids).size).toBe(4);
    expect(taken[0]?.body).toMatchObject({ state: "TAKEN", assignee: "hanna" });
    expect((await omar.post(`/alerts/${String(ids[0])}/take`)).body.code).toBe("VERSION_CONFLICT");
    expect((await hanna.post(`/alerts/${String(ids[0])}/take`)).status).toBe(200);
    expect((await omar.post(`/alerts/${String(ids[0])}/give-back`)).body.code).toBe("VERSION_CONFLICT");
    expect((await hanna.post(`/alerts/${String(ids[0])}/give-back`)).body.state).toBe("OPEN");
    const mine = await omar.get("/alerts?view=mine");
    expect(new Set(mine.body.items.map((one: { alertId: string }) => one.alertId))).toEqual(new Set([ids[1], ids[3]]));
  });

  test("is found by the words of its name, by ids, and not by a part of a word", async () => {
    const made = await raised({
      matches: [match({ field: { ...match().field, text: "Zéphyrine Quillfeather", end: 10 } })],
    });
    expect(await found("quillfeather ZEPHYRINE")).toEqual([made.alertId]);
    expect(await found(made.eventId)).toEqual([made.alertId]);
    expect(await found("quill")).toEqual([]);
    const kept = await desk.sql<{ text: string }>(
      "SELECT coalesce(string_agg(a::text || r::text, ''), '') AS text FROM alert a JOIN alert_record r USING (alert_id)",
    );
    expect(kept[0]?.text).not.toContain("Quillfeather");
  });
});

describe("a held event", () => {
  test("is work until a rescreen clears it", async () => {
    const offset = nextOffset++;
    await desk.send(topics.decisions, `e-${String(offset)}`, decision(offset, "HOLD"));
    const held = await eventually(
      () => hanna.get(`/alerts?view=holds&q=e-${String(offset)}`),
      ({ body }) => body.items.length === 1,
    );
    const [item] = held.body.items;
    expect(item).toMatchObject({ state: "OPEN", holdReason: "NAME_UNREADABLE", eventId: `e-${String(offset)}` });
    expect(item.alertId).toMatch(/^hold-/);
    expect((await hanna.post(`/events/e-${String(offset)}/rescreen`)).status).toBe(202);
    await desk.send(topics.decisions, `e-${String(offset)}`, decision(offset, "CLEAR"));
    await eventually(
      () => hanna.get(`/alerts/${String(item.alertId)}`),
      ({ body }) => body.state === "SUPERSEDED",
    );
    expect((await hanna.post(`/events/e-${String(offset)}/rescreen`)).body.code).toBe("STATE_FINAL");
  });

  test("that a rescreen does not free says so in its story, and stays", async () => {
    const [stays, goes] = [nextOffset++, nextOffset++].map((offset) => ({ offset, eventId: `e-${String(offset)}` }));
    if (stays === undefined || goes === undefined) throw new Error("two offsets");
    const eventId = `${stays.eventId}-stays`;
    await desk.send(
      topics.decisions,
      eventId,
      decision(stays.offset, "HOLD", { eventId, holdReason: "FIELD_MISSING" }),
    );
    await desk.send(topics.decisions, goes.eventId, decision(goes.offset, "HOLD"));
    const idOf = async (q: string): Promise<string> =>
      (
        await eventually(
          () => hanna.get(`/alerts?view=holds&q=${q}`),
          ({ body }) => body.items.length === 1,
        )
      ).body.items[0].alertId;
    const storyOf = async (alertId: string): Promise<readonly string[]> =>
      (await hanna.get(`/alerts/${alertId}`)).body.timeline.map(({ action }: { action: string }) => action);
    const [one, other] = [await idOf(eventId), await idOf(goes.eventId)];
    await hanna.post(`/events/${eventId}/rescreen`);
    await hanna.post(`/events/${goes.eventId}/rescreen`);
    await eventually(
      () => storyOf(one),
      (story) => story.at(-1) === "held still",
    );
    expect((await hanna.get(`/alerts/${one}`)).body).toMatchObject({ state: "OPEN", version: 1 });
    expect(await storyOf(other)).toEqual(["raised", "rescreen asked"]);
  });

  test("is released by two people, but not where only waiting mends it", async () => {
    const [byHand, byTime] = [nextOffset++, nextOffset++];
    await desk.send(topics.decisions, `e-${String(byHand)}`, decision(byHand, "HOLD"));
    await desk.send(topics.decisions, `e-${String(byTime)}`, decision(byTime, "HOLD", { holdReason: "INDEX_STALE" }));
    const idOf = async (offset: number): Promise<string> =>
      (
        await eventually(
          () => hanna.get(`/alerts?view=holds&q=e-${String(offset)}`),
          ({ body }) => body.items.length === 1,
        )
      ).body.items[0].alertId;
    const stale = (await hanna.get(`/alerts/${await idOf(byTime)}`)).body;
    expect(
      (
        await hanna.post(`/alerts/${String(stale.alertId)}/proposals`, {
          decision: "RELEASE",
          ...reasoned,
          ...seenBy(stale),
        })
      ).status,
    ).toBe(400);
    const seen = (await hanna.get(`/alerts/${await idOf(byHand)}`)).body;
    const shown = (
      await hanna.post(`/alerts/${String(seen.alertId)}/proposals`, {
        decision: "RELEASE",
        ...reasoned,
        ...seenBy(seen),
      })
    ).body;
    expect((await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seenBy(shown))).body).toMatchObject({
      decision: "RELEASE",
      alertIds: [],
      holdReason: "NAME_UNREADABLE",
    });
  });
});

test("what arrives twice is there once, also under another group, and what cannot be read is kept", async () => {
  const made = await raised();
  const before = await desk.sql<{ n: string }>("SELECT count(*) AS n FROM alert");
  await desk.send(topics.alerts, made.eventId, { ...made, raisedAt: made.raisedAt + 5 });
  await desk.sendBytes(topics.alerts, "odd", Buffer.from("no Avro at all"));
  const after = await eventually(
    () => desk.sql<{ n: string }>("SELECT count(*) AS n FROM alert"),
    ([row]) => Number(row?.n) > Number(before[0]?.n),
  );
  expect(Number(after[0]?.n)).toBe(Number(before[0]?.n) + 1);
  expect(await desk.sql("SELECT kind FROM alert WHERE kind = 'undecodable'")).toHaveLength(1);
});

test("the counts beside the views are what the views hold", async () => {
  const { counts } = (await hanna.get("/alerts?view=queue")).body;
  for (const view of ["queue", "mine", "check", "escalated", "holds", "closed"]) {
    const { items } = (await hanna.get(`/alerts?view=${view}&limit=500`)).body;
    expect([view, items.length]).toEqual([view, counts[view]]);
  }
});

test("pages of a view follow each other without a gap or a repeat", async () => {
  const whole = (await hanna.get("/alerts?view=queue&limit=500")).body.items.map(
    (one: { alertId: string }) => one.alertId,
  );
  const paged: string[] = [];
  for (let after: string | undefined = ""; after !== undefined;) {
    const { body } = await hanna.get(`/alerts?view=queue&limit=2${after === "" ? "" : `&after=${after}`}`);
    paged.push(...body.items.map((one: { alertId: string }) => one.alertId));
    after = body.next;
  }
  expect(paged).toEqual(whole);
});

describe("the audit", () => {
  test("is whole, can be read as rows and as CSV, and refuses to be changed", async () => {
    expect((await auditor.post("/audit/verify")).body).toMatchObject({ ok: true });
    const { items } = (await auditor.get("/audit?limit=10")).body;
    expect(items.map((row: { seq: number }) => row.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await auditor.get("/audit?format=csv&limit=3")).text.split("\r\n")).toHaveLength(5);
    await expect(desk.sql("UPDATE audit SET actor = 'x' WHERE seq = 1")).rejects.toThrow(/append-only/);
    await expect(desk.sql("DELETE FROM audit")).rejects.toThrow(/append-only/);
    await expect(desk.sql("TRUNCATE audit CASCADE")).rejects.toThrow(/append-only/);
    expect((await hanna.get("/audit")).body.code).toBe("ROLE_MISSING");
  });

  test.each([
    ["flipped", "UPDATE audit SET actor = 'nobody' WHERE seq = 5", 5],
    ["dropped", "DELETE FROM audit WHERE seq = 6", 6],
    ["cut off", "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", null],
    [
      "swapped",
      "UPDATE audit SET seq = CASE seq WHEN 7 THEN -7 ELSE 7 END WHERE seq IN (7, 8); UPDATE audit SET seq = 8 WHERE seq = -7",
      7,
    ],
  ])("tells a row that was %s", async (_how, change, at) => {
    const copy = await freshDatabase(inject("stack").databaseUrl);
    const pg = (await import("pg")).default;
    const client = new pg.Client({ connectionString: copy.url });
    await client.connect();
    try {
      await client.query(
        "CREATE TABLE audit (seq bigint, at timestamptz, actor text, action text, subject text, detail text, prev text, hash text)",
      );
      const rows = await desk.sql<Record<string, unknown>>("SELECT * FROM audit ORDER BY seq");
      for (const row of rows)
        await client.query(
          "INSERT INTO audit VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          ["seq", "at", "actor", "action", "subject", "detail", "prev", "hash"].map((name) => row[name]),
        );
      await client.query(
        "CREATE TABLE audit_head AS SELECT true AS one, seq, hash FROM audit ORDER BY seq DESC LIMIT 1",
      );
      await client.query("CREATE TABLE outbox (seq bigint, value text)");
      await client.query("CREATE TABLE audit_before_records (seq bigint)");
      const { openDatabase } = await import("../src/database/connect.ts");
      const { verifyAudit } = await import("../src/audit/verify.ts");
      const { silentLogger } = await import("@cordon/service");
      const database = openDatabase({ url: copy.url, role: null, connections: 1, logger: silentLogger });
      try {
        expect(await verifyAudit(database)).toMatchObject({ ok: true, rows: rows.length });
        await client.query(change);
        expect(await verifyAudit(database)).toMatchObject({ ok: false, brokenAt: at ?? rows.length });
      } finally {
        await database.close();
      }
    } finally {
      await client.end();
      await copy.drop();
    }
  });
});

test("the minutes until an alert is due are a setting that an admin changes", async () => {
  const admin = await desk.signIn("admin");
  expect((await admin.put("/settings", { dueMinutes: 7 })).status).toBe(200);
  const made = alert(9001);
  await desk.send(topics.alerts, made.eventId, made);
  const [row] = await eventually(
    () =>
      desk.sql<{ seconds: string }>(
        "SELECT extract(epoch FROM due_at - raised_at)::text AS seconds FROM alert WHERE alert_id = $1",
        [made.alertId],
      ),
    (rows) => rows.length === 1,
  );
  expect(Number(row?.seconds)).toBe(420);
});
