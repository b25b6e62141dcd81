import { CordonError, type HoldReason } from "@cordon/errors";
import type {
  AgentRole,
  Money,
  PartyRole,
  Rail,
  ScreenedAgent,
  ScreenedParty,
  ScreenedPayment,
  ScreenedRemittance,
} from "@cordon/schemas";
import { type BearerFacts, nothingKnown } from "@cordon/screening";

import type { Comparison } from "./policy.ts";
import {
  agentFacts,
  agentIdentifiers,
  partyFacts,
  partyIdentifiers,
  type ScreenableIdentifier,
} from "./screenable-identifier.ts";
import type { TextRole } from "./text-role.ts";

/** One text of an event that is compared with the index. */
export interface ScreenableField {
  /** Where it stands in the event, such as `parties[1].name`, `sender.account.name` or `remittanceInformation[0]`. */
  readonly path: string;
  /** Whose name it is. `text` is nobody's: a line of free text, in which names may stand. */
  readonly bearer: "party" | "agent" | "account" | "text";
  /** Of the party or agent, of the holder of the account, or of the line. */
  readonly role: PartyRole | AgentRole | TextRole;
  /** As received. */
  readonly text: string;
  /** A name is compared as a whole; in a line of free text, names are looked for. */
  readonly comparison: Comparison | "text";
  /** True for a named role: its name must be there and must be readable. */
  readonly required: boolean;
  /** What else the event says of the bearer. */
  readonly facts: BearerFacts;
}

/** What screening needs of an event of either topic. */
export interface ScreenableEvent {
  readonly eventId: string;
  /** When the payment must be decided, milliseconds since the epoch; null when it may wait. */
  readonly decideBy: number | null;
  /** What the alert tells of the money: of a remittance, what the sender pays in. */
  readonly money: Money;
  /** Null for a remittance. */
  readonly rail: Rail | null;
  readonly fields: readonly ScreenableField[];
  /** Those that stand in fields of their own; others may stand in the texts. */
  readonly identifiers: readonly ScreenableIdentifier[];
  /** What is known to be wrong before anything is compared. */
  readonly problems: readonly HoldReason[];
}

/**
 * The names of a payment, then its lines of free text, and its identifiers. Parties and agents in any role but OTHER are named roles: an empty name of one is
 * FIELD_MISSING. An absent name of an agent is none: a BIC may stand for it. A payment without a party is
 * FIELD_MISSING. Throws RECORD_UNDECODABLE when the event id cannot serve as one.
 */
export function paymentToScreen(payment: ScreenedPayment): ScreenableEvent {
  const { eventId, decideBy, money, rail, parties, agents, remittanceInformation, purpose } = payment;
  const names = [
    ...parties.flatMap((party, i) => partyNames(`parties[${String(i)}]`, party, party.role)),
    ...agents.map((agent, i) => agentName(`agents[${String(i)}].name`, agent, agent.role)),
    ...lines("remittanceInformation", "REMITTANCE_INFORMATION", remittanceInformation),
    ...purposeOf(purpose),
  ];
  return {
    eventId: checkedEventId(eventId),
    decideBy,
    money,
    rail,
    fields: names.filter(hasText),
    identifiers: [
      ...parties.flatMap((party, i) => partyIdentifiers(`parties[${String(i)}]`, party, party.role)),
      ...agents.flatMap((agent, i) => agentIdentifiers(`agents[${String(i)}]`, agent, agent.role)),
    ],
    problems: parties.length === 0 || names.some(isMissing) ? ["FIELD_MISSING"] : [],
  };
}

/**
 * The names of a remittance. Sender, beneficiary and both agents are named roles by their place, whatever their role
 * field says. Otherwise as `paymentToScreen`.
 */
