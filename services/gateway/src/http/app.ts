import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

import { CordonError } from "@cordon/errors";
import fastifySwagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";

import type { GatewayTelemetry, RouteName } from "../telemetry.ts";
import type { AppDeps } from "./app-deps.ts";
import { aboutDocument, withBodies } from "./document.ts";
import { isForeseen, mediaTypes, refusalOf } from "./problem.ts";
import { addRoutes } from "./routes.ts";

/** Makes the server that the routes are served by. */
export type ServerFactory = (handler: (request: IncomingMessage, response: never) => void) => Server;

/** The HTTP side of the gateway. Whoever made it listens and closes. */
export async function buildApp(deps: AppDeps, serverFactory: ServerFactory): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: deps.limits.maxBytes,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 4096 },
    // What a misspelt parameter asks for would go unheeded.
    ajv: { customOptions: { removeAdditional: false, allErrors: false } },
    serverFactory,
    clientErrorHandler,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([...mediaTypes], { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  // What is answered is written as it is: a schema describes it, and takes nothing out of it.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  await app.register(fastifySwagger, { openapi: aboutDocument, transform: withBodies });
  answerFaults(app, deps);
  addRoutes(app, deps);
  await app.ready();
  return app;
}

function answerFaults(app: FastifyInstance, { telemetry }: AppDeps): void {
  app.addHook("onSend", (_request, reply, payload, done) => {
    void reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    done(null, payload);
  });
  app.addHook("onResponse", (request, reply, done) => {
    const waits = "wait" in (request.query as object) && (request.query as { wait: unknown }).wait !== 0;
    telemetry.answered({
      route: routeOf(request),
      status: reply.statusCode,
      milliseconds: waits ? null : reply.elapsedTime,
    });
    done();
  });
  app.setErrorHandler((error: unknown, request, reply) => {
    if (!isForeseen(error)) telemetry.failed({ route: routeOf(request), error });
    return refuse(reply, error, telemetry);
  });
  app.setNotFoundHandler((_request, reply) => {
    const error = new CordonError("REQUEST_INVALID", "there is no such path, or not by this method: see /openapi.json");
    return refuse(reply, error, telemetry, 404);
  });
}

export function routeOf({ routeOptions }: FastifyRequest): RouteName {
  if (routeOptions.url === "/v1/messages") return "messages";
  return routeOptions.url === "/v1/decisions/:eventId" ? "decisions" : "other";
}

export function refuse(
  reply: FastifyReply,
  error: unknown,
  telemetry: Pick<GatewayTelemetry, "refused">,
  status?: number,
): FastifyReply {
  const { problem, retryAfter } = refusalOf(error);
  telemetry.refused({ code: problem.code });
  if (retryAfter !== null) void reply.header("retry-after", String(retryAfter));
  if (problem.status === 401) void reply.header("www-authenticate", "Bearer");
  return reply
    .code(status ?? problem.status)
    .header("content-type", "application/problem+json")
    .send(JSON.stringify({ ...problem, status: status ?? problem.status }));
}

/** What cannot be parsed as HTTP, is too slow or has too large a head gets a short answer, and its connection ends. */
function clientErrorHandler(error: Error & { readonly code?: string }, socket: Socket): void {
  const status =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? "408 Request Timeout"
      : error.code === "HPE_HEADER_OVERFLOW"
        ? "431 Request Header Fields Too Large"
        : "400 Bad Request";
  if (socket.writable && socket.bytesWritten === 0)
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  socket.destroySoon();
}
