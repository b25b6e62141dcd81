import { appendAudit } from "../audit/append.ts";
import type { Database } from "../database/connect.ts";
import { notifyChanged } from "./deeds.ts";

/** A held event that a rescreen did not free, and why. */
export interface HeldStill {
  readonly eventId: string;
  /** `held still`: decided as before; `record gone`: nothing is left to screen; `rescreen failed`: nobody knows. */
  readonly how: "held still" | "record gone" | "rescreen failed";
}

/**
 * Writes it into their stories, and tells open pages: of what is decided as before no decision comes that would. What is held no more by then is
 * passed over.
 */
export function tellHeld(database: Database, held: readonly HeldStill[]): Promise<void> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<{ alert_id: string; event_id: string }>(
      "SELECT alert_id, event_id FROM alert WHERE event_id = ANY($1) AND kind = 'hold' AND closed_at IS NULL ORDER BY alert_id",
      [held.map(({ eventId }) => eventId)],
    );
    const hows = new Map(held.map(({ eventId, how }) => [eventId, how]));
    await notifyChanged(
      tx,
      rows.map((row) => row.alert_id),
    );
    await appendAudit(
      tx,
      rows.flatMap(({ alert_id: subject, event_id: id }) => {
        const action = hows.get(id);
        return action === undefined ? [] : [{ actor: "cordon", action, subject }];
      }),
    );
  });
}
