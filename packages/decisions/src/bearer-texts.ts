import { nothingKnown } from "@cordon/matching";
import type {
  Account,
  AgentRole,
  Identifier,
  PartyRole,
  ScreenedAddress,
  ScreenedAgent,
  ScreenedParty,
} from "@cordon/schemas";

import { codedText, plainText, plainTexts, type TextAt } from "./plain-texts.ts";
import type { MaybeField } from "./screenable-field.ts";
import { agentFacts, partyFacts } from "./screenable-identifier.ts";
import { kindOfContact, kindOfIdentifier, type TextKind } from "./text-kind.ts";

/** Whose texts they are. */
export interface Bearer<Role extends PartyRole | AgentRole> {
  /** Where it stands in the event. */
  readonly path: string;
  /** As alerts tell it. */
  readonly role: Role;
  /** Its name must be there and must be readable. */
  readonly named: boolean;
}

type AnyBearer = Bearer<PartyRole | AgentRole>;

/**
 * How each field of a record is read. Complete by its type: a field that is added to the record does not compile before somebody has
 * said what is in it.
 */
type Readings<T> = { readonly [F in keyof T]-?: (value: T[F], bearer: AnyBearer) => readonly MaybeField[] };

/** The texts of a party that its fields hold by themselves, without its names, which more belongs to. */
const partyReadings: Readings<Omit<ScreenedParty, "name">> = {
  role: nothing,
  type: nothing,
  address: addressTexts,
  birthDate: (text, bearer) => codedText(at(bearer, "birthDate", "BIRTH_DATE"), text, "code"),
  birthPlace: (text, bearer) => [plainText(at(bearer, "birthPlace", "BIRTH_PLACE"), text, "town")],
  nationalities: (codes, bearer) =>
    codes.flatMap((text, i) => codedText(at(bearer, `nationalities[${String(i)}]`, "COUNTRY"), text, "code")),
  residence: (text, bearer) => codedText(at(bearer, "residence", "COUNTRY"), text, "code"),
  identifiers: (identifiers, { path, role, named }) =>
    identifiers.flatMap((identifier, i) =>
      identifierTexts(identifier, { path: `${path}.identifiers[${String(i)}]`, role, named }),
    ),
  account: accountTexts,
  contact: (text, bearer) => [plainText(at(bearer, "contact", kindOfContact(text ?? "")), text)],
};

/** The texts of an agent, without its name and that of the holder of its account. */
const agentReadings: Readings<Omit<ScreenedAgent, "name">> = {
  role: nothing,
  bic: (text, bearer) => [plainText(at(bearer, "bic", "BIC"), text)],
  lei: (text, bearer) => [plainText(at(bearer, "lei", "LEI"), text)],
  clearingId: (text, bearer) => [plainText(at(bearer, "clearingId", "CLEARING"), text)],
  address: addressTexts,
  account: accountTexts,
};

const addressReadings: Readings<ScreenedAddress> = {
  country: (text, bearer) => codedText(at(bearer, "country", "COUNTRY"), text, "code"),
  town: (text, bearer) => [plainText(at(bearer, "town", "TOWN"), text, "town")],
  postCode: (text, bearer) => [plainText(at(bearer, "postCode", "ADDRESS"), text, "address")],
  street: (text, bearer) => [plainText(at(bearer, "street", "ADDRESS"), text, "address")],
  lines: (texts, bearer) => plainTexts(at(bearer, "lines", "ADDRESS"), texts, "address"),
  region: (text, bearer) => [plainText(at(bearer, "region", "TOWN"), text, "town")],
};

/** What a number identifies says of what kind its text is. */
function identifierTexts(identifier: Identifier, bearer: AnyBearer): readonly MaybeField[] {
  const readings: Readings<Identifier> = {
    kind: nothing,
    value: (text) => [plainText(at(bearer, "value", kindOfIdentifier(identifier.kind)), text)],
    issuer: (text) => codedText(at(bearer, "issuer", "ID"), text, "code"),
  };
  return textsOf(readings, identifier, bearer);
}

/** The holder's name is one of the names of the party or agent. */
function accountTexts(account: Account | null, { path, role, named }: AnyBearer): readonly MaybeField[] {
  if (account === null) return [];
  const bearer = { path: `${path}.account`, role, named };
  const readings: Readings<Omit<Account, "name">> = {
    kind: nothing,
    value: (text) => [plainText(at(bearer, "value", account.kind === "IBAN" ? "IBAN" : "ACCOUNT"), text)],
  };
  return textsOf(readings, account, bearer);
}

function at({ path, role }: AnyBearer, field: string, kind: TextKind): TextAt {
  return { path: `${path}.${field}`, role, kind };
}

/** The name of a party, and that of the holder of its account, which need not be there; then all its other texts. */
export function partyTexts(party: ScreenedParty, bearer: Bearer<PartyRole>): readonly MaybeField[] {
  const { path, role, named } = bearer;
  const { name, type, account } = party;
  const comparison = type === "PERSON" ? "person" : "any";
  const facts = partyFacts(party);
  const common = { role, kind: "NAME", comparison, place: null } as const;
  const names: MaybeField[] = [
    { ...common, path: `${path}.name`, bearer: "party", text: name, required: named, facts },
  ];
  if (account !== null) {
    // What is said of the party is said of the holder only if that is the party.
    const ofHolder = account.name === name ? facts : nothingKnown;
    names.push({
      ...common,
      path: `${path}.account.name`,
      bearer: "account",
      text: account.name,
      required: false,
      facts: ofHolder,
    });
  }
  return [...names, ...textsOf(partyReadings, party, bearer)];
}

/** An absent name of an agent is none: a BIC may stand for it. */
export function agentTexts(agent: ScreenedAgent, bearer: Bearer<AgentRole>): readonly MaybeField[] {
  const { path, role, named } = bearer;
  const name: MaybeField = {
    path: `${path}.name`,
    bearer: "agent",
    role,
    kind: "NAME",
    text: agent.name,
    comparison: "any",
    required: named,
    facts: agentFacts(agent),
    place: null,
  };
  if (agent.account === null) return [name, ...textsOf(agentReadings, agent, bearer)];
  const holder: MaybeField = {
    ...name,
    path: `${path}.account.name`,
    bearer: "account",
    text: agent.account.name,
    required: false,
    facts: nothingKnown,
  };
  return [name, holder, ...textsOf(agentReadings, agent, bearer)];
}

function addressTexts(address: ScreenedAddress | null, { path, role, named }: AnyBearer): readonly MaybeField[] {
  return address === null ? [] : textsOf(addressReadings, address, { path: `${path}.address`, role, named });
}

function textsOf<T>(readings: Readings<T>, record: T, bearer: AnyBearer): readonly MaybeField[] {
  const texts: MaybeField[] = [];
  for (const field in readings) texts.push(...readings[field](record[field], bearer));
  return texts;
}

function nothing(): readonly MaybeField[] {
  return [];
}
