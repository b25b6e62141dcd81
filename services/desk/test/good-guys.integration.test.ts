import { createHash, generateKeyPairSync, randomUUID } from "node:crypto";

import { decodeGoodGuys, openGoodGuysDocument } from "@cordon/index-store";
import { topics } from "@cordon/schemas";
import { silentLogger } from "@cordon/service";
import { createVerifier } from "@cordon/signing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { openDatabase, type Tx } from "../src/database/connect.ts";
import { agreeGoodGuy } from "../src/work/judge-good-guys.ts";
import { eventually, freshDatabase, type Person, startTestDesk, type TestDesk } from "./support/desk.ts";
import { alert, decision, listChange, match } from "./support/records.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const verifier = createVerifier(publicKey.export({ type: "spki", format: "pem" }).toString(), "the test");

let desk: TestDesk;
let drop: () => Promise<void>;
let hanna: Person;
let omar: Person;
let chen: Person;
let offset = 0;

beforeAll(async () => {
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  const signingKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  desk = await startTestDesk({ databaseUrl: database.url, signingKey });
  [hanna, omar, chen] = await Promise.all([desk.signIn("hanna"), desk.signIn("omar"), desk.signIn("chen")]);
});
afterAll(async () => {
  await desk.stop();
  await drop();
});

/** Ids of the good guys that screeners would use now. */
function published(): readonly string[] {
  const live = desk.published();
  if (live === null) return [];
  const document = openGoodGuysDocument(live.document, verifier);
  if (typeof document === "string") throw new Error(document);
  const goodGuys = decodeGoodGuys(live.bytes, document.version);
  if (typeof goodGuys === "string") throw new Error(goodGuys);
  return goodGuys.map(({ id }) => id);
}

async function proposed(designationId: string) {
  const made = alert(offset++, { matches: [match({ designationId })] });
  await desk.send(topics.alerts, made.eventId, made);
  const { body: seen } = await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
  );
  const { body } = await hanna.post(`/alerts/${made.alertId}/proposals`, {
    decision: "RELEASE",
    reasons: ["KNOWN_CUSTOMER"],
    rationale: "A customer of ours since years.",
    version: seen.version,
    evidenceHash: seen.evidenceHash,
    goodGuy: { matches: [0], days: 30 },
  });
  return {
    shown: body,
    id: String(body.goodGuys[0].id),
    seen: { version: body.version, evidenceHash: body.evidenceHash },
  };
}

async function active(designationId: string): Promise<string> {
  const { shown, id, seen } = await proposed(designationId);
  await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seen);
  expect((await chen.post(`/good-guys/${id}/agree`)).body).toMatchObject({
    state: "ACTIVE",
    maker: "hanna",
    checker: "chen",
  });
  await eventually(
    async () => Promise.resolve(published()),
    (ids) => ids.includes(id),
  );
  return id;
}

test("a good guy is made by two people, published signed, and used no more when one person revokes it", async () => {
  const { shown, id, seen } = await proposed("uk:G1");
  expect((await hanna.post(`/good-guys/${id}/agree`)).body.code).toBe("SAME_PERSON");
  expect(published()).not.toContain(id);
  await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seen);
  await chen.post(`/good-guys/${id}/agree`);
  await eventually(
    async () => Promise.resolve(published()),
    (ids) => ids.includes(id),
  );
  expect((await chen.post(`/good-guys/${id}/agree`)).body.code).toBe("VERSION_CONFLICT");
  expect((await omar.post(`/good-guys/${id}/revoke`, { note: "short" })).body.code).toBe("RATIONALE_MISSING");
  expect((await omar.post(`/good-guys/${id}/revoke`, { note: "The customer's account was sold." })).body.state).toBe(
    "REVOKED",
  );
  await eventually(
    async () => Promise.resolve(published()),
    (ids) => !ids.includes(id),
  );
  expect((await omar.post(`/good-guys/${id}/revoke`, { note: "And once more for good." })).body.code).toBe(
    "STATE_FINAL",
  );
});

