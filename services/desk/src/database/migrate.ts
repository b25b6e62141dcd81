import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { CordonError } from "@cordon/errors";

import type { Database } from "./connect.ts";

const folder = fileURLToPath(new URL("../../migrations/", import.meta.url));

/** Any number: whoever migrates holds it. */
const migrationLock = 7_305_117;

/**
 * Brings the database to the newest form, one process at a time. The files are numbered, run once, and never edited: one whose text is
 * another than the one that was run is refused with CONFIG_INVALID. Needs the rights of the tables' owner.
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  const done: string[] = [];
  for (const name of files) {
    const text = readFileSync(`${folder}${name}`, "utf8");
    const hash = createHash("sha256").update(text).digest("hex");
    const ran = await database.transaction(async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
      await tx.query(
        "CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, hash text NOT NULL, at timestamptz NOT NULL DEFAULT now())",
      );
      const { rows } = await tx.query<{ hash: string }>("SELECT hash FROM migration WHERE name = $1", [name]);
      const [before] = rows;
      if (before !== undefined && before.hash !== hash)
        throw new CordonError(
          "CONFIG_INVALID",
          `the desk's database was made by another ${name} than this release has`,
        );
      if (before !== undefined) return false;
      await tx.query(text);
      await tx.query("INSERT INTO migration (name, hash) VALUES ($1, $2)", [name, hash]);
      return true;
    });
    if (ran) done.push(name);
  }
  return done;
}
