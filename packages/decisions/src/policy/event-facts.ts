import type { AgentRole, Money, PartyRole, ScreenedAgent, ScreenedParty } from "@cordon/schemas";

/** What the rules of a policy ask of an event as a whole. */
export interface EventFacts {
  readonly event: "payment" | "remittance";
  /** Null where the event is no payment. */
  readonly rail: string | null;
  /** Null where it is no remittance. */
  readonly channel: string | null;
  /** Every country that the event tells of the side that pays, each once; `UNKNOWN_COUNTRY` for what is no code. */
  readonly from: readonly string[];
  /** The same of the side that is paid. */
  readonly to: readonly string[];
  readonly money: Money | null;
}

/** What stands in the place of a country and is no code of one. */
const UNKNOWN_COUNTRY = "unknown";

/** The code in capitals. */
export function countryOf(text: string): string {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : UNKNOWN_COUNTRY;
}

export type Side = "from" | "to";

const sides: Readonly<Partial<Record<PartyRole | AgentRole, Side>>> = {
  DEBTOR: "from",
  ULTIMATE_DEBTOR: "from",
  SENDER: "from",
  DEBTOR_AGENT: "from",
  DEBTOR_INSTITUTION: "from",
  COLLECTION_AGENT: "from",
  CREDITOR: "to",
  ULTIMATE_CREDITOR: "to",
  BENEFICIARY: "to",
  CREDITOR_AGENT: "to",
  CREDITOR_INSTITUTION: "to",
  PAYOUT_AGENT: "to",
};

/** The side of the corridor that somebody of that role stands on; null for who is between, or beside. */
export function sideOf(role: string): Side | null {
  return sides[role as PartyRole] ?? null;
}

/** A bank's country stands in its BIC, in the fifth and sixth place. */
export function countryOfBic(bic: string): string | null {
  const code = bic.trim().slice(4, 6).toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : null;
}

/** The first two letters of an IBAN are its country's. */
export function countryOfIban(iban: string): string | null {
  return /^\s*([A-Za-z]{2})\s*\d/.exec(iban)?.[1]?.toUpperCase() ?? null;
}

/** The countries that are told of where a party is: its address, residence, account, and the banks' codes it is known by. */
export function countriesOfParty({ address, residence, account, identifiers }: ScreenedParty): readonly string[] {
  return told([
    ...placesOf(address?.country, residence),
    account?.kind === "IBAN" ? countryOfIban(account.value) : null,
    ...identifiers.map(({ kind, value }) => (kind === "BIC" ? countryOfBic(value) : null)),
  ]);
}

export function countriesOfAgent({ address, bic, account }: ScreenedAgent): readonly string[] {
  return told([
    ...placesOf(address?.country),
    bic === null ? null : countryOfBic(bic),
    account?.kind === "IBAN" ? countryOfIban(account.value) : null,
  ]);
}

function placesOf(...texts: readonly (string | null | undefined)[]): readonly string[] {
  return texts.flatMap((text) => (text === null || text === undefined || text === "" ? [] : [countryOf(text)]));
}

function told(countries: readonly (string | null)[]): readonly string[] {
  return [...new Set(countries.filter((country) => country !== null))];
}
