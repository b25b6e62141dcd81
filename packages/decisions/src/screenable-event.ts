import { CordonError, type HoldReason } from "@cordon/errors";
import {
  type AgentRole,
  type ConversionProblem,
  type Money,
  type Origin,
  type PartyRole,
  type Rail,
  type ScreenedAgent,
  type ScreenedAgentRole,
  type ScreenedParty,
  type ScreenedPartyRole,
  type ScreenedPayment,
  type ScreenedRemittance,
  rolesByPlace,
} from "@cordon/schemas";

import { agentTexts, type Bearer, partyTexts } from "./bearer-texts.ts";
import { codedText, plainText, plainTexts } from "./plain-texts.ts";
import {
  countriesOfAgent,
  countriesOfParty,
  countryOf,
  type EventFacts,
  type Side,
  sideOf,
} from "./policy/event-facts.ts";
import { type ConversionCode, conversionCodes } from "./policy/rules.ts";
import type { ScreenableBearer } from "./screenable-bearer.ts";
import { hasText, type MaybeField, type ScreenableField } from "./screenable-field.ts";
import { agentIdentifiers, partyIdentifiers, type ScreenableIdentifier } from "./screenable-identifier.ts";
import { kindOfText, ownerOf, type TextOwner } from "./text-owner.ts";

export type { ScreenableField } from "./screenable-field.ts";

/** What screening needs of an event of either topic. */
export interface ScreenableEvent {
  readonly eventId: string;
  /** When the payment must be decided, milliseconds since the epoch; null when it may wait. */
  readonly decideBy: number | null;
  /** What the alert tells of the money: of a remittance, what the sender pays in. */
  readonly money: Money;
  /** Null for a remittance. */
  readonly rail: Rail | null;
  /** Names first, then every other text that a person can write. */
  readonly fields: readonly ScreenableField[];
  /** Those that stand in fields of their own; others may stand in the texts. */
  readonly identifiers: readonly ScreenableIdentifier[];
  /** Parties and agents as a whole: what they must tell is for the policy to say. */
  readonly bearers: readonly ScreenableBearer[];
  /** What is known to be wrong before anything is compared, whatever the policy. */
  readonly problems: readonly HoldReason[];
  /** What the conversion of a message left. Absent: nothing. */
  readonly conversion?: readonly ScreenableProblem[];
  /** When it was created, milliseconds since the epoch; null where that cannot be known. */
  readonly createdAt?: number | null;
  /** What the rules of a policy ask. Absent: nothing is known of it. */
  readonly facts?: () => EventFacts;
  /** Countries that stand in fields of the event itself. */
  readonly countries?: readonly { readonly path: string; readonly text: string }[];
  /** Banks known by codes alone, or a message about another payment: clear without a name that was compared. */
  readonly namesNobody?: true;
  /** The parties as received, for what is asked of a party as a whole. */
  readonly parties?: readonly NamedParty[];
  /** Where the texts stand in the message that the event was made from. */
  readonly origins?: readonly Origin[];
}

/** A party and its place in the event, such as `parties[1]` or `sender`. */
export interface NamedParty {
  readonly path: string;
  readonly party: ScreenedParty;
}

/** Something that could not be converted as it stood. */
export interface ScreenableProblem {
  readonly code: ConversionCode;
  readonly detail: string;
}

/** A part of an event, to be judged by itself. */
export type ScreenablePart = Pick<ScreenableEvent, "fields" | "identifiers" | "bearers" | "problems">;

/** The texts of one field of an event, and the identifiers that stand in fields of their own. */
interface Read {
  readonly texts: readonly MaybeField[];
  readonly identifiers: readonly ScreenableIdentifier[];
  readonly bearers: readonly ScreenableBearer[];
}

/**
 * How each field of an event is read. Complete by its type: a field that is added to an event does not compile before somebody has said
 * what is in it.
 */
type Readings<T> = { readonly [F in keyof T]-?: (value: T[F]) => Read };

const paymentReadings: Readings<ScreenedPayment> = {
  // The producer's own key of the record, not a text of anybody.
  eventId: nothing,
  createdAt: nothing,
  decideBy: nothing,
  rail: nothing,
  parties: (parties) =>
    all(parties.map((party, i) => readParty(party, bearerOf(`parties[${String(i)}]`, party.role, "OTHER")))),
  agents: (agents) =>
    all(agents.map((agent, i) => readAgent(agent, bearerOf(`agents[${String(i)}]`, agent.role, "OTHER")))),
  remittanceInformation: (lines) => textLines("remittanceInformation", lines),
  purpose: readPurpose,
  messageType: (text) => reference("messageType", text),
  instructionId: (text) => reference("instructionId", text),
  endToEndId: (text) => reference("endToEndId", text),
  uetr: (text) => reference("uetr", text),
  money: ({ currency }) => code("money.currency", currency),
  instructions: (lines) => textLines("instructions", lines),
  regulatoryReporting: (lines) => textLines("regulatoryReporting", lines),
  problems: nothing,
  origins: nothing,
};

