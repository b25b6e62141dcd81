import {
  type Account,
  type Address,
  type Agent,
  type AgentRole,
  canaryIdPrefix,
  type ConversionProblem,
  decimalFromString,
  type Identifier,
  type MessageSource,
  type Money,
  type Origin,
  type Party,
  type PartyRole,
  type Payment,
  type Piece,
  type Remittance,
  accountKindSymbols,
  agentRoleSymbols,
  identifierKindSymbols,
  partyRoleSymbols,
  partyTypeSymbols,
  railSymbols,
  remittanceChannelSymbols,
} from "@cordon/schemas";

import type { FieldKind, FieldRole } from "../converted.ts";
import { refused } from "../message-error.ts";
import type { JsonValue } from "./parse.ts";
import {
  integer,
  list,
  maybe,
  must,
  orElse,
  type Place,
  plain,
  record,
  symbol,
  text,
  type ValueReader,
} from "./readers.ts";

const NOTHING: readonly never[] = Object.freeze([]);

const eventId: ValueReader<string> = (value, place, reading) => {
  const id = plain(value, place, reading);
  if (id === "" || id.length > LONGEST_ID || id.startsWith(canaryIdPrefix))
    throw refused("MESSAGE_MALFORMED", "an event id that is empty, too long, or one of Cordon's own", {
      path: place.path,
      offset: value.start,
    });
  return id;
};

/** Ids are keys of records. */
const LONGEST_ID = 512;

const time = integer(0, 8_640_000_000_000_000);

const amount: ValueReader<Uint8Array> = (value, place, reading) => {
  const said = plain(value, place, reading);
  try {
    return decimalFromString(said);
  } catch {
    throw refused("MESSAGE_MALFORMED", "no amount: a text such as 12.50, of at most 13 digits and 5 decimals", {
      path: place.path,
      offset: value.start,
    });
  }
};

const money = record<Money>({ amount: must(amount), currency: must(text(null)) });

const address = record<Address>({
  country: maybe(text("COUNTRY")),
  town: maybe(text("TOWN")),
  postCode: maybe(text("ADDRESS")),
  street: maybe(text("ADDRESS")),
  lines: orElse(list(text("ADDRESS")), NOTHING),
  region: maybe(text("ADDRESS")),
});

/** What the value of an object's member tells of how another is compared. */
function symbolIn(value: JsonValue, name: string): string | null {
  const member = value.kind === "object" ? value.members.get(name) : undefined;
  return member?.kind === "string" ? member.source.text : null;
}

const identifierFields: Readonly<Record<string, FieldKind>> = {
  BIC: "BIC",
  LEI: "LEI",
  PHONE: "PHONE",
  EMAIL: "EMAIL",
};

const identifier: ValueReader<Identifier> = (value, place, reading) =>
  record<Identifier>({
    kind: orElse(symbol(identifierKindSymbols), "OTHER"),
    value: must(text(identifierFields[symbolIn(value, "kind") ?? ""] ?? "ID")),
    issuer: maybe(text("TEXT")),
  })(value, place, reading);

const account: ValueReader<Account> = (value, place, reading) =>
  record<Account>({
    kind: orElse(symbol(accountKindSymbols), "OTHER"),
    value: must(text(symbolIn(value, "kind") === "IBAN" ? "IBAN" : "ACCOUNT")),
    name: maybe(text("NAME")),
  })(value, place, reading);

const contact: ValueReader<string> = (value, place, reading) =>
  text(value.kind === "string" && value.source.text.includes("@") ? "EMAIL" : "PHONE")(value, place, reading);

function isRole(some: string): some is PartyRole | AgentRole {
  return [...partyRoleSymbols, ...agentRoleSymbols].some((role) => role === some);
}

/** The role of its own, or that of its place where that says nothing. */
function ownRole(value: JsonValue, { role }: Place): FieldRole {
  const said = symbolIn(value, "role");
  return said !== null && said !== "OTHER" && isRole(said) ? said : role;
}

