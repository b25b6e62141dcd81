import { createHash } from "node:crypto";

import type { Tx } from "../database/connect.ts";
import type { MasterKey } from "../sealing/keys.ts";
import type { MonthKeys } from "../sealing/month-keys.ts";
import { monthOf } from "../sealing/month-keys.ts";
import { wordsOf } from "../sealing/words.ts";
import { sealBrief } from "../work/brief.ts";
import type { SampleShares } from "../work/draw.ts";
import type { NewAlert } from "./new-alert.ts";

export interface KeepDeps {
  readonly keys: MonthKeys;
  readonly master: MasterKey;
  /** Minutes from raising to due. */
  readonly dueMinutes: number;
  readonly samples: SampleShares;
}

/** What holds a party's name together where it has no fingerprint. */
function partyKeyOf(master: MasterKey, fingerprint: string | null, text: string): string {
  return fingerprint ?? `name:${master.digest("party", wordsOf(text).toSorted().join(" ")).toString("hex")}`;
}

/** Keeps those that are new, and answers their ids. One that is there already stays as it is. */
export async function keepAlerts(tx: Tx, all: readonly NewAlert[], deps: KeepDeps): Promise<readonly string[]> {
  const once = [...new Map(all.map((one) => [one.alertId, one])).values()];
  if (once.length === 0) return [];
  // The key is that of the month of arrival: names are deleted by when they came.
  const month = monthOf(Date.now());
  const sealer = await deps.keys.of(tx, month);
  await tx.query(
    `INSERT INTO event_case (source_topic, source_partition, source_offset, event_id)
     SELECT DISTINCT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::text[]) ON CONFLICT DO NOTHING`,
    columns(
      once.filter(({ origin, kind }) => origin === "STREAM" && kind !== "undecodable"),
      (one) => [one.sourceTopic, one.sourcePartition, one.sourceOffset, one.eventId],
      4,
    ),
  );
  const { rows } = await tx.query<{ alert_id: string }>(
    `INSERT INTO alert (alert_id, kind, source_topic, source_partition, source_offset, event_id, origin, raised_at, due_at, rank,
       top_score, list, regime, rail, designation_id, hold_reason, generation, record_hash, month, brief)
     SELECT i, k, t, p, o, e, g, to_timestamp(r / 1000.0), to_timestamp(r / 1000.0) + make_interval(mins => COALESCE((SELECT value::int FROM setting WHERE name = 'dueMinutes'), $19)), n, s, l, m, a, d, h, x, c, $20::date, b
     FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::float8[], $9::smallint[],
       $10::float8[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::text[], $18::bytea[])
       AS u(i, k, t, p, o, e, g, r, n, s, l, m, a, d, h, x, c, b)
     ON CONFLICT (alert_id) DO NOTHING RETURNING alert_id`,
    [
      ...columns(
        once,
        (one) => [
          one.alertId,
          one.kind,
          one.sourceTopic,
          one.sourcePartition,
          one.sourceOffset,
          one.eventId,
          one.origin,
          one.raisedAt,
          one.rank,
          one.topScore,
          one.list,
          one.regime,
          one.rail,
          one.designationId,
          one.holdReason,
          one.generation,
          createHash("sha256").update(one.record).digest("hex"),
          sealBrief(sealer, one.alertId, one.brief),
        ],
        18,
      ),
      deps.dueMinutes,
      month,
    ],
  );
  const added = new Set(rows.map((row) => row.alert_id));
  const fresh = once.filter(({ alertId }) => added.has(alertId));
  await tx.query(
    `INSERT INTO alert_record (alert_id, month, schema_id, record)
     SELECT i, $4::date, s, r FROM unnest($1::text[], $2::int[], $3::bytea[]) AS u(i, s, r)`,
    [
      ...columns(fresh, (one) => [one.alertId, one.schemaId, sealer.seal(one.record, `record ${one.alertId}`)], 3),
      month,
    ],
  );
  await keepWords(tx, fresh, deps);
  const matches = fresh.flatMap(({ alertId, matches: found }) => found.map((match, n) => ({ alertId, n, ...match })));
  await tx.query(
    `INSERT INTO alert_match (alert_id, n, designation_id, designation_hash, party_key, fingerprint)
     SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    columns(
      matches,
      (one) => [
        one.alertId,
        one.n,
        one.designationId,
        one.designationHash,
        partyKeyOf(deps.master, one.fingerprint, one.text),
        one.fingerprint,
      ],
      6,
    ),
  );
  return [...added];
}

async function keepWords(tx: Tx, fresh: readonly NewAlert[], { master }: KeepDeps): Promise<void> {
  const told = fresh.map((one) => ({
    alertId: one.alertId,
    // An array of arrays must be square: each set of words is its own text.
    tokens: `{${wordsOf(one.brief.name)
      .map((word) => `"\\\\x${master.digest("word", word).toString("hex")}"`)
      .join(",")}}`,
  }));
  await tx.query(
    "INSERT INTO alert_token (alert_id, tokens) SELECT i, t::bytea[] FROM unnest($1::text[], $2::text[]) AS u(i, t)",
    columns(told, ({ alertId, tokens }) => [alertId, tokens], 2),
  );
}

/** Postgres keeps no NUL in a text, and a record that has one must not stop all that come after it. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\uFFFD");
}

/** Rows as the columns that `unnest` takes. */
export function columns<T>(rows: readonly T[], cells: (row: T) => readonly unknown[], width: number): unknown[][] {
  const found = rows.map((row) => cells(row).map((cell) => (typeof cell === "string" ? storable(cell) : cell)));
  return Array.from({ length: width }, (_, column) => found.map((row) => row[column]));
}
