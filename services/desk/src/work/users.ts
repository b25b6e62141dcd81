import { randomUUID } from "node:crypto";

import { appendAudit } from "../audit/append.ts";
import type { Database, Tx } from "../database/connect.ts";
import { endSessionsOf, type Role } from "../people/sessions.ts";
import { Refusal } from "../rules/refusal.ts";

export interface UserWanted {
  readonly userId: string;
  readonly name?: string | undefined;
  readonly roles: readonly Role[];
  readonly enabled: boolean;
}

export interface UserShown {
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly enabled: boolean;
  readonly waiting: boolean;
}

export async function listUsers(tx: Tx): Promise<readonly UserShown[]> {
  const { rows } = await tx.query<{
    user_id: string;
    name: string;
    roles: string[];
    enabled: boolean;
    waiting: boolean;
  }>(
    `SELECT u.*, EXISTS (SELECT 1 FROM role_change c WHERE c.user_id = u.user_id AND c.agreed_by IS NULL) AS waiting
     FROM app_user u ORDER BY user_id`,
  );
  return rows.map(({ user_id: userId, name, roles, enabled, waiting }) => ({ userId, name, roles, enabled, waiting }));
}

/**
 * A change of who may do what needs two administrators: the second asks for the very same. In the demonstration, which has one, it is
 * done at once. Whoever's roles change is signed out everywhere. Answers whether it was done.
 */
export function changeUser(
  database: Database,
  wanted: UserWanted,
  { by, alone }: { readonly by: string; readonly alone: boolean },
): Promise<boolean> {
  if (wanted.roles.includes("admin") && wanted.roles.some((role) => role === "handler" || role === "checker"))
    throw new Refusal("BAD_REQUEST", "an administrator handles no alerts: admin goes with neither handler nor checker");
  return database.transaction(async (tx) => {
    const { userId } = wanted;
    const roles = wanted.roles.toSorted();
    const text = JSON.stringify({ userId, roles, enabled: wanted.enabled });
    const { rows } = await tx.query<{ change_id: string; asked_by: string }>(
      `SELECT change_id, asked_by FROM role_change WHERE user_id = $1 AND wanted = $2 AND agreed_by IS NULL
         AND asked_at > now() - interval '7 days' ORDER BY asked_at DESC LIMIT 1 FOR UPDATE`,
      [userId, text],
    );
    const [asked] = rows;
    if (asked === undefined && !alone) {
      await tx.query("INSERT INTO role_change (change_id, user_id, wanted, asked_by) VALUES ($1, $2, $3, $4)", [
        randomUUID(),
        userId,
        text,
        by,
      ]);
      await appendAudit(tx, [
        { actor: by, action: "role change asked", subject: userId, detail: { roles, enabled: wanted.enabled } },
      ]);
      return false;
    }
    if (asked !== undefined && asked.asked_by === by && !alone)
      throw new Refusal("SAME_PERSON", "another administrator has to ask for the same");
    if (asked !== undefined && asked.asked_by !== by)
      await tx.query("UPDATE role_change SET agreed_by = $2 WHERE change_id = $1", [asked.change_id, by]);
    await tx.query(
      `INSERT INTO app_user (user_id, name, roles, enabled) VALUES ($1, coalesce($2, $1), $3, $4)
       ON CONFLICT (user_id) DO UPDATE SET name = coalesce($2, app_user.name), roles = EXCLUDED.roles, enabled = EXCLUDED.enabled`,
      [userId, wanted.name ?? null, roles, wanted.enabled],
    );
    await endSessionsOf(tx, userId);
    await appendAudit(tx, [
      {
        actor: by,
        action: "roles changed",
        subject: userId,
        detail: { roles, enabled: wanted.enabled, askedBy: asked?.asked_by ?? by },
      },
    ]);
    return true;
  });
}
