import { STATUS_CODES } from "node:http";

import type { PageServer } from "@cordon/desk-web";
import { CordonError, dispositionOf } from "@cordon/errors";
import type { Logger } from "@cordon/service";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";

import { DatabaseError, type Database } from "../database/connect.ts";
import { createRateLimit } from "../people/rate-limit.ts";
import { type Session, sessionOf, tokenIn } from "../people/sessions.ts";
import { Refusal, type RefusalCode } from "../rules/refusal.ts";
import type { Route } from "./route.ts";

export const apiBase = "/api/v1";

export interface ServerDeps {
  readonly database: Database;
  readonly routes: readonly Route[];
  readonly page: PageServer;
  /** The document of `/openapi.json`. */
  readonly openApi: object;
  readonly logger: Logger;
  /** The one origin that writes may come from; null: the host that was asked. */
  readonly origin: string | null;
  readonly clock: () => number;
  readonly onRefused: (code: RefusalCode) => void;
  readonly health: () => { readonly ok: boolean; readonly reasons: readonly string[] };
  readonly ready: () => { readonly ok: boolean; readonly reasons: readonly string[] };
  /** Adds what is no row of the table: sign-in, the stream. */
  readonly extend: (app: FastifyInstance, checks: Checks) => void;
}

/** What every request goes through, for those that are no row of the table. */
export interface Checks {
  readonly sameSite: (request: FastifyRequest) => void;
  readonly person: (request: FastifyRequest) => Promise<Session>;
  readonly refuse: (request: FastifyRequest, reply: FastifyReply, error: unknown) => FastifyReply;
}

const maxBodyBytes = 12 * 1024 * 1024;
const usualBodyBytes = 256 * 1024;

/** The desk's HTTP: the pages, the API of the table, and what `extend` adds. Not listening yet. */
export function createServer(deps: ServerDeps): FastifyInstance {
  const { database, clock, origin, page } = deps;
  const app = Fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: maxBodyBytes,
    requestTimeout: 30_000,
    connectionTimeout: 0,
    routerOptions: { maxParamLength: 600 },
  });
  const limit = createRateLimit({ perSecond: 20, burst: 100 }, clock);
  app.removeAllContentTypeParsers();
  // Read as text: what is wrong with a body is told after what outranks it.
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });

  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply => {
    const refusal = refusalOf(error);
    if (refusal === null) {
      deps.logger.error("a request failed", { path: request.routeOptions.url ?? "", error: told(error) });
      return reply.code(500).headers(common).send({ code: "INTERNAL", message: "this failed; it was written down" });
    }
    deps.onRefused(refusal.code);
    return reply
      .code(refusal.status)
      .headers({ ...common, ...(refusal.status === 429 || refusal.status === 503 ? { "retry-after": "1" } : {}) })
      .send({ code: refusal.code, message: refusal.message, ...refusal.details });
  };
  const checks: Checks = {
    sameSite: (request) => refuseOtherSites(request, origin),
    person: async (request) => {
      const token = tokenIn(request.headers.cookie);
      const session = token === null ? null : await sessionOf(database, token);
      if (session === null) throw new Refusal("SIGN_IN_NEEDED", "sign in first");
      if (!limit.passes(session.id)) throw new Refusal("TOO_MANY", "too many requests: wait a second");
      return session;
    },
    refuse,
  };

  for (const one of deps.routes)
    app.route({
      method: one.method,
      url: `${apiBase}${one.path}`,
      bodyLimit: one.path === "/customer-files" ? maxBodyBytes : usualBodyBytes,
      handler: async (request, reply) => answer(one, request, reply, checks),
    });
  deps.extend(app, checks);
  app.get("/openapi.json", (_request, reply) => reply.headers(common).send(deps.openApi));
  app.get(`${apiBase}/openapi.json`, (_request, reply) => reply.headers(common).send(deps.openApi));
  for (const [path, probe] of [
    ["/healthz", deps.health],
    ["/readyz", deps.ready],
  ] as const)
    app.get(path, (_request, reply) => {
      const report = probe();
      return reply
        .code(report.ok ? 200 : 503)
        .headers(common)
        .send(report);
    });
  app.setNotFoundHandler((request, reply) => {
    const path = (request.url.split("?")[0] ?? "/") || "/";
    const found =
      request.method === "GET" || request.method === "HEAD"
        ? page({ path, acceptEncoding: request.headers["accept-encoding"]?.toString() })
        : null;
    if (found !== null)
      return reply
        .code(found.status)
        .headers(found.headers)
        .send(request.method === "HEAD" ? undefined : Buffer.from(found.body));
    return refuse(request, reply, new Refusal("NOT_FOUND", "there is nothing here"));
  });
  app.setErrorHandler((error, request, reply) => refuse(request, reply, error));
  return app;
}

