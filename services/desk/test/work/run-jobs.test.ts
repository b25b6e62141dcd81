import { expect, test } from "vitest";

import type { Database } from "../../src/database/connect.ts";
import { askForJob, type JobKind } from "../../src/work/jobs.ts";
import type { RunOptions } from "../../src/work/run-cordon.ts";
import { runNextJob } from "../../src/work/run-jobs.ts";

const signal = new AbortController().signal;
const customers = '{"id":"1","name":"Amelia Whitfield"}';

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A database that has one job, and remembers what it was told. */
function databaseWith(kind: JobKind, settings: object) {
  const asked: Asked[] = [];
  const query = async (text: string, values: readonly unknown[] = []) => {
    asked.push({ text, values });
    await Promise.resolve();
    if (text.includes("RETURNING job_id")) return rowsOf({ job_id: "j-1", kind, settings: JSON.stringify(settings) });
    if (text.includes("FROM audit_head")) return rowsOf({ seq: 1, hash: "00".repeat(32), at: new Date(0) });
    return rowsOf();
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

test("shows how far a job is, while it runs", async () => {
  const { database, asked } = databaseWith("look-back", { days: 30 });
  await runNextJob(
    database,
    async (_, options?: RunOptions) => {
      options?.onProgress?.({ done: 25, of: 100 });
      await new Promise((resolve) => setImmediate(resolve));
      options?.onProgress?.({ done: 7, of: null });
      return { code: 0, stdout: '{"kind":"done"}', said: "" };
    },
    signal,
  );
  const shown = asked.filter(({ text }) => text.includes("SET progress"));
  expect(shown.map(({ values }) => values)).toEqual([["j-1", 0.25]]);
  expect(asked.filter(({ text }) => text.includes("pg_notify")).length).toBe(2);
});

test("a customer file may be a table, and its names stand in no record", async () => {
  const { database, asked } = databaseWith("customer-file", { name: "mine", customers });
  await askForJob(database, "customer-file", { settings: { name: "mine", customers }, by: "chen" });
  const runs: { readonly args: readonly string[]; readonly input: string | undefined }[] = [];
  await runNextJob(
    database,
    async (args, options) => {
      runs.push({ args, input: options?.input });
      return await Promise.resolve({ code: 0, stdout: '{"customers":1}', said: "" });
    },
    signal,
  );
  expect(runs).toEqual([{ args: ["rescreen-customers", "-", "--json"], input: customers }]);
  const holding = asked.filter(({ values }) => JSON.stringify(values).includes("Whitfield"));
  // Only until it is run.
  expect(holding.map(({ text }) => text.slice(0, 15))).toEqual(["INSERT INTO job"]);
});

test("a job that the end of its desk cut off waits again, with all that it was asked for", async () => {
  const { database, asked } = databaseWith("customer-file", { name: "mine", customers });
  const ended = new AbortController();
  const ran = await runNextJob(
    database,
    async () => {
      ended.abort();
      return await Promise.resolve({ code: 127, stdout: "", said: "The operation was aborted" });
    },
    ended.signal,
  );
  const updates = asked.filter(({ text }) => text.startsWith("UPDATE job") && !text.includes("RETURNING"));
  expect([ran, updates.map(({ text }) => /state = '(\w+)'/.exec(text)?.[1])]).toEqual([false, ["WAITING"]]);
  expect(asked.some(({ values }) => values.some((value) => String(value).includes("customer-file failed")))).toBe(
    false,
  );
});
