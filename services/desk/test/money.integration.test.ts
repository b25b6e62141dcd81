import { topics } from "@cordon/schemas";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision, match } from "./support/records.ts";

/* Ways to let money go that two people have not agreed on, each tried. */

const reasoned = { reasons: ["BIRTH_DATE"], rationale: "Born a decade apart, by the passport on file." };

let desk: TestDesk;
let drop: () => Promise<void>;
let hanna: Person;
let chen: Person;
let nextOffset = 100;

beforeAll(async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  // One partition a topic, so that what was sent later is taken in later.
  desk = await startTestDesk({ databaseUrl: database.url, environment: { KAFKA_EVENT_PARTITIONS: "1" } });
  [hanna, chen] = await Promise.all([desk.signIn("hanna"), desk.signIn("chen")]);
});
afterAll(async () => {
  await desk.stop();
  await drop();
});

const there = (id: string) =>
  eventually(
    () => hanna.get(`/alerts/${id}`),
    ({ status }) => status === 200,
  );

const seenBy = (shown: { version: number; evidenceHash: string }) => ({
  version: shown.version,
  evidenceHash: shown.evidenceHash,
});

async function propose(id: string, decided = "RELEASE") {
  const { body } = await there(id);
  return hanna.post(`/alerts/${id}/proposals`, { decision: decided, ...reasoned, ...seenBy(body) });
}

async function decide(id: string, decided = "RELEASE") {
  const { body: shown } = await propose(id, decided);
  return chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seenBy(shown));
}

const sentFor = async (eventId: string) => (await desk.dispositions()).filter((one) => one.eventId === eventId);
const holdIdOf = async (offset: number): Promise<string> =>
  (
    await eventually(
      () => hanna.get(`/alerts?view=holds&q=e-${String(offset)}`),
      ({ body }) => body.items.length === 1,
    )
  ).body.items[0].alertId;

/** Whatever the desk is to take in has been taken in once this has. */
async function barrier(): Promise<void> {
  const at = nextOffset++;
  await desk.send(topics.decisions, `e-${String(at)}`, decision(at, "HOLD"));
  await holdIdOf(at);
}

/** An event that hits, and what a look back found in it. */
async function twice() {
  const stream = alert(nextOffset++);
  const { sourceOffset, eventId } = stream;
  const back = alert(sourceOffset, {
    eventId,
    alertId: `back-${eventId}`,
    origin: "LOOK_BACK",
    lookBackId: "l",
    matches: [match({ designationId: "uk:NEW" })],
  });
  await desk.send(topics.alerts, eventId, stream);
  await desk.send(topics.decisions, eventId, decision(sourceOffset, "HIT", { alertId: stream.alertId }));
  await desk.send(topics.alerts, eventId, back);
  await there(back.alertId);
  return { stream, back, eventId };
}

describe("a look back at an event whose money still waits", () => {
  test("does not let it go before the alert that stopped it is released", async () => {
    const { stream, back, eventId } = await twice();
    expect((await decide(back.alertId)).body).toMatchObject({ waitingFor: [stream.alertId] });
    expect(await sentFor(eventId)).toEqual([]);
    expect((await decide(stream.alertId)).body).toMatchObject({ decision: "RELEASE", waitingFor: [] });
    const sent = await eventually(
      () => sentFor(eventId),
      (all) => all.length > 0,
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]?.alertIds.toSorted()).toEqual([stream.alertId, back.alertId].toSorted());
    expect(await desk.sql("SELECT released FROM event_case WHERE event_id = $1", [eventId])).toEqual([
      { released: "RELEASE" },
    ]);
  });

  test("does not let it go while the alert that stopped it has not come", async () => {
    const stream = alert(nextOffset++);
    const { sourceOffset, eventId, alertId } = stream;
    const back = alert(sourceOffset, { eventId, alertId: `back-${eventId}`, origin: "LOOK_BACK", lookBackId: "l" });
    await desk.send(topics.decisions, eventId, decision(sourceOffset, "HIT", { alertId }));
    await barrier();
    await desk.send(topics.alerts, eventId, back);
    expect((await decide(back.alertId)).body).toMatchObject({ waitingFor: [] });
    await desk.send(topics.alerts, eventId, stream);
    await there(alertId);
    expect(await desk.sql("SELECT released FROM event_case WHERE event_id = $1", [eventId])).toEqual([
      { released: null },
    ]);
    expect((await decide(alertId)).body).toMatchObject({ decision: "RELEASE", waitingFor: [] });
    const sent = await eventually(
      () => sentFor(eventId),
      (all) => all.length > 0,
    );
    expect(sent.map((one) => one.alertIds.toSorted())).toEqual([[alertId, back.alertId].toSorted()]);
  });

  test("keeps it while nobody has judged what was found", async () => {
    const { stream, back, eventId } = await twice();
    expect((await decide(stream.alertId)).body).toMatchObject({ waitingFor: [back.alertId] });
    expect((await decide(back.alertId, "REJECT")).body).toMatchObject({ decision: "REJECT" });
    await eventually(
      () => sentFor(eventId),
      (all) => all.length > 0,
    );
    expect((await sentFor(eventId)).map((one) => one.decision)).toEqual(["REJECT"]);
    expect(await desk.sql("SELECT released FROM event_case WHERE event_id = $1", [eventId])).toEqual([
      { released: "REJECT" },
    ]);
  });

  test("waits for nobody where the money has gone", async () => {
    const offset = nextOffset++;
    const back = alert(offset, { origin: "LOOK_BACK", lookBackId: "l" });
    await desk.send(topics.alerts, back.eventId, back);
    expect((await decide(back.alertId)).body).toMatchObject({ decision: "RELEASE", waitingFor: [] });
  });
});

