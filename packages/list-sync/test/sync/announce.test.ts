import { CordonError } from "@cordon/errors";
import { type IndexStore } from "@cordon/index-store";
import { createMemoryIndexBackend, createMemoryIndexStore, type MemoryIndexBackend } from "@cordon/index-store/testing";
import { createMemoryKafka, type MemoryKafka } from "@cordon/kafka/testing";
import { createDecoder, createEncoder, type ListChange, schemaText, subjectOf, topics } from "@cordon/schemas";
import { beforeEach, describe, expect, test } from "vitest";

import { announce, type AnnounceDeps } from "../../src/sync/announce.ts";
import { changesBetween, decodeOutbox, encodeOutbox } from "../../src/sync/outbox.ts";
import { listed } from "../../src/testing/text-list.ts";
import { recordTelemetry, type Recorded } from "../support/record-telemetry.ts";

const subject = subjectOf(topics.listChanges);
const decoder = createDecoder(subject, schemaText(subject));
const goran = listed("uk", "GIM0001", "Goran Jalal");
const alen = listed("uk", "GIM0002", "Alen Basil");

let backend: MemoryIndexBackend;
let store: IndexStore;
let kafka: MemoryKafka;
let told: Recorded;
let deps: AnnounceDeps;

beforeEach(async () => {
  backend = createMemoryIndexBackend();
  store = createMemoryIndexStore(backend);
  kafka = createMemoryKafka();
  told = recordTelemetry();
  const admin = await kafka.admin();
  const once = { partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 };
  await admin.ensureTopics([{ topic: topics.listChanges, compacted: true, ...once }]);
  const producer = await kafka.producer();
  const encoder = createEncoder(subject);
  deps = { store, producer, topic: topics.listChanges, encoder, schemaId: 7, telemetry: told.telemetry };
});

async function owe(changes: Awaited<ReturnType<typeof changesBetween>>): Promise<void> {
  const live = await store.current();
  await store.publish({
    snapshot: Buffer.from(`snapshot ${String(live?.generation ?? 0)}`),
    engineVersion: "test",
    expectedGeneration: live?.generation ?? 0,
    lists: [],
    outbox: encodeOutbox({ indexVersion: "abc", at: 5_000, changes }),
  });
}

function announced(): readonly { readonly key: string; readonly value: ListChange }[] {
  return kafka.records(topics.listChanges).map(({ key, value }) => {
    if (value === null) throw new Error("an announcement without a value");
    return { key: key?.toString() ?? "", value: decoder.decode(value) };
  });
}

describe("announcing", () => {
  test("sends each owed change under its designation's id, oldest publication first, and then owes nothing", async () => {
    await owe(await changesBetween([], [goran, alen]));
    await owe(await changesBetween([goran, alen], [{ ...alen, regime: "Another regime" }]));
    expect(await announce(deps)).toBe(true);
    expect(announced().map(({ key, value }) => [key, value.change, value.generation, value.changedFields])).toEqual([
      ["uk:GIM0001", "ADDED", 1, []],
      ["uk:GIM0002", "ADDED", 1, []],
      ["uk:GIM0002", "AMENDED", 2, ["regime"]],
      ["uk:GIM0001", "REMOVED", 2, []],
    ]);
    expect(announced()[0]?.value).toMatchObject({
      indexVersion: "abc",
      at: 5_000,
      primaryName: "Goran Jalal",
      list: "uk",
    });
    expect(await store.pendingOutboxes()).toEqual([]);
    expect(told.of("changesAnnounced")).toEqual([
      { generation: 1, added: 2, amended: 0, removed: 0 },
      { generation: 2, added: 0, amended: 1, removed: 1 },
    ]);
  });

  test("keeps owing what Kafka did not take, and makes up for it later", async () => {
    await owe(await changesBetween([], [goran]));
    kafka.failSends(new CordonError("KAFKA_UNAVAILABLE", "away"));
    expect(await announce(deps)).toBe(false);
    expect(told.of("announceFailed")).toHaveLength(1);
    expect(await store.pendingOutboxes()).toHaveLength(1);
    kafka.failSends(null);
    expect(await announce(deps)).toBe(true);
    expect(announced()).toHaveLength(1);
  });

  test("announces again after a crash between sending and forgetting, with the same records", async () => {
    await owe(await changesBetween([], [goran]));
    const crashing = {
      ...deps,
      store: { ...store, outboxDone: () => Promise.reject(new TypeError("the lights went out")) },
    };
    await expect(announce(crashing)).rejects.toThrow("the lights went out");
    expect(await announce(deps)).toBe(true);
    expect(announced()).toHaveLength(2);
    expect(announced()[0]).toEqual(announced()[1]);
  });

  test("sends a whole list's worth of changes in several sends, all of them", async () => {
    const many = Array.from({ length: 4500 }, (_, at) =>
      listed("uk", String(at).padStart(5, "0"), `Name ${String(at)}`),
    );
    await owe(await changesBetween([], many));
    expect(await announce(deps)).toBe(true);
    expect(new Set(announced().map(({ key }) => key)).size).toBe(4500);
  });

  test("leaves an outbox that a newer version wrote, and says so", async () => {
    await store.publish({
      snapshot: Buffer.from("snapshot"),
      engineVersion: "test",
      expectedGeneration: 0,
      lists: [],
      outbox: Buffer.from('{"format":99}'),
    });
    expect(await announce(deps)).toBe(false);
    expect(told.of("announceFailed")).toMatchObject([{ error: { code: "CONTRACT_VIOLATED" } }]);
    expect(await store.pendingOutboxes()).toHaveLength(1);
  });

  test("an outbox survives being stored", async () => {
    const outbox = { indexVersion: "v", at: 1, changes: await changesBetween([], [goran]) };
    expect(decodeOutbox(encodeOutbox(outbox))).toMatchObject(outbox);
    expect(() => decodeOutbox(Buffer.from("junk"))).toThrow(expect.objectContaining({ code: "CONTRACT_VIOLATED" }));
  });
});
