import { CordonError } from "@cordon/errors";
import type { JobStore } from "@cordon/index-store";
import { createMemoryJobStore, type MemoryJobs } from "@cordon/index-store/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type JobHold, withJob } from "../../src/jobs/with-job.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const minute = 60_000;

function setUp() {
  const shared: MemoryJobs = { texts: new Map(), claims: new Map() };
  const open = (): JobStore => createMemoryJobStore(shared);
  const others = () => open().claim("work", "other", minute);
  const run = <T>(work: (hold: JobHold) => Promise<T>, jobs = open()): Promise<T> =>
    withJob({ jobs, job: "work", holder: "one", clock: Date.now }, work);
  return { open, others, run, shared };
}

test("work that rests for long, and asks for nothing, keeps its job; and gives it up at the end", async () => {
  const { others, run } = setUp();
  const rest = Promise.withResolvers<string>();
  const running = run(() => rest.promise);
  for (let at = 0; at < 20; at++) {
    await vi.advanceTimersByTimeAsync(minute / 2);
    expect(await others()).toBe(false);
  }
  rest.resolve("done");
  expect(await running).toBe("done");
  expect(await others()).toBe(true);
  await vi.advanceTimersByTimeAsync(minute / 2);
  expect(vi.getTimerCount()).toBe(0);
});

test("a process that stood still for longer than it is waited for finds that the job is not its own any more", async () => {
  const { open, others, run, shared } = setUp();
  const running = run(async (hold) => {
    // No timer of it runs meanwhile.
    vi.setSystemTime(Date.now() + 2 * minute);
    expect(await others()).toBe(true);
    await open().save("work", "other", "of the other");
    await open().release("work", "other");
    await expect(hold.renew()).rejects.toMatchObject({ code: "JOB_TAKEN" });
    expect(hold.lost.aborted).toBe(true);
    await hold.save("of the first");
  });
  await expect(running).rejects.toMatchObject({ code: "JOB_TAKEN" });
  expect(shared.texts.get("work")).toBe("of the other");
});

test("what waits is told when the job is lost", async () => {
  const { run } = setUp();
  const away: JobStore = { ...setUp().open(), renew: () => Promise.resolve(false) };
  const running = run(async ({ lost }) => {
    await new Promise((_, reject) => {
      lost.addEventListener("abort", () => reject(lost.reason as Error));
    });
  }, away);
  const ended = running.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(minute / 2);
  expect(await ended).toMatchObject({ code: "JOB_TAKEN" });
});

test("a store that is away for a while ends no work, unless it is asked for", async () => {
  const { open, others, run } = setUp();
  let away = false;
  const real = open();
  const jobs: JobStore = {
    ...real,
    renew: async (...asked) => {
      if (away) throw new CordonError("REDIS_UNAVAILABLE", "away");
      return await real.renew(...asked);
    },
  };
  const running = run(async (hold) => {
    away = true;
    await vi.advanceTimersByTimeAsync(minute / 2);
    await expect(hold.renew()).rejects.toMatchObject({ code: "REDIS_UNAVAILABLE" });
    away = false;
    await vi.advanceTimersByTimeAsync(minute);
    await hold.renew();
    expect([hold.lost.aborted, await others()]).toEqual([false, false]);
  }, jobs);
  await running;
});

test("a store that is away for as long as a claim stands loses the job: another one may have it by then", async () => {
  const { open, run } = setUp();
  const jobs: JobStore = { ...open(), renew: () => Promise.reject(new CordonError("REDIS_UNAVAILABLE", "away")) };
  const ended = run(async ({ lost }) => {
    // It waits for something else, such as Kafka, and asks for nothing.
    await new Promise((_, reject) => {
      lost.addEventListener("abort", () => reject(lost.reason as Error));
    });
  }, jobs).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(minute);
  await expect(Promise.race([ended, Promise.resolve("goes on")])).resolves.toMatchObject({ code: "JOB_TAKEN" });
});

test("a clock that is set back keeps nobody from renewing", async () => {
  const { run, shared } = setUp();
  await run(async (hold) => {
    vi.setSystemTime(Date.now() - 10 * minute);
    const renewed = shared.claims.get("work")?.until;
    await hold.renew();
    expect(shared.claims.get("work")?.until).not.toBe(renewed);
  });
});
