import { createHash } from "node:crypto";

import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import { topics } from "@cordon/schemas";
import { createMemoryRegistry } from "@cordon/service/testing";
import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision, listChange, match } from "./support/records.ts";

/*
 * Random people, list changes, repeats and crashes against a desk on a real database. Nobody is told what may be done: whatever the desk
 * lets through must keep the invariants of docs/specs/desk.md.
 */

type Deed =
  | { readonly kind: "raise" | "repeat" | "hold" | "clear"; readonly event: number }
  | {
      readonly kind: "take" | "give-back" | "release" | "reject" | "escalate" | "agree" | "send-back";
      readonly who: number;
      readonly event: number;
    }
  | { readonly kind: "amend"; readonly entry: number }
  | { readonly kind: "crash" | "regroup" };

const event = fc.integer({ min: 0, max: 4 });
const who = fc.integer({ min: 0, max: 2 });
const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("raise", "repeat", "hold", "clear"), event }) },
    {
      weight: 14,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          "take",
          "give-back",
          "release",
          "reject",
          "escalate",
          "agree",
          "agree",
          "agree",
          "send-back",
        ),
        who,
        event,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("amend" as const), entry: fc.integer({ min: 0, max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("crash", "regroup") }) },
  ) as fc.Arbitrary<Deed>,
  { minLength: 25, maxLength: 45 },
);

const names = ["hanna", "omar", "chen"] as const;

async function run(all: readonly Deed[]): Promise<void> {
  const database = await freshDatabase(inject("stack").databaseUrl);
  const kafka: MemoryKafka = createMemoryKafka();
  const registry = createMemoryRegistry();
  let group = 0;
  const start = (): Promise<TestDesk> =>
    startTestDesk({
      databaseUrl: database.url,
      kafka,
      registry,
      environment: { DESK_GROUP_ID: `desk-${String(group)}` },
    });
  let desk = await start();
  let people: readonly Person[] = await Promise.all(names.map((name) => desk.signIn(name)));
  const raised = new Set<number>();
  try {
    for (const deed of all) {
      await step(deed);
      await invariants(desk);
    }
    expect((await (await desk.signIn("auditor")).post("/audit/verify")).body).toMatchObject({ ok: true });
  } finally {
    await desk.stop();
    await database.drop();
  }

  async function step(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case "raise":
      case "repeat": {
        const made = alert(deed.event, {
          raisedAt: Date.now() - 1000,
          matches: [match({ designationId: `uk:M${String(deed.event % 3)}` })],
        });
        await desk.send(topics.alerts, made.eventId, made);
        await desk.send(topics.decisions, made.eventId, decision(deed.event, "HIT", { alertId: made.alertId }));
        raised.add(deed.event);
        await eventually(
          () => desk.sql("SELECT 1 FROM alert WHERE alert_id = $1", [made.alertId]),
          (rows) => rows.length === 1,
        );
        return;
      }
      case "hold":
      case "clear":
        return desk.send(
          topics.decisions,
          `e-${String(deed.event)}`,
          decision(deed.event, deed.kind === "hold" ? "HOLD" : "CLEAR"),
        );
      case "amend":
        return desk.send(
          topics.listChanges,
          `uk:M${String(deed.entry)}`,
          listChange(`uk:M${String(deed.entry)}`, createHash("sha256").update(String(Math.random())).digest("hex")),
        );
      case "regroup":
      case "crash":
        // A new group is a new process.
        if (deed.kind === "regroup") group++;
        await desk.stop();
        desk = await start();
        people = await Promise.all(names.map((name) => desk.signIn(name)));
        return;
      case "take":
      case "give-back":
      case "release":
      case "reject":
      case "escalate":
      case "agree":
      case "send-back":
        return act(deed.kind, people[deed.who], deed.event);
    }
  }
}

async function act(kind: string, person: Person | undefined, at: number): Promise<void> {
  const id = alert(at).alertId;
  const seen = await person?.get(`/alerts/${id}`);
  if (seen?.status !== 200) return;
  const { version, evidenceHash, proposal } = seen.body;
  const body = { version, evidenceHash };
  const made = { ...body, reasons: ["OTHER"], rationale: "Said by a random person of the model." };
  switch (kind) {
    case "take":
    case "give-back":
      await person?.post(`/alerts/${id}/${kind}`);
      return;
    case "agree":
    case "send-back":
      if (proposal !== undefined) await person?.post(`/proposals/${String(proposal.id)}/${kind}`, body);
      return;
    default:
      await person?.post(`/alerts/${id}/proposals`, {
        ...made,
        decision: { release: "RELEASE", reject: "REJECT", escalate: "ESCALATE" }[kind],
      });
  }
}