test("a good guy whose entry is amended is suspended, and published no more", async () => {
  const id = await active("uk:G2");
  await desk.send(
    topics.listChanges,
    "uk:G2",
    listChange("uk:G2", createHash("sha256").update("amended").digest("hex")),
  );
  await eventually(
    () => hanna.get(`/good-guys/${id}`),
    ({ body }) => body.state === "SUSPENDED",
  );
  await eventually(
    async () => Promise.resolve(published()),
    (ids) => !ids.includes(id),
    40,
  );
  const again = await hanna.get("/good-guys?state=SUSPENDED");
  expect(again.body.items.map((one: { id: string }) => one.id)).toContain(id);
});

test("a good guy goes with the proposal that is sent back", async () => {
  const { shown, id, seen } = await proposed("uk:G3");
  await chen.post(`/proposals/${String(shown.proposal.id)}/send-back`, seen);
  expect((await chen.get(`/good-guys/${id}`)).body.state).toBe("REVOKED");
  expect((await chen.post(`/good-guys/${id}/agree`)).body.code).toBe("STATE_FINAL");
});

test("its uses are counted from the decisions that name it", async () => {
  const id = await active("uk:G4");
  const at = offset++;
  await desk.send(
    topics.decisions,
    `e-${String(at)}`,
    decision(at, "CLEAR", {
      setAside: [
        { designationId: "uk:G4", path: "parties[1].name", score: 93, reason: "good-guy", detail: "", goodGuyId: id },
      ],
    }),
    { "cordon-set-aside": "1" },
  );
  const used = await eventually(
    () => hanna.get(`/good-guys/${id}`),
    ({ body }) => body.uses > 0,
  );
  expect(used.body.uses).toBe(1);
});

/**
 * Chen agrees, and `meanwhile` is begun before a statement: unless it is told, when all is checked and nothing written. What waits for chen
 * is not waited for.
 */
async function agreedWhile(
  id: string,
  meanwhile: () => Promise<unknown>,
  before = "INSERT INTO good_guy_state",
): Promise<void> {
  const real = openDatabase({ url: desk.databaseUrl, role: null, connections: 2, logger: silentLogger });
  let begun: Promise<unknown> = Promise.resolve();
  const interrupted = (tx: Tx): Tx => ({
    query: async (text, values) => {
      if (text.startsWith(before)) {
        begun = meanwhile();
        await Promise.race([begun, new Promise((resolve) => void setTimeout(resolve, 1500))]);
      }
      return tx.query(text, values);
    },
  });
  const database = {
    ...real,
    transaction: <T>(work: (tx: Tx) => Promise<T>) => real.transaction((tx) => work(interrupted(tx))),
  };
  try {
    await agreeGoodGuy(id, { userId: "chen", deps: { database } as never });
    await begun;
  } finally {
    await real.close();
  }
}

test("a good guy whose release is sent back in the very moment in which it is agreed is none", async () => {
  const { shown, id, seen } = await proposed("uk:G5");
  await agreedWhile(id, () => omar.post(`/proposals/${String(shown.proposal.id)}/send-back`, seen));
  expect((await hanna.get(`/alerts/${String(shown.alertId)}`)).body.state).toBe("TAKEN");
  expect((await hanna.get(`/good-guys/${id}`)).body.state).toBe("REVOKED");
});

test("a good guy whose entry is amended in the very moment in which it is agreed is suspended", async () => {
  const { id } = await proposed("uk:G6");
  await agreedWhile(id, async () => {
    await desk.send(topics.listChanges, "uk:G6", listChange("uk:G6", createHash("sha256").update("6").digest("hex")));
    await eventually(
      () => desk.sql("SELECT 1 FROM designation_now WHERE designation_id = 'uk:G6'"),
      (rows) => rows.length === 1,
    );
  });
  expect((await hanna.get(`/good-guys/${id}`)).body.state).toBe("SUSPENDED");
});

/** An alert of the pair, which two people find to be the listed person. */
async function rejected(designationId: string): Promise<void> {
  const made = alert(offset++, { matches: [match({ designationId })] });
  await desk.send(topics.alerts, made.eventId, made);
  const { body: seen } = await eventually(
    () => hanna.get(`/alerts/${made.alertId}`),
    ({ status }) => status === 200,
  );
  const { body: shown } = await hanna.post(`/alerts/${made.alertId}/proposals`, {
    decision: "REJECT",
    reasons: ["CONFIRMED"],
    rationale: "The very person, by the passport.",
    version: seen.version,
    evidenceHash: seen.evidenceHash,
  });
  await omar.post(`/proposals/${String(shown.proposal.id)}/agree`, {
    version: shown.version,
    evidenceHash: shown.evidenceHash,
  });
}

