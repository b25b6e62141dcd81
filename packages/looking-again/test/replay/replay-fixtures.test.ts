import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { compilePolicy, type Policy } from "@cordon/decisions";
import { parseUkSanctionsList } from "@cordon/lists";
import { releaseOf, replayDecision } from "@cordon/looking-again";
import { compileSnapshot, type Designation, engineVersion, openSnapshot } from "@cordon/matching";
import { createDecoder, newParty, type Payment, schemaText, subjectOf, topics } from "@cordon/schemas";
import { generationOf, outputsOf, payments, registerOutputFormat, screenRecord, topicNames } from "@cordon/screening";
import { encodePayment, paymentSchema, samplePayment } from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";
import { describe, expect, test } from "vitest";

/*
 * Decisions of the last engine that was committed, as they were written. While the engine is the same they must come out again, byte for
 * byte; once it is another one, replay must name the release to run. `UPDATE_FIXTURES=1 npm test -- replay-fixtures` writes them anew.
 */
const fixturePath = fileURLToPath(new URL("decisions.fixture.json", import.meta.url));
const listPath = fileURLToPath(new URL("../../../../data/gim/uk-gim.csv", import.meta.url));
const names = topicNames({ topicPrefix: "" });
const source = { topic: names.payments, partition: 0 };
const decidedAt = Date.UTC(2026, 10, 29, 12);

interface Fixture {
  readonly engineVersion: string;
  readonly policyVersion: string;
  readonly indexVersion: string;
  readonly schemas: { readonly event: string; readonly decision: string; readonly alert: string };
  readonly records: readonly {
    readonly event: string;
    readonly decision: string;
    readonly alert: string | null;
  }[];
}

