import type { OutRecord, Producer } from "@cordon/kafka";
import { type Disposition, dispositionHeaders, type Encoder } from "@cordon/schemas";

import type { Database } from "../database/connect.ts";

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
 * Answers how many were sent; rejects with KAFKA_UNAVAILABLE, and then all of it waits on.
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
    await producer.send(
      rows.map(({ topic, key, value }): OutRecord => {
        const disposition = JSON.parse(value) as Disposition;
        return {
          topic,
          key: Buffer.from(key, "utf8"),
          value: encoder.encode(disposition, schemaId),
          headers: { [dispositionHeaders.decision]: disposition.decision },
        };
      }),
    );
    await tx.query("UPDATE outbox SET sent_at = now() WHERE seq = ANY($1)", [rows.map(({ seq }) => seq)]);
    const alertIds = rows.flatMap(({ value }) => (JSON.parse(value) as Disposition).alertIds).slice(0, 50);
    await tx.query("SELECT pg_notify('desk', $1)", [JSON.stringify({ sent: alertIds })]);
    return rows.length;
  });
}
