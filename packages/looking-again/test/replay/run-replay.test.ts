import { createHash } from "node:crypto";

import { compilePolicy, goodGuySet, partyFingerprint, type PolicySettings } from "@cordon/decisions";
import { type ArchivePlace, createIndexArchive, encodeGoodGuys, type PublishedGoodGuy } from "@cordon/index-store";
import { createMemoryIndexStore } from "@cordon/index-store/testing";
import { replay, type ReplayOptions, type ReplayPorts, type ReplayResult } from "@cordon/looking-again";
import { designationHash } from "@cordon/matching";
import { newParty } from "@cordon/schemas";
import {
  createEventReaders,
  generationOf,
  outputsOf,
  payments,
  registerOutputFormat,
  screenRecord,
} from "@cordon/screening";
import { fakeEngineVersion, listed, snapshotOf } from "@cordon/screening/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { createWorld, names, type World } from "../world.ts";

const goran = listed("GORAN", "Goran Jalal");
const quiet = { signal: new AbortController().signal, onWait: () => undefined };
const fingerprintKey = new Uint8Array(32).fill(7);
const noGoodGuys = { load: async () => Promise.resolve(null) };

let world: World;
let objects: Map<string, Uint8Array>;

beforeEach(async () => {
  world = await createWorld();
  objects = new Map();
  await world.publish([goran]);
  await world.pay("hit", ["Goran Jalal", "Oliver Baker"]);
  await world.pay("clear");
  await world.pay("held", ["Amelia Whitfield", ""]);
  await world.pay("late", undefined, { decideBy: 1 });
});

function archive() {
  const place: ArchivePlace = {
    has: async (name) => Promise.resolve(objects.has(name)),
    read: async (name) => Promise.resolve(objects.get(name) ?? null),
    write: async (name, bytes) => void (await Promise.resolve(objects.set(name, bytes))),
  };
  return createIndexArchive(place);
}

interface Decided {
  readonly indexAge?: number;
  readonly waived?: boolean;
  readonly settings?: PolicySettings;
  readonly goodGuys?: readonly PublishedGoodGuy[];
}

/** Decides what is in the topic, as a screener does. */
async function decide({ indexAge = 0, waived = false, settings = {}, goodGuys }: Decided = {}): Promise<void> {
  const { store, registry, open, kafka } = world.ports();
  const manifest = await store.current();
  if (manifest === null) throw new Error("no index");
  const generation = generationOf(manifest, open(await store.load(manifest)));
  const format = await registerOutputFormat(registry, { names, decisionsWritten: "all" });
  const policy = compilePolicy(settings);
  const readers = createEventReaders({
    registry,
    kinds: new Map([[names.payments, payments]]),
    ignoredFields: new Set(),
  });
  const reader = await kafka.reader();
  const producer = await kafka.producer();
  await reader.read(await reader.extent(names.payments), async (batch) => {
    const read = await readers.forBatch(batch, quiet);
    const set = goodGuys === undefined ? null : goodGuySet(encodeGoodGuys(goodGuys).version, 3, goodGuys);
    const atHand = set === null ? {} : { fingerprintKey, goodGuys: { set, fingerprintKey, topic: batch.topic } };
    const screening = { generation, policy, indexAge, ...atHand };
    for (const record of batch.records) {
      const { event, why } = read(record);
      const result =
        event === null ? { event, why } : { event: waived ? { ...event, decideBy: null } : event, why: null };
      const screened = screenRecord(result, screening, world.now);
      if (screened.kind === "clear-by-parts") continue;
      await producer.send(outputsOf(record, screened, { source: batch, screening, format }));
    }
  });
}

async function replayed(
  what: ReplayOptions["what"] = { kind: "events", place: { topic: names.payments, partition: 0, offset: 0 }, to: 100 },
  {
    ports = {},
    settings = {},
    ...more
  }: {
    readonly ports?: Partial<ReplayPorts>;
    readonly settings?: PolicySettings;
    readonly fingerprintKey?: Uint8Array;
  } = {},
): Promise<readonly ReplayResult[]> {
  const { registry } = world.ports();
  return await replay(
    { ...world.ports(), goodGuys: noGoodGuys, archive: archive(), engine: fakeEngineVersion, ...ports },
    {
      what,
      policy: compilePolicy(settings),
      names,
      format: await registerOutputFormat(registry, { names, decisionsWritten: "all" }),
      patience: quiet,
      ...more,
    },
  );
}

const why = (words: string) => ({ kind: "not-replayed", why: expect.stringContaining(words) as string });

