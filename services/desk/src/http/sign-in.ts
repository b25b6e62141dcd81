import { createHash } from "node:crypto";

import type { FastifyInstance } from "fastify";

import { appendAudit } from "../audit/append.ts";
import type { Database } from "../database/connect.ts";
import type { Provider } from "../people/provider.ts";
import { createRateLimit } from "../people/rate-limit.ts";
import { cookieOf, openSession, tokenIn, endSession } from "../people/sessions.ts";
import { createTurns } from "../people/turns.ts";
import { keepProvidedUser, signedInBy } from "../people/users.ts";
import { Refusal } from "../rules/refusal.ts";
import { signInRequest } from "./requests.ts";
import { apiBase, type Checks } from "./server.ts";

export interface SignInDeps {
  readonly database: Database;
  /** Whether the desk has users of its own. */
  readonly local: boolean;
  /** Null: there is no provider. */
  readonly provider: Provider | null;
  readonly clock: () => number;
  readonly onSignIn: (how: "local" | "oidc", ok: boolean) => void;
}

const perMinute = 5;
/** Tries of one user at one address: one is tried after the other, so that the limit counts each. */
const mostWaiting = 20;
const stateCookie = "__Host-desk-sign-in";

/** A session begins: by password for the desk's own users, by the provider's word for everybody else. */
export function attachSignIn(
  app: FastifyInstance,
  checks: Checks,
  { database, local, provider, clock, onSignIn }: SignInDeps,
): void {
  const failures = createRateLimit({ perSecond: perMinute / 60, burst: perMinute }, clock);
  const turns = createTurns(mostWaiting);
  app.post(`${apiBase}/session`, { bodyLimit: 16 * 1024 }, async (request, reply) => {
    try {
      checks.sameSite(request);
      let body: unknown;
      try {
        body = JSON.parse(String(request.body));
      } catch {
        throw new Refusal("BAD_REQUEST", "the body: expected JSON with user and password");
      }
      const read = signInRequest.safeParse(body);
      const key = `${request.ip} ${createHash("sha256")
        .update(read.success ? read.data.user : "")
        .digest("hex")}`;
      const person = await turns.take(key, async () => {
        if (!failures.hasRoom(key)) throw new Refusal("TOO_MANY", "too many tries: wait a minute");
        if (!read.success) throw new Refusal("BAD_REQUEST", "the body: expected user and password");
        const found = local ? await signedInBy(database, read.data.user, read.data.password) : null;
        if (found === null) failures.passes(key);
        return found;
      });
      onSignIn("local", person !== null);
      if (person === null) throw new Refusal("SIGN_IN_NEEDED", "no such user, or another password");
      const before = tokenIn(request.headers.cookie);
      const token = await database.transaction(async (tx) => {
        if (before !== null) await endSession(tx, before);
        const opened = await openSession(tx, person.userId);
        await appendAudit(tx, [
          { actor: person.userId, action: "signed in", subject: person.userId, detail: { by: "password" } },
        ]);
        return opened;
      });
      return await reply
        .code(200)
        .headers({ "set-cookie": cookieOf(token), "cache-control": "no-store" })
        .send(person);
    } catch (error) {
      return checks.refuse(request, reply, error);
    }
  });

  app.get("/auth/login", async (request, reply) => {
    try {
      if (provider === null) throw new Refusal("NOT_FOUND", "no identity provider is set up");
      const { url, state, secrets } = await provider.begin();
      await database.query("INSERT INTO sign_in (state, secrets) VALUES ($1, $2)", [state, JSON.stringify(secrets)]);
      // Bound to this browser: a link with somebody else's state begins no session.
      return await reply
        .headers({
          "set-cookie": `${stateCookie}=${state}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=600`,
          "cache-control": "no-store",
        })
        .redirect(url, 302);
    } catch (error) {
      return checks.refuse(request, reply, error);
    }
  });

  app.get("/auth/callback", async (request, reply) => {
    try {
      if (provider === null) throw new Refusal("NOT_FOUND", "no identity provider is set up");
      const { state = "" } = request.query as { readonly state?: string };
      const bound = new RegExp(`(?:^|;\\s*)${stateCookie}=([^;]+)`).exec(request.headers.cookie ?? "")?.[1];
      if (state === "" || bound !== state)
        throw new Refusal("SIGN_IN_NEEDED", "this sign-in was not begun here: begin again");
      const { rows } = await database.query<{ secrets: string }>(
        "DELETE FROM sign_in WHERE state = $1 AND created_at > now() - interval '10 minutes' RETURNING secrets",
        [state],
      );
      const [kept] = rows;
      if (kept === undefined)
        throw new Refusal("SIGN_IN_NEEDED", "this sign-in took too long, or was used: begin again");
      const person = await provider.finish(request.url, state, JSON.parse(kept.secrets));
      onSignIn("oidc", person !== null);
      if (person === null) throw new Refusal("SIGN_IN_NEEDED", "the provider did not vouch for this sign-in");
      if (person.roles.length === 0) throw new Refusal("ROLE_MISSING", "none of your groups has a role at the desk");
      const token = await database.transaction(async (tx) => {
        const userId = await keepProvidedUser(tx, person);
        const opened = await openSession(tx, userId);
        await appendAudit(tx, [
          {
            actor: userId,
            action: "signed in",
            subject: userId,
            detail: { by: "provider", roles: person.roles },
          },
        ]);
        return opened;
      });
      return await reply
        .headers({
          "set-cookie": [cookieOf(token), `${stateCookie}=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0`],
          "cache-control": "no-store",
        })
        .redirect("/", 302);
    } catch (error) {
      return checks.refuse(request, reply, error);
    }
  });
}
