import type { Tx } from "../database/connect.ts";

/** Any number: see below. */
const goodGuysLock = 7_305_121;

/**
 * Until the transaction ends nothing that good guys rest on becomes another: whoever agrees with one shares it, and whoever ends them for
 * what they rest on (its release, its entry, its pair) waits for them, and sees them as agreed.
 */
export async function lockGoodGuys(tx: Tx, how: "to agree" | "to end"): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock${how === "to agree" ? "_shared" : ""}($1)`, [goodGuysLock]);
}

/** The set that screeners use is published anew when the transaction is done. */
export async function goodGuysChanged(tx: Tx): Promise<void> {
  await tx.query("SELECT pg_notify('desk_good_guys', '')");
}