const common = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'",
} as const;

/** In the order of the contract: the first refusal that applies is told. */
async function answer(one: Route, request: FastifyRequest, reply: FastifyReply, checks: Checks): Promise<FastifyReply> {
  try {
    if (one.method !== "GET") checks.sameSite(request);
    const person = await checks.person(request);
    if (one.roles !== "any" && !one.roles.some((role) => person.roles.includes(role)))
      throw new Refusal("ROLE_MISSING", `this takes the role ${one.roles.join(" or ")}`);
    const params = request.params as Readonly<Record<string, string>>;
    await one.exists?.(params);
    const query = parsed(one.query, request.query, "the query");
    const body = one.body === null ? undefined : parsed(one.body, jsonOf(request), "the body");
    const { status = 200, body: answered, text, headers = {} } = await one.answer({ params, query, body, person });
    reply.code(answered === undefined && text === undefined ? 204 : status).headers({ ...common, ...headers });
    return await reply.send(text ?? answered);
  } catch (error) {
    return checks.refuse(request, reply, error);
  }
}

/** A browser says where a request comes from; a script of another site can neither hide that nor set our header. */
function refuseOtherSites(request: FastifyRequest, origin: string | null): void {
  const { headers } = request;
  const site = headers["sec-fetch-site"];
  const from = headers.origin;
  const own = origin === null ? from?.replace(/^https?:\/\//, "") === headers.host : from === origin;
  if (headers["x-desk"] !== "1" || (site !== undefined && site !== "same-origin") || (from !== undefined && !own))
    throw new Refusal("CROSS_SITE", "a request of another site, or one without the header x-desk: 1");
}

function jsonOf(request: FastifyRequest): unknown {
  if (request.body === undefined || request.body === "")
    throw new Refusal("BAD_REQUEST", "the body: expected JSON, {} at least");
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? ""))
    throw new Refusal("BAD_REQUEST", "the body: expected content-type application/json");
  try {
    return JSON.parse(request.body as string);
  } catch {
    throw new Refusal("BAD_REQUEST", "the body is no JSON");
  }
}

function parsed(schema: Route["body"], value: unknown, what: string): unknown {
  if (schema === null) return undefined;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  // Where and what, never the value.
  const [issue] = read.error.issues;
  throw new Refusal(
    "BAD_REQUEST",
    `${what}: ${[...(issue?.path ?? []).map(String), issue?.code ?? "wrong"].join(" ")}`,
  );
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseError && ["22021", "22P02", "22P05", "22003", "22007", "22008"].includes(error.state))
    return new Refusal("BAD_REQUEST", "a value that the store cannot take");
  if (error instanceof DatabaseError && error.state === "23505")
    return new Refusal("VERSION_CONFLICT", "this was decided meanwhile");
  if (error instanceof CordonError && dispositionOf(error) === "retry")
    return new Refusal("STORE_UNAVAILABLE", "what this needs gives no answer: try again soon");
  const status = typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 0;
  return status >= 400 && status < 500
    ? new Refusal("BAD_REQUEST", STATUS_CODES[status] ?? "a request that cannot be read")
    : null;
}

/** An error's own words may quote what it failed on. */
function told(error: unknown): unknown {
  return error instanceof DatabaseError || error instanceof CordonError
    ? error
    : error instanceof Error
      ? `${error.name} at ${error.stack?.split("\n")[1]?.trim() ?? ""}`
      : "unknown";
}