async function listOf(): Promise<readonly Designation[]> {
  const bytes = readFileSync(listPath);
  const { designations } = await parseUkSanctionsList(one(bytes));
  return designations;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Payments of each outcome, with names of the excerpt as they are and in other spellings. */
function eventsOf(designations: readonly Designation[]): readonly Payment[] {
  const listed = designations.flatMap(({ names: [first] }) => (first === undefined ? [] : [first.text])).slice(0, 12);
  const spelt = listed.flatMap((name) => [name, name.toLowerCase().split(/,?\s+/).toReversed().join(" ")]);
  const held = { ...samplePayment("held", ["Amelia Whitfield", ""]) };
  const late = { ...samplePayment("late"), decideBy: 1 };
  const lines = spelt.slice(0, 4).map((name, at) => ({
    ...samplePayment(`line-${String(at)}`),
    remittanceInformation: [`rent for ${name}, flat 4`],
  }));
  const clear = Array.from({ length: 10 }, (_, at) => samplePayment(`clear-${String(at)}`));
  const hits = spelt.map((name, at) => ({
    ...samplePayment(`hit-${String(at)}`),
    parties: [newParty("DEBTOR", "Amelia Whitfield", "PERSON"), newParty("CREDITOR", name, "UNKNOWN")],
  }));
  return [...hits, ...lines, ...clear, held, late];
}

async function prepare(policy: Policy) {
  const registry = createMemoryRegistry();
  const format = await registerOutputFormat(registry, { names, decisionsWritten: "all" });
  const snapshot = compileSnapshot(await listOf());
  const version = createHash("sha256").update(snapshot).digest("hex");
  const manifest = {
    version,
    generation: 7,
    bytes: snapshot.byteLength,
    chunks: 1,
    engineVersion,
    createdAt: 0,
    lists: [],
  };
  return { policy, format, generation: generationOf(manifest, openSnapshot(snapshot)) };
}

function recordOf(value: Buffer, offset: number) {
  return { offset: BigInt(offset), timestamp: decidedAt, key: null, value, header: () => undefined };
}

async function fixtureOfNow(): Promise<Fixture> {
  const deps = await prepare(compilePolicy());
  const reader = payments.readerFor(paymentSchema, new Set());
  const records = eventsOf(await listOf()).map((event, offset) => {
    const value = encodePayment(event, 1);
    const record = recordOf(value, offset);
    const screening = { ...deps, indexAge: 0 };
    const screened = screenRecord({ event: reader.read(value), why: null }, screening, decidedAt);
    if (screened.kind === "clear-by-parts") throw new Error("not in full");
    const outputs = outputsOf(record, screened, { source, screening, format: deps.format });
    const written = (topic: string) =>
      outputs.find((output) => output.topic === topic)?.value?.toString("base64") ?? null;
    return { event: value.toString("base64"), decision: written(names.decisions) ?? "", alert: written(names.alerts) };
  });
  return {
    engineVersion,
    policyVersion: deps.policy.version,
    indexVersion: deps.generation.manifest.version,
    schemas: {
      event: paymentSchema,
      decision: schemaText(subjectOf(topics.decisions)),
      alert: schemaText(subjectOf(topics.alerts)),
    },
    records,
  };
}

describe("decisions of the last committed engine", async () => {
  if (process.env["UPDATE_FIXTURES"] === "1" || !existsSync(fixturePath))
    writeFileSync(fixturePath, `${JSON.stringify(await fixtureOfNow())}\n`);
  const fixture = JSON.parse(readFileSync(fixturePath, "utf8")) as Fixture;
  const policy = compilePolicy();
  const isOurs = fixture.engineVersion === engineVersion && fixture.policyVersion === policy.version;

  test.runIf(isOurs)("come out again, byte for byte but for times", async () => {
    const { schemas, records } = fixture;
    const deps = await prepare(policy);
    expect(deps.generation.manifest.version).toBe(fixture.indexVersion);
    const decisions = createDecoder(subjectOf(topics.decisions), schemas.decision);
    const alerts = createDecoder(subjectOf(topics.alerts), schemas.alert);
    const reader = payments.readerFor(schemas.event, new Set());
    const outcomes = new Map<string, number>();
    for (const [offset, record] of records.entries()) {
      const value = Buffer.from(record.event, "base64");
      const decision = decisions.decode(Buffer.from(record.decision, "base64"));
      const alert = record.alert === null ? null : alerts.decode(Buffer.from(record.alert, "base64"));
      const replayed = replayDecision(
        { record: recordOf(value, offset), read: { event: reader.read(value), why: null }, source },
        { decision, alert },
        deps,
      );
      expect(replayed).toMatchObject({ same: true, differences: [] });
      outcomes.set(decision.outcome, (outcomes.get(decision.outcome) ?? 0) + 1);
    }
    expect(outcomes.get("HIT")).toBeGreaterThan(10);
    expect(outcomes.get("CLEAR")).toBeGreaterThan(5);
    expect(outcomes.get("HOLD")).toBeGreaterThanOrEqual(2);
  });

  test.runIf(isOurs)("differ, by name, where the policy or what was recorded is another", async () => {
    const { schemas, records } = fixture;
    const deps = await prepare(compilePolicy({ threshold: 99 }));
    const decisions = createDecoder(subjectOf(topics.decisions), schemas.decision);
    const reader = payments.readerFor(schemas.event, new Set());
    const paths = new Set<string>();
    for (const [offset, record] of records.entries()) {
      const value = Buffer.from(record.event, "base64");
      const decision = decisions.decode(Buffer.from(record.decision, "base64"));
      const read = { event: reader.read(value), why: null } as const;
      const { differences } = replayDecision(
        { record: recordOf(value, offset), read, source },
        { decision: { ...decision, fieldsScreened: decision.fieldsScreened + 1 }, alert: null },
        deps,
      );
      for (const { path } of differences) paths.add(path);
    }
    expect([...paths]).toEqual(expect.arrayContaining(["decision.policyVersion", "decision.fieldsScreened"]));
  });

  test("are of an engine whose release is known, and so is the engine of now", () => {
    expect(releaseOf(fixture.engineVersion)).not.toBeNull();
    expect(releaseOf(engineVersion)).not.toBeNull();
    expect(releaseOf("0.none")).toBeNull();
  });
});
