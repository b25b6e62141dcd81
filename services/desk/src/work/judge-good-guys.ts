import { hashOfRecord } from "@cordon/audit-chain";

import { appendAudit } from "../audit/append.ts";
import type { Tx } from "../database/connect.ts";
import { goodGuysChanged, lockGoodGuys } from "../good-guys/lock.ts";
import { publishedOf } from "../good-guys/traced.ts";
import { isRationale } from "../rules/reasons.ts";
import { Refusal } from "../rules/refusal.ts";
import { keepNote } from "./deeds.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { type GoodGuyRow, goodGuyRows } from "./show-good-guys.ts";

export interface GoodGuyActor {
  readonly userId: string;
  readonly deps: DeskDeps;
}

/** A state of a good guy follows the last one: whoever adds one holds this lock of it. */
async function lockedGoodGuy(tx: Tx, id: string): Promise<GoodGuyRow> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 19))", [id]);
  const [row] = await goodGuyRows(tx, { id });
  if (row === undefined) throw new Refusal("NOT_FOUND", "there is no such good guy");
  return row;
}

async function become(
  tx: Tx,
  row: GoodGuyRow,
  { state, by, why }: { readonly state: string; readonly by: string; readonly why: string },
) {
  await tx.query("INSERT INTO good_guy_state (good_guy_id, state, by, maker, why) VALUES ($1, $2, $3, $4, $5)", [
    row.good_guy_id,
    state,
    by,
    row.maker,
    why,
  ]);
  await goodGuysChanged(tx);
}

/** Whoever made anything of the alert that it came from does not check it. */
async function refuseMakers(tx: Tx, row: GoodGuyRow, userId: string): Promise<void> {
  const { rows } = await tx.query("SELECT 1 FROM proposal WHERE alert_id = $1 AND maker = $2 LIMIT 1", [
    row.alert_id,
    userId,
  ]);
  if (row.maker === userId || rows.length > 0)
    throw new Refusal("SAME_PERSON", "whoever proposed a good guy does not check it");
}

function refuseEnded({ state }: GoodGuyRow): void {
  if (state === "REVOKED" || state === "EXPIRED")
    throw new Refusal("STATE_FINAL", "this good guy is no more", { state });
}

function refuseUnlessProposed(row: GoodGuyRow): void {
  refuseEnded(row);
  const { state } = row;
  if (state !== "PROPOSED") throw new Refusal("VERSION_CONFLICT", `this good guy is ${state}`, { state });
}

/** From now on it covers its pair, as soon as screeners have it. Its release must not have been refused, nor its entry amended. */
export async function agreeGoodGuy(id: string, { userId, deps }: GoodGuyActor): Promise<string> {
  const done = await deps.database.transaction(async (tx): Promise<string | Refusal> => {
    // Before anything is read: who ends the good guys of a pair asks for no lock of each.
    await lockGoodGuys(tx, "to agree");
    const row = await lockedGoodGuy(tx, id);
    await refuseMakers(tx, row, userId);
    refuseUnlessProposed(row);
    const { rows: changed } = await tx.query(
      "SELECT 1 FROM designation_now WHERE designation_id = $1 AND hash IS DISTINCT FROM $2 AND at > $3",
      [row.designation_id, row.designation_hash, row.made_at],
    );
    if (changed.length > 0) {
      await become(tx, row, { state: "SUSPENDED", by: "cordon", why: "the entry was amended" });
      await appendAudit(tx, [{ actor: "cordon", action: "good guy suspended", subject: id }]);
      return new Refusal("EVIDENCE_CHANGED", "the listed entry was amended since: judge the pair again");
    }
    const { rows: proposals } = await tx.query<{ state: string }>("SELECT state FROM proposal WHERE proposal_id = $1", [
      row.proposal_id,
    ]);
    if (proposals[0]?.state !== "AGREED" && proposals[0]?.state !== "MADE")
      throw new Refusal("VERSION_CONFLICT", "the release that it came with was not agreed");
    await become(tx, row, { state: "ACTIVE", by: userId, why: "agreed" });
    await appendAudit(tx, [
      {
        actor: userId,
        action: "good guy agreed",
        subject: id,
        detail: {
          alert: row.alert_id,
          designation: row.designation_id,
          hash: row.designation_hash,
          expiresAt: row.expires_at.toISOString(),
          recordHash: hashOfRecord(publishedOf(row)),
        },
      },
    ]);
    return id;
  });
  if (done instanceof Refusal) throw done;
  return done;
}

export function sendBackGoodGuy(id: string, note: string, { userId, deps }: GoodGuyActor): Promise<string> {
  return deps.database.transaction(async (tx) => {
    const row = await lockedGoodGuy(tx, id);
    await refuseMakers(tx, row, userId);
    return end(tx, row, { action: "good guy sent back", note, userId, deps, only: refuseUnlessProposed });
  });
}

/** At once, by whoever doubts it: one person may make screening stricter. */
export function revokeGoodGuy(id: string, note: string, { userId, deps }: GoodGuyActor): Promise<string> {
  return deps.database.transaction(async (tx) => {
    const row = await lockedGoodGuy(tx, id);
    return end(tx, row, { action: "good guy revoked", note, userId, deps, only: refuseEnded });
  });
}

interface Ending extends GoodGuyActor {
  readonly action: string;
  readonly note: string;
  readonly only: (row: GoodGuyRow) => void;
}

async function end(tx: Tx, row: GoodGuyRow, { action, note, userId, deps, only }: Ending): Promise<string> {
  if (!isRationale(note)) throw new Refusal("RATIONALE_MISSING", "a note takes 10 to 4,000 characters");
  only(row);
  const id = await keepNote(tx, { alertId: row.alert_id, author: userId, action, text: note }, deps);
  await become(tx, row, { state: "REVOKED", by: userId, why: action === "good guy revoked" ? "revoked" : "sent back" });
  await appendAudit(tx, [
    { actor: userId, action, subject: row.good_guy_id, detail: { alert: row.alert_id, note: id } },
  ]);
  return row.good_guy_id;
}

/** Those whose time is over. Screeners know it by themselves at that very millisecond. */
export function expireGoodGuys({ database }: Pick<DeskDeps, "database">): Promise<number> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<{ good_guy_id: string }>(
      `INSERT INTO good_guy_state (good_guy_id, state, by, maker, why)
       SELECT good_guy_id, 'EXPIRED', 'cordon', maker, 'its time was over' FROM good_guy_now
       WHERE state IN ('PROPOSED', 'ACTIVE', 'SUSPENDED') AND expires_at <= now() LIMIT 1000 RETURNING good_guy_id`,
    );
    if (rows.length > 0) await goodGuysChanged(tx);
    await appendAudit(
      tx,
      rows.map(({ good_guy_id: subject }) => ({ actor: "cordon", action: "good guy expired", subject })),
    );
    return rows.length;
  });
}
