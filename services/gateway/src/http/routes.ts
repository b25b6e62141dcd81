import { CordonError } from "@cordon/errors";
import type { Rail } from "@cordon/schemas";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { EventTaken, MessageTaken } from "../intake/take-message.ts";
import type { AppDeps } from "./app-deps.ts";
import type { JsonSchema } from "./avro-json-schema.ts";
import { knownPath } from "./known-path.ts";
import { formatOf } from "./media-type.ts";
import {
  decisionParameters,
  decisionQuery,
  decisionSchema,
  healthSchema,
  messageHeaders,
  messageQuery,
  pendingSchema,
  problemSchema,
  takenSchema,
} from "./schemas.ts";

interface MessageRequest {
  Querystring: {
    readonly rail?: Rail;
    readonly decideBy?: string;
    readonly reference?: string;
    readonly type?: "payment" | "remittance";
  };
}

interface DecisionRequest {
  Params: { readonly eventId: string };
  Querystring: { readonly wait?: number };
}

const json = (description: string, schema: JsonSchema) => ({
  description,
  content: { "application/json": { schema } },
});
const problems = (statuses: Readonly<Record<number, string>>) =>
  Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [
      status,
      { description, content: { "application/problem+json": { schema: problemSchema } } },
    ]),
  );

const security = [{ token: [] }, { certificate: [] }];
/** W3C trace context; what is longer is none. */
const traceContext = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-[\x20-\x7e]{0,450})?$/;

export function addRoutes(app: FastifyInstance, deps: AppDeps): void {
  addMessages(app, deps);
  addDecisions(app, deps);
  addProbes(app, deps);
}

function addMessages(app: FastifyInstance, { access, admission, take, limits }: AppDeps): void {
  const clients = new WeakMap<FastifyRequest, string>();
  app.post<MessageRequest>("/v1/messages", {
    schema: {
      operationId: "postMessage",
      summary: "Send a payment message; each of its transactions is screened.",
      querystring: messageQuery,
      headers: messageHeaders,
      response: {
        202: json("Kafka has every event of it.", takenSchema),
        200: json("The same content came before; nothing was produced.", takenSchema),
        ...problems({
          400: "Not well formed, or a query that is not understood.",
          401: "The client is not known.",
          409: "The id was used with another content, or the message is in hand (Retry-After).",
          413: "Larger than is taken.",
          415: "A media type that is not read.",
          422: "No message that is read, or one that lacks a party.",
          429: "More than this client's share (Retry-After).",
          503: "Too much in hand, or Kafka or Redis is away (Retry-After).",
          500: "Something failed that nobody foresaw.",
        }),
      },
      security,
    },
    // Before a byte of the body is read.
    onRequest: (request, reply, done) => {
      const client = access.identify(request.raw);
      const bytes = announcedBytes(request, limits.maxBytes);
      const admitted = admission.enter(client, bytes);
      reply.raw.once("close", () => {
        admitted.leave();
      });
      clients.set(request, client);
      done();
    },
    handler: async (request, reply) => {
      const { rail = null, decideBy, reference = null, type = "payment" } = request.query;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const format = formatOf(request.headers["content-type"], body);
      const taken = await take({
        client: clients.get(request) ?? "",
        bytes: body,
        format,
        rail,
        type,
        decideBy: timeOf(decideBy),
        reference,
        idempotencyKey: textOf(request.headers["idempotency-key"]),
        traceparent: traceOf(request.headers["traceparent"]),
      }).catch((error: unknown) => {
        throw format === "json" ? withKnownPath(error) : error;
      });
      return answerTaken(reply, taken);
    },
  });
}

function withKnownPath(error: unknown): unknown {
  if (!(error instanceof CordonError) || typeof error.details["path"] !== "string") return error;
  const details = { ...error.details, path: knownPath(error.details["path"]) };
  return new CordonError(error.code, error.message, { details, cause: error });
}

/** What the client says that its body has; the most, where it does not say. Throws MESSAGE_TOO_LARGE, and MEDIA_UNSUPPORTED for packed bodies. */
function announcedBytes({ headers }: FastifyRequest, most: number): number {
  const packed = headers["content-encoding"];
  if (packed !== undefined && packed.toLowerCase() !== "identity")
    throw new CordonError("MEDIA_UNSUPPORTED", "send the body without a content encoding");
  const length = headers["content-length"];
  if (length === undefined) return most;
  if (Number(length) > most)
    throw new CordonError("MESSAGE_TOO_LARGE", `the body has ${length} bytes, expected at most ${String(most)}`);
  return Number(length);
}

