import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { startPostgresProcess, startStack } from "@cordon/local-stack";
import pg from "pg";
import { expect, inject, test } from "vitest";

const { kafkaBrokers, registryUrl, redisUrl, databaseUrl } = inject("stack");
const report = (): void => {};

async function versionOf(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
    return Math.floor(Number(rows[0]?.version) / 10_000);
  } finally {
    await client.end();
  }
}

test("a PostgreSQL of our own answers, wants its password, and is gone after the stop", async () => {
  const postgres = await startPostgresProcess({ env: process.env, report });
  expect(await versionOf(postgres.address)).toBeGreaterThanOrEqual(15);
  await expect(versionOf(postgres.address.replace(/:[^:@]+@/, ":wrong@"))).rejects.toThrow(/password/);
  await postgres.stop();
  await expect(versionOf(postgres.address)).rejects.toThrow(/ECONNREFUSED|terminat|closed|connect/i);
});

test.skipIf(process.getuid?.() !== 0)(
  "as root it runs as another user, also where namespaces are forbidden",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-namespaces-"));
    writeFileSync(join(folder, "unshare"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(folder, "unshare"), 0o755);
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
    const postgres = await startPostgresProcess({ env, report });
    try {
      expect(await versionOf(postgres.address)).toBeGreaterThanOrEqual(15);
    } finally {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    }
  },
);

test("an address in the environment is used as it is; who asks for none gets none", async () => {
  const env = {
    ...process.env,
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: registryUrl,
    REDIS_URL: redisUrl,
    DESK_DATABASE_URL: databaseUrl,
  };
  const stack = await startStack({ env, report, database: true });
  expect(stack.databaseUrl).toBe(databaseUrl);
  await stack.stop();
  expect(await versionOf(databaseUrl)).toBeGreaterThanOrEqual(15);
  const without = await startStack({ env, report });
  expect(without.databaseUrl).toBe(null);
  await without.stop();
});
