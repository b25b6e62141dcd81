import { CordonError, type HoldReason, holdReasons } from "@cordon/errors";
import type {
  AgentRole,
  Money,
  Origin,
  PartyRole,
  Rail,
  ScreenedAgent,
  ScreenedAgentRole,
  ScreenedParty,
  ScreenedPartyRole,
  ScreenedPayment,
  ScreenedRemittance,
} from "@cordon/schemas";

import { agentTexts, type Bearer, partyTexts } from "./bearer-texts.ts";
import { codedText, plainText, plainTexts } from "./plain-texts.ts";
import { hasText, isMissing, type MaybeField, type ScreenableField } from "./screenable-field.ts";
import { agentIdentifiers, partyIdentifiers, type ScreenableIdentifier } from "./screenable-identifier.ts";

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
  /** What is known to be wrong before anything is compared. */
  readonly problems: readonly HoldReason[];
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

/** A part of an event, to be judged by itself. */
export type ScreenablePart = Pick<ScreenableEvent, "fields" | "identifiers" | "problems">;

/** The texts of one field of an event, and the identifiers that stand in fields of their own. */
interface Read {
  readonly texts: readonly MaybeField[];
  readonly identifiers: readonly ScreenableIdentifier[];
}

/**
 * How each field of an event is read. Complete by its type: a field that is added to an event does not compile before somebody has said
 * what is in it.
 */
type Readings<T> = { readonly [F in keyof T]-?: (value: T[F]) => Read };

const paymentReadings: Readings<ScreenedPayment> = {
  // The producer's own key of the record, not a text of anybody.
  eventId: nothing,
  decideBy: nothing,
  rail: nothing,
  parties: (parties) =>
    all(parties.map((party, i) => readParty(party, bearerOf(`parties[${String(i)}]`, party.role, "OTHER")))),
  agents: (agents) =>
    all(agents.map((agent, i) => readAgent(agent, bearerOf(`agents[${String(i)}]`, agent.role, "OTHER")))),
  remittanceInformation: (lines) => texts(plainTexts("remittanceInformation", "REMITTANCE_INFORMATION", lines)),
  purpose: readPurpose,
  messageType: (text) => reference("messageType", text),
  instructionId: (text) => reference("instructionId", text),
  endToEndId: (text) => reference("endToEndId", text),
  uetr: (text) => reference("uetr", text),
  money: ({ currency }) => code("money.currency", currency),
  instructions: (lines) => texts(plainTexts("instructions", "INSTRUCTION", lines)),
  regulatoryReporting: (lines) => texts(plainTexts("regulatoryReporting", "REGULATORY_REPORTING", lines)),
  problems: nothing,
  origins: nothing,
};

const remittanceReadings: Readings<ScreenedRemittance> = {
  eventId: nothing,
  decideBy: nothing,
  sender: (party) => readParty(party, bearerOf("sender", party.role, "SENDER")),
  beneficiary: (party) => readParty(party, bearerOf("beneficiary", party.role, "BENEFICIARY")),
  collectionAgent: (agent) =>
    agent === null ? NOTHING : readAgent(agent, bearerOf("collectionAgent", agent.role, "COLLECTION_AGENT")),
  payoutAgent: (agent) =>
    agent === null ? NOTHING : readAgent(agent, bearerOf("payoutAgent", agent.role, "PAYOUT_AGENT")),
  message: (lines) => texts(plainTexts("message", "MESSAGE", lines)),
  purpose: readPurpose,
  relationship: (text) => texts([plainText("relationship", "RELATIONSHIP", text)]),
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
  const { eventId, decideBy, money, rail, parties, origins } = payment;
  const { fields, identifiers, problems } = partOf(readAll(paymentReadings, payment));
  const withoutNames = parties.length === 0 && namesNobody(payment);
  return {
    eventId: checkedEventId(eventId),
    decideBy,
    money,
    rail,
    fields,
    identifiers,
    problems: [
      ...(parties.length === 0 && !withoutNames ? (["FIELD_MISSING"] as const) : problems),
      ...payment.problems.map((problem) => reasonOf(problem.code)),
    ],
    parties: parties.map((party, i) => ({ path: `parties[${String(i)}]`, party })),
    ...(withoutNames ? { namesNobody: true } : {}),
    ...(origins.length > 0 ? { origins } : {}),
  };
}

