import type { Payment } from "./generated/payment.ts";
import type { Remittance } from "./generated/remittance.ts";
import type { Address, Agent, AgentRole, Party, PartyRole } from "./generated/shared.ts";

/**
 * A role as the screener reads it. `UNKNOWN` is one that the writer's schema has and ours lacks: it is some role, so that its name must
 * be there, while OTHER is none.
 */
export type ScreenedPartyRole = PartyRole | typeof UNKNOWN_ROLE;
export type ScreenedAgentRole = AgentRole | typeof UNKNOWN_ROLE;
const UNKNOWN_ROLE = "UNKNOWN";

/*
 * What the screener reads: everything but what is named here, so that a field that is added to an event is read, or does not compile.
 */

export interface ScreenedParty extends Omit<Party, "role"> {
  readonly role: ScreenedPartyRole;
}

export interface ScreenedAgent extends Omit<Agent, "role"> {
  readonly role: ScreenedAgentRole;
}

export type ScreenedAddress = Address;

/** `source` says which message it was, for people; what was made of the message stands in the other fields. */
export interface ScreenedPayment extends Omit<Payment, "source" | "parties" | "agents"> {
  readonly parties: readonly ScreenedParty[];
  readonly agents: readonly ScreenedAgent[];
}

export interface ScreenedRemittance extends Omit<
  Remittance,
  "sender" | "beneficiary" | "collectionAgent" | "payoutAgent"
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

/**
 * What a field of an event is to the fast path. `line` and `lines` are texts of people, `reference` and `code` texts that mostly say
 * nothing to a screener; `money` has a code. `lines` is one array of an event, `instructions` and `reporting` are others. `problems` hold
 * the event unless there are none. `origins` say nothing about an event that is clear. `created`, `rail`, `channel`, `money`, `from` and
 * `to` are what the rules of a policy ask of an event; `other-money` has a code, too, and is asked nothing.
 */
export type Layout =
  | "id"
  | "created"
  | "deadline"
  | "rail"
  | "channel"
  | "money"
  | "other-money"
  | "parties"
  | "agents"
  | "party"
  | "agent"
  | "lines"
  | "instructions"
  | "reporting"
  | "problems"
  | "origins"
  | "line"
  | "reference"
  | "from"
  | "to";

/**
 * Every field that screening reads, and nothing else: the decoder's schema is made from it, and so is the fast path. A field that is
 * missing here does not compile.
 */
export const layouts: { readonly [S in keyof ScreenedOf]: Readonly<Record<keyof ScreenedOf[S], Layout>> } = {
  "payments.v1-value": {
    eventId: "id",
    rail: "rail",
    messageType: "reference",
    instructionId: "reference",
    endToEndId: "reference",
    uetr: "reference",
    createdAt: "created",
    decideBy: "deadline",
    money: "money",
    parties: "parties",
    agents: "agents",
    remittanceInformation: "lines",
    purpose: "line",
    instructions: "instructions",
    regulatoryReporting: "reporting",
    problems: "problems",
    origins: "origins",
  },
  "remittances.v1-value": {
    eventId: "id",
    channel: "channel",
    createdAt: "created",
    decideBy: "deadline",
    sendMoney: "money",
    payMoney: "other-money",
    fromCountry: "from",
    toCountry: "to",
    sender: "party",
    beneficiary: "party",
    collectionAgent: "agent",
    payoutAgent: "agent",
    relationship: "line",
    purpose: "line",
    message: "lines",
  },
};

/** The role that somebody has by the field of an event in which they stand, whatever their own role field says. */
export const rolesByPlace = {
  sender: "SENDER",
  beneficiary: "BENEFICIARY",
  collectionAgent: "COLLECTION_AGENT",
  payoutAgent: "PAYOUT_AGENT",
} as const satisfies Readonly<Record<string, PartyRole | AgentRole>>;

/** Fields to keep, by record. A record that is not named keeps all of its fields. */
const kept: ReadonlyMap<string, readonly string[]> = new Map([
  ["Payment", Object.keys(layouts["payments.v1-value"])],
  ["Remittance", Object.keys(layouts["remittances.v1-value"])],
]);

/**
 * What only the rules of a policy ask, by field of an event: where a writer's schema lacks it, the event is read all the same. A time of
 * 0 is none.
 */
const absent: Readonly<Record<string, { readonly default: unknown }>> = {
  createdAt: { default: 0 },
  channel: { default: "OTHER" },
};

const roles: ReadonlySet<string> = new Set(["PartyRole", "AgentRole"]);

/**
 * The reader's schema with nothing but the fields above, and with a symbol for roles that it does not know. A type that was defined in a
 * field left out is defined where it is used next.
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
  readonly symbols?: readonly string[];
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
    if (roles.has(schema.name)) return withUnknown(schema);
    const fields = schema.fields?.filter((field) => kept.get(schema.name)?.includes(field.name) ?? true);
    if (fields === undefined) return schema;
    const more = kept.has(schema.name) ? absent : {};
    return {
      ...schema,
      fields: fields.map((f) => ({ ...f, ...more[f.name], type: project(f.type, definitions, defined) })),
    };
  }
  if (typeof schema === "object" && schema !== null && "items" in schema)
    return { ...schema, items: project(schema.items, definitions, defined) };
  return schema;
}

/** What a writer's symbol resolves to that the reader lacks is the reader's default symbol. */
function withUnknown(role: Named): unknown {
  return { ...role, symbols: [...(role.symbols ?? []), UNKNOWN_ROLE], default: UNKNOWN_ROLE };
}
