import { createHash, randomBytes } from "node:crypto";

import type { Tx } from "../database/connect.ts";

export const roles = ["handler", "checker", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** Who is signed in. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

const sessionCookie = "__Host-desk-session";

const idleMinutes = 30;
const longestHours = 12;

/** Ends a session, and whose. */
export interface Session extends Person {
  /** Of the cookie; never the cookie itself. */
  readonly id: string;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** A new token for every sign-in: one that was known before is never made a session. */
export async function openSession(tx: Tx, userId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.query("INSERT INTO session (token_hash, user_id) VALUES ($1, $2)", [hashOf(token), userId]);
  return token;
}

/** Null where there is none, or none any more: after half an hour without a request, twelve hours, or when its user was switched off. */
export async function sessionOf(tx: Tx, token: string): Promise<Session | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const hash = hashOf(token);
  const { rows } = await tx.query<{ user_id: string; name: string; roles: Role[]; stale: boolean }>(
    `SELECT u.user_id, u.name, u.roles, s.seen_at < now() - interval '20 seconds' AS stale
     FROM session s JOIN app_user u USING (user_id)
     WHERE s.token_hash = $1 AND u.enabled AND s.seen_at > now() - make_interval(mins => $2)
       AND s.created_at > now() - make_interval(hours => $3)`,
    [hash, idleMinutes, longestHours],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (row.stale) await tx.query("UPDATE session SET seen_at = now() WHERE token_hash = $1", [hash]);
  return { userId: row.user_id, name: row.name, roles: row.roles, id: hash.toString("hex") };
}

export async function endSession(tx: Tx, token: string): Promise<void> {
  await tx.query("DELETE FROM session WHERE token_hash = $1", [hashOf(token)]);
}

/** Everywhere, as when roles change. */
export async function endSessionsOf(tx: Tx, userId: string): Promise<void> {
  await tx.query("DELETE FROM session WHERE user_id = $1", [userId]);
}

export async function sweepSessions(tx: Tx): Promise<void> {
  await tx.query(
    "DELETE FROM session WHERE seen_at < now() - make_interval(mins => $1) OR created_at < now() - make_interval(hours => $2)",
    [idleMinutes, longestHours],
  );
  await tx.query("DELETE FROM sign_in WHERE created_at < now() - interval '10 minutes'");
}

export function cookieOf(token: string): string {
  return `${sessionCookie}=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

export const noCookie = `${sessionCookie}=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0`;

/** The cookie's value; of two of them the first, as browsers send a host's own before others. */
export function tokenIn(cookies: string | undefined): string | null {
  for (const part of (cookies ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === sessionCookie) return part.slice(at + 1).trim();
  }
  return null;
}