describe("replay", () => {
  test("makes every decision again, byte for byte but for times", async () => {
    await decide();
    world.now += 86_400_000;
    expect((await replayed()).map(({ eventId, kind }) => `${String(eventId)} ${kind}`)).toEqual([
      "hit same",
      "clear same",
      "held same",
      "late same",
    ]);
  });

  test("takes the last decision on an event, and tells what it had to take for granted", async () => {
    await decide({ indexAge: Number.POSITIVE_INFINITY });
    const [, clear] = await replayed();
    expect(clear).toMatchObject({ kind: "same", outcome: "HOLD", assumed: ["stale-index"] });
    await decide({ waived: true });
    const late = (await replayed())[3];
    expect(late).toMatchObject({ kind: "same", outcome: "CLEAR", assumed: ["no-deadline"] });
  });

  test("uses the index of then, from Redis or from the archive", async () => {
    await decide();
    await world.publish([goran, listed("NEW", "Amelia Whitfield")]);
    expect((await replayed()).every(({ kind }) => kind === "same")).toBe(true);
    const store = createMemoryIndexStore();
    expect((await replayed(undefined, { ports: { store } }))[0]).toMatchObject({
      kind: "not-replayed",
      why: expect.stringContaining("INDEX_ARCHIVE") as string,
    });
    const snapshot = snapshotOf([goran]);
    await archive().keep(createHash("sha256").update(snapshot).digest("hex"), snapshot);
    expect((await replayed(undefined, { ports: { store } })).every(({ kind }) => kind === "same")).toBe(true);
  });

  test("uses the good guys of then by their hash, and says what it lacks where they are not to be had", async () => {
    const goranToo = {
      ...newParty("CREDITOR", "Goran Jalal", "PERSON"),
      account: { kind: "IBAN", value: "GB33BUKB20201555555555", name: null },
    } as const;
    await world.pay("other", undefined, { parties: [newParty("DEBTOR", "Amelia Whitfield", "PERSON"), goranToo] });
    const goodGuy: PublishedGoodGuy = {
      id: "g-1",
      fingerprint: partyFingerprint(goranToo, fingerprintKey).fingerprint ?? "",
      designationId: goran.id,
      designationHash: designationHash(goran),
      topics: [],
      rails: [],
      expiresAt: world.now + 1000,
    };
    const settings = { goodGuys: "on" } as const;
    await decide({ settings, goodGuys: [goodGuy] });
    world.now += 86_400_000;
    const kept = encodeGoodGuys([goodGuy]).bytes;
    const asked: string[] = [];
    const goodGuys = {
      load: async (version: string) => {
        asked.push(version);
        return Promise.resolve(kept);
      },
    };
    const [hit, , , , other] = await replayed(undefined, { settings, fingerprintKey, ports: { goodGuys } });
    expect(hit).toMatchObject({ kind: "same", outcome: "HIT" });
    expect(other).toMatchObject({ kind: "same", outcome: "CLEAR", eventId: "other" });
    expect(asked).toEqual([encodeGoodGuys([goodGuy]).version]);

    const last = async (options: Parameters<typeof replayed>[1]) =>
      (await replayed(undefined, { settings, ...options })).at(-1);
    expect(await last({ ports: { goodGuys } })).toMatchObject(why("PARTY_FINGERPRINT_KEY"));
    expect(await last({ fingerprintKey })).toMatchObject(why("Redis does not have any more"));
    const forged = { load: async () => Promise.resolve(encodeGoodGuys([{ ...goodGuy, expiresAt: 1 }]).bytes) };
    expect(await last({ fingerprintKey, ports: { goodGuys: forged } })).toMatchObject(
      why("Redis does not have any more"),
    );
    const another = new Uint8Array(32).fill(8);
    expect(await last({ fingerprintKey: another, ports: { goodGuys } })).toMatchObject({ kind: "different" });
  });

  test("names the difference where there is one", async () => {
    await decide();
    const wrong = {
      ...world.ports().store,
      load: async () => Promise.resolve(snapshotOf([listed("X", "Amelia Whitfield")])),
    };
    const results = await replayed(undefined, { ports: { store: wrong } });
    expect(results[0]).toMatchObject({
      kind: "different",
      outcome: "HIT",
      differences: expect.arrayContaining([expect.objectContaining({ path: "decision.outcome" })]) as unknown,
    });
    expect(results[1]).toMatchObject({ kind: "different", outcome: "CLEAR" });
  });

  test("says which engine or policy is needed", async () => {
    await decide();
    expect((await replayed(undefined, { ports: { engine: "another" } }))[0]).toMatchObject({
      kind: "not-replayed",
      why: expect.stringMatching(/engine test-engine.*run the build/) as string,
    });
    expect((await replayed(undefined, { settings: { threshold: 90 } }))[0]).toMatchObject({
      kind: "not-replayed",
      why: expect.stringContaining("policy") as string,
    });
  });

  test("finds the event of an alert, and takes it from the alert once Kafka has forgotten it", async () => {
    await decide();
    const alertId = world.alerts()[0]?.alertId ?? "";
    expect(await replayed({ kind: "alert", alertId })).toMatchObject([{ kind: "same", eventId: "hit" }]);
    world.kafka.expire({ topic: names.payments, partition: 0, offset: 4n });
    expect(await replayed({ kind: "alert", alertId })).toMatchObject([{ kind: "same", eventId: "hit" }]);
    await expect(replayed({ kind: "alert", alertId: "0".repeat(32) })).rejects.toMatchObject({
      code: "OPTIONS_INVALID",
    });
  });

  test("holds a hit to its own alert, also where a look back has raised it again", async () => {
    await decide();
    const { kafka, registry } = world.ports();
    const { encoder, schemaId } = (await registerOutputFormat(registry, { names, decisionsWritten: "all" })).alerts;
    const repeats = world.alerts().map((alert) => ({
      topic: names.alerts,
      key: Buffer.from(alert.eventId),
      value: encoder.encode({ ...alert, origin: "LOOK_BACK", lookBackId: "lb-1" }, schemaId),
    }));
    expect(repeats).toHaveLength(1);
    await (await kafka.producer()).send(repeats);
    expect((await replayed()).map(({ kind }) => kind)).toEqual(["same", "same", "same", "same"]);
  });

  test("says that an event has no decision, or is not there", async () => {
    expect((await replayed())[0]).toMatchObject({
      kind: "not-replayed",
      why: expect.stringContaining("no decision") as string,
    });
    const beyond = { kind: "events", place: { topic: names.payments, partition: 0, offset: 50 }, to: 51 } as const;
    await expect(replayed(beyond)).rejects.toMatchObject({ code: "OPTIONS_INVALID" });
  });
});
