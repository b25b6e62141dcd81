import type { Database, Tx } from "../database/connect.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { type Person, type Role, roles } from "./sessions.ts";

/** The people that `npm start` offers. */
const demoUsers: readonly Person[] = [
  { userId: "hanna", name: "Hanna", roles: ["handler", "checker"] },
  { userId: "omar", name: "Omar", roles: ["handler", "checker"] },
  { userId: "chen", name: "Chen", roles: ["checker"] },
  { userId: "auditor", name: "Auditor", roles: ["auditor"] },
  { userId: "admin", name: "Admin", roles: ["admin"] },
];

/** One password for all of them; they stay what somebody made of their roles. */
export async function makeDemoUsers(database: Database, password: string): Promise<void> {
  const hash = await hashPassword(password);
  for (const { userId, name, roles: held } of demoUsers)
    await database.query(
      `INSERT INTO app_user (user_id, name, roles, password) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id) DO UPDATE SET password = EXCLUDED.password`,
      [userId, name, held, hash],
    );
}

/** Null unless the password is that user's. Says nothing of whether there is such a user, nor by its time. */
export async function signedInBy(database: Database, user: string, password: string): Promise<Person | null> {
  const { rows } = await database.query<{ user_id: string; name: string; roles: Role[]; password: string | null }>(
    "SELECT user_id, name, roles, password FROM app_user WHERE user_id = $1 AND enabled",
    [user],
  );
  const [row] = rows;
  if (!(await isPassword(password, row?.password ?? null)) || row === undefined) return null;
  return { userId: row.user_id, name: row.name, roles: row.roles };
}

/** A person whom the firm's provider vouches for, with the roles that it says: what it says now is what counts. */
export async function keepProvidedUser(tx: Tx, { userId, name, roles: held }: Person): Promise<boolean> {
  const { rows } = await tx.query<{ roles: Role[]; enabled: boolean }>(
    "SELECT roles, enabled FROM app_user WHERE user_id = $1",
    [userId],
  );
  const before = rows[0];
  await tx.query(
    `INSERT INTO app_user (user_id, name, roles) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET name = EXCLUDED.name, roles = EXCLUDED.roles`,
    [userId, name, held],
  );
  const changed = before !== undefined && JSON.stringify(before.roles.toSorted()) !== JSON.stringify(held.toSorted());
  if (changed) await tx.query("DELETE FROM session WHERE user_id = $1", [userId]);
  return before?.enabled ?? true;
}

/** What may be a person's id: `cordon` is the desk's own in the audit. */
export function isUserId(text: string): boolean {
  return /^[A-Za-z0-9._@-]{1,100}$/.test(text) && text !== "cordon";
}

export function isRole(text: unknown): text is Role {
  return (roles as readonly unknown[]).includes(text);
}
