import type { ScreenedParty } from "@cordon/schemas";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Who a party is, as far as the event says. */
export interface PartyFingerprint {
  /** Hexadecimal. Null: too little is known to tell the party from others of its name. */
  readonly fingerprint: string | null;
  /** The facts that it is made from, in a fixed order. */
  readonly fields: readonly string[];
}

/**
 * HMAC-SHA-256 over what an event says of a party, as received: any change of it is another party. There is none without an account, an
 * identifier, or a birth date with a country: a bare name is many people. The key keeps who reads alerts from guessing at parties.
 */
export function partyFingerprint(party: ScreenedParty, key: Uint8Array): PartyFingerprint {
  const facts = factsOf(party);
  const told = Object.entries(facts).filter(([, value]) => value !== null);
  const fields = told.map(([name]) => name);
  if (!isOnePerson(facts)) return { fingerprint: null, fields };
  return { fingerprint: bytesToHex(hmac(sha256, key, utf8ToBytes(JSON.stringify(told)))), fields };
}

/** The name alone is no fact that tells one person from another. */
function isOnePerson({ account, identifiers, birthDate, ...where }: Facts): boolean {
  if (account !== null || identifiers !== null) return true;
  return birthDate !== null && [where.nationalities, where.residence, where.country].some((fact) => fact !== null);
}

type Fact = string | readonly (string | readonly (string | null)[])[] | null;
type Facts = ReturnType<typeof factsOf>;

function factsOf(party: ScreenedParty) {
  const { name, type, birthDate, birthPlace, nationalities, residence, address, identifiers, account } = party;
  return {
    name: said(name),
    type,
    birthDate: said(birthDate),
    birthPlace: said(birthPlace),
    nationalities: some(nationalities.filter((one) => said(one) !== null).toSorted()),
    residence: said(residence),
    country: said(address?.country ?? null),
    identifiers: some(
      identifiers
        .filter(({ value }) => said(value) !== null)
        .map(({ kind, value, issuer }) => [kind, value, issuer])
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ),
    account: account === null || said(account.value) === null ? null : [account.kind, account.value],
  } satisfies Readonly<Record<string, Fact>>;
}

/** Blanks and signs alone, as senders put for what they do not know, are nothing. */
function said(text: string | null): string | null {
  return text !== null && /[\p{L}\p{N}]/u.test(text) ? text : null;
}

function some<T>(all: readonly T[]): readonly T[] | null {
  return all.length === 0 ? null : all;
}
