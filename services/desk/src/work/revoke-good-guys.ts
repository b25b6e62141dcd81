import type { Deed } from "../audit/append.ts";
import type { Tx } from "../database/connect.ts";
import { goodGuysChanged, lockGoodGuys } from "../good-guys/lock.ts";

/** Good guys that came with a proposal go with it. */
export function revokeUnproposed(tx: Tx, proposalId: string, by: string): Promise<readonly Deed[]> {
  const which = "proposal_id = $1 AND state IN ('PROPOSED', 'ACTIVE')";
  return revoke(tx, which, { id: proposalId, by, why: "its proposal was not agreed" });
}

/** What people hold to be the listed person is nobody's good guy, whichever of the alert's pairs it is. */
export function revokeOfPairs(
  tx: Tx,
  alertId: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<readonly Deed[]> {
  const which = `state IN ('PROPOSED', 'ACTIVE', 'SUSPENDED')
    AND (fingerprint, designation_id) IN (SELECT fingerprint, designation_id FROM alert_match WHERE alert_id = $1)`;
  return revoke(tx, which, { id: alertId, by, why });
}

/** `which` is a condition on `good_guy_now`, with the id as its first value. */
async function revoke(
  tx: Tx,
  which: string,
  { id, by, why }: { readonly id: string; readonly by: string; readonly why: string },
): Promise<readonly Deed[]> {
  await lockGoodGuys(tx, "to end");
  const { rows } = await tx.query<{ good_guy_id: string }>(
    `INSERT INTO good_guy_state (good_guy_id, state, by, maker, why)
     SELECT good_guy_id, 'REVOKED', $2, maker, $3 FROM good_guy_now WHERE ${which} RETURNING good_guy_id`,
    [id, by, why],
  );
  if (rows.length > 0) await goodGuysChanged(tx);
  return rows.map(({ good_guy_id: subject }) => ({ actor: by, action: "good guy revoked", subject }));
}
