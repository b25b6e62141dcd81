import { hashOfRecord, ledTo } from "@cordon/audit-chain";
import type { PublishedGoodGuy } from "@cordon/index-store";

import { beforeRecords } from "../audit/verify.ts";
import type { Tx } from "../database/connect.ts";

/** What of a good guy screeners go by, and who made it. */
export interface GoodGuyContent {
  readonly good_guy_id: string;
  readonly fingerprint: string;
  readonly designation_id: string;
  readonly designation_hash: string;
  readonly topics: readonly string[];
  readonly rails: readonly string[];
  readonly expires_at: Date;
}

export function publishedOf(row: GoodGuyContent): PublishedGoodGuy {
  return {
    id: row.good_guy_id,
    fingerprint: row.fingerprint,
    designationId: row.designation_id,
    designationHash: row.designation_hash,
    topics: [...row.topics],
    rails: [...row.rails],
    expiresAt: row.expires_at.getTime(),
  };
}

/** What the audit says of each good guy that is agreed with and was not ended since, by its id. */
export interface Traces {
  /** Whether one person proposed this very good guy, and then another agreed with it. */
  isAgreed(row: GoodGuyContent & { readonly maker: string }): boolean;
}

export async function tracesOf(tx: Tx, ids: readonly string[]): Promise<Traces> {
  const { rows } = await tx.query<{ seq: number; subject: string; actor: string; action: string; detail: string }>(
    "SELECT seq, subject, actor, action, detail FROM audit WHERE subject = ANY($1) AND action LIKE 'good guy %' ORDER BY seq",
    [ids],
  );
  const before = await beforeRecords(tx);
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  return {
    isAgreed(row) {
      const said = bySubject.get(row.good_guy_id) ?? [];
      const last = said.at(-1);
      return (
        last?.action === "good guy agreed" &&
        last.actor !== row.maker &&
        ledTo(last, hashOfRecord(publishedOf(row)), before) &&
        said.some(({ action, actor }) => action === "good guy proposed" && actor === row.maker)
      );
    },
  };
}
