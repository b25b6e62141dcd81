import { appendAudit } from "../audit/append.ts";
import type { Database } from "../database/connect.ts";
import type { MonthKeys } from "../sealing/month-keys.ts";

/**
 * Deletes the keys of months that are over for longer than the law asks, and the records sealed with them: names are gone then, also from
 * backups. What is still open, or under a legal hold, keeps its month. Answers the months.
 */
export function deleteOldNames(
  database: Database,
  { years, keys }: { readonly years: number; readonly keys: MonthKeys },
): Promise<readonly string[]> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<{ month: string }>(
      `DELETE FROM data_key k WHERE k.month < (now() - make_interval(years => $1, months => 1))::date
         AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.month = k.month AND a.closed_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM setting WHERE name = 'legalHold' AND value = 'true')
       RETURNING month`,
      [years],
    );
    const months = rows.map(({ month }) => month);
    if (months.length === 0) return months;
    await tx.query(
      "DELETE FROM alert_token t USING alert a WHERE a.alert_id = t.alert_id AND a.month = ANY($1::date[])",
      [months],
    );
    await tx.query("DELETE FROM alert_record WHERE month = ANY($1::date[])", [months]);
    for (const month of months) keys.forget(month);
    await appendAudit(
      tx,
      months.map((month) => ({ actor: "cordon", action: "names deleted", subject: month.slice(0, 7) })),
    );
    return months;
  });
}
