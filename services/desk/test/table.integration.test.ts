import { topics } from "@cordon/schemas";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { deskRoutes } from "../src/http/routes.ts";
import { alertStates } from "../src/rules/states.ts";
import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision } from "./support/records.ts";

/** The table itself; its handlers are never called here. */
const routes = deskRoutes({
  deps: {} as never,
  dispositionsTopic: "",
  oneAdmin: true,
  rescreen: async () => Promise.resolve(),
  replay: async () => Promise.resolve({ same: true, differences: [] }),
  onVerified: () => {},
});

const people = ["hanna", "chen", "auditor", "admin"] as const;
const rolesOf: Readonly<Record<(typeof people)[number], readonly string[]>> = {
  hanna: ["handler", "checker"],
  chen: ["checker"],
  auditor: ["auditor"],
  admin: ["admin"],
};

let desk: TestDesk;
let drop: () => Promise<void>;
const signedIn = new Map<string, Person>();
const alertIn = new Map<string, string>();

beforeAll(async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  desk = await startTestDesk({ databaseUrl: database.url });
  for (const one of [...people, "omar"]) signedIn.set(one, await desk.signIn(one));
  const hanna = signedIn.get("hanna");
  for (const [n, state] of alertStates.entries()) {
    const made = alert(n + 1);
    await desk.send(topics.alerts, made.eventId, made);
    await desk.send(topics.decisions, made.eventId, decision(n + 1, "HIT"));
    await eventually(
      async () => desk.sql("SELECT 1 FROM alert WHERE alert_id = $1", [made.alertId]),
      (rows) => rows.length === 1,
    );
    alertIn.set(state, made.alertId);
  }
  const seen = async (state: string) => (await hanna?.get(`/alerts/${alertIn.get(state) ?? ""}`))?.body;
  const propose = async (state: string, decided: string) => {
    const { version, evidenceHash } = await seen(state);
    return hanna?.post(`/alerts/${alertIn.get(state) ?? ""}/proposals`, {
      decision: decided,
      reasons: ["OTHER"],
      rationale: "For the table of states.",
      version,
      evidenceHash,
    });
  };
  await hanna?.post(`/alerts/${alertIn.get("TAKEN") ?? ""}/take`);
  await propose("PROPOSED", "RELEASE");
  await propose("ESCALATED", "ESCALATE");
  for (const [state, decided] of [
    ["RELEASED", "RELEASE"],
    ["REJECTED", "REJECT"],
  ] as const) {
    const shown = (await propose(state, decided))?.body;
    await signedIn.get("chen")?.post(`/proposals/${String(shown.proposal.id)}/agree`, {
      version: shown.version,
      evidenceHash: shown.evidenceHash,
    });
  }
  await desk.sql("UPDATE alert SET state = 'SUPERSEDED', closed_at = now() WHERE alert_id = $1", [
    alertIn.get("SUPERSEDED"),
  ]);
});
afterAll(async () => {
  await desk.stop();
  await drop();
});

const methodOf = (person: Person, method: string, path: string) =>
  method === "GET"
    ? person.get(path)
    : method === "PUT"
      ? person.put(path, {})
      : method === "DELETE"
        ? person.delete(path)
        : person.post(path, {});

describe("every route", () => {
  test.each(routes.map((one) => [`${one.method} ${one.path}`, one] as const))(
    "%s is refused to whoever may not",
    async (_name, one) => {
      const path = one.path.replaceAll(/:\w+/g, alertIn.get("OPEN") ?? "none");
      expect((await methodOf(desk.anonymous(), one.method, path)).body.code).toBe("SIGN_IN_NEEDED");
      for (const name of people) {
        const person = signedIn.get(name);
        if (person === undefined || (one.method === "DELETE" && one.path === "/session")) continue;
        const may = one.roles === "any" || one.roles.some((role) => rolesOf[name].includes(role));
        const { body, status } = await methodOf(person, one.method, path);
        expect([name, body?.code === "ROLE_MISSING"]).toEqual([name, !may]);
        expect([name, status < 500]).toEqual([name, true]);
      }
      if (one.method === "GET") return;
      const hanna = signedIn.get("hanna");
      for (const headers of [
        { "x-desk": "0" },
        { "sec-fetch-site": "cross-site" },
        { origin: "https://elsewhere.example" },
      ])
        expect((await hanna?.post("/alerts/next", {}, headers))?.body.code).toBe("CROSS_SITE");
    },
  );
});

