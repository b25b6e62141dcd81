// Made by `npm run generate` from schemas/avro. Do not edit.

/** The payment system that carries a payment. An unknown symbol is read as OTHER. */
export type Rail = (typeof railSymbols)[number];
export const railSymbols = [
  "OTHER",
  "SWIFT",
  "SEPA_CREDIT",
  "SEPA_INSTANT",
  "FPS",
  "CHAPS",
  "BACS",
  "TARGET2",
  "FEDWIRE",
  "ACH",
  "RTP",
  "INTERNAL",
  "FEDNOW",
] as const;

/** An amount in a currency. */
export interface Money {
  /** The amount: 18 digits, 5 of them after the point, the bounds of ISO 20022. Avro decimal: the unscaled integer as big-endian two's complement. */
  readonly amount: Uint8Array;
  /** ISO 4217 code, such as GBP. */
  readonly currency: string;
}

/** What a party does in the event. An unknown symbol is read as OTHER. */
export type PartyRole = (typeof partyRoleSymbols)[number];
export const partyRoleSymbols = [
  "OTHER",
  "DEBTOR",
  "ULTIMATE_DEBTOR",
  "INITIATING_PARTY",
  "CREDITOR",
  "ULTIMATE_CREDITOR",
  "SENDER",
  "BENEFICIARY",
  "RELATED_PARTY",
] as const;

/** What a party is. An unknown symbol is read as UNKNOWN. */
export type PartyType = (typeof partyTypeSymbols)[number];
export const partyTypeSymbols = ["UNKNOWN", "PERSON", "ORGANISATION", "VESSEL"] as const;

/** A postal address, as far as its parts are known. */
export interface Address {
  /** ISO 3166-1 alpha-2; XK for Kosovo. */
  readonly country: string | null;
  /** Town or city, as given. */
  readonly town: string | null;
  /** Postal code, as given. */
  readonly postCode: string | null;
  /** Street and building, as given. */
  readonly street: string | null;
  /** Unstructured address lines, in the order given. */
  readonly lines: readonly string[];
  /** State, province or other part of a country, as given. */
  readonly region: string | null;
}

/** What an identifier identifies, and by which scheme. An unknown symbol is read as OTHER. */
export type IdentifierKind = (typeof identifierKindSymbols)[number];
export const identifierKindSymbols = [
  "OTHER",
  "PASSPORT",
  "NATIONAL_ID",
  "TAX_ID",
  "REGISTRATION",
  "LEI",
  "BIC",
  "IMO",
  "MMSI",
  "WALLET",
  "PHONE",
  "EMAIL",
] as const;

/** A number or code that identifies a party. */
export interface Identifier {
  /** Which kind of identifier it is. */
  readonly kind: IdentifierKind;
  /** The identifier as given. */
  readonly value: string;
  /** Issuing country (ISO 3166-1 alpha-2) or scheme. */
  readonly issuer: string | null;
}

/** How an account is numbered. An unknown symbol is read as OTHER. */
export type AccountKind = (typeof accountKindSymbols)[number];
export const accountKindSymbols = ["OTHER", "IBAN"] as const;

/** A party's account. */
export interface Account {
  /** How the account is numbered. */
  readonly kind: AccountKind;
  /** The account number as given. */
  readonly value: string;
  /** The holder's name as given with the account. */
  readonly name: string | null;
}

/** A person, organisation or vessel that takes part in the event. */
export interface Party {
  /** What the party does in the event. A party in any role but OTHER and RELATED_PARTY must have a name. */
  readonly role: PartyRole;
  /** The whole name as given, in any script. Screened. */
  readonly name: string;
  /** What the party is. It decides which kinds of listed entry the name is compared with. */
  readonly type: PartyType;
  /** Where the party is. */
  readonly address: Address | null;
  /** Date of birth, ISO 8601, possibly partial: 1980, 1980-01 or 1980-01-31. */
  readonly birthDate: string | null;
  /** Place of birth, as given. */
  readonly birthPlace: string | null;
  /** Nationalities, ISO 3166-1 alpha-2. */
  readonly nationalities: readonly string[];
  /** Country of residence, ISO 3166-1 alpha-2. */
  readonly residence: string | null;
  /** Documents, registrations and other identifiers of the party. */
  readonly identifiers: readonly Identifier[];
  /** The account the money comes from or goes to. */
  readonly account: Account | null;
  /** Phone number, e-mail or other contact, as given. */
  readonly contact: string | null;
}

/** What an agent does in the event. An unknown symbol is read as OTHER. */
export type AgentRole = (typeof agentRoleSymbols)[number];
export const agentRoleSymbols = [
  "OTHER",
  "DEBTOR_AGENT",
  "CREDITOR_AGENT",
  "INTERMEDIARY",
  "INSTRUCTING",
  "INSTRUCTED",
  "PREVIOUS_INSTRUCTING",
  "CORRESPONDENT",
  "PAYOUT_AGENT",
  "COLLECTION_AGENT",
  "DEBTOR_INSTITUTION",
  "CREDITOR_INSTITUTION",
  "REIMBURSEMENT",
] as const;

/** A bank or other institution that moves the money. */
export interface Agent {
  /** What the agent does in the event. */
  readonly role: AgentRole;
  /** BIC (ISO 9362) of 8 or 11 characters. */
  readonly bic: string | null;
  /** Legal entity identifier (ISO 17442). */
  readonly lei: string | null;
  /** The institution's name as given. Screened where it is present. */
  readonly name: string | null;
  /** Member number in a clearing system, with the system's code where it is known. */
  readonly clearingId: string | null;
  /** Where the agent is. */
  readonly address: Address | null;
  /** The agent's own account, as given with it. */
  readonly account: Account | null;
}

/** One list in an index. */
export interface ListStamp {
  /** Short name of the list, such as uk. */
  readonly list: string;
  /** The publisher's own date of the list, milliseconds since the epoch. Null: it states none. */
  readonly publishedAt: number | null;
  /** Designations of this list in the index. */
  readonly entries: number;
}

/** The index of listed names that an event was compared with. */
export interface IndexStamp {
  /** SHA-256 of the index, hexadecimal: the same version holds the same names for ever. */
  readonly version: string;
  /** Grows by one with each published version. -1: the event was not compared with any index. */
  readonly generation: number;
  /** The lists in the index. */
  readonly lists: readonly ListStamp[];
}
