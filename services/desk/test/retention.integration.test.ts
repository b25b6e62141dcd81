import { silentLogger } from "@cordon/service";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";

import { verifyAudit } from "../src/audit/verify.ts";
import { type Database, openDatabase } from "../src/database/connect.ts";
import { migrate } from "../src/database/migrate.ts";
import { keepAlerts } from "../src/ingest/keep-alerts.ts";
import { newAlert } from "../src/ingest/new-alert.ts";
import { masterKey } from "../src/sealing/keys.ts";
import { createMonthKeys } from "../src/sealing/month-keys.ts";
import { alertRow } from "../src/work/alert-row.ts";
import { itemOf } from "../src/work/list-alerts.ts";
import { deleteOldNames } from "../src/work/retention.ts";
import { freshDatabase } from "./support/desk.ts";
import { alert, somebody } from "./support/records.ts";

/* The desk's own role does the deleting, as it does at work. */

const master = masterKey(new Uint8Array(32).fill(3));
let database: Database;
let url: string;
let drop: () => Promise<void>;
let keys: ReturnType<typeof createMonthKeys>;

beforeAll(async () => {
  ({ url, drop } = await freshDatabase(inject("stack").databaseUrl));
  const owner = openDatabase({ url, role: null, connections: 1, logger: silentLogger });
  await migrate(owner);
  await owner.close();
});
beforeEach(() => {
  keys = createMonthKeys(master);
  database = openDatabase({ url, role: "cordon_desk", connections: 2, logger: silentLogger });
});
afterEach(async () => {
  vi.useRealTimers();
  await database.close();
});
afterAll(() => drop());

/** An alert that came in that month. */
async function cameIn(month: string, offset: number): Promise<string> {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${month}-10T12:00:00Z`) });
  const made = alert(offset);
  const fresh = newAlert(made, Buffer.from("a record with a name in it"), 1, null);
  await database.transaction((tx) =>
    keepAlerts(tx, [fresh], { keys, master, dueMinutes: 60, samples: { releases: 0, goodGuys: 0 } }),
  );
  vi.useRealTimers();
  return made.alertId;
}

const close = (alertId: string) =>
  database.query("UPDATE alert SET state = 'SUPERSEDED', closed_at = now() WHERE alert_id = $1", [alertId]);
const hold = (held: boolean) =>
  database.query(
    "INSERT INTO setting (name, value) VALUES ('legalHold', $1) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value",
    [JSON.stringify(held)],
  );
const nameOf = async (alertId: string) => (await itemOf(database, await alertRow(database, alertId), { keys })).name;
const rowsOf = async (table: "alert_record" | "alert_token", alertId: string) =>
  (await database.query(`SELECT 1 FROM ${table} WHERE alert_id = $1`, [alertId])).rows.length;
const deletes = (years: number) => deleteOldNames(database, { years, keys });

test("names go with the key of their month, ten years after it, when nothing of it is open or held by law", async () => {
  const old = await cameIn("2010-05", 1);
  const young = await cameIn(`${String(new Date().getUTCFullYear() - 9)}-01`, 2);
  await close(young);
  // Open still.
  expect(await deletes(10)).toEqual([]);
  await close(old);
  await hold(true);
  expect(await deletes(10)).toEqual([]);
  expect([await nameOf(old), await rowsOf("alert_record", old)]).toEqual([somebody, 1]);
  await hold(false);
  const [sealed] = (await database.query<{ brief: Buffer }>("SELECT brief FROM alert WHERE alert_id = $1", [old])).rows;
  expect(await deletes(10)).toEqual(["2010-05-01"]);
  // What a backup still has of the rest does not open: there is no key of that month any more, not even in memory.
  expect(sealed?.brief.length).toBeGreaterThan(0);
  expect(await keys.known(database, "2010-05-01")).toBeNull();
  expect(await nameOf(old)).toBe("(deleted)");
  expect([await rowsOf("alert_record", old), await rowsOf("alert_token", old)]).toEqual([0, 0]);
  // The alert itself, its ids and the audit stay; so do the names of a younger month.
  expect((await alertRow(database, old)).event_id).toBe("e-1");
  expect([await nameOf(young), await rowsOf("alert_token", young)]).toEqual([somebody, 1]);
  const { rows } = await database.query("SELECT actor, subject FROM audit WHERE action = 'names deleted'");
  expect(rows).toEqual([{ actor: "cordon", subject: "2010-05" }]);
  expect(await verifyAudit(database)).toMatchObject({ ok: true });
  expect(await deletes(10)).toEqual([]);
});

test("a month is kept for as many years as were asked for, and a month more, for its last day counts", async () => {
  const now = new Date();
  const monthsAgo = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
  await close(await cameIn(monthsAgo(12 * 5), 20));
  await close(await cameIn(monthsAgo(12 * 5 + 2), 21));
  expect(await deletes(5)).not.toContain(`${monthsAgo(12 * 5)}-01`);
  const left = await database.query<{ month: string }>("SELECT month FROM data_key");
  const months = left.rows.map(({ month }) => month);
  expect(months).toContain(`${monthsAgo(12 * 5)}-01`);
  expect(months).not.toContain(`${monthsAgo(12 * 5 + 2)}-01`);
});