describe("every state", () => {
  const expected: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
    // By hanna, who has taken the TAKEN one and made every proposal; by omar, who has made none.
    "take by omar": {
      OPEN: 200,
      TAKEN: "VERSION_CONFLICT",
      PROPOSED: "VERSION_CONFLICT",
      ESCALATED: "VERSION_CONFLICT",
      RELEASED: "STATE_FINAL",
      REJECTED: "STATE_FINAL",
      SUPERSEDED: "STATE_FINAL",
    },
    "give-back by hanna": {
      OPEN: "VERSION_CONFLICT",
      TAKEN: 200,
      PROPOSED: "VERSION_CONFLICT",
      ESCALATED: "VERSION_CONFLICT",
      RELEASED: "STATE_FINAL",
      REJECTED: "STATE_FINAL",
      SUPERSEDED: "STATE_FINAL",
    },
    "escalate by omar": {
      OPEN: "VERSION_CONFLICT",
      PROPOSED: "VERSION_CONFLICT",
      ESCALATED: "VERSION_CONFLICT",
      RELEASED: "STATE_FINAL",
      REJECTED: "STATE_FINAL",
      SUPERSEDED: "STATE_FINAL",
    },
  };

  test.each(Object.keys(expected))("%s", async (deed) => {
    const [what = "", , who = ""] = deed.split(" ");
    const person = signedIn.get(who);
    for (const [state, wanted] of Object.entries(expected[deed] ?? {})) {
      const id = alertIn.get(state) ?? "";
      const { evidenceHash } = (await person?.get(`/alerts/${id}`))?.body ?? {};
      const answer =
        what === "escalate"
          ? await person?.post(`/alerts/${id}/proposals`, {
              decision: "ESCALATE",
              reasons: [],
              rationale: "For the table of states.",
              version: 1,
              evidenceHash,
            })
          : await person?.post(`/alerts/${id}/${what}`);
      expect([state, answer?.body.code ?? answer?.status]).toEqual([state, wanted]);
    }
  });

  test("what is wrong with a request is told in the order of the contract", async () => {
    const hanna = signedIn.get("hanna");
    const id = alertIn.get("RELEASED") ?? "";
    const { version, evidenceHash } = (await hanna?.get(`/alerts/${id}`))?.body ?? {};
    const body = {
      decision: "RELEASE",
      reasons: ["OTHER"],
      rationale: "Long enough to be read.",
      version,
      evidenceHash,
    };
    const code = async (path: string, change: object) => (await hanna?.post(path, { ...body, ...change }))?.body.code;
    const path = `/alerts/${id}/proposals`;
    expect(await code("/alerts/none/proposals", { decision: "MAYBE" })).toBe("NOT_FOUND");
    expect(await code(path, { decision: "MAYBE", rationale: "" })).toBe("BAD_REQUEST");
    expect(await code(path, { rationale: "short", reasons: ["NONSENSE"] })).toBe("RATIONALE_MISSING");
    expect(await code(path, { rationale: "x".repeat(4001) })).toBe("RATIONALE_MISSING");
    expect(await code(path, { reasons: ["NONSENSE"], evidenceHash: "0" })).toBe("REASON_UNKNOWN");
    expect(await code(path, { reasons: [] })).toBe("REASON_UNKNOWN");
    expect(await code(path, { reasons: ["CONFIRMED"] })).toBe("REASON_UNKNOWN");
    expect(await code(path, { evidenceHash: "0" })).toBe("STATE_FINAL");
    const proposed = alertIn.get("PROPOSED") ?? "";
    const shown = (await hanna?.get(`/alerts/${proposed}`))?.body;
    const chen = signedIn.get("chen");
    const check = async (change: object) =>
      (
        await chen?.post(`/proposals/${String(shown.proposal.id)}/agree`, {
          version: shown.version,
          evidenceHash: shown.evidenceHash,
          ...change,
        })
      )?.body.code;
    expect(await check({ note: "short" })).toBe("RATIONALE_MISSING");
    expect(await check({ evidenceHash: "0", version: 99 })).toBe("EVIDENCE_CHANGED");
    expect(await check({ version: 99 })).toBe("VERSION_CONFLICT");
  });
});

test("a party too vague makes no good guy", async () => {
  const made = alert(90, { matches: alert(90).matches.map((one) => ({ ...one, partyFingerprint: null })) });
  await desk.send(topics.alerts, made.eventId, made);
  const hanna = signedIn.get("hanna");
  const shown = (
    await eventually(
      async () => hanna?.get(`/alerts/${made.alertId}`),
      (answer) => answer?.status === 200,
    )
  )?.body;
  const answer = await hanna?.post(`/alerts/${made.alertId}/proposals`, {
    decision: "RELEASE",
    reasons: ["OTHER"],
    rationale: "A name and nothing else.",
    version: shown.version,
    evidenceHash: shown.evidenceHash,
    goodGuy: { matches: [0], days: 30 },
  });
  expect(answer).toMatchObject({ status: 422, body: { code: "PARTY_TOO_VAGUE" } });
});

test("signing in is slowed down after five wrong passwords, and a session ends where its person says so", async () => {
  const person = await desk.signIn("omar");
  expect((await person.get("/me")).body).toMatchObject({ userId: "omar", roles: ["handler", "checker"] });
  expect((await person.delete("/session")).status).toBe(204);
  expect((await person.get("/me")).body.code).toBe("SIGN_IN_NEEDED");
  const wrong = async () => (await desk.anonymous().post("/session", { user: "nobody", password: "x" })).status;
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(await wrong());
  expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
});
