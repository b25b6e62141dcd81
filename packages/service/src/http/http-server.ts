import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import { CordonError } from "@cordon/errors";

import { noteAddress } from "./addresses.ts";

/** An answer to a probe. `reasons` say in words what is amiss, or what holds. Never a party name. */
export interface HealthReport {
  readonly ok: boolean;
  readonly reasons?: readonly string[];
}

export type HealthCheck = () => HealthReport | Promise<HealthReport>;

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** See `noteAddress`. */
  readonly addressesFile?: string | null;
  /** The body of `/metrics`. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** Whether the process works at all; when not, it should be replaced. */
  readonly health: HealthCheck;
  /** Whether it can do its job now. */
  readonly ready: HealthCheck;
  /** Longest that a probe or `/metrics` may take before the answer is 503, milliseconds. */
  readonly answerTimeoutMs?: number;
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:9464`. */
  readonly url: string;
  /** Finishes the requests in hand for a second, then cuts them off. */
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const closeGraceMs = 1000;

/**
 * Serves `/healthz`, `/readyz` and `/metrics` to GET and HEAD. Probes answer 200 or 503 with
 * `{"ok": boolean, "reasons": string[]}`; a probe that throws or hangs is a 503, too.
 * Throws CONFIG_INVALID when the address cannot be listened on.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({
    requestTimeout: 5000,
    headersTimeout: 5000,
    keepAliveTimeout: 5000,
    // Node looks every 30 s whether a limit has passed: a slow peer would hold its connection six times as long.
    connectionsCheckingInterval: 1000,
  });
  server.maxHeadersCount = 50;
  server.maxConnections = mostConnections;
  server.setTimeout(silentMs);
  makeRoom(server);
  server.on("request", (request, response) => {
    void respond(request, response, options);
  });
  server.on("clientError", (_error, socket) => {
    socket.destroy();
  });
  await listen(server, options);
  const url = urlOf(server.address() as AddressInfo);
  noteAddress(options.addressesFile ?? null, "http", url);
  return { url, close: () => close(server) };
}

/** As many connections as are open at once at most, and how many of them one address may have. */
const mostConnections = 1000;
/** Those that ask nothing, and all together, also those with an answer under way. */
const mostSilentOfOneAddress = 20;
const mostOfOneAddress = 100;
/** Of a peer that does not read its answer. */
const silentMs = 10_000;
/** A probe on a connection of its own asks at once. */
const patienceMs = 1000;

/**
 * A connection that has asked nothing gives way to a newer one of the same address: whoever opens many and sends slowly holds
 * up himself, not the probes. One that has an answer under way is left alone.
 */
function makeRoom(server: Server): void {
  const waiting = new Map<string, Set<Socket>>();
  const busy = new WeakSet<Socket>();
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    const mine = waiting.get(address) ?? new Set<Socket>();
    waiting.set(address, mine.add(socket));
    const timer = setTimeout(() => {
      if (!busy.has(socket)) socket.destroy();
    }, patienceMs);
    socket.once("close", () => {
      clearTimeout(timer);
      mine.delete(socket);
      if (mine.size === 0) waiting.delete(address);
    });
    for (const oldest of mine) {
      if (mine.size <= mostSilentOfOneAddress) break;
      if (oldest === socket || (busy.has(oldest) && mine.size <= mostOfOneAddress)) continue;
      mine.delete(oldest);
      oldest.destroy();
    }
  });
  server.on("request", ({ socket }: IncomingMessage) => {
    busy.add(socket);
  });
}

async function respond(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions): Promise<void> {
  const { status, contentType, body } = await answer(request, options);
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 405 ? { allow: "GET, HEAD" } : {}),
    // A body that nobody asked for is not read; the connection goes with it.
    ...(status === 405 ? { connection: "close" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

async function answer(request: IncomingMessage, options: HttpServerOptions): Promise<Answer> {
  if (request.method !== "GET" && request.method !== "HEAD") return text(405, "only GET and HEAD are served here\n");
  const limitMs = options.answerTimeoutMs ?? 5000;
  const path = (request.url ?? "/").replace(/\?.*$/s, "");
  switch (path) {
    case "/healthz":
      return probe(options.health, limitMs);
    case "/readyz":
      return probe(options.ready, limitMs);
    case "/metrics":
      try {
        return { status: 200, ...(await within(options.metrics(), limitMs)) };
      } catch {
        return text(503, "the metrics could not be collected\n");
      }
    default:
      return text(404, "try /healthz, /readyz or /metrics\n");
  }
}

async function probe(check: HealthCheck, limitMs: number): Promise<Answer> {
  const report = await within((async () => check())(), limitMs).catch((): HealthReport => ({
    ok: false,
    reasons: ["the check itself failed or took too long"],
  }));
  return {
    status: report.ok ? 200 : 503,
    contentType: "application/json",
    body: `${JSON.stringify({ ok: report.ok, reasons: report.reasons ?? [] })}\n`,
  };
}

function text(status: number, body: string): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body };
}

async function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error("too slow"));
  }, limitMs);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function listen(server: Server, { host, port }: HttpServerOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", (cause) => {
    reject(
      new CordonError("CONFIG_INVALID", `HTTP_HOST and HTTP_PORT: cannot listen on ${host}:${String(port)}`, { cause }),
    );
  });
  server.listen(port, host, resolve);
  return promise;
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${String(port)}`;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => {
    resolve();
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, closeGraceMs);
  await promise;
  clearTimeout(timer);
}
