import { CordonError } from "@cordon/errors";
import * as oidc from "openid-client";

import { Refusal } from "../rules/refusal.ts";
import type { Role } from "./sessions.ts";
import { isRole, isUserId, type ProvidedPerson } from "./users.ts";

/** The firm's identity provider. */
export interface Provider {
  /** Where to send the browser, the state that it comes back with, and what must be remembered until then. */
  begin(): Promise<{ readonly url: string; readonly state: string; readonly secrets: Secrets }>;
  /** Who came back, with the roles of their groups; null: the provider does not vouch for it. */
  finish(path: string, state: string, secrets: unknown): Promise<ProvidedPerson | null>;
}

export interface Secrets {
  readonly verifier: string;
  readonly nonce: string;
}

export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly scope: string;
  readonly rolesClaim: string;
  /** `group=role` with commas between them. */
  readonly roles: string;
  /** Http, on loopback. */
  readonly insecure: boolean;
  /** How browsers reach the desk. */
  readonly publicUrl: () => string;
}

/** Authorization code with PKCE, state and nonce. The provider's own document is fetched at the first sign-in, and again when it failed. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, clientId, clientSecret, scope, insecure, publicUrl } = options;
  const address = new URL(issuer);
  if (address.protocol !== "https:" && !(insecure && ["127.0.0.1", "localhost", "[::1]"].includes(address.hostname)))
    throw new CordonError("CONFIG_INVALID", "DESK_OIDC_ISSUER must be https");
  const groups = groupRoles(options.roles);
  let known: Promise<oidc.Configuration> | null = null;

  function configuration(): Promise<oidc.Configuration> {
    known ??= oidc
      .discovery(
        address,
        clientId,
        clientSecret ?? undefined,
        undefined,
        insecure ? { execute: [oidc.allowInsecureRequests] } : {},
      )
      .catch(() => {
        known = null;
        throw new Refusal("STORE_UNAVAILABLE", "the identity provider gives no answer: try again soon");
      });
    return known;
  }

  return {
    async begin() {
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${publicUrl()}/auth/callback`,
        scope,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      return { url: url.href, state, secrets: { verifier, nonce } };
    },
    async finish(path, state, secrets) {
      const { verifier, nonce } = secrets as Secrets;
      const config = await configuration();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(path, publicUrl()), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        return claims === undefined ? null : personOf(claims, { claim: options.rolesClaim, groups });
      } catch {
        // Its words may quote tokens.
        return null;
      }
    },
  };
}

function groupRoles(text: string): ReadonlyMap<string, Role> {
  const pairs = text.split(",").filter((pair) => pair !== "");
  return new Map(
    pairs.flatMap((pair) => {
      const [group = "", role] = pair.split("=");
      return isRole(role) ? [[group, role] as const] : [];
    }),
  );
}

/** An administrator is nothing else that handles alerts: whoever the provider gives both has the lesser. */
function personOf(
  claims: Readonly<Record<string, unknown>>,
  { claim, groups }: { readonly claim: string; readonly groups: ReadonlyMap<string, Role> },
): ProvidedPerson | null {
  const { iss, sub, preferred_username: called = sub } = claims;
  if (typeof iss !== "string" || typeof sub !== "string" || typeof called !== "string" || !isUserId(called))
    return null;
  const userId = called;
  const found = claims[claim];
  const held = (Array.isArray(found) ? found : [found]).flatMap((group): Role[] => {
    if (typeof group !== "string") return [];
    const role = groups.get(group) ?? (groups.size === 0 && isRole(group) ? group : undefined);
    return role === undefined ? [] : [role];
  });
  const all = [...new Set(held)];
  const handles = all.some((role) => role === "handler" || role === "checker");
  const name = claims["name"];
  return {
    userId,
    providedAs: `${iss} ${sub}`,
    name: typeof name === "string" && name !== "" ? name : userId,
    roles: handles ? all.filter((role) => role !== "admin") : all,
  };
}
