import { decisionHeaders, topics } from "@cordon/schemas";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision, match } from "./support/records.ts";

/* Everything is drawn here; how much is drawn elsewhere is told by `draw.test.ts`. */

const note = "Read anew, with the passport on file.";

let desk: TestDesk;
let drop: () => Promise<void>;
let hanna: Person;
let omar: Person;
let chen: Person;
let offset = 300;

beforeAll(async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  desk = await startTestDesk({
    databaseUrl: database.url,
    environment: { DESK_SAMPLE_RELEASES_PERCENT: "100", DESK_SAMPLE_GOOD_GUYS_PERCENT: "100" },
  });
  [hanna, omar, chen] = await Promise.all([desk.signIn("hanna"), desk.signIn("omar"), desk.signIn("chen")]);
});
afterAll(async () => {
  await desk.stop();
  await drop();
});

/** Judged by hanna and chen; with a good guy that both agreed on. */
async function judged(designationId: string, decided: "RELEASE" | "REJECT" = "RELEASE") {
  const made = alert(offset++, { matches: [match({ designationId })] });
  await desk.send(topics.alerts, made.eventId, made);
  const { body: seen } = await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
  );
  const { body: shown } = await hanna.post(`/alerts/${made.alertId}/proposals`, {
    decision: decided,
    reasons: ["BIRTH_DATE"],
    rationale: "Born a decade apart, by the passport on file.",
    version: seen.version,
    evidenceHash: seen.evidenceHash,
    ...(decided === "RELEASE" ? { goodGuy: { matches: [0], days: 30 } } : {}),
  });
  const [goodGuy] = shown.goodGuys;
  if (goodGuy !== undefined) await chen.post(`/good-guys/${String(goodGuy.id)}/agree`);
  const { version, evidenceHash } = shown;
  await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, { version, evidenceHash });
  return { alertId: made.alertId, goodGuyId: String(goodGuy?.id) };
}

const waiting = async (alertId: string) =>
  (await omar.get("/samples")).body.items.filter((one: { alertId: string }) => one.alertId === alertId);

describe("an agreed release", () => {
  test("is looked at by a third person alone, once, and what was found is written down", async () => {
    const { alertId, goodGuyId } = await judged("uk:S1");
    const [sample] = await waiting(alertId);
    expect(sample).toMatchObject({ kind: "release", maker: "hanna", checker: "chen", designationId: "uk:S1" });
    const path = `/samples/${String(sample.id)}/look`;
    const codes = [];
    for (const person of [hanna, chen]) codes.push((await person.post(path, { verdict: "RIGHT", note })).body.code);
    codes.push((await omar.post(path, { verdict: "RIGHT", note: "short" })).body.code);
    expect(codes).toEqual(["SAME_PERSON", "SAME_PERSON", "RATIONALE_MISSING"]);
    expect((await omar.post(path, { verdict: "RIGHT", note })).status).toBe(204);
    expect((await omar.post(path, { verdict: "WRONG", note })).body.code).toBe("STATE_FINAL");
    expect(await waiting(alertId)).toEqual([]);
    const { body } = await omar.get(`/alerts/${alertId}`);
    expect(body.timeline.at(-1)).toMatchObject({ action: "looked at again", actor: "omar", note });
    expect((await omar.get(`/good-guys/${goodGuyId}`)).body.state).toBe("ACTIVE");
    await expect(desk.sql("UPDATE sample SET verdict = 'WRONG' WHERE sample_id = $1", [sample.id])).rejects.toThrow(
      "looked at once",
    );
  });

  test("that was wrong ends the good guys of its pair, and counts in the report", async () => {
    const { alertId, goodGuyId } = await judged("uk:S2");
    const [sample] = await waiting(alertId);
    await omar.post(`/samples/${String(sample.id)}/look`, { verdict: "WRONG", note });
    expect((await omar.get(`/good-guys/${goodGuyId}`)).body.state).toBe("REVOKED");
    // What went does not come back: the decision stands as it was.
    expect((await omar.get(`/alerts/${alertId}`)).body.state).toBe("RELEASED");
    const { body } = await (await desk.signIn("auditor")).get("/reports/samples");
    const [row] = body.rows.filter(([what, who]: readonly string[]) => what === "agreed release" && who === "hanna");
    expect(row.slice(3)).toEqual([2, 1, 0.5]);
    expect((await (await desk.signIn("auditor")).post("/audit/verify")).body).toMatchObject({ ok: true });
  });

  test("alone is drawn: a rejection is not", async () => {
    const { alertId } = await judged("uk:S3", "REJECT");
    expect((await omar.get(`/alerts/${alertId}`)).body.state).toBe("REJECTED");
    expect(await waiting(alertId)).toEqual([]);
  });
});

test("an event that a good guy let pass is drawn, once, with the two who agreed on it", async () => {
  const { alertId, goodGuyId } = await judged("uk:S4");
  const passed = decision(offset++, "CLEAR", {
    setAside: [
      { designationId: "uk:S4", path: "parties[1].name", score: 93.5, reason: "good-guy", detail: "", goodGuyId },
    ],
  });
  for (let again = 0; again < 2; again++)
    await desk.send(topics.decisions, passed.eventId, passed, { [decisionHeaders.setAside]: "1" });
  const samples = await eventually(
    () => waiting(alertId),
    (all) => all.length === 2,
  );
  await eventually(
    () => desk.sql<{ uses: string }>("SELECT uses FROM good_guy_use WHERE good_guy_id = $1", [goodGuyId]),
    ([row]) => Number(row?.uses) === 2,
  );
  expect(await waiting(alertId)).toHaveLength(2);
  const one = samples.find(({ kind }: { kind: string }) => kind === "good-guy");
  expect(one).toMatchObject({ goodGuyId, eventId: passed.eventId, maker: "hanna", checker: "chen" });
  expect((await omar.post(`/samples/${String(one.id)}/look`, { verdict: "WRONG", note })).status).toBe(204);
  expect((await omar.get(`/good-guys/${goodGuyId}`)).body.state).toBe("REVOKED");
});