const party = record<Party>(
  {
    role: orElse(symbol(partyRoleSymbols), "OTHER"),
    type: orElse(symbol(partyTypeSymbols), "UNKNOWN"),
    name: must(text("NAME")),
    address: maybe(address),
    birthDate: maybe(text("BIRTH_DATE")),
    birthPlace: maybe(text("BIRTH_PLACE")),
    nationalities: orElse(list(text("COUNTRY")), NOTHING),
    residence: maybe(text("COUNTRY")),
    identifiers: orElse(list(identifier), NOTHING),
    account: maybe(account),
    contact: maybe(contact),
  },
  ownRole,
);

const agent = record<Agent>(
  {
    role: orElse(symbol(agentRoleSymbols), "OTHER"),
    bic: maybe(text("BIC")),
    lei: maybe(text("LEI")),
    name: maybe(text("NAME")),
    clearingId: maybe(text("CLEARING")),
    address: maybe(address),
    account: maybe(account),
  },
  ownRole,
);

/** Texts of nobody. */
function texts(role: FieldRole): ValueReader<readonly string[]> {
  const read = list(text("TEXT"));
  return (value, place, reading) => read(value, { ...place, role }, reading);
}

function textOf(role: FieldRole): ValueReader<string> {
  const read = text("TEXT");
  return (value, place, reading) => read(value, { ...place, role }, reading);
}

function inRole<T>(role: FieldRole, read: ValueReader<T>): ValueReader<T> {
  return (value, place, reading) => read(value, { ...place, role }, reading);
}

const INT = integer(0, 2 ** 31 - 1);

const source = record<MessageSource>({
  format: must(plain),
  messageId: must(plain),
  sender: maybe(plain),
  receiver: maybe(plain),
  transaction: must(INT),
  transactions: must(INT),
  sha256: must(plain),
  bytes: must(integer(0, Number.MAX_SAFE_INTEGER)),
  reference: maybe(plain),
});

const piece = record<Piece>({ at: must(INT), sourcePath: must(plain), start: must(INT), end: must(INT) });

const origin = record<Origin>({
  path: must(plain),
  sourcePath: must(plain),
  start: must(INT),
  end: must(INT),
  pieces: orElse(list(piece), NOTHING),
});

const problem = record<ConversionProblem>({ code: must(plain), sourcePath: maybe(plain), detail: must(plain) });

/** `receivedAt` stands for a time that the event does not tell. */
export function paymentReader(receivedAt: number): ValueReader<Payment> {
  return record<Payment>({
    eventId: must(eventId),
    rail: orElse(symbol(railSymbols), "OTHER"),
    messageType: maybe(text(null)),
    instructionId: maybe(text(null)),
    endToEndId: maybe(text(null)),
    uetr: maybe(text(null)),
    createdAt: orElse(time, receivedAt),
    decideBy: maybe(time),
    money: must(money),
    parties: orElse(list(party), NOTHING),
    agents: orElse(list(agent), NOTHING),
    remittanceInformation: orElse(texts("REMITTANCE_INFORMATION"), NOTHING),
    purpose: maybe(textOf("PURPOSE")),
    instructions: orElse(texts("INSTRUCTION"), NOTHING),
    regulatoryReporting: orElse(texts("REGULATORY_REPORTING"), NOTHING),
    source: maybe(source),
    origins: orElse(list(origin), NOTHING),
    problems: orElse(list(problem), NOTHING),
  });
}

export function remittanceReader(receivedAt: number): ValueReader<Remittance> {
  return record<Remittance>({
    eventId: must(eventId),
    channel: orElse(symbol(remittanceChannelSymbols), "OTHER"),
    createdAt: orElse(time, receivedAt),
    decideBy: maybe(time),
    sendMoney: must(money),
    payMoney: maybe(money),
    fromCountry: must(text("COUNTRY")),
    toCountry: must(text("COUNTRY")),
    sender: must(inRole("SENDER", party)),
    beneficiary: must(inRole("BENEFICIARY", party)),
    collectionAgent: maybe(inRole("COLLECTION_AGENT", agent)),
    payoutAgent: maybe(inRole("PAYOUT_AGENT", agent)),
    relationship: maybe(textOf("REMITTANCE_INFORMATION")),
    purpose: maybe(textOf("PURPOSE")),
    message: orElse(texts("REMITTANCE_INFORMATION"), NOTHING),
  });
}
