import { compilePolicy } from "@cordon/decisions";
import { topics } from "@cordon/schemas";
import { generationOf, payments, registerOutputFormat, topicNames } from "@cordon/screening";
import { listed, openFake, snapshotOf } from "@cordon/screening/testing";
import { publishFake } from "@cordon/screening/testing";
import { createMemoryRegistry } from "@cordon/service/testing";
import { expect, test } from "vitest";

import { warmUp } from "../src/warm-up.ts";
import { createWorld, startScreener } from "./support/run-in-memory.ts";

const people = ["Goran Jalal", "Alen Basil", "Amelia Whitcombe", "Oleg Romanov"];
const designations = people.map((name, at) => listed(`GIM${String(at)}`, name));

async function options(mostMs: number) {
  const format = await registerOutputFormat(createMemoryRegistry(), {
    names: topicNames({ topicPrefix: "" }),
    decisionsWritten: "all",
  });
  const index = openFake(snapshotOf(designations));
  let asked = 0;
  const counting = {
    ...index,
    search: ((name, how) => {
      asked++;
      return index.search(name, how);
    }) as typeof index.search,
  };
  const manifest = { version: "f".repeat(64), generation: 1, engineVersion: "test", bytes: 0, createdAt: 0, lists: [] };
  const generation = generationOf(manifest as unknown as Parameters<typeof generationOf>[0], counting);
  const signal = new AbortController().signal;
  const policy = compilePolicy();
  return { asked: () => asked, told: { generation, policy, payments, format, clock: () => 0, mostMs, signal } };
}

test("made-up payments are screened against the index, for as long as was asked for", async () => {
  const { asked, told } = await options(50);
  const before = performance.now();
  await warmUp(told);
  expect(asked()).toBeGreaterThan(0);
  expect(performance.now() - before).toBeGreaterThanOrEqual(50);
});

test("none are where none were asked for", async () => {
  const { asked, told } = await options(0);
  await warmUp(told);
  expect(asked()).toBe(0);
});

test("nothing of it is written or counted, and the group is joined after it", async () => {
  const world = createWorld();
  await publishFake(world.store, designations, Date.now());
  const running = startScreener(world, { WARM_UP_SECONDS: "0.2" });
  await expect.poll(async () => (await running.ready()).ok, { timeout: 20_000 }).toBe(true);
  const order = running.log.map(({ msg }) => msg);
  expect(order.indexOf("warmed up")).toBeGreaterThan(-1);
  expect(order.indexOf("consuming")).toBeGreaterThan(order.indexOf("warmed up"));
  for (const topic of [topics.decisions, topics.alerts]) expect(world.kafka.records(topic)).toHaveLength(0);
  expect(await running.metrics()).not.toMatch(/^cordon_screening_decisions_total\{.*\} [1-9]/m);
  await world.send(["real-1"]);
  await expect.poll(() => world.decisions().map(({ eventId }) => eventId)).toEqual(["real-1"]);
  await running.stop();
});
