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

import { codedText, plainText, plainTexts } from "./plain-texts.ts";
import type { MaybeField } from "./screenable-field.ts";
import { agentFacts, partyFacts } from "./screenable-identifier.ts";

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
  birthDate: (text, { path, role }) => codedText(`${path}.birthDate`, role, { text, of: "code" }),
  birthPlace: (text, { path, role }) => [plainText(`${path}.birthPlace`, role, text, "town")],
  nationalities: (codes, { path, role }) =>
    codes.flatMap((text, i) => codedText(`${path}.nationalities[${String(i)}]`, role, { text, of: "code" })),
  residence: (text, { path, role }) => codedText(`${path}.residence`, role, { text, of: "code" }),
  identifiers: (identifiers, { path, role, named }) =>
    identifiers.flatMap((identifier, i) =>
      textsOf(identifierReadings, identifier, { path: `${path}.identifiers[${String(i)}]`, role, named }),
    ),
  account: (account, { path, role, named }) =>
    account === null ? [] : textsOf(accountReadings, account, { path: `${path}.account`, role, named }),
  contact: (text, { path, role }) => [plainText(`${path}.contact`, role, text)],
};

/** The texts of an agent, without its name and that of the holder of its account. */
const agentReadings: Readings<Omit<ScreenedAgent, "name">> = {
  role: nothing,
  bic: (text, { path, role }) => [plainText(`${path}.bic`, role, text)],
  lei: (text, { path, role }) => [plainText(`${path}.lei`, role, text)],
  clearingId: (text, { path, role }) => [plainText(`${path}.clearingId`, role, text)],
  address: addressTexts,
  account: (account, { path, role, named }) =>
    account === null ? [] : textsOf(accountReadings, account, { path: `${path}.account`, role, named }),
};

const addressReadings: Readings<ScreenedAddress> = {
  country: (text, { path, role }) => codedText(`${path}.country`, role, { text, of: "code" }),
  town: (text, { path, role }) => [plainText(`${path}.town`, role, text, "town")],
  postCode: (text, { path, role }) => [plainText(`${path}.postCode`, role, text, "address")],
  street: (text, { path, role }) => [plainText(`${path}.street`, role, text, "address")],
  lines: (texts, { path, role }) => plainTexts(`${path}.lines`, role, texts, "address"),
  region: (text, { path, role }) => [plainText(`${path}.region`, role, text, "town")],
};

const identifierReadings: Readings<Identifier> = {
  kind: nothing,
  value: (text, { path, role }) => [plainText(`${path}.value`, role, text)],
  issuer: (text, { path, role }) => codedText(`${path}.issuer`, role, { text, of: "code" }),
};

/** The holder's name is one of the names of the party or agent. */
const accountReadings: Readings<Omit<Account, "name">> = {
  kind: nothing,
  value: (text, { path, role }) => [plainText(`${path}.value`, role, text)],
};

/** The name of a party, and that of the holder of its account, which need not be there; then all its other texts. */
export function partyTexts(party: ScreenedParty, bearer: Bearer<PartyRole>): readonly MaybeField[] {
  const { path, role, named } = bearer;
  const { name, type, account } = party;
  const comparison = type === "PERSON" ? "person" : "any";
  const facts = partyFacts(party);
  const common = { role, comparison, place: null } as const;
  const names: MaybeField[] = [
    { ...common, path: `${path}.name`, bearer: "party", text: name, required: named, facts },
  ];
  if (account !== null) {
    // What is said of the party is said of the holder only if that is the party.
    const ofHolder = account.name === name ? facts : nothingKnown;
    const at = `${path}.account.name`;
    names.push({ ...common, path: at, bearer: "account", text: account.name, required: false, facts: ofHolder });
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