async function invariants(desk: TestDesk): Promise<void> {
  // Each violation is a row.
  for (const [what, sql] of Object.entries({
    "one person twice":
      "SELECT p.proposal_id FROM proposal p JOIN proposal q USING (alert_id) WHERE p.state = 'AGREED' AND q.maker = p.checker",
    "a final alert without an agreed proposal":
      "SELECT alert_id FROM alert a WHERE state IN ('RELEASED', 'REJECTED') AND (SELECT count(*) FROM proposal p WHERE p.alert_id = a.alert_id AND p.state = 'AGREED') <> 1",
    "a proposed alert without one open proposal":
      "SELECT alert_id FROM alert a WHERE (state = 'PROPOSED') <> ((SELECT count(*) FROM proposal p WHERE p.alert_id = a.alert_id AND p.state = 'MADE') = 1)",
    "an event decided twice":
      "SELECT event_id FROM disposition WHERE decision <> 'ESCALATE' AND origin = 'STREAM' GROUP BY source_topic, source_partition, source_offset, event_id HAVING count(*) > 1",
    "an agreement without its row in the audit":
      "SELECT proposal_id FROM proposal p WHERE state = 'AGREED' AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = p.alert_id AND a.action = 'agreed' AND a.actor = p.checker)",
    "a disposition without its place in the outbox":
      "SELECT disposition_id FROM disposition d WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.value LIKE '%' || d.disposition_id || '%')",
    "a count that is not so":
      "SELECT view FROM (SELECT view, sum(count) AS told FROM alert_count GROUP BY view) c FULL JOIN (SELECT unnest(alert_views(kind, state)) AS view, count(*) AS real FROM alert GROUP BY 1) r USING (view) WHERE coalesce(told, 0) <> coalesce(real, 0)",
  }))
    expect([what, await desk.sql(sql)]).toEqual([what, []]);
  const sent = (await desk.dispositions()).filter((one) => one.decision !== "ESCALATE");
  const ids = Map.groupBy(sent, ({ dispositionId }) => dispositionId);
  // A crash may send the same again, never something else.
  for (const [, same] of ids) expect(new Set(same.map((one) => JSON.stringify(one))).size).toBe(1);
}

test("whatever people, lists and crashes do, the invariants hold", async () => {
  await fc.assert(fc.asyncProperty(deeds, run), { numRuns: 3, endOnFailure: true, seed: 20_261_129 });
}, 400_000);

test("two desks on one database take each alert in once, and send each disposition once", async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  const kafka = createMemoryKafka();
  const registry = createMemoryRegistry();
  const one = await startTestDesk({ databaseUrl: database.url, kafka, registry, environment: { DESK_GROUP_ID: "a" } });
  const two = await startTestDesk({ databaseUrl: database.url, kafka, registry, environment: { DESK_GROUP_ID: "b" } });
  try {
    const hanna = await one.signIn("hanna");
    const chen = await two.signIn("chen");
    for (let offset = 0; offset < 300; offset++) {
      const made = alert(offset);
      await one.send(topics.alerts, made.eventId, made);
    }
    await eventually(
      () => one.sql<{ n: string }>("SELECT count(*) AS n FROM alert"),
      ([row]) => row?.n === "300",
    );
    const [received] = await one.sql<{ n: string }>(
      "SELECT sum((detail::json->>'added')::int) AS n FROM audit WHERE action = 'received'",
    );
    expect(received?.n).toBe("300");
    for (let n = 0; n < 5; n++) {
      const taken = (await hanna.post("/alerts/next")).body;
      const shown = (
        await hanna.post(`/alerts/${String(taken.alertId)}/proposals`, {
          decision: "RELEASE",
          reasons: ["OTHER"],
          rationale: "Said to two desks at once.",
          version: taken.version,
          evidenceHash: taken.evidenceHash,
        })
      ).body;
      await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, {
        version: shown.version,
        evidenceHash: shown.evidenceHash,
      });
    }
    await eventually(
      () => one.dispositions(),
      (all) => all.length >= 5,
    );
    expect(await one.dispositions()).toHaveLength(5);
  } finally {
    await one.stop();
    await two.stop();
    await database.drop();
  }
}, 120_000);
