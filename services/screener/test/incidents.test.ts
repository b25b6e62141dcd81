import { topics } from "@cordon/schemas";
import { listed, publishFake } from "@cordon/screening/testing";
import { afterEach, expect, test, vi } from "vitest";

import { canBeTime } from "../src/batch/batch-summary.ts";
import { createWorld, groupId, type Running, startScreener, type World } from "./support/run-in-memory.ts";

const patience = { timeout: 10_000, interval: 20 } as const;
const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

function start(world: World, env: Readonly<Record<string, string>> = {}): Running {
  const started = startScreener(world, env);
  running.push(started);
  return started;
}

const ids = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => `event-${String(from + at)}`);

/** What every partition of the payments holds is deleted, as retention does. */
function expireAll({ kafka }: World): void {
  const ends = Map.groupBy(kafka.records(topics.payments), ({ partition }) => partition);
  for (const [partition, records] of ends)
    kafka.expire({ topic: topics.payments, partition, offset: BigInt(records.length) });
}

function sumOf(page: string, name: string): number {
  return page
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

test("events that are deleted before they are screened are told of with both offsets and their number, and counted", async () => {
  const world = createWorld();
  await publishFake(world.store, [listed("GIM0001", "Goran Jalal")], Date.now());
  const first = start(world);
  await vi.waitFor(async () => expect((await first.ready()).ok).toBe(true), patience);
  await world.send(ids(0, 20));
  await vi.waitFor(() => {
    expect(world.kafka.committed(groupId).reduce((sum, { offset }) => sum + Number(offset), 0)).toBe(20);
  }, patience);
  expect(sumOf(await first.metrics(), "cordon_events_skipped_total")).toBe(0);
  await first.stop();
  await world.send(ids(20, 50));
  expireAll(world);
  const second = start(world);
  await world.send(ids(50, 60));
  await vi.waitFor(() => {
    expect(world.decisions().map(({ eventId }) => eventId)).toEqual(expect.arrayContaining([...ids(50, 60)]));
  }, patience);
  await vi.waitFor(async () => {
    expect(sumOf(await second.metrics(), "cordon_events_skipped_total")).toBe(30);
  }, patience);
  const lines = second.log.filter(({ msg }) => msg === "events are gone that were not screened");
  expect(lines.reduce((sum, { fields }) => sum + Number(fields["records"]), 0)).toBe(30);
  for (const { fields } of lines)
    expect(Number(fields["readsOnAt"]) - Number(fields["committed"])).toBe(Number(fields["records"]));
});

test("replicas that differ in a setting never share the partitions: those that agree with most have them all", async () => {
  const world = createWorld();
  await publishFake(world.store, [listed("GIM0001", "Goran Jalal")], Date.now());
  const [one, two] = [start(world), start(world)];
  const other = start(world, { SCREENING_THRESHOLD: "100" });
  await vi.waitFor(async () => {
    const pages = await Promise.all([one, two, other].map((screener) => screener.metrics()));
    expect(pages.map((page) => sumOf(page, "cordon_kafka_consumer_assigned_partitions"))).toEqual([6, 6, 0]);
    const policies = pages.map((page) => /cordon_policy_info\{policy_version="([^"]+)"/.exec(page)?.[1]);
    expect(policies[0]).toBe(policies[1]);
    expect(policies[2]).not.toBe(policies[0]);
  }, patience);
  await world.send(ids(0, 60));
  await vi.waitFor(() => {
    expect(world.decisions()).toHaveLength(60);
  }, patience);
  expect(new Set(world.decisions().map(({ policyVersion }) => policyVersion)).size).toBe(1);
});

test("a topic of results that takes too little for one record ends the screener before it reads an event, and is named", async () => {
  const world = createWorld();
  const admin = await world.kafka.admin();
  const settings = { topic: topics.decisions, partitions: 6, replicationFactor: 3, minInSyncReplicas: 2 };
  await admin.ensureTopics([{ ...settings, maxMessageBytes: 2_000 }]);
  const screener = start(world);
  expect(await screener.ended).toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining(`${topics.decisions} (2000)`) as string,
  });
});

test("a time of 1970, of the year 50000, and none at all are no times of an event; yesterday's and a clock that is ahead are", () => {
  const now = Date.UTC(2026, 10, 28);
  const strange = [1_790_000_000, -1, 0, now * 1_000, Number.NaN, now + 2 * 3_600_000];
  expect(strange.filter((time) => canBeTime(time, now))).toEqual([]);
  const usual = [now, now - 86_400_000, now - 30 * 86_400_000, now + 60_000];
  expect(usual.every((time) => canBeTime(time, now))).toBe(true);
});
