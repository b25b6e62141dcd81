import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Document, OpenAPIClientAxios } from "openapi-client-axios";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { refusals } from "../../src/http/problem.ts";
import { createWorld, type Running, startGateway, type World } from "../support/gateway-world.ts";
import { jsonPayment, pacs008, type Posted } from "../support/messages.ts";

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> };
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >;
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

let world: World;
let gateway: Running;
let document: Described;
beforeEach(async () => {
  world = await createWorld();
  gateway = await startGateway(world, { env: { GATEWAY_CLIENT_RATE: "1000" } });
  document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as Described;
});
afterEach(async () => {
  await gateway.stop();
});

/** A client made from nothing but the document; no status is an error to it. */
async function madeClient() {
  const api = new OpenAPIClientAxios({
    definition: { ...document, servers: [{ url: gateway.url }] } as unknown as Document,
    axiosConfigDefaults: { validateStatus: () => true },
  });
  return api.init();
}

/** Holds an answer to the schema that the document has for its status. */
function holdsTo(operationId: string, status: number, body: unknown): readonly string[] {
  const operation = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find((one) => one.operationId === operationId);
  const [content] = Object.values(operation?.responses[String(status)]?.content ?? {});
  if (content === undefined) return [`${operationId} says nothing of ${String(status)}`];
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { byte: true } });
  return ajv.validate(content.schema, body)
    ? []
    : (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
}

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1 and has every route, with who may call it", async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document).toMatchObject({ openapi: "3.1.0" });
    expect(Object.keys(document.paths).toSorted()).toEqual([
      "/healthz",
      "/openapi.json",
      "/readyz",
      "/v1/decisions/{eventId}",
      "/v1/messages",
    ]);
    expect(document.paths["/v1/messages"]?.["post"]?.security).toEqual([{ token: [] }, { certificate: [] }]);
    expect(Object.keys(document.paths["/v1/messages"]?.["post"]?.requestBody?.content ?? {})).toHaveLength(5);
    expect(document.paths["/healthz"]?.["get"]?.security).toBeUndefined();
  });

  test("has every status that a refusal can have", () => {
    const told = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ responses }) => Object.keys(responses));
    for (const { status } of Object.values(refusals)) expect(told).toContain(String(status));
  });

  test("is enough to make a client that sends, asks, and is answered as the document says", async () => {
    const client = await madeClient();
    const send = (body: unknown, type: string, query = {}) =>
      client["postMessage"]?.(query, body, { headers: { "content-type": type } });
    const ask = (eventId: string, wait = 0) => client["getDecision"]?.({ eventId, wait });
    const stop = world.screen((eventId) => (eventId === "pay-1" ? "HIT" : "CLEAR"));

    const taken = await send(pacs008("M1", ["Jan Kowal"]), "application/xml", { rail: "CHAPS" });
    expect([taken?.status, holdsTo("postMessage", 202, taken?.data)]).toEqual([202, []]);
    const [event] = (taken?.data as Posted["body"] | undefined)?.events ?? [];
    const clear = await ask(event?.eventId ?? "", 10);
    expect([clear?.status, holdsTo("getDecision", 200, clear?.data)]).toEqual([200, []]);

    await send(jsonPayment("pay-1"), "application/json");
    const hit = await ask("pay-1", 10);
    expect(hit?.data).toMatchObject({ outcome: "HIT", alert: { eventId: "pay-1" } });
    expect(holdsTo("getDecision", 200, hit?.data)).toEqual([]);
    stop();

    await send(jsonPayment("pay-2"), "application/json");
    const pending = await ask("pay-2");
    expect([pending?.status, holdsTo("getDecision", 202, pending?.data)]).toEqual([202, []]);
    const refused = [
      ["postMessage", 422, await send("<Hello/>", "text/xml")],
      ["postMessage", 409, await send(pacs008("M1", ["Per Berg"]), "text/xml")],
      ["postMessage", 400, await send("", "text/plain")],
      ["getDecision", 404, await ask("nobody")],
    ] as const;
    for (const [operation, status, answer] of refused)
      expect([answer?.status, holdsTo(operation, status, answer?.data)]).toEqual([status, []]);
  });
});
