import { designationHash } from "@cordon/matching";

import type { FieldMatch } from "./field-match.ts";
import { partyFingerprint } from "./party-fingerprint.ts";
import type { NamedParty } from "./screenable-event.ts";

/** A party and an entry that two people judged to be two: the party's payments need not alert for that entry, as it stood then. */
export interface GoodGuy {
  readonly id: string;
  readonly fingerprint: string;
  readonly designationId: string;
  /** Of the entry that was judged. */
  readonly designationHash: string;
  /** Topics of events that it holds for, by their full names. Empty: every topic. */
  readonly topics: readonly string[];
  /** Rails that it holds for. Empty: every rail, and remittances. */
  readonly rails: readonly string[];
  /** Milliseconds since the epoch: the first at which it holds no more. */
  readonly expiresAt: number;
}

/** All good guys of one publication. Immutable. */
export interface GoodGuySet {
  /** SHA-256 of the set, hexadecimal. */
  readonly version: string;
  readonly generation: number;
  of(fingerprint: string, designationId: string): readonly GoodGuy[];
}

export function goodGuySet(version: string, generation: number, all: readonly GoodGuy[]): GoodGuySet {
  const byPair = Map.groupBy(all, ({ fingerprint, designationId }) => `${fingerprint} ${designationId}`);
  return Object.freeze({
    version,
    generation,
    of: (fingerprint: string, designationId: string) => byPair.get(`${fingerprint} ${designationId}`) ?? [],
  });
}

/** What matches are held against. Null where there is no set: none was published, or it is not to be trusted. */
export interface GoodGuysAtHand {
  readonly set: GoodGuySet | null;
  readonly fingerprintKey: Uint8Array;
  /** Full name of the event's topic. */
  readonly topic: string;
}

/** Which event the matches are of, and when it is decided. */
export interface CoveredEvent {
  readonly parties: readonly NamedParty[];
  readonly rail: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Tells which good guy covers a match, if one does: the name is a party's own and no identifier's, the party is the one that was judged,
 * fact for fact, and so is the entry, as it stands in the index in use. What one pair says is said of no other.
 */
export function coveredBy(
  { set, fingerprintKey, topic }: GoodGuysAtHand,
  { parties, rail, at }: CoveredEvent,
): (match: FieldMatch) => GoodGuy | null {
  const fingerprints = new Map<string, string | null>();
  const fingerprintOf = ({ path, party }: NamedParty): string | null => {
    let known = fingerprints.get(path);
    if (known === undefined) fingerprints.set(path, (known = partyFingerprint(party, fingerprintKey).fingerprint));
    return known;
  };
  return ({ field, identifier, designation }) => {
    if (set === null || field.bearer !== "party" || identifier !== null) return null;
    const bearer = partyNamedIn(parties, field.path);
    const fingerprint = bearer === undefined ? null : fingerprintOf(bearer);
    if (fingerprint === null) return null;
    const candidates = set.of(fingerprint, designation.id);
    if (candidates.length === 0) return null;
    const hash = designationHash(designation);
    return (
      candidates.find(
        (one) =>
          one.designationHash === hash &&
          at < one.expiresAt &&
          (one.topics.length === 0 || one.topics.includes(topic)) &&
          (one.rails.length === 0 || (rail !== null && one.rails.includes(rail))),
      ) ?? null
    );
  };
}

/** The party whose own name stands at that path. */
export function partyNamedIn(parties: readonly NamedParty[], path: string): NamedParty | undefined {
  return parties.find((one) => path === `${one.path}.name`);
}