/**
 * The same of a remittance. Sender, beneficiary and both agents are named roles by their place, whatever their role
 * field says. Otherwise as `paymentToScreen`.
 */
export function remittanceToScreen(remittance: ScreenedRemittance): ScreenableEvent {
  const { eventId, decideBy, sendMoney } = remittance;
  const part = partOf(readAll(remittanceReadings, remittance));
  const parties = (["sender", "beneficiary"] as const).map((path) => ({ path, party: remittance[path] }));
  return { eventId: checkedEventId(eventId), decideBy, money: sendMoney, rail: null, ...part, parties };
}

/** A party alone. `named`: in a role whose name must be there; which one it is changes nothing else. */
export function partyToScreen(party: ScreenedParty, named: boolean): ScreenablePart {
  return partOf(readParty(party, { path: "party", role: "OTHER", named }));
}

/** An agent alone. */
export function agentToScreen(agent: ScreenedAgent, named: boolean): ScreenablePart {
  return partOf(readAgent(agent, { path: "agent", role: "OTHER", named }));
}

/** Texts of one array, or one text, alone. */
export function linesToScreen(lines: readonly string[]): ScreenablePart {
  return partOf(texts(plainTexts("lines", "MESSAGE", lines)));
}

function readParty(party: ScreenedParty, bearer: Bearer<PartyRole>): Read {
  return { texts: partyTexts(party, bearer), identifiers: partyIdentifiers(bearer.path, party, bearer.role) };
}

function readAgent(agent: ScreenedAgent, bearer: Bearer<AgentRole>): Read {
  return { texts: agentTexts(agent, bearer), identifiers: agentIdentifiers(bearer.path, agent, bearer.role) };
}

function readPurpose(text: string | null): Read {
  return texts([plainText("purpose", "PURPOSE", text)]);
}

function reference(path: string, text: string | null): Read {
  return texts(codedText(path, "REFERENCE", { text, of: "reference" }));
}

function code(path: string, text: string | null): Read {
  return texts(codedText(path, "CODE", { text, of: "code" }));
}

const NOTHING: Read = Object.freeze({ texts: Object.freeze([]), identifiers: Object.freeze([]) });

function nothing(): Read {
  return NOTHING;
}

function texts(fields: readonly MaybeField[]): Read {
  return { texts: fields, identifiers: [] };
}

function all(read: readonly Read[]): Read {
  return { texts: read.flatMap((one) => one.texts), identifiers: read.flatMap((one) => one.identifiers) };
}

function readAll<T>(readings: Readings<T>, event: T): Read {
  const read: Read[] = [];
  for (const field in readings) read.push(readings[field](event[field]));
  return all(read);
}

function partOf({ texts: some, identifiers }: Read): ScreenablePart {
  const fields = some.filter(hasText);
  return {
    fields: [...fields.filter(isName), ...fields.filter((field) => !isName(field))],
    identifiers,
    problems: some.some(isMissing) ? ["FIELD_MISSING"] : [],
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

/** A code that is newer than this Cordon holds all the same. */
function reasonOf(problem: string): HoldReason {
  return holdReasons.find((reason) => reason === problem) ?? "FIELD_UNREAD";
}

/** Requests to cancel a payment, and answers, queries and free texts between banks, which are about a payment and are none. */
const aboutAPayment = /^(?:camt\.056|MT[1-9]9[2569])(?![0-9])/;

/**
 * Whether a payment may be without parties: one between institutions that are both identified, or a message about another payment, whose
 * sender or receiver is.
 */
function namesNobody({ agents, messageType }: ScreenedPayment): boolean {
  const isKnown = (role: AgentRole): boolean => agents.some((agent) => agent.role === role && isIdentified(agent));
  if (isKnown("DEBTOR_INSTITUTION") && isKnown("CREDITOR_INSTITUTION")) return true;
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
