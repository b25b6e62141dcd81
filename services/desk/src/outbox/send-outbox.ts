import { hashOfRecord, ledTo } from "@cordon/audit-chain";
import { CordonError } from "@cordon/errors";
import type { OutRecord, Producer } from "@cordon/kafka";
import { type Disposition, dispositionHeaders, type Encoder } from "@cordon/schemas";

import { beforeRecords } from "../audit/verify.ts";
import type { Database, Tx } from "../database/connect.ts";
import { notifyChanged } from "../work/deeds.ts";

export interface OutboxDeps {
  readonly database: Database;
  readonly producer: Producer;
  readonly encoder: Encoder<Disposition>;
  readonly schemaId: number;
}

/** Any number: whoever sends holds it. */
const outboxLock = 7_305_119;
const atOnce = 200;

/**
 * Sends what waits, in its order, and then notes that it was sent. A crash in between sends the same bytes again. Of two desks one sends.
 * Answers how many were sent; rejects with KAFKA_UNAVAILABLE, and then all of it waits on, and with CONTRACT_VIOLATED where one of them is
 * not what the audit says was done: nothing is sent then.
 */
export function sendOutbox({ database, producer, encoder, schemaId }: OutboxDeps): Promise<number> {
  return database.transaction(async (tx) => {
    const { rows: locks } = await tx.query<{ mine: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS mine", [
      outboxLock,
    ]);
    if (locks[0]?.mine !== true) return 0;
    const { rows } = await tx.query<{ seq: number; topic: string; key: string; value: string }>(
      "SELECT seq, topic, key, value FROM outbox WHERE sent_at IS NULL ORDER BY seq LIMIT $1",
      [atOnce],
    );
    if (rows.length === 0) return 0;
    const waiting = rows.map((row) => ({ ...row, disposition: JSON.parse(row.value) as Disposition }));
    await refuseUntraced(tx, waiting);
    await producer.send(
      waiting.map(({ topic, key, disposition }): OutRecord => ({
        topic,
        key: Buffer.from(key, "utf8"),
        value: encoder.encode(disposition, schemaId),
        headers: { [dispositionHeaders.decision]: disposition.decision },
      })),
    );
    await tx.query("UPDATE outbox SET sent_at = now() WHERE seq = ANY($1)", [rows.map(({ seq }) => seq)]);
    await notifyChanged(
      tx,
      waiting.flatMap(({ disposition }) => disposition.alertIds),
    );
    return rows.length;
  });
}

interface Waiting {
  readonly key: string;
  readonly disposition: Disposition;
}

/**
 * What goes out moves money: each must be, field for field, the one that its row of the audit made, by the people whom that row names; and
 * the maker must be whoever the audit saw propose it.
 */
async function refuseUntraced(tx: Tx, waiting: readonly Waiting[]): Promise<void> {
  const { rows } = await tx.query<AuditedRow>(
    "SELECT seq, hash, actor, action, subject, detail FROM audit WHERE seq = ANY($1)",
    [waiting.map(({ disposition }) => disposition.auditSeq)],
  );
  const { rows: proposed } = await tx.query<ProposedRow>(
    "SELECT seq, actor, subject, detail FROM audit WHERE action = 'proposed' AND subject = ANY($1)",
    [[...new Set(rows.map(({ subject }) => subject))]],
  );
  const before = await beforeRecords(tx);
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  const untraced = waiting.find((one) => {
    const row = bySeq.get(one.disposition.auditSeq);
    return !isTraced(one, row, before) || (one.disposition.decision !== "ESCALATE" && !isProposed(row, proposed));
  });
  if (untraced !== undefined)
    throw new CordonError(
      "CONTRACT_VIOLATED",
      "the outbox holds a disposition that no row of the audit made: nothing is sent until somebody has found out who put it there",
      { details: { dispositionId: untraced.disposition.dispositionId } },
    );
}

interface AuditedRow {
  readonly seq: number;
  readonly hash: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
}

type ProposedRow = Pick<AuditedRow, "seq" | "actor" | "subject" | "detail">;

/** Whether the maker whom an agreement names is who proposed it before, by another row of the audit. */
function isProposed(agreed: AuditedRow | undefined, proposed: readonly ProposedRow[]): boolean {
  if (agreed === undefined) return false;
  const { proposal, decision, maker } = JSON.parse(agreed.detail) as Readonly<Record<string, unknown>>;
  return proposed.some(({ seq, actor, subject, detail }) => {
    if (seq >= agreed.seq || subject !== agreed.subject || actor !== maker) return false;
    const made = JSON.parse(detail) as Readonly<Record<string, unknown>>;
    return made["proposal"] === proposal && made["decision"] === decision;
  });
}

function isTraced({ key, disposition: one }: Waiting, row: AuditedRow | undefined, before: number): boolean {
  if (row === undefined || row.hash !== one.auditHash || key !== one.eventId) return false;
  if (!ledTo(row, hashOfRecord(one), before)) return false;
  if (one.decision === "ESCALATE") return row.action === "escalated" && row.actor === one.proposedBy;
  const { maker } = JSON.parse(row.detail) as Readonly<Record<string, unknown>>;
  return row.action === "agreed" && maker === one.proposedBy && row.actor === one.approvedBy && row.actor !== maker;
}
