import type { Database, Tx } from "../database/connect.ts";
import { Refusal } from "../rules/refusal.ts";
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

/** A person whom the firm's provider vouches for, with the roles that it says now. */
export interface ProvidedPerson extends Person {
  /** Issuer and subject: who is meant, whatever they are called. */
  readonly providedAs: string;
}

/**
 * The user whom the provider means, and who keeps the id of the first sign-in when the provider calls them otherwise later: two people are
 * told apart by it. What the provider says now of roles is what counts. Answers the id; throws ROLE_MISSING for a user who is switched off,
 * and for a name that is another's.
 */
export async function keepProvidedUser(tx: Tx, person: ProvidedPerson): Promise<string> {
  const { providedAs, name, roles: held } = person;
  const { rows } = await tx.query<{ user_id: string; roles: Role[]; enabled: boolean; provided_as: string | null }>(
    "SELECT user_id, roles, enabled, provided_as FROM app_user WHERE provided_as = $1 OR user_id = $2 FOR UPDATE",
    [providedAs, person.userId],
  );
  // One that an administrator prepared is whose first sign-in by that name it is.
  const user = rows.find((row) => row.provided_as === providedAs) ?? rows[0];
  if (user !== undefined && user.provided_as !== null && user.provided_as !== providedAs)
    throw new Refusal("ROLE_MISSING", "this user name is another person's at the desk: the provider must give another");
  if (user?.enabled === false) throw new Refusal("ROLE_MISSING", "this user is switched off at the desk");
  const userId = user?.user_id ?? person.userId;
  await tx.query(
    `INSERT INTO app_user (user_id, name, roles, provided_as) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id) DO UPDATE SET name = EXCLUDED.name, roles = EXCLUDED.roles, provided_as = EXCLUDED.provided_as`,
    [userId, name, held, providedAs],
  );
  const changed = user !== undefined && JSON.stringify(user.roles.toSorted()) !== JSON.stringify(held.toSorted());
  if (changed) await tx.query("DELETE FROM session WHERE user_id = $1", [userId]);
  return userId;
}

/** What may be a person's id: `cordon` is the desk's own in the audit. */
export function isUserId(text: string): boolean {
  return /^[A-Za-z0-9._@-]{1,100}$/.test(text) && text !== "cordon";
}

export function isRole(text: unknown): text is Role {
  return (roles as readonly unknown[]).includes(text);
}
