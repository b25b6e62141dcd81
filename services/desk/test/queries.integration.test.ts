import { createMetrics, silentLogger } from "@cordon/service";
import type pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { type Database, openDatabase, type Tx } from "../src/database/connect.ts";
import { migrate } from "../src/database/migrate.ts";
import { refreshGauges } from "../src/metrics.ts";
import { masterKey } from "../src/sealing/keys.ts";
import { createMonthKeys } from "../src/sealing/month-keys.ts";
import type { DeskDeps } from "../src/work/desk-deps.ts";
import { listAlerts, views } from "../src/work/list-alerts.ts";
import { freshDatabase, masterKeyOfTests } from "./support/desk.ts";

let database: Database;
let drop: () => Promise<void>;

/** Many alerts that are closed, and few that are not. */
beforeAll(async () => {
  const fresh = await freshDatabase(inject("stack").databaseUrl);
  ({ drop } = fresh);
  database = openDatabase({ url: fresh.url, role: null, connections: 1, logger: silentLogger });
  await migrate(database);
  await database.query(
    `INSERT INTO alert (alert_id, kind, source_topic, source_partition, source_offset, event_id, origin, raised_at, due_at, rank, state,
       closed_at, top_score, generation, record_hash, month, brief)
     SELECT n::text, 'alert', 't', 0, n, n::text, 'STREAM', now(), now(), 100, CASE WHEN n % 200 = 0 THEN 'OPEN' ELSE 'SUPERSEDED' END,
       CASE WHEN n % 200 = 0 THEN NULL ELSE now() - make_interval(mins => n) END, 86, 1, '', '2026-01-01', ''
     FROM generate_series(1, 20000) AS n`,
  );
  await database.query("ANALYZE");
});
afterAll(async () => {
  await database.close();
  await drop();
});

/** Runs what is asked, and tells of each that it reads a table of alerts from end to end. */
function watched(): { readonly tx: Tx; readonly whole: string[] } {
  const whole: string[] = [];
  return {
    whole,
    tx: {
      async query<R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
        const { rows } = await database.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
        whole.push(...rows.map((row) => row["QUERY PLAN"].trim()).filter((line) => /Seq Scan on alert\b/.test(line)));
        return database.query<R>(text, values);
      },
    },
  };
}

test("gauges are read without reading every alert", async () => {
  const { tx, whole } = watched();
  const metrics = createMetrics("desk");
  await refreshGauges(tx, metrics);
  expect(whole).toEqual([]);
  expect((await metrics.scrape()).body).toMatch(/cordon_desk_alerts\{state="OPEN"\} 100/);
});

test.each(views)("the first page of the view %s is found without reading every alert", async (view) => {
  const { tx, whole } = watched();
  const master = masterKey(Buffer.from(masterKeyOfTests, "base64"));
  const deps = { keys: createMonthKeys(master), master } as unknown as DeskDeps;
  const { items } = await listAlerts(tx, { view, limit: 50, userId: "hanna" }, deps);
  expect(whole).toEqual([]);
  expect(items).toHaveLength(view === "queue" || view === "closed" ? 50 : 0);
});
