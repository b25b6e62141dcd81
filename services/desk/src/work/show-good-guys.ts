import type { Tx } from "../database/connect.ts";
import { openBrief } from "./brief.ts";
import type { DeskDeps } from "./desk-deps.ts";
import { openText } from "./sealed-text.ts";

export interface ShownGoodGuy {
  readonly id: string;
  readonly state: string;
  readonly designationId: string;
  readonly maker: string;
  readonly checker?: string;
  readonly expiresAt: number;
  readonly name: string;
  readonly reasons: readonly string[];
  readonly rationale: string;
  readonly alertId: string;
  readonly topics: readonly string[];
  readonly rails: readonly string[];
  readonly uses: number;
  readonly why: string;
}

export interface GoodGuyRow {
  readonly good_guy_id: string;
  readonly alert_id: string;
  readonly proposal_id: string;
  readonly fingerprint: string;
  readonly designation_id: string;
  readonly designation_hash: string;
  readonly topics: string[];
  readonly rails: string[];
  readonly reasons: string[];
  readonly rationale: Buffer;
  readonly brief: Buffer;
  readonly month: string;
  readonly maker: string;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly state: string;
  readonly why: string;
  readonly checker: string | null;
  readonly uses: number | null;
}

export interface GoodGuysWanted {
  readonly alertId?: string;
  readonly state?: string;
  readonly id?: string;
}

/** Newest first; at most a thousand. */
export async function goodGuyRows(tx: Tx, { alertId, state, id }: GoodGuysWanted): Promise<readonly GoodGuyRow[]> {
  const { rows } = await tx.query<GoodGuyRow>(
    `SELECT g.*, u.uses,
       (SELECT s.by FROM good_guy_state s WHERE s.good_guy_id = g.good_guy_id AND s.state = 'ACTIVE' ORDER BY n DESC LIMIT 1) AS checker
     FROM good_guy_now g LEFT JOIN good_guy_use u USING (good_guy_id)
     WHERE ($1::text IS NULL OR g.alert_id = $1) AND ($2::text IS NULL OR g.state = $2) AND ($3::uuid IS NULL OR g.good_guy_id = $3)
     ORDER BY g.made_at DESC LIMIT 1000`,
    [alertId ?? null, state ?? null, id ?? null],
  );
  return rows;
}

export async function goodGuysOf(
  tx: Tx,
  wanted: GoodGuysWanted,
  deps: Pick<DeskDeps, "keys">,
): Promise<readonly ShownGoodGuy[]> {
  const shown: ShownGoodGuy[] = [];
  for (const row of await goodGuyRows(tx, wanted)) {
    const sealer = await deps.keys.known(tx, row.month);
    shown.push({
      id: row.good_guy_id,
      state: row.state,
      designationId: row.designation_id,
      maker: row.maker,
      ...(row.checker === null ? {} : { checker: row.checker }),
      expiresAt: row.expires_at.getTime(),
      name: openBrief(sealer, row.good_guy_id, row.brief).name,
      reasons: row.reasons,
      rationale: openText(sealer, `rationale ${row.good_guy_id}`, row.rationale),
      alertId: row.alert_id,
      topics: row.topics,
      rails: row.rails,
      uses: row.uses ?? 0,
      why: row.why,
    });
  }
  return shown;
}