function answerTaken(reply: FastifyReply, { messageId, format, duplicate, events }: MessageTaken): FastifyReply {
  const told = events.map((one) => ({ ...one, decision: decisionPath(one) }));
  const [first] = told;
  if (first !== undefined) void reply.header("location", first.decision);
  return reply.code(duplicate ? 200 : 202).send({ messageId, format, duplicate, events: told });
}

function decisionPath({ eventId }: EventTaken): string {
  return `/v1/decisions/${encodeURIComponent(eventId)}`;
}

/** Leap seconds and zones without minutes pass the format, and are no time to `Date`. Throws REQUEST_INVALID. */
function timeOf(decideBy: string | undefined): number | null {
  if (decideBy === undefined) return null;
  const at = Date.parse(decideBy);
  if (Number.isNaN(at)) throw new CordonError("REQUEST_INVALID", "decideBy is no time such as 2030-01-01T12:00:00Z");
  return at;
}

function textOf(header: string | readonly string[] | undefined): string | null {
  return typeof header === "string" && header !== "" ? header : null;
}

function traceOf(header: string | readonly string[] | undefined): string | null {
  return typeof header === "string" && traceContext.test(header) ? header : null;
}

function addDecisions(app: FastifyInstance, { access, ask, writeDecision, ending }: AppDeps): void {
  const whileAsked = askedSignals(ending);
  const clients = new WeakMap<FastifyRequest, string>();
  app.get<DecisionRequest>("/v1/decisions/:eventId", {
    schema: {
      operationId: "getDecision",
      summary: "What became of an event that this client has sent.",
      params: decisionParameters,
      querystring: decisionQuery,
      response: {
        200: json("Its decision, and with HIT its alert. A HOLD may be replaced later: ask again.", decisionSchema),
        202: json("No decision yet, which is no CLEAR.", pendingSchema),
        ...problems({
          400: "A query that is not understood.",
          401: "The client is not known.",
          404: "This client has sent no such event, or too long ago.",
          429: "This client has its share of requests that wait (Retry-After).",
          503: "Too many wait, or Redis or the schema registry is away (Retry-After).",
          500: "Something failed that nobody foresaw.",
        }),
      },
      security,
    },
    onRequest: (request, _reply, done) => {
      clients.set(request, access.identify(request.raw));
      done();
    },
    handler: async (request, reply) => {
      const { eventId } = request.params;
      const answer = await ask({
        eventId,
        client: clients.get(request) ?? "",
        waitMs: (request.query.wait ?? 0) * 1000,
        signal: whileAsked(reply),
      });
      switch (answer.kind) {
        case "unknown":
          throw new CordonError(
            "EVENT_UNKNOWN",
            "this client has sent no such event, or longer ago than is remembered: send it again",
          );
        case "pending":
          return reply.code(202).send({ eventId, outcome: "PENDING" });
        case "decided":
          return reply
            .header("content-type", "application/json; charset=utf-8")
            .send(await writeDecision(eventId, answer.verdict));
      }
    },
  });
}

/**
 * Signals that nobody waits for an answer any more, or that we end. One listener on `ending` serves them all, and an answer that
 * was sent aborts nothing.
 */
function askedSignals(ending: AbortSignal): (reply: FastifyReply) => AbortSignal {
  const open = new Set<AbortController>();
  ending.addEventListener("abort", () => {
    for (const one of open) one.abort("ending");
  });
  return ({ raw }) => {
    if (ending.aborted) return ending;
    const asked = new AbortController();
    open.add(asked);
    raw.once("close", () => {
      open.delete(asked);
      if (!raw.writableFinished) asked.abort("gone");
    });
    return asked.signal;
  };
}

function addProbes(app: FastifyInstance, { health, ready }: AppDeps): void {
  for (const [path, check, summary] of [
    ["/healthz", health, "Whether the process works at all."],
    ["/readyz", ready, "Whether it can take messages now."],
  ] as const)
    app.get(path, {
      schema: {
        operationId: path.slice(1),
        summary,
        response: { 200: json("It does.", healthSchema), 503: json("It does not.", healthSchema) },
      },
      handler: async (_request, reply) => {
        const { ok, reasons = [] } = await check();
        return reply.code(ok ? 200 : 503).send({ ok, reasons });
      },
    });
  app.get("/openapi.json", {
    schema: {
      operationId: "openapi",
      summary: "This document.",
      response: { 200: json("OpenAPI 3.1.", { type: "object" }) },
    },
    handler: () => app.swagger(),
  });
}
