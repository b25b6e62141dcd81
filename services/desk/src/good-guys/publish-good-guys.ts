import { encodeGoodGuys, type GoodGuyStore, signGoodGuys } from "@cordon/index-store";
import type { Signer } from "@cordon/signing";

import type { Database } from "../database/connect.ts";
import { type GoodGuyContent, publishedOf, tracesOf } from "./traced.ts";

export interface PublishDeps {
  readonly database: Database;
  readonly store: GoodGuyStore;
  readonly signer: Signer;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Told of those that are called active and that the audit did not see two people agree with: they are left out. */
  readonly onUntraced: (ids: readonly string[]) => void;
}

/** Any number: whoever publishes holds it. */
const publishLock = 7_305_118;

/**
 * Publishes the good guys that are active now, signed, and says again that they are: screeners believe it for some minutes only. A new
 * set is a new generation; of two desks one publishes. Answers whether it did.
 */
export function publishGoodGuys({ database, store, signer, clock, onUntraced }: PublishDeps): Promise<boolean> {
  return database.transaction(async (tx) => {
    const { rows: locks } = await tx.query<{ mine: boolean }>("SELECT pg_try_advisory_xact_lock($1) AS mine", [
      publishLock,
    ]);
    if (locks[0]?.mine !== true) return false;
    const { rows } = await tx.query<GoodGuyContent & { readonly maker: string }>(
      "SELECT * FROM good_guy_now WHERE state = 'ACTIVE' AND expires_at > now()",
    );
    const traces = await tracesOf(
      tx,
      rows.map((row) => row.good_guy_id),
    );
    const agreed = rows.filter((row) => traces.isAgreed(row));
    if (agreed.length < rows.length)
      onUntraced(rows.filter((row) => !agreed.includes(row)).map((row) => row.good_guy_id));
    const { version, bytes } = encodeGoodGuys(agreed.map(publishedOf));
    const { rows: kept } = await tx.query<{ value: string }>(
      "SELECT value FROM setting WHERE name = 'good-guys-published'",
    );
    const before =
      kept[0] === undefined
        ? { generation: 0, version: "" }
        : (JSON.parse(kept[0].value) as { generation: number; version: string });
    const generation = before.version === version ? before.generation : before.generation + 1;
    await tx.query(
      "INSERT INTO setting (name, value) VALUES ('good-guys-published', $1) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value",
      [JSON.stringify({ generation, version })],
    );
    const document = signGoodGuys(signer, { generation, version, checkedAt: clock() });
    if (await store.publish({ generation, version, document, bytes })) return true;
    // Redis knows a later one than this database, which was restored from a backup: begin after it.
    const live = await store.current();
    const later = live === null ? 0 : Number((JSON.parse(live) as { generation?: unknown }).generation ?? 0);
    if (Number.isSafeInteger(later) && later >= generation)
      await tx.query("UPDATE setting SET value = $1 WHERE name = 'good-guys-published'", [
        JSON.stringify({ generation: later, version: "" }),
      ]);
    return false;
  });
}