describe("a held event", () => {
  test("is not released by hand when it is held meanwhile for what only waiting mends", async () => {
    const offset = nextOffset++;
    await desk.send(topics.decisions, `e-${String(offset)}`, decision(offset, "HOLD"));
    const id = await holdIdOf(offset);
    const { body: shown } = await propose(id);
    await desk.send(topics.decisions, `e-${String(offset)}`, decision(offset, "HOLD", { holdReason: "INDEX_STALE" }));
    const { body: now } = await eventually(
      () => chen.get(`/alerts/${id}`),
      ({ body }) => body.holdReason === "INDEX_STALE",
    );
    const answer = await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seenBy(now));
    expect([answer.status, answer.body.code]).toEqual([409, "EVIDENCE_CHANGED"]);
    expect((await hanna.get(`/alerts/${id}`)).body).toMatchObject({ state: "TAKEN", assignee: "hanna" });
    expect((await propose(id)).status).toBe(400);
    expect(await sentFor(`e-${String(offset)}`)).toEqual([]);
  });

  test("is held for what it was held for last, also where one batch has several reasons", async () => {
    const offset = nextOffset++;
    const key = `e-${String(offset)}`;
    // In one batch with much before it.
    await Promise.all([
      desk.send(topics.decisions, key, decision(offset, "HOLD")),
      desk.send(topics.decisions, key, decision(offset, "HOLD", { holdReason: "INDEX_STALE" })),
    ]);
    await barrier();
    const { body } = await hanna.get(`/alerts/${await holdIdOf(offset)}`);
    const [kept] = await desk.sql<{ hold_reason: string }>("SELECT hold_reason FROM event_case WHERE event_id = $1", [
      key,
    ]);
    expect(body.holdReason).toBe(kept?.hold_reason);
  });

  test("is work no more where what cleared it came in the same batch", async () => {
    const offset = nextOffset++;
    const key = `e-${String(offset)}`;
    await Promise.all([
      desk.send(topics.decisions, key, decision(offset, "HOLD")),
      desk.send(topics.decisions, key, decision(offset, "CLEAR")),
    ]);
    await barrier();
    expect(
      await desk.sql(
        "SELECT a.state, c.outcome FROM alert a JOIN event_case c USING (event_id) WHERE a.event_id = $1",
        [key],
      ),
    ).toEqual([{ state: "SUPERSEDED", outcome: "CLEAR" }]);
  });

  test.each([null, "A_REASON_OF_LATER"])(
    "for %s, which this desk does not know, is not released by hand",
    async (reason) => {
      const offset = nextOffset++;
      await desk.send(topics.decisions, `e-${String(offset)}`, decision(offset, "HOLD", { holdReason: reason }));
      expect((await propose(await holdIdOf(offset))).status).toBe(400);
    },
  );
});

describe("what cannot be read", () => {
  test("is rejected or escalated, and released by nobody", async () => {
    await desk.sendBytes(topics.alerts, "e-odd", Buffer.from("no Avro at all"));
    const [row] = await eventually(
      () => desk.sql<{ alert_id: string }>("SELECT alert_id FROM alert WHERE event_id = 'e-odd'"),
      (rows) => rows.length === 1,
    );
    const id = row?.alert_id ?? "";
    expect((await propose(id)).status).toBe(400);
    expect((await propose(id, "REJECT")).status).toBe(201);
  });

  test("of a decision is work, too, unless it is said to be CLEAR", async () => {
    await desk.sendBytes(topics.decisions, "e-odd-decision", Buffer.from("no Avro at all"));
    const rows = await eventually(
      () => desk.sql<{ kind: string }>("SELECT kind FROM alert WHERE event_id = 'e-odd-decision'"),
      (found) => found.length > 0,
    );
    expect(rows).toEqual([{ kind: "undecodable" }]);
  });

  test("does not stop what comes after it, whatever its key and ids are made of", async () => {
    await desk.sendBytes(topics.alerts, "odd\0key", Buffer.from("no Avro at all"));
    const [hit, clear] = [nextOffset++, nextOffset++];
    const made = alert(hit, { eventId: `nul\0${String(hit)}` });
    await desk.send(topics.alerts, made.eventId, made);
    await desk.send(topics.decisions, made.eventId, decision(hit, "HIT", { eventId: made.eventId }));
    const passed = `nul\0${String(clear)}`;
    await desk.send(topics.decisions, passed, decision(clear, "CLEAR", { eventId: passed }));
    await there(made.alertId);
    await barrier();
    const after = alert(nextOffset++);
    await desk.send(topics.alerts, after.eventId, after);
    expect((await there(after.alertId)).body).toMatchObject({ eventId: after.eventId, state: "OPEN" });
  });
});