const remittanceReadings: Readings<ScreenedRemittance> = {
  eventId: nothing,
  channel: nothing,
  createdAt: nothing,
  decideBy: nothing,
  sender: (party) => readParty(party, bearerOf("sender", party.role, rolesByPlace.sender)),
  beneficiary: (party) => readParty(party, bearerOf("beneficiary", party.role, rolesByPlace.beneficiary)),
  collectionAgent: (agent) =>
    agent === null ? NOTHING : readAgent(agent, bearerOf("collectionAgent", agent.role, rolesByPlace.collectionAgent)),
  payoutAgent: (agent) =>
    agent === null ? NOTHING : readAgent(agent, bearerOf("payoutAgent", agent.role, rolesByPlace.payoutAgent)),
  message: (lines) => textLines("message", lines),
  purpose: readPurpose,
  relationship: (text) => texts([plainText({ path: "relationship", ...ownerOf("relationship") }, text)]),
  fromCountry: (text) => code("fromCountry", text),
  toCountry: (text) => code("toCountry", text),
  sendMoney: ({ currency }) => code("sendMoney.currency", currency),
  payMoney: (money) => code("payMoney.currency", money?.currency ?? null),
};

/**
 * The names of a payment, every other text of it that a person can write, and its identifiers. Parties and agents in any role but OTHER
 * are named roles, RELATED_PARTY apart, also in one that we do not know: an empty name of one is FIELD_MISSING. An absent name of an
 * agent is none: a BIC may stand for it. A payment without a party is FIELD_MISSING, unless `namesNobody` says why it has none. What
 * could not be converted holds it. Throws RECORD_UNDECODABLE when the event id cannot serve as one.
 */
export function paymentToScreen(payment: ScreenedPayment): ScreenableEvent {
  const { eventId, createdAt, decideBy, money, rail, parties, origins } = payment;
  const part = partOf(readAll(paymentReadings, payment));
  const withoutNames = parties.length === 0 && namesNobody(payment);
  return {
    eventId: checkedEventId(eventId),
    decideBy,
    money,
    rail,
    createdAt: timeOf(createdAt),
    ...part,
    problems: [
      ...(parties.length === 0 && !withoutNames ? (["FIELD_MISSING"] as const) : []),
      // A code that is newer than this Cordon holds, whatever the policy.
      ...(payment.problems.every(isKnown) ? [] : (["FIELD_UNREAD"] as const)),
    ],
    parties: parties.map((party, i) => ({ path: `parties[${String(i)}]`, party })),
    ...(payment.problems.length > 0 ? { conversion: payment.problems.filter(isKnown) } : {}),
    facts: () => factsOfPayment(payment),
    ...(withoutNames ? { namesNobody: true } : {}),
    ...(origins.length > 0 ? { origins } : {}),
  };
}

/**
 * The same of a remittance. Sender, beneficiary and both agents are named roles by their place, whatever their role
 * field says. Otherwise as `paymentToScreen`.
 */
export function remittanceToScreen(remittance: ScreenedRemittance): ScreenableEvent {
  const { eventId, createdAt, decideBy, sendMoney, fromCountry, toCountry } = remittance;
  const part = partOf(readAll(remittanceReadings, remittance));
  const parties = (["sender", "beneficiary"] as const).map((path) => ({ path, party: remittance[path] }));
  return {
    eventId: checkedEventId(eventId),
    decideBy,
    createdAt: timeOf(createdAt),
    money: sendMoney,
    rail: null,
    ...part,
    parties,
    facts: () => factsOfRemittance(remittance),
    countries: [
      { path: "fromCountry", text: fromCountry },
      { path: "toCountry", text: toCountry },
    ],
  };
}

/** A party alone. `named`: in a role whose name must be there. Which role it is matters to the rules of a policy only. */
export function partyToScreen(party: ScreenedParty, named: boolean, role: PartyRole = "OTHER"): ScreenablePart {
  return partOf(readParty(party, { path: "party", role, named }));
}

/** An agent alone. */
export function agentToScreen(agent: ScreenedAgent, named: boolean, role: AgentRole = "OTHER"): ScreenablePart {
  return partOf(readAgent(agent, { path: "agent", role, named }));
}

/** Texts of one array, or one text, alone. */
export function linesToScreen(lines: readonly string[], owner: TextOwner = kindOfText.message): ScreenablePart {
  return partOf(texts(plainTexts({ path: "lines", ...owner }, lines)));
}

