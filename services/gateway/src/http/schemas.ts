import { schemaText, topics } from "@cordon/schemas";

import { jsonSchemaOf, type JsonSchema } from "./avro-json-schema.ts";
import { refusals } from "./problem.ts";

const text: JsonSchema = { type: "string" };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });

/** The rails that an event may have, from the event's own schema. */
export const rails: readonly string[] = railsIn(JSON.parse(schemaText(`${topics.payments}-value`)));

function railsIn(schema: {
  readonly fields: readonly { readonly name: string; readonly type: unknown }[];
}): readonly string[] {
  const { type } = schema.fields.find(({ name }) => name === "rail") ?? {};
  return (type as { readonly symbols: readonly string[] }).symbols;
}

export const problemSchema: JsonSchema = {
  type: "object",
  description: "Why it was refused (RFC 9457). A 4xx or 5xx means: not screened, do not release.",
  properties: {
    type: { ...text, description: "urn:cordon:error:CODE" },
    title: text,
    status: { type: "integer" },
    detail: { ...text, description: "What is wrong, and what to do. It never quotes the message." },
    code: {
      ...text,
      description: `One of ${[...Object.keys(refusals), "INTERNAL_ERROR"].join(", ")}; later versions may add some.`,
    },
    where: {
      type: "object",
      properties: {
        path: text,
        line: { type: "integer" },
        offset: { type: "integer", description: "In UTF-16 units of the decoded message." },
      },
    },
    transaction: { type: "integer", description: "Which of several transactions, from 0." },
  },
  required: ["type", "title", "status", "detail", "code"],
};

const conversionProblem: JsonSchema = {
  type: "object",
  properties: { code: text, sourcePath: orNull(text), detail: text },
  required: ["code", "detail"],
};

export const takenSchema: JsonSchema = {
  type: "object",
  description: "Kafka has every event of the message.",
  properties: {
    messageId: { ...text, description: "The message's own id; the event id of JSON." },
    format: { ...text, description: "pacs.008.001.08, MT202COV, payment, …" },
    duplicate: { type: "boolean", description: "The same content came before: nothing was produced now." },
    events: {
      type: "array",
      items: {
        type: "object",
        properties: {
          eventId: text,
          transaction: { type: "integer", description: "Its place in its message, from 0." },
          endToEndId: orNull(text),
          decision: { ...text, description: "Where to ask for its decision." },
          problems: { type: "array", description: "What will hold the event.", items: conversionProblem },
        },
        required: ["eventId", "transaction", "endToEndId", "decision", "problems"],
      },
    },
  },
  required: ["messageId", "format", "duplicate", "events"],
};

export const pendingSchema: JsonSchema = {
  type: "object",
  description: "There is no decision yet, which is no CLEAR.",
  properties: { eventId: text, outcome: { type: "string", enum: ["PENDING"] } },
  required: ["eventId", "outcome"],
};

export const decisionSchema: JsonSchema = jsonSchemaOf(schemaText(`${topics.decisions}-value`), {
  alert: {
    ...jsonSchemaOf(schemaText(`${topics.alerts}-value`)),
    description: "Who was hit, where and why. Only with HIT.",
  },
});

export const healthSchema: JsonSchema = {
  type: "object",
  properties: { ok: { type: "boolean" }, reasons: { type: "array", items: text } },
  required: ["ok", "reasons"],
};

/** Parameters that are not named here are refused: one that is misspelt would go unheeded. */
export const messageQuery: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    rail: { ...text, enum: rails, description: "The rail of messages that do not tell theirs." },
    decideBy: { ...text, format: "date-time", description: "After it a decision that would be CLEAR is HOLD." },
    reference: {
      ...text,
      minLength: 1,
      maxLength: 1024,
      pattern: "^[^\\p{Cc}]+$",
      description: "Where you keep the original; it comes back in the event's source.",
    },
    type: { ...text, enum: ["payment", "remittance"], default: "payment", description: "What a JSON body is." },
  },
};

export const decisionQuery: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    wait: { type: "number", minimum: 0, maximum: 30, default: 0, description: "Seconds to wait for a decision." },
  },
};

export const decisionParameters: JsonSchema = {
  type: "object",
  properties: { eventId: { ...text, minLength: 1, maxLength: 512 } },
  required: ["eventId"],
};

/** RFC 8941 strings and plain tokens alike: any printable ASCII. */
export const messageHeaders: JsonSchema = {
  type: "object",
  properties: {
    "idempotency-key": {
      ...text,
      minLength: 1,
      maxLength: 255,
      pattern: "^[\\x20-\\x7e]+$",
      description: "By what a repeat is known instead of by the message's id.",
    },
    traceparent: { ...text, description: "W3C trace context; it is passed on to the event and its decision." },
  },
};