export function remittanceToScreen(remittance: ScreenedRemittance): ScreenableEvent {
  const { eventId, decideBy, sendMoney, sender, beneficiary, collectionAgent, payoutAgent, message, purpose } =
    remittance;
  const parties = [
    { path: "sender", party: sender, role: named(sender.role, "SENDER") },
    { path: "beneficiary", party: beneficiary, role: named(beneficiary.role, "BENEFICIARY") },
  ];
  const agents = [
    { path: "collectionAgent", agent: collectionAgent, place: "COLLECTION_AGENT" },
    { path: "payoutAgent", agent: payoutAgent, place: "PAYOUT_AGENT" },
  ] as const;
  const given = agents.flatMap(({ path, agent, place }) =>
    agent === null ? [] : [{ path, agent, role: named<AgentRole>(agent.role, place) }],
  );
  const names = [
    ...parties.flatMap(({ path, party, role }) => partyNames(path, party, role)),
    ...given.map(({ path, agent, role }) => agentName(`${path}.name`, agent, role)),
    ...lines("message", "MESSAGE", message),
    ...purposeOf(purpose),
  ];
  return {
    eventId: checkedEventId(eventId),
    decideBy,
    money: sendMoney,
    rail: null,
    fields: names.filter(hasText),
    identifiers: [
      ...parties.flatMap(({ path, party, role }) => partyIdentifiers(path, party, role)),
      ...given.flatMap(({ path, agent, role }) => agentIdentifiers(path, agent, role)),
    ],
    problems: names.some(isMissing) ? ["FIELD_MISSING"] : [],
  };
}

/** A part of an event, to be judged by itself. */
export type ScreenablePart = Pick<ScreenableEvent, "fields" | "identifiers" | "problems">;

/** A party alone, in that role. */
export function partyToScreen(party: ScreenedParty, role: PartyRole): ScreenablePart {
  return partOf(partyNames("party", party, role), partyIdentifiers("party", party, role));
}

/** An agent alone, in that role. */
export function agentToScreen(agent: ScreenedAgent, role: AgentRole): ScreenablePart {
  return partOf([agentName("agent.name", agent, role)], agentIdentifiers("agent", agent, role));
}

/** Lines of one array, alone. */
export function linesToScreen(texts: readonly string[]): ScreenablePart {
  return partOf(lines("lines", "MESSAGE", texts), []);
}

function partOf(names: readonly Name[], identifiers: readonly ScreenableIdentifier[]): ScreenablePart {
  return { fields: names.filter(hasText), identifiers, problems: names.some(isMissing) ? ["FIELD_MISSING"] : [] };
}

/** A field as it may stand in an event: agents need no name. */
interface Name extends Omit<ScreenableField, "text"> {
  readonly text: string | null;
}

/** The name of a party, and that of the holder of its account, which need not be there. */
function partyNames(path: string, party: ScreenedParty, role: PartyRole): readonly Name[] {
  const { name, type, account } = party;
  const comparison = type === "PERSON" ? "person" : "any";
  const facts = partyFacts(party);
  const required = role !== "OTHER";
  const own: Name = { path: `${path}.name`, bearer: "party", role, text: name, comparison, required, facts };
  if (account === null) return [own];
  // What is said of the party is said of the holder only if that is the party.
  const ofHolder = account.name === name ? facts : nothingKnown;
  const holder = { bearer: "account", role, text: account.name, comparison, required: false, facts: ofHolder } as const;
  return [own, { path: `${path}.account.name`, ...holder }];
}

function agentName(path: string, agent: ScreenedAgent, role: AgentRole): Name {
  const required = role !== "OTHER";
  return { path, bearer: "agent", role, text: agent.name, comparison: "any", required, facts: agentFacts(agent) };
}

function lines(path: string, role: TextRole, texts: readonly string[]): readonly Name[] {
  return texts.map((text, i) => line(`${path}[${String(i)}]`, role, text));
}

function purposeOf(purpose: string | null): readonly Name[] {
  return purpose === null ? [] : [line("purpose", "PURPOSE", purpose)];
}

function line(path: string, role: TextRole, text: string): Name {
  return { path, bearer: "text", role, text, comparison: "text", required: false, facts: nothingKnown };
}

function hasText(name: Name): name is ScreenableField {
  return name.text !== null && name.text !== "";
}

function isMissing({ text, required }: Name): boolean {
  return text === "" && required;
}

function named<Role extends string>(role: Role | "OTHER", place: Role): Role {
  return role === "OTHER" ? place : role;
}

/** Ids are keys of records: a UUID has 36 characters, and what is far longer would not fit the records made from it. */
const maxEventIdLength = 512;

function checkedEventId(eventId: string): string {
  if (eventId === "" || eventId.length > maxEventIdLength)
    throw new CordonError("RECORD_UNDECODABLE", "the event id is empty or too long to be a key", {
      details: { length: eventId.length },
    });
  return eventId;
}
