import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compilePolicy } from "@cordon/decisions";
import { createMemoryIndexBackend, createMemoryIndexStore } from "@cordon/index-store/testing";
import type { OutRecord } from "@cordon/kafka";
import {
  type CustomerRead,
  type CustomerSink,
  keptCustomers,
  readCustomer,
  rescreenCustomers,
  type RescreenCustomersOptions,
  type RescreenCustomersReport,
} from "@cordon/looking-again";
import type { Designation } from "@cordon/matching";
import { type Alert, createDecoder, schemaText, subjectOf, topics } from "@cordon/schemas";
import { registerOutputFormat, topicNames } from "@cordon/screening";
import { fakeIndex, listed, openFake, publishFake } from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const names = topicNames({ topicPrefix: "" });
const decoder = createDecoder(subjectOf(topics.alerts), schemaText(subjectOf(topics.alerts)));
const now = Date.UTC(2026, 10, 27);
const goran = listed("GORAN", "Goran Jalal");
const tamsin = listed("TAMSIN", "Tamsin Whitcombe");

let folder: string;
let sent: OutRecord[];
let sink: CustomerSink;
let store: ReturnType<typeof createMemoryIndexStore>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cordon-customers-"));
  sent = [];
  const format = await registerOutputFormat(createMemoryRegistry(), { names, decisionsWritten: "hits-and-holds" });
  sink = { format, producer: { send: async (records) => void (await Promise.resolve(sent.push(...records))) } };
  store = createMemoryIndexStore(createMemoryIndexBackend(), { now: () => now });
  await publish([goran]);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function publish(designations: readonly Designation[]): Promise<void> {
  await publishFake(store, designations, now);
}

async function* customers(people: Readonly<Record<string, string>>): AsyncGenerator<readonly CustomerRead[]> {
  let line = 0;
  for (const [id, name] of Object.entries(people)) yield await Promise.resolve([readCustomer({ id, name }, ++line)]);
}

async function run(
  people: Readonly<Record<string, string>> | null,
  { keep = true, ...change }: Partial<RescreenCustomersOptions> & { readonly keep?: boolean } = {},
): Promise<RescreenCustomersReport> {
  return await rescreenCustomers(
    { store, open: openFake, indexOf: fakeIndex, clock: () => now },
    {
      policy: compilePolicy(),
      customers: people === null ? null : customers(people),
      kept: keep ? await keptCustomers(folder, "all") : null,
      full: false,
      sink,
      ...change,
    },
  );
}

function alerts(): readonly Alert[] {
  return sent.map(({ value }) => decoder.decode(value ?? Buffer.alloc(0)));
}

