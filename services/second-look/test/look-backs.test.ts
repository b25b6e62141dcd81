import { CordonError } from "@cordon/errors";
import { createMemoryIndexStore } from "@cordon/index-store/testing";
import type { LookBackReport } from "@cordon/looking-again";
import { listed, publishFake } from "@cordon/screening/testing";
import { expect, test, vi } from "vitest";

import { keepLookingBack } from "../src/look-backs.ts";

const nothingNew: LookBackReport = { kind: "nothing-new", to: { version: "v", generation: 1, createdAt: 0 } };

function bench(look: () => Promise<LookBackReport>) {
  const store = createMemoryIndexStore(undefined, { now: () => 5000 });
  const told: string[] = [];
  const controller = new AbortController();
  const running = keepLookingBack({
    store,
    look,
    signal: controller.signal,
    clock: () => 6000,
    pause: async () => Promise.resolve(),
    telemetry: {
      pending: ({ publishedAt }) => told.push(publishedAt === null ? "done" : `pending since ${String(publishedAt)}`),
      lookedBack: ({ alerts }) => told.push(`${String(alerts)} alerts`),
      lookBackFailed: ({ error }) => told.push(error.message),
    },
  });
  return {
    told,
    running,
    publish: async (...people: readonly string[]) => {
      await publishFake(
        store,
        people.map((name, at) => listed(String(at), name)),
        5000,
      );
    },
    stop: async () => {
      controller.abort();
      await running;
    },
  };
}

test("looks back after each publication, and tells how long it is due", async () => {
  let looks = 0;
  const { told, publish, stop } = bench(async () => {
    looks += 1;
    return Promise.resolve(nothingNew);
  });
  await publish("Goran Jalal");
  await vi.waitFor(() => expect(looks).toBeGreaterThan(0));
  const before = looks;
  await publish("Goran Jalal", "Alen Basil");
  await vi.waitFor(() => expect(looks).toBeGreaterThan(before));
  await vi.waitFor(() => expect(told.at(-1)).toBe("done"));
  expect(told).toContain("pending since 5000");
  await stop();
});

test("tries again what failed, and lets the first publication be", async () => {
  const failures = ["REDIS_UNAVAILABLE", "JOB_TAKEN", "OPTIONS_INVALID"] as const;
  let looks = 0;
  const { told, publish, stop } = bench(async () => {
    const code = failures[looks++];
    if (code !== undefined) throw new CordonError(code, code);
    return Promise.resolve(nothingNew);
  });
  await publish("Goran Jalal");
  await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(3));
  await vi.waitFor(() => expect(told.at(-1)).toBe("done"));
  expect(told).toEqual(expect.arrayContaining(["REDIS_UNAVAILABLE", "JOB_TAKEN"]));
  expect(told).not.toContain("OPTIONS_INVALID");
  await stop();
});

test("ends with what nobody foresaw", async () => {
  const { publish, running } = bench(async () => Promise.reject(new Error("a bug")));
  await publish("Goran Jalal");
  await expect(running).rejects.toThrow("a bug");
});
