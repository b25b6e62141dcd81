import { randomBytes } from "node:crypto";

import { afterEach, expect, test, vi } from "vitest";

import type { Database } from "../../src/database/connect.ts";
import { Refusal } from "../../src/rules/refusal.ts";
import { masterKey } from "../../src/sealing/keys.ts";
import { askForJob, type JobKind } from "../../src/work/jobs.ts";
import type { RunCordon } from "../../src/work/run-cordon.ts";
import { runNextJob } from "../../src/work/run-jobs.ts";

afterEach(() => {
  vi.useRealTimers();
});

const signal = new AbortController().signal;
const master = masterKey(randomBytes(32));
const customers = '{"id":"1","name":"Amelia Whitfield"}';

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A database that has one job, which was asked for or is given, and remembers what it was told. */
function databaseWith(kind: JobKind, settings: object) {
  const asked: Asked[] = [];
  let job = { job_id: "j-1", kind, settings: JSON.stringify(settings) };
  const query = async (text: string, values: readonly unknown[] = []) => {
    asked.push({ text, values });
    await Promise.resolve();
    if (text.startsWith("INSERT INTO job")) job = { job_id: String(values[0]), kind, settings: String(values[3]) };
    if (text.includes("RETURNING job_id")) return rowsOf(job);
    if (text.includes("FROM audit_head")) return rowsOf({ seq: 1, hash: "00".repeat(32), at: new Date(0) });
    return text.startsWith("UPDATE job") ? { rows: [], rowCount: 1 } : rowsOf();
  };
  const database = {
    query,
    transaction: async <T>(work: (tx: { readonly query: typeof query }) => Promise<T>) => await work({ query }),
  } as unknown as Database;
  return { database, asked };
}

function rowsOf(...rows: readonly object[]) {
  return { rows, rowCount: rows.length };
}

/** Says a quarter, and then something of which nobody knows how much it is of. */
const toldProgress: RunCordon = async (_, options) => {
  options?.onProgress?.({ done: 25, of: 100 });
  await new Promise((resolve) => setImmediate(resolve));
  options?.onProgress?.({ done: 7, of: null });
  return { code: 0, stdout: '{"kind":"done"}', said: "" };
};

const refused: RunCordon = () => Promise.reject(new Error("it is run"));

test("shows how far a job is, while it runs", async () => {
  const { database, asked } = databaseWith("look-back", { days: 30 });
  await runNextJob({ database, master, run: toldProgress }, signal);
  const shown = asked.filter(({ text }) => text.includes("SET progress"));
  expect(shown.map(({ values }) => [values[0], values[2]])).toEqual([["j-1", 0.25]]);
  expect(asked.filter(({ text }) => text.includes("pg_notify")).length).toBe(2);
});

test("a customer file may be a table, and its names stand in no record, also while it waits", async () => {
  const { database, asked } = databaseWith("customer-file", {});
  await askForJob(database, "customer-file", { settings: { name: "mine", customers }, by: "chen", master });
  const runs: { readonly args: readonly string[]; readonly input: string | undefined }[] = [];
  const run: RunCordon = async (args, options) => {
    runs.push({ args, input: options?.input });
    return await Promise.resolve({ code: 0, stdout: '{"customers":1}', said: "" });
  };
  await runNextJob({ database, master, run }, signal);
  expect(runs).toEqual([{ args: ["rescreen-customers", "-", "--json"], input: customers }]);
  expect(asked.filter(({ values }) => JSON.stringify(values).includes("Whitfield"))).toEqual([]);
});

test("a customer file that was sealed by another key is run by nobody, and said to have failed", async () => {
  const { database, asked } = databaseWith("customer-file", {});
  const other = masterKey(randomBytes(32));
  await askForJob(database, "customer-file", { settings: { name: "mine", customers }, by: "chen", master: other });
  expect(await runNextJob({ database, master, run: refused }, signal)).toBe(true);
  expect(asked.some(({ values }) => values.includes("FAILED"))).toBe(true);
});

test("a job that the end of its desk cut off waits again, with all that it was asked for", async () => {
  const { database, asked } = databaseWith("look-back", { days: 30 });
  const ended = new AbortController();
  const run: RunCordon = async () => {
    ended.abort();
    return await Promise.resolve({ code: 127, stdout: "", said: "The operation was aborted" });
  };
  expect(await runNextJob({ database, master, run }, ended.signal)).toBe(false);
  const [update, ...more] = asked.filter(({ text }) => text.startsWith("UPDATE job") && !text.includes("RETURNING"));
  expect(update?.text).toMatch(/state = 'WAITING', started_at = NULL, progress = 0/);
  expect([update?.text.includes("settings"), more]).toEqual([false, []]);
  expect(asked.some(({ text }) => text.includes("INTO audit"))).toBe(false);
});

test.each([
  ["late", 80_000],
  ["when it is over", 100_000],
] as const)("a lease that is told of %s counts from when it was asked for", async (_, answeredAfterMs) => {
  vi.useFakeTimers();
  const { database } = databaseWith("look-back", { days: 30 });
  const away = { ...database, query: () => Promise.reject(new Refusal("STORE_UNAVAILABLE", "away")) } as Database;
  const late = Promise.withResolvers<void>();
  const slow: Database = {
    ...away,
    transaction: async (work) => {
      const done = await database.transaction(work);
      await late.promise;
      return done;
    },
  };
  let cutAt = Infinity;
  const begun = performance.now();
  const run: RunCordon = (_args, options) =>
    new Promise((resolve) => {
      const cut = (): void => {
        cutAt = performance.now() - begun;
        resolve({ code: 127, stdout: "", said: "The operation was aborted" });
      };
      if (options?.signal?.aborted === true) cut();
      options?.signal?.addEventListener("abort", cut);
    });
  const running = runNextJob({ database: slow, master, run }, signal).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(answeredAfterMs);
  late.resolve();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(cutAt).toBeLessThanOrEqual(Math.max(90_000, answeredAfterMs));
  expect(await running).toMatchObject({ code: "STORE_UNAVAILABLE" });
});
