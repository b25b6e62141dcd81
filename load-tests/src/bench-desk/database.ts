import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

import pg from "pg";

/** The desk's database, seen from outside. */
export interface BenchDatabase {
  /** Alerts that stand there already: one in ten open, and less urgent than what will come. Their sealed parts are random bytes of the usual sizes. */
  fill(alerts: number, say: (line: string) => void): Promise<void>;
  /** People who are signed in, by the cookies of their sessions. */
  people(count: number): Promise<readonly string[]>;
  /** Records of Kafka that the desk has taken in. */
  takenIn(): Promise<number>;
  /** Processor time of all processes of the server, microseconds; null where they are not on this machine. */
  cpuMicros(): Promise<number | null>;
  count(text: string): Promise<number>;
  close(): Promise<void>;
}

const atOnce = 50_000;

export async function openBenchDatabase(url: string): Promise<BenchDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  const rows = async (text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
    (await pool.query<Record<string, unknown>>(text, [...values])).rows;
  const { rows: own } = await pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const postmaster = parentOf(own[0]?.pid ?? 0);

  return {
    async fill(alerts, say) {
      for (let from = 0; from < alerts; from += atOnce) {
        const to = Math.min(alerts, from + atOnce);
        await fillSome(pool, from, to);
        if (to % 200_000 === 0 || to === alerts) say(`${String(to)} alerts are in the database`);
      }
      for (const table of ["alert", "alert_record", "alert_token", "alert_match", "event_case"])
        await pool.query(`VACUUM (ANALYZE) ${table}`);
    },
    async people(count) {
      const cookies: string[] = [];
      for (let n = 0; n < count; n++) {
        const token = randomBytes(32).toString("base64url");
        const user = `bench-${String(n)}`;
        await rows("INSERT INTO app_user (user_id, name, roles) VALUES ($1, $1, ARRAY['handler', 'checker'])", [user]);
        await rows("INSERT INTO session (token_hash, user_id) VALUES ($1, $2)", [
          createHash("sha256").update(token).digest(),
          user,
        ]);
        cookies.push(`__Host-desk-session=${token}`);
      }
      return cookies;
    },
    takenIn: async () =>
      Number((await rows("SELECT coalesce(sum(next_offset), 0) AS n FROM kafka_position"))[0]?.["n"]),
    cpuMicros: async () => Promise.resolve(postmaster === null ? null : cpuOf(postmaster)),
    count: async (text) => Number((await rows(text))[0]?.["n"]),
    close: () => pool.end(),
  };
}

async function fillSome(pool: pg.Pool, from: number, to: number): Promise<void> {
  const client = await pool.connect();
  const run = (text: string, ...values: readonly unknown[]) => client.query(text, [from, to - 1, ...values]);
  const series = "generate_series($1::int, $2::int) AS n";
  try {
    await client.query("BEGIN");
    await run(
      `INSERT INTO event_case (source_topic, source_partition, source_offset, event_id, outcome)
       SELECT 'fill', n % 6, n, 'fill-' || n, 'HIT' FROM ${series}`,
    );
    await run(
      `INSERT INTO alert (alert_id, kind, source_topic, source_partition, source_offset, event_id, origin, raised_at, due_at, rank, state,
         closed_at, top_score, list, regime, rail, designation_id, generation, record_hash, month, brief)
       SELECT md5(n::text), 'alert', 'fill', n % 6, n, 'fill-' || n, 'STREAM', now() - make_interval(mins => n % 50000),
         now() - make_interval(mins => n % 50000 - 240), 100, CASE WHEN n % 10 = 0 THEN 'OPEN' ELSE 'SUPERSEDED' END,
         CASE WHEN n % 10 = 0 THEN NULL ELSE now() - make_interval(mins => n % 1000) END, 86, 'uk', 'Bench', 'SWIFT',
         'uk:BENCH' || n % 20000, 5, md5(n::text) || md5((-n)::text), date_trunc('month', now())::date, $3
       FROM ${series}`,
      randomBytes(90),
    );
    await run(
      `INSERT INTO alert_record (alert_id, month, schema_id, record)
       SELECT md5(n::text), date_trunc('month', now())::date, 1, $3 FROM ${series}`,
      randomBytes(1100),
    );
    await run(
      `INSERT INTO alert_token (alert_id, tokens)
       SELECT md5(n::text), ARRAY[sha256((n % 4096)::text::bytea), sha256((n % 3989)::text::bytea)] FROM ${series}`,
    );
    await run(
      `INSERT INTO alert_match (alert_id, n, designation_id, designation_hash, party_key, fingerprint)
       SELECT md5(n::text), 0, 'uk:BENCH' || n % 20000, md5(n::text), md5((n / 2)::text), md5((n / 2)::text) FROM ${series}`,
    );
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

/** `/proc/PID/stat` after the name, which may hold spaces; null where there is none. */
function statOf(pid: number): readonly string[] | null {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return null;
  }
}

function parentOf(pid: number): number | null {
  const parent = Number(statOf(pid)?.[1]);
  return parent > 1 ? parent : null;
}

/** Linux counts processor time in hundredths of a second. */
const tickMicros = 10_000;

function ticks(stat: readonly string[] | null, fields: readonly number[]): number {
  return fields.reduce((sum, field) => sum + Number(stat?.[field] ?? 0), 0);
}

/** Of a process, its children that live, and those that ended. */
function cpuOf(pid: number): number {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(statOf(Number(name))?.[1]) === pid)
    .map((name) => statOf(Number(name)));
  const own = statOf(pid);
  return (ticks(own, [11, 12, 13, 14]) + children.reduce((sum, stat) => sum + ticks(stat, [11, 12]), 0)) * tickMicros;
}
