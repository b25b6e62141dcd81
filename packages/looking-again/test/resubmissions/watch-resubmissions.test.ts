import { compilePolicy } from "@cordon/decisions";
import type { ConsumedRecord } from "@cordon/kafka";
import { type ResubmissionWatch, watchResubmissions } from "@cordon/looking-again";
import { newParty, type Payment } from "@cordon/schemas";
import {
  createEventReaders,
  generationOf,
  outputsOf,
  payments,
  registerOutputFormat,
  remittances,
  screenRecord,
} from "@cordon/screening";
import { encodeRemittance, listed, remittanceSchema, sampleRemittance } from "@cordon/screening/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { createWorld, names, type World } from "../world.ts";

const day = 86_400_000;
const quiet = { signal: new AbortController().signal, onWait: () => undefined };

let world: World;
beforeEach(async () => {
  world = await createWorld({ partitions: 2 });
  await world.publish([listed("GORAN", "Goran Jalal")]);
});

function party(role: "DEBTOR" | "CREDITOR", name: string, value: string) {
  return {
    ...newParty(role, name, "PERSON"),
    account: { kind: "OTHER" as const, value, name: null },
  };
}

function between(debtor: string, creditor: string, more: Partial<Payment> = {}): Partial<Payment> {
  return { parties: [party("DEBTOR", debtor, "ACC-0001"), party("CREDITOR", creditor, "ACC-0002")], ...more };
}

/** Screens what came since, as a screener does; of events that are too long for their alerts, if asked. */
function screener({ eventsInAlerts = true } = {}) {
  const seen = new Map<string, bigint>();
  return async (): Promise<void> => {
    const { store, registry, open, kafka } = world.ports();
    const manifest = await store.current();
    if (manifest === null) throw new Error("no index");
    const generation = generationOf(manifest, open(await store.load(manifest)));
    const format = await registerOutputFormat(registry, { names, decisionsWritten: "all" });
    const kinds = new Map([
      [names.payments, payments],
      [names.remittances, remittances],
    ]);
    const readers = createEventReaders({ registry, kinds, ignoredFields: new Set() });
    const reader = await kafka.reader();
    const producer = await kafka.producer();
    for (const topic of [names.payments, names.remittances])
      await reader.read(await reader.extent(topic), async (batch) => {
        const read = await readers.forBatch(batch, quiet);
        for (const record of batch.records) {
          const place = `${topic}/${String(batch.partition)}`;
          if (record.offset < (seen.get(place) ?? 0n)) continue;
          seen.set(place, record.offset + 1n);
          const screening = { generation, policy: compilePolicy(), indexAge: 0 };
          const screened = screenRecord(read(record), screening, world.now);
          if (screened.kind === "clear-by-parts") continue;
          const told = eventsInAlerts ? record : { ...record, header: record.header.bind(record), value: null };
          await producer.send(outputsOf(told, screened, { source: batch, screening, format }));
        }
      });
  };
}

/** A replica of what watches, with its own memory. */
async function replica(
  change: { readonly windowMs?: number; readonly mostRemembered?: number } = {},
): Promise<ResubmissionWatch> {
  const { registry, kafka } = world.ports();
  return watchResubmissions(
    { reader: await kafka.reader(), registry, producer: await kafka.producer() },
    {
      names,
      format: await registerOutputFormat(registry, { names, decisionsWritten: "all" }),
      windowMs: 7 * day,
      mostRemembered: 1000,
      patience: quiet,
      clock: () => world.now,
      ...change,
    },
  );
}

/** Gives every event to the replica, as a group that starts at the beginning would. */
async function lookAll(watch: ResubmissionWatch): Promise<void> {
  for (const topic of [names.payments, names.remittances])
    for (const partition of [0, 1]) {
      const records: ConsumedRecord[] = [];
      const reader = await world.ports().kafka.reader();
      const extent = (await reader.extent(topic)).filter((range) => range.partition === partition);
      await reader.read(extent, async (batch) => void (await Promise.resolve(records.push(...batch.records))));
      await watch.look({ topic, partition, records });
    }
}

function found() {
  return world.alerts().filter(({ resubmission }) => resubmission !== null);
}

