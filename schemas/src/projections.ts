import type { Payment } from "./generated/payment.ts";
import type { Remittance } from "./generated/remittance.ts";
import type { Address, Agent, Party } from "./generated/shared.ts";

/** What the screener reads of a party. */
export interface ScreenedParty extends Pick<
  Party,
  "role" | "name" | "type" | "birthDate" | "nationalities" | "residence" | "identifiers" | "account" | "contact"
> {
  readonly address: ScreenedAddress | null;
}

/** What the screener reads of an agent. */
export interface ScreenedAgent extends Pick<Agent, "role" | "bic" | "lei" | "name" | "clearingId"> {
  readonly address: ScreenedAddress | null;
}

/** What the screener reads of an address. */
export type ScreenedAddress = Pick<Address, "country">;

/** What the screener reads of a payment; what it does not read is skipped, not decoded. */
export interface ScreenedPayment extends Pick<
  Payment,
  "eventId" | "rail" | "decideBy" | "money" | "remittanceInformation" | "purpose"
> {
  readonly parties: readonly ScreenedParty[];
  readonly agents: readonly ScreenedAgent[];
}

/** What the screener reads of a remittance; what it does not read is skipped, not decoded. */
export interface ScreenedRemittance extends Pick<
  Remittance,
  "eventId" | "decideBy" | "sendMoney" | "purpose" | "message"
> {
  readonly sender: ScreenedParty;
  readonly beneficiary: ScreenedParty;
  readonly collectionAgent: ScreenedAgent | null;
  readonly payoutAgent: ScreenedAgent | null;
}

/** What the screener reads of each kind of event. */
export interface ScreenedOf {
  readonly "payments.v1-value": ScreenedPayment;
  readonly "remittances.v1-value": ScreenedRemittance;
}

/** Fields to keep, by record. A record that is not named keeps all of its fields. Mirrors the types above. */
const kept: Readonly<Record<string, readonly string[]>> = {
  Payment: ["eventId", "rail", "decideBy", "money", "parties", "agents", "remittanceInformation", "purpose"],
  Remittance: [
    "eventId",
    "decideBy",
    "sendMoney",
    "sender",
    "beneficiary",
    "collectionAgent",
    "payoutAgent",
    "purpose",
    "message",
  ],
  Party: [
    "role",
    "name",
    "type",
    "address",
    "birthDate",
    "nationalities",
    "residence",
    "identifiers",
    "account",
    "contact",
  ],
  Address: ["country"],
  Agent: ["role", "bic", "lei", "name", "clearingId", "address"],
};

/**
 * The reader's schema with nothing but the fields above. A type that was defined in a field left out is defined where
 * it is used next.
 */
export function projectionOf(schema: unknown): unknown {
  const definitions = new Map<string, unknown>();
  collect(schema, definitions);
  return project(schema, definitions, new Set());
}

interface Named {
  readonly type: string;
  readonly name: string;
  readonly fields?: readonly { readonly name: string; readonly type: unknown }[];
}

function isNamed(schema: unknown): schema is Named {
  return typeof schema === "object" && schema !== null && "name" in schema && "type" in schema;
}

function collect(schema: unknown, definitions: Map<string, unknown>): void {
  if (Array.isArray(schema)) for (const branch of schema) collect(branch, definitions);
  else if (isNamed(schema)) {
    definitions.set(schema.name, schema);
    for (const field of schema.fields ?? []) collect(field.type, definitions);
  } else if (typeof schema === "object" && schema !== null && "items" in schema) collect(schema.items, definitions);
}

function project(schema: unknown, definitions: ReadonlyMap<string, unknown>, defined: Set<string>): unknown {
  if (typeof schema === "string") {
    const definition = definitions.get(schema);
    return definition === undefined || defined.has(schema) ? schema : project(definition, definitions, defined);
  }
  if (Array.isArray(schema)) return schema.map((branch) => project(branch, definitions, defined));
  if (isNamed(schema)) {
    if (defined.has(schema.name)) return schema.name;
    defined.add(schema.name);
    const fields = schema.fields?.filter((field) => kept[schema.name]?.includes(field.name) ?? true);
    if (fields === undefined) return schema;
    return { ...schema, fields: fields.map((f) => ({ ...f, type: project(f.type, definitions, defined) })) };
  }
  if (typeof schema === "object" && schema !== null && "items" in schema)
    return { ...schema, items: project(schema.items, definitions, defined) };
  return schema;
}
