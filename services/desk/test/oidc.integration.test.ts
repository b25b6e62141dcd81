import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { freshDatabase, startTestDesk, type TestDesk } from "./support/desk.ts";

/* A real provider (oidc-provider) in this process, with its own pages for signing in. */

interface ProviderClass {
  new (
    issuer: string,
    configuration: object,
  ): { callback(): (request: unknown, response: unknown) => void; on(event: string, listener: () => void): void };
}

/** It has no types. */
const providerPackage: string = "oidc-provider";

let desk: TestDesk;
let drop: () => Promise<void>;
let provider: Server;
/** What the provider calls a person now, where that is not what they sign in with. */
const called = new Map<string, string>();
const groups: Readonly<Record<string, readonly string[]>> = {
  ines: ["aml-handlers", "everybody"],
  noor: ["aml-checkers", "desk-admins"],
  pat: ["everybody"],
  rosa: ["aml-handlers"],
  sven: ["aml-checkers"],
};

beforeAll(async () => {
  const { default: Provider } = (await import(providerPackage)) as { default: ProviderClass };
  let handle: ((request: unknown, response: unknown) => void) | null = null;
  provider = createServer((request, response) => {
    handle?.(request, response);
  });
  await new Promise<void>((resolve) => void provider.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${String((provider.address() as AddressInfo).port)}`;
  const database = await freshDatabase(inject("stack").databaseUrl);
  drop = database.drop;
  desk = await startTestDesk({
    databaseUrl: database.url,
    environment: {
      DESK_OIDC_ISSUER: issuer,
      DESK_OIDC_CLIENT_ID: "desk",
      DESK_OIDC_CLIENT_SECRET: "a secret of this test only",
      DESK_OIDC_ROLES: "aml-handlers=handler,aml-checkers=checker,desk-admins=admin",
      DESK_OIDC_INSECURE: "true",
    },
  });
  const oidc = new Provider(issuer, {
    clients: [
      { client_id: "desk", client_secret: "a secret of this test only", redirect_uris: [`${desk.url}/auth/callback`] },
    ],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
    scopes: ["openid", "profile", "groups"],
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ["for this test"] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({
        sub,
        preferred_username: called.get(sub) ?? sub,
        name: sub.toUpperCase(),
        groups: groups[sub] ?? [],
      }),
    }),
  });
  handle = oidc.callback();
});
afterAll(async () => {
  await desk.stop();
  provider.close();
  await drop();
});

/** A browser as far as redirects, cookies and two forms go. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  return async function go(
    url: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<{ url: string; status: number; text: string }> {
    let at = url;
    let body = form === undefined ? undefined : new URLSearchParams(form);
    for (let hops = 0; hops < 20; hops++) {
      const jar = jars.get(new URL(at).host) ?? new Map<string, string>();
      jars.set(new URL(at).host, jar);
      const response = await fetch(at, {
        redirect: "manual",
        method: body === undefined ? "GET" : "POST",
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
        ...(body === undefined ? {} : { body }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const split = pair.indexOf("=");
        jar.set(pair.slice(0, split), pair.slice(split + 1));
      }
      const next = response.headers.get("location");
      if (next === null) return { url: at, status: response.status, text: await response.text() };
      await response.arrayBuffer();
      at = new URL(next, at).href;
      body = undefined;
    }
    throw new Error("too many redirects");
  };
}

async function signInAs(login: string, go = browser()) {
  const form = await go(`${desk.url}/auth/login`);
  const action = /action="([^"]+)"/.exec(form.text)?.[1] ?? "";
  const consent = await go(new URL(action, form.url).href, { prompt: "login", login, password: "x" });
  const agree = /action="([^"]+)"/.exec(consent.text)?.[1];
  return agree === undefined ? consent : go(new URL(agree, consent.url).href, { prompt: "consent" });
}

test("a person of the provider signs in with the roles of their groups, and gets no others", async () => {
  const go = browser();
  const landed = await signInAs("ines", go);
  expect(landed).toMatchObject({ status: 200, url: `${desk.url}/` });
  expect(JSON.parse((await go(`${desk.url}/api/v1/me`)).text)).toEqual({
    userId: "ines",
    name: "INES",
    roles: ["handler"],
  });
});

test("who is in the groups of checkers and administrators is no administrator", async () => {
  const go = browser();
  await signInAs("noor", go);
  expect(JSON.parse((await go(`${desk.url}/api/v1/me`)).text).roles).toEqual(["checker"]);
});

test("who is renamed at the provider stays the same person, and nobody becomes another by a name", async () => {
  await signInAs("rosa");
  called.set("rosa", "rosa.new").set("sven", "rosa");
  const renamed = browser();
  await signInAs("rosa", renamed);
  expect(JSON.parse((await renamed(`${desk.url}/api/v1/me`)).text).userId).toBe("rosa");
  const other = await signInAs("sven");
  expect(other).toMatchObject({ status: 403 });
  expect(other.text).toContain("another person's");
});

test("who has no role at the desk is told so", async () => {
  const landed = await signInAs("pat");
  expect(landed).toMatchObject({ status: 403 });
  expect(landed.text).toContain("ROLE_MISSING");
});

test("an answer of the provider is taken once, and only by the browser that began", async () => {
  const [mine, theirs] = [browser(), browser()];
  await theirs(`${desk.url}/auth/login`);
  const stolen = await mine(`${desk.url}/auth/callback?code=abc&state=made-up`);
  expect(stolen.status).toBe(401);
  expect((await desk.sql("SELECT 1 FROM session")).length).toBeGreaterThan(0);
});
