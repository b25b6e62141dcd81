import { z } from "zod";

import { refusals } from "../rules/refusal.ts";
import { signInRequest } from "./requests.ts";
import type { Route } from "./route.ts";
import { apiBase } from "./server.ts";

/** OpenAPI 3.1, made from the table that the server is made from. */
export function openApiOf(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, unknown>> = {};
  const add = (path: string, method: string, operation: unknown): void => {
    const at = path.replaceAll(/:(\w+)/g, "{$1}");
    paths[at] = { ...paths[at], [method.toLowerCase()]: operation };
  };
  for (const one of routes) add(`${apiBase}${one.path}`, one.method, operationOf(one));
  add(`${apiBase}/session`, "POST", {
    summary: "Signs in by password, where the desk has users of its own",
    security: [],
    requestBody: bodyOf(signInRequest),
    responses: responses(200),
  });
  add(`${apiBase}/stream`, "GET", {
    summary: "Server-sent events: counts, alert, job",
    responses: { "200": { description: "a stream", content: { "text/event-stream": {} } }, default: refused },
  });
  return {
    openapi: "3.1.0",
    info: { title: "Cordon desk", version, description: "The alert desk's API." },
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-desk-session" } },
      schemas: {
        Refusal: {
          type: "object",
          required: ["code", "message"],
          properties: { code: { type: "string", enum: Object.keys(refusals) }, message: { type: "string" } },
        },
      },
    },
    security: [{ session: [] }],
  };
}

const refused = {
  description: "refused: the first of the codes that applies",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
};

function responses(status: number): object {
  return { [String(status)]: { description: "done", content: { "application/json": {} } }, default: refused };
}

function operationOf(one: Route): object {
  const names = [...one.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const query =
    one.query === null
      ? {}
      : (z.toJSONSchema(one.query, { io: "input" }) as {
          properties?: Record<string, object>;
          required?: readonly string[];
        });
  return {
    summary: one.summary,
    "x-roles": one.roles,
    parameters: [
      ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
      ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
        name,
        in: "query",
        required: query.required?.includes(name) ?? false,
        schema,
      })),
      ...(one.method === "GET" ? [] : [{ name: "x-desk", in: "header", required: true, schema: { const: "1" } }]),
    ],
    ...(one.body === null ? {} : { requestBody: bodyOf(one.body) }),
    responses: responses(200),
  };
}

function bodyOf(schema: z.ZodType): object {
  return { required: true, content: { "application/json": { schema: z.toJSONSchema(schema, { io: "input" }) } } };
}