/** What the rules of a policy ask of a payment. */
function factsOfPayment({ rail, money, parties, agents }: ScreenedPayment): EventFacts {
  const of = (side: Side): readonly string[] => [
    ...new Set([
      ...parties.filter(({ role }) => sideOf(role) === side).flatMap(countriesOfParty),
      ...agents.filter(({ role }) => sideOf(role) === side).flatMap(countriesOfAgent),
    ]),
  ];
  return { event: "payment", rail, channel: null, from: of("from"), to: of("to"), money };
}

function factsOfRemittance({ channel, sendMoney, fromCountry, toCountry }: ScreenedRemittance): EventFacts {
  const [from, to] = [countryOf(fromCountry), countryOf(toCountry)];
  return { event: "remittance", rail: null, channel, from: [from], to: [to], money: sendMoney };
}

/** A time of 0 is none: a writer's schema lacks it. */
function timeOf(createdAt: number): number | null {
  return createdAt === 0 ? null : createdAt;
}

function readParty(party: ScreenedParty, bearer: Bearer<PartyRole>): Read {
  return {
    texts: partyTexts(party, bearer),
    identifiers: partyIdentifiers(bearer.path, party, bearer.role),
    bearers: [{ ...bearer, record: party }],
  };
}

function readAgent(agent: ScreenedAgent, bearer: Bearer<AgentRole>): Read {
  return {
    texts: agentTexts(agent, bearer),
    identifiers: agentIdentifiers(bearer.path, agent, bearer.role),
    bearers: [{ ...bearer, record: agent }],
  };
}

function readPurpose(text: string | null): Read {
  return texts([plainText({ path: "purpose", ...ownerOf("purpose") }, text)]);
}

function reference(path: string, text: string | null): Read {
  return texts(codedText({ path, ...ownerOf(path) }, text, "reference"));
}

function code(path: string, text: string | null): Read {
  return texts(codedText({ path, ...ownerOf(path) }, text, "code"));
}

function textLines(path: string, lines: readonly string[]): Read {
  return texts(plainTexts({ path, ...ownerOf(path) }, lines));
}

const NOTHING: Read = Object.freeze({
  texts: Object.freeze([]),
  identifiers: Object.freeze([]),
  bearers: Object.freeze([]),
});

function nothing(): Read {
  return NOTHING;
}

function texts(fields: readonly MaybeField[]): Read {
  return { texts: fields, identifiers: [], bearers: [] };
}

function all(read: readonly Read[]): Read {
  return {
    texts: read.flatMap((one) => one.texts),
    identifiers: read.flatMap((one) => one.identifiers),
    bearers: read.flatMap((one) => one.bearers),
  };
}

function readAll<T>(readings: Readings<T>, event: T): Read {
  const read: Read[] = [];
  for (const field in readings) read.push(readings[field](event[field]));
  return all(read);
}

function partOf({ texts: some, identifiers, bearers }: Read): ScreenablePart {
  const fields = some.filter(hasText);
  return {
    fields: [...fields.filter(isName), ...fields.filter((field) => !isName(field))],
    identifiers,
    bearers,
    problems: [],
  };
}

function isName({ bearer }: ScreenableField): boolean {
  return bearer !== "text";
}

/** The role of its place stands for one that says nothing, and OTHER for one that we do not know, which needs a name all the same. */
function bearerOf<Role extends PartyRole | AgentRole>(
  path: string,
  role: (ScreenedPartyRole | ScreenedAgentRole) & (Role | "OTHER" | "UNKNOWN"),
  place: Role | "OTHER",
): Bearer<Role | "OTHER"> {
  const told = role === "OTHER" || role === "UNKNOWN" ? place : role;
  return { path, role: told, named: role === "UNKNOWN" || !mayBeNameless.has(told) };
}

const mayBeNameless: ReadonlySet<string> = new Set<PartyRole>(["OTHER", "RELATED_PARTY"]);

function isKnown(problem: ConversionProblem): problem is ConversionProblem & ScreenableProblem {
  return conversionCodes.some((known) => known === problem.code);
}

/** Requests to cancel a payment, and answers, queries and free texts between banks, which are about a payment and are none. */
const aboutAPayment = /^(?:camt\.056|MT[1-9]9[2569])(?![0-9])/;

/**
 * Whether a payment may be without parties: one between institutions that are both identified, or a message about another payment, whose
 * sender or receiver is.
 */
function namesNobody({ agents, messageType }: ScreenedPayment): boolean {
  const isHere = (role: AgentRole): boolean => agents.some((agent) => agent.role === role && isIdentified(agent));
  if (isHere("DEBTOR_INSTITUTION") && isHere("CREDITOR_INSTITUTION")) return true;
  return messageType !== null && aboutAPayment.test(messageType) && agents.some(isIdentified);
}

function isIdentified({ bic, lei, name, clearingId }: ScreenedAgent): boolean {
  return [bic, lei, name, clearingId].some((text) => text !== null && /[\p{L}\p{N}]/u.test(text));
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
