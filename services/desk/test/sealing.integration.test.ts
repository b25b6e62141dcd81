import { randomBytes } from "node:crypto";

import { silentLogger } from "@cordon/service";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { type Database, openDatabase } from "../src/database/connect.ts";
import { migrate } from "../src/database/migrate.ts";
import { masterKey } from "../src/sealing/keys.ts";
import { createMonthKeys } from "../src/sealing/month-keys.ts";
import { freshDatabase } from "./support/desk.ts";

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase(inject("stack").databaseUrl);
  drop = fresh.drop;
  database = openDatabase({ url: fresh.url, role: null, connections: 2, logger: silentLogger });
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await drop();
});

test("what is sealed after a transaction failed that made the month's key opens after a restart", async () => {
  const master = masterKey(randomBytes(32));
  const month = "2026-11-01";
  const keys = createMonthKeys(master);
  const failed = database.transaction(async (tx) => {
    await keys.of(tx, month);
    await keys.of(tx, month);
    await keys.known(tx, month);
    throw new Error("the transaction failed");
  });
  await expect(failed).rejects.toThrow("the transaction failed");
  const sealed = await database.transaction(async (tx) => (await keys.of(tx, month)).seal(Buffer.from("words"), "a"));
  const restarted = await createMonthKeys(master).known(database, month);
  expect(restarted?.open(sealed, "a").toString()).toBe("words");
});