describe("watching for payments that come again", () => {
  test("alerts on one that hit and comes without the name, and says what was changed", async () => {
    const screen = screener();
    await world.pay("first", [], between("Amelia Whitfield", "Goran Jalal"));
    await screen();
    world.now += 3_600_000;
    await world.pay("second", [], between("Amelia Whitfield", "G. Jalil"));
    await screen();
    await lookAll(await replica());
    const [alert, ...more] = found();
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      eventId: "second",
      origin: "LOOK_BACK",
      sourceTopic: names.payments,
      eventSchemaId: world.schemaId,
      matches: [{ designationId: "uk:GORAN" }],
      resubmission: {
        eventId: "first",
        sameBy: ["accounts"],
        removed: ["Goran Jalal"],
        added: ["G. Jalil"],
        holdReason: null,
      },
    });
    expect(alert?.resubmission?.alertId).toBe(world.alerts()[0]?.alertId);
  });

  test("alerts on one that was held and comes with another name", async () => {
    const screen = screener();
    await world.pay("first", [], between("BROAD", "Oliver Baker"));
    await screen();
    world.now += 60_000;
    await world.pay("second", [], between("x y", "Oliver Baker"));
    await screen();
    await lookAll(await replica());
    expect(found()).toMatchObject([
      {
        eventId: "second",
        matches: [],
        resubmission: { eventId: "first", alertId: null, holdReason: "QUERY_TOO_BROAD" },
      },
    ]);
  });

  test("finds the same in every replica and after a restart, under the same id", async () => {
    const screen = screener();
    await world.pay("first", [], between("Amelia Whitfield", "Goran Jalal"));
    await screen();
    await world.pay("second", [], between("Amelia Whitfield", "x y"));
    await screen();
    await lookAll(await replica());
    await lookAll(await replica());
    expect(found()).toHaveLength(2);
    expect(new Set(found().map(({ alertId }) => alertId)).size).toBe(1);
  });

  test("reads on from where it was, and learns of what is stopped while it runs", async () => {
    const screen = screener();
    const watch = await replica();
    await world.pay("first", [], between("Amelia Whitfield", "Goran Jalal"));
    await screen();
    await lookAll(watch);
    expect(watch.remembered).toBe(1);
    world.now += 1000;
    await world.pay("second", [], between("Amelia Whitfield", "x y"));
    await lookAll(watch);
    expect(found().map(({ eventId }) => eventId)).toEqual(["second"]);
  });

  test("knows a remittance by who sends and who receives", async () => {
    const { registry, kafka } = world.ports();
    const id = await registry.register(`${names.remittances}-value`, remittanceSchema);
    const screen = screener();
    const send = async (eventId: string, beneficiary: string): Promise<void> => {
      const sent = sampleRemittance(eventId, "Amelia Whitfield", beneficiary);
      const value = encodeRemittance(
        {
          ...sent,
          sender: { ...sent.sender, contact: "+44 113 496 0000" },
          beneficiary: { ...sent.beneficiary, contact: "+964 770 000 0000" },
        },
        id,
      );
      await (await kafka.producer()).send([{ topic: names.remittances, key: Buffer.from(eventId), value }]);
    };
    await send("first", "Goran Jalal");
    await screen();
    await send("second", "x y");
    await lookAll(await replica());
    expect(found()).toMatchObject([{ eventId: "second", resubmission: { sameBy: ["sender-and-beneficiary"] } }]);
  });

  test.each([names.decisions, names.payments])(
    "forgets nothing that was stopped when reading %s fails under way",
    async (failing) => {
      await world.pay("first", [], between("Amelia Whitfield", "Goran Jalal"));
      // The event is read from where it lies.
      await screener({ eventsInAlerts: false })();
      const { kafka, registry } = world.ports();
      const reader = await kafka.reader();
      let away = true;
      const watch = watchResubmissions(
        {
          reader: {
            ...reader,
            extent: reader.extent.bind(reader),
            read: async (ranges, onBatch) => {
              if (away && ranges.some(({ topic }) => topic === failing)) throw new Error("away");
              await reader.read(ranges, onBatch);
            },
          },
          registry,
          producer: await kafka.producer(),
        },
        {
          names,
          format: await registerOutputFormat(registry, { names, decisionsWritten: "all" }),
          windowMs: 7 * day,
          mostRemembered: 1000,
          patience: quiet,
          clock: () => world.now,
        },
      );
      const nothing = { topic: names.payments, partition: 0, records: [] };
      await expect(watch.look(nothing)).rejects.toThrow("away");
      away = false;
      await watch.look(nothing);
      expect(watch.remembered).toBe(1);
    },
  );

  test("says nothing of repeats as they were, nor after the window", async () => {
    const screen = screener();
    await world.pay("first", [], between("Amelia Whitfield", "Goran Jalal"));
    await screen();
    await world.pay("again", [], between("Amelia Whitfield", "Goran Jalal"));
    await screen();
    world.now += 8 * day;
    await world.pay("late", [], between("Amelia Whitfield", "x y"));
    await lookAll(await replica());
    expect(found()).toEqual([]);
  });

  test("goes on when the topics hold what is no event", async () => {
    const producer = await world.ports().kafka.producer();
    for (const topic of [names.payments, names.alerts, names.decisions])
      await producer.send([
        { topic, key: null, value: Buffer.from("junk") },
        { topic, key: null, value: null },
      ]);
    const before = world.kafka.records(names.alerts).length;
    await lookAll(await replica());
    expect(world.kafka.records(names.alerts)).toHaveLength(before);
  });
});
