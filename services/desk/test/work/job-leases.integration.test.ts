import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { silentLogger } from "@cordon/service";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";

import { type Database, openDatabase } from "../../src/database/connect.ts";
import { migrate } from "../../src/database/migrate.ts";
import { Refusal } from "../../src/rules/refusal.ts";
import { masterKey } from "../../src/sealing/keys.ts";
import { askForJob } from "../../src/work/jobs.ts";
import type { CordonRun, RunCordon } from "../../src/work/run-cordon.ts";
import { type JobRunning, runNextJob } from "../../src/work/run-jobs.ts";
import { eventually, freshDatabase } from "../support/desk.ts";

const master = masterKey(randomBytes(32));
const lease = { forMs: 1200, renewEveryMs: 200 };
const running = new AbortController().signal;

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshDatabase(inject("stack").databaseUrl);
  drop = fresh.drop;
  database = openDatabase({ url: fresh.url, role: null, connections: 6, logger: silentLogger });
  await migrate(database);
  await database.query("INSERT INTO app_user (user_id, name, roles) VALUES ('chen', 'Chen', '{checker}')");
});
afterAll(async () => {
  await database.close();
  await drop();
});
let job: string;
beforeEach(async () => {
  job = await askForJob(database, "look-back", { settings: { days: 1 }, by: "chen", master });
});

/** A command that ends when it is told to, or is cut off. */
function command() {
  const end = Promise.withResolvers<CordonRun>();
  const seen = { begun: 0, cut: false };
  const run: RunCordon = (_args, options) => {
    seen.begun += 1;
    options?.signal?.addEventListener("abort", () => {
      seen.cut = true;
      end.resolve({ code: 127, stdout: "", said: "The operation was aborted" });
    });
    return end.promise;
  };
  return { run, seen, ends: (by: string) => end.resolve({ code: 0, stdout: JSON.stringify({ by }), said: "" }) };
}
const deps = (run: RunCordon, more: Partial<JobRunning> = {}): JobRunning => ({
  database,
  master,
  run,
  lease,
  ...more,
});

function gone(): never {
  throw new Refusal("STORE_UNAVAILABLE", "the database gives no answer");
}

/** The database of a desk that is killed, cut off, or stands still: what it says from then on does not come. */
function mute(): Database & { off: boolean } {
  const cut: Database & { off: boolean } = {
    ...database,
    off: false,
    query: async (text, values) => (cut.off ? gone() : await database.query(text, values)),
    transaction: async (work) => (cut.off ? gone() : await database.transaction(work)),
  };
  return cut;
}

async function seenOf(id: string) {
  const { rows } = await database.query<{ state: string; result: string | null; progress: number }>(
    "SELECT state, result, progress FROM job WHERE job_id = $1",
    [id],
  );
  const { rows: said } = await database.query<{ action: string }>(
    "SELECT action FROM audit WHERE subject = $1 ORDER BY seq",
    [id],
  );
  return { state: rows[0]?.state, result: rows[0]?.result, said: said.map(({ action }) => action) };
}

const begunHoursAgo = (hours: number) =>
  database.query(
    "UPDATE job SET state = 'RUNNING', started_at = now() - make_interval(hours => $2), leased_until = NULL WHERE job_id = $1",
    [job, hours],
  );

const takes = (run: RunCordon) =>
  eventually(
    () => runNextJob(deps(run), running),
    (done) => done,
    20,
  );

test("a job whose desk is gone is done by another soon after its lease has lapsed, and what the first one says is not taken", async () => {
  const [first, second] = [command(), command()];
  const cut = mute();
  const one = runNextJob(deps(first.run, { database: cut }), running).catch((error: unknown) => error);
  await eventually(
    () => Promise.resolve(first.seen.begun),
    (begun) => begun === 1,
  );
  cut.off = true;
  const began = performance.now();
  second.ends("the second");
  expect(await runNextJob(deps(second.run), running)).toBe(false);
  await takes(second.run);
  expect(performance.now() - began).toBeGreaterThan(800);
  expect(first.seen.cut).toBe(true);
  // The database gives the first one no answer still.
  expect(await one).toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(await seenOf(job)).toEqual({
    state: "DONE",
    result: '{"by":"the second"}',
    said: ["look-back asked", "look-back done"],
  });
});

test("a desk that had ended its work when another one had taken it writes nothing", async () => {
  const [first, second] = [command(), command()];
  const deaf: RunCordon = (args) => first.run(args);
  const lost: string[] = [];
  const cut = mute();
  const one = runNextJob(deps(deaf, { database: cut, onLost: (id) => void lost.push(id) }), running);
  await eventually(
    () => Promise.resolve(first.seen.begun),
    (begun) => begun === 1,
  );
  cut.off = true;
  second.ends("the second");
  await takes(second.run);
  cut.off = false;
  first.ends("the first");
  await one;
  expect(lost).toEqual([job]);
  expect(await seenOf(job)).toMatchObject({
    result: '{"by":"the second"}',
    said: ["look-back asked", "look-back done"],
  });
});

test("a job is its desk's for as long as that runs it", async () => {
  const [first, second] = [command(), command()];
  const one = runNextJob(deps(first.run), running);
  const until = performance.now() + 3 * lease.forMs;
  while (performance.now() < until) {
    await sleep(100);
    expect(await runNextJob(deps(second.run), running)).toBe(false);
  }
  first.ends("the first");
  expect(await one).toBe(true);
  expect([first.seen, second.seen.begun]).toEqual([{ begun: 1, cut: false }, 0]);
  expect(await seenOf(job)).toMatchObject({ state: "DONE", result: '{"by":"the first"}' });
});

test("one that a desk before this one has begun is waited for as long as that would have it", async () => {
  const { run, ends, seen } = command();
  ends("this one");
  await begunHoursAgo(5);
  expect(await runNextJob(deps(run), running)).toBe(false);
  await begunHoursAgo(7);
  expect(await runNextJob(deps(run), running)).toBe(true);
  expect(seen.begun).toBe(1);
});