describe("screening customers", () => {
  test("raises an alert for each that hits, which no payment's can be taken for", async () => {
    const report = await run({ "1": "Goran Jalal", "2": "Amelia Whitfield" }, { keep: false });
    expect(report).toMatchObject({ counts: { customers: 2, inFull: 2, found: 1 }, changes: null });
    expect(alerts()).toMatchObject([
      {
        eventId: "customer:1",
        customerId: "1",
        origin: "CUSTOMER",
        sourceTopic: "",
        sourcePartition: -1,
        sourceOffset: -1,
        money: null,
        index: { generation: 1 },
        matches: [{ designationId: goran.id, field: { path: "party.name" } }],
      },
    ]);
  });

  test("tells customers that could not be screened: they are not clear", async () => {
    const report = await run({ "1": "", "2": "@@@", "3": "BROAD" }, { keep: false });
    expect(report.counts.notScreened).toEqual({ FIELD_MISSING: 1, NAME_UNREADABLE: 1, QUERY_TOO_BROAD: 1 });
  });

  test("keeps them, and then compares them with what changed alone", async () => {
    const people = { "1": "Goran Jalal", "2": "Tamsin Whitcombe", "3": "Amelia Whitfield" };
    await run(people);
    expect(alerts()).toHaveLength(1);
    await publish([goran, tamsin]);
    const report = await run(null);
    expect(report).toMatchObject({ counts: { customers: 3, inFull: 0, found: 1 }, changes: { added: 1, amended: 0 } });
    expect(alerts().map(({ customerId }) => customerId)).toEqual(["1", "2"]);
    expect(await run(null)).toMatchObject({ counts: { customers: 3, found: 0 }, changes: { added: 0 } });
  });

  test("screens those that could not be screened in full again, until they can be: they are not clear", async () => {
    const people = { "1": "", "2": "@@@", "3": "BROAD", "4": "Amelia Whitfield" };
    const notScreened = { FIELD_MISSING: 1, NAME_UNREADABLE: 1, QUERY_TOO_BROAD: 1 };
    await run(people);
    expect((await run(people)).counts).toMatchObject({ inFull: 3, notScreened });
    await publish([goran, tamsin]);
    expect((await run(null)).counts).toMatchObject({ customers: 4, inFull: 3, notScreened });
  });

  test("screens new and changed customers in full, and forgets those that left", async () => {
    await run({ "1": "Amelia Whitfield", "2": "Oliver Baker", "3": "Goran Jalal" });
    await publish([goran, tamsin]);
    const report = await run({ "1": "Goran Jalal", "2": "Oliver Baker", "4": "Tamsin Whitcombe" });
    expect(report.counts).toMatchObject({ customers: 3, inFull: 2, found: 2 });
    expect(alerts().map(({ customerId }) => customerId)).toEqual(["3", "1", "4"]);
    const { state } = await keptCustomers(folder, "all");
    expect(state).toMatchObject({ customers: 3, generation: 2 });
  });

  test("screens all in full when the policy is another one, or it is asked for", async () => {
    await run({ "1": "Goran Jalal" });
    expect(await run(null, { policy: compilePolicy({ threshold: 90 }) })).toMatchObject({
      whyInFull: "the policy is another one",
      counts: { inFull: 1, found: 1 },
    });
    expect(await run(null, { full: true })).toMatchObject({ whyInFull: "it was asked for" });
  });

  test("on trial writes nothing and keeps nothing", async () => {
    const report = await run({ "1": "Goran Jalal" }, { sink: null });
    expect(report.counts.found).toBe(1);
    expect(sent).toEqual([]);
    expect((await keptCustomers(folder, "all")).state).toBeNull();
  });

  test("keeps what was kept when it breaks off, and does it again", async () => {
    await run({ "1": "Amelia Whitfield" });
    const before = readdirSync(join(folder, "all"));
    await publish([goran, tamsin]);
    const broken = { ...sink, producer: { send: async () => Promise.reject(new Error("away")) } };
    await expect(run({ "1": "Amelia Whitfield", "2": "Goran Jalal" }, { sink: broken })).rejects.toThrow("away");
    expect(readdirSync(join(folder, "all"))).toEqual(before);
    expect(await run({ "1": "Amelia Whitfield", "2": "Goran Jalal" })).toMatchObject({ counts: { found: 1 } });
  });

  test("needs a file at first", async () => {
    await expect(run(null)).rejects.toMatchObject({ code: "OPTIONS_INVALID" });
  });
});

describe("what is kept of customers", () => {
  test("only its owner can read, and is known to be what was kept", async () => {
    await run({ "1": "Amelia Whitfield" });
    const place = join(folder, "all");
    const file = readdirSync(place).find((name) => name.endsWith(".gz")) ?? "";
    expect(statSync(join(place, file)).mode & 0o077).toBe(0);
    expect(statSync(place).mode & 0o077).toBe(0);
    writeFileSync(join(place, file), "damaged");
    await expect(run(null)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
    writeFileSync(join(place, "state.json"), "{}");
    await expect(run(null)).rejects.toMatchObject({ code: "CONTRACT_VIOLATED" });
  });

  test("has a name that is a file's", async () => {
    for (const name of ["", "..", "a/b", "-x", "x".repeat(65)])
      await expect(keptCustomers(folder, name)).rejects.toMatchObject({ code: "OPTIONS_INVALID" });
  });
});
