import type { ListChange } from "@cordon/schemas";

import type { Tx } from "../database/connect.ts";
import { goodGuysChanged, lockGoodGuys } from "../good-guys/lock.ts";
import { columns, storable } from "./keep-alerts.ts";

/** Notes what entries are now, and suspends the good guys of those that are another than was judged. Answers the suspended ones' ids. */
export async function keepListChanges(tx: Tx, changes: readonly ListChange[]): Promise<readonly string[]> {
  const last = [...new Map(changes.map((change) => [change.designationId, change])).values()].toSorted((a, b) =>
    a.designationId < b.designationId ? -1 : 1,
  );
  if (last.length === 0) return [];
  await lockGoodGuys(tx, "to end");
  await tx.query(
    `INSERT INTO designation_now AS d (designation_id, hash, generation, at, changed_fields)
     SELECT i, h, g, to_timestamp(t / 1000.0), string_to_array(f, ',')
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::float8[], $5::text[]) AS u(i, h, g, t, f)
     ON CONFLICT (designation_id) DO UPDATE
       SET hash = EXCLUDED.hash, generation = EXCLUDED.generation, at = EXCLUDED.at, changed_fields = EXCLUDED.changed_fields
       WHERE EXCLUDED.at >= d.at`,
    columns(last, (one) => [one.designationId, hashOf(one), one.generation, one.at, one.changedFields.join(",")], 5),
  );
  const { rows } = await tx.query<{ good_guy_id: string }>(
    `INSERT INTO good_guy_state (good_guy_id, state, by, maker, why)
     SELECT g.good_guy_id, 'SUSPENDED', 'cordon', g.maker, CASE WHEN d.hash IS NULL THEN 'the entry was removed' ELSE 'the entry was amended' END
     FROM good_guy_now g JOIN designation_now d USING (designation_id)
     WHERE g.state = 'ACTIVE' AND d.hash IS DISTINCT FROM g.designation_hash AND d.designation_id = ANY($1)
       AND d.at > g.made_at
     RETURNING good_guy_id`,
    [last.map(({ designationId }) => storable(designationId))],
  );
  if (rows.length > 0) await goodGuysChanged(tx);
  return rows.map((row) => row.good_guy_id);
}

/** A change that has no hash, of a list-sync of before there were any, is a change all the same. */
function hashOf({ change, designationHash, indexVersion }: ListChange): string | null {
  return change === "REMOVED" ? null : (designationHash ?? `unknown:${indexVersion}`);
}