test("a good guy whose pair is found to be the listed person while it is being agreed is none", async () => {
  const { shown, id, seen } = await proposed("uk:G9");
  await chen.post(`/proposals/${String(shown.proposal.id)}/agree`, seen);
  const agreed = agreedWhile(id, () => rejected("uk:G9"), "SELECT pg_advisory_xact_lock_shared");
  await expect(agreed).rejects.toMatchObject({ code: "STATE_FINAL" });
  expect((await hanna.get(`/good-guys/${id}`)).body.state).toBe("REVOKED");
});

test("good guys of a pair that two people find to be the listed person end with that", async () => {
  const id = await active("uk:G7");
  const other = await active("uk:G8");
  const { id: waiting } = await proposed("uk:G7");
  await rejected("uk:G7");
  const states = await Promise.all(
    [id, waiting, other].map(async (one) => (await hanna.get(`/good-guys/${one}`)).body.state),
  );
  expect(states).toEqual(["REVOKED", "REVOKED", "ACTIVE"]);
  await eventually(
    async () => Promise.resolve(published()),
    (ids) => !ids.includes(id),
    5,
  );
});

async function seenToBeWhole(): Promise<void> {
  const auditor = await desk.signIn("auditor");
  expect((await auditor.post("/audit/verify")).body).toMatchObject({ ok: true });
}

describe("with the desk's own rights at the database", () => {
  let asDesk: pg.Pool;
  beforeAll(() => {
    asDesk = new pg.Pool({ connectionString: desk.databaseUrl, max: 1, options: "-c role=cordon_desk" });
  });
  afterAll(() => asDesk.end());

  const becomes = (id: string, by: string) =>
    asDesk.query(
      "INSERT INTO good_guy_state (good_guy_id, state, by, maker, why) SELECT good_guy_id, 'ACTIVE', $2, maker, 'agreed' FROM good_guy WHERE good_guy_id = $1",
      [id, by],
    );
  const told = async () => {
    await asDesk.query("SELECT pg_notify('desk_good_guys', '')");
    await eventually(
      async () => (await fetch(`${desk.url}/readyz`)).json(),
      (report) => JSON.stringify(report).includes("the database and its audit do not agree"),
    );
  };

  test("nobody has a good guy used that nobody agreed with, and others are used on", async () => {
    const used = await active("uk:TRACED");
    const { id } = await proposed("uk:UNTRACED");
    await becomes(id, "omar");
    await told();
    expect(published()).toContain(used);
    expect(published()).not.toContain(id);
    await chen.post(`/good-guys/${id}/revoke`, { note: "Nobody has agreed with this one." });
    await seenToBeWhole();
  });

  test("nobody has one used again that was ended", async () => {
    const id = await active("uk:ENDED");
    await chen.post(`/good-guys/${id}/revoke`, { note: "The customer's account was sold." });
    await eventually(
      async () => Promise.resolve(published()),
      (ids) => !ids.includes(id),
    );
    await becomes(id, "omar");
    await told();
    expect(published()).not.toContain(id);
    await chen.post(`/good-guys/${id}/revoke`, { note: "The customer's account was sold." });
    await seenToBeWhole();
  });

  test("nobody has another used by the agreement with one", async () => {
    const id = await active("uk:ONE");
    const other = randomUUID();
    await asDesk.query(
      `INSERT INTO good_guy SELECT $2, alert_id, proposal_id, fingerprint, 'uk:OTHER', designation_hash, topics, rails, reasons, rationale, brief,
         month, maker, made_at, expires_at FROM good_guy WHERE good_guy_id = $1`,
      [id, other],
    );
    await becomes(other, "chen");
    await told();
    expect(published()).toContain(id);
    expect(published()).not.toContain(other);
    await chen.post(`/good-guys/${other}/revoke`, { note: "Nobody has agreed with this one." }).catch(() => {});
    await seenToBeWhole();
  });
});
