// Made by `npm run generate` from schemas/avro. Do not edit.

import type { IndexStamp, Money, Rail } from "./shared.ts";

/** What a listed entry is. An unknown symbol is read as OTHER. */
export type DesignationType = (typeof designationTypeSymbols)[number];
export const designationTypeSymbols = ["PERSON", "ORGANISATION", "VESSEL", "AIRCRAFT", "OTHER"] as const;

/** What a listed name is to its entry. An unknown symbol is read as ALIAS. */
export type NameKind = (typeof nameKindSymbols)[number];
export const nameKindSymbols = ["PRIMARY", "VARIATION", "ALIAS", "FORMER"] as const;

/** How much the publisher trusts a name. UNKNOWN: the publisher does not say. An unknown symbol is read as UNKNOWN. */
export type NameStrength = (typeof nameStrengthSymbols)[number];
export const nameStrengthSymbols = ["UNKNOWN", "STRONG", "WEAK"] as const;

/** Where in the event the match is. */
export interface MatchedField {
  /** Path of the field in the event, such as parties[1].name. */
  readonly path: string;
  /** The role of the party or agent, such as BENEFICIARY. */
  readonly role: string;
  /** The whole field as received. */
  readonly text: string;
  /** Where the matched part begins in the text, in UTF-16 units. */
  readonly start: number;
  /** Where the matched part ends, exclusive, in UTF-16 units. */
  readonly end: number;
  /** Path of the matched part in the message that the event was made from. Null: it was made from none. */
  readonly sourcePath: string | null;
  /** Where the matched part begins in that message, in UTF-16 units of the decoded message. */
  readonly sourceStart: number | null;
  /** Where it ends there, exclusive. */
  readonly sourceEnd: number | null;
}

/** One part of a score. */
export interface MatchReason {
  /** How the words agree or differ, such as exact, spelling or unmatched-in-list; identifier; or evidence without points, such as birth-date-agree, country-conflict or nationality-absent. */
  readonly kind: string;
  /** What was compared, for a person to read. */
  readonly detail: string;
  /** What it adds to the score, percent; negative where it takes away. */
  readonly points: number;
}

/** An identifier of the event that is listed. */
export interface MatchedIdentifier {
  /** What the list says it is, such as PASSPORT, IMO, BIC or WALLET. */
  readonly kind: string;
  /** As listed. */
  readonly value: string;
  /** Who issued it, or the currency of a wallet, as far as the list says. */
  readonly issuer: string | null;
  /** What the publisher wrote beside it. */
  readonly note: string | null;
  /** The linked entry that lists it. Null: the match itself does. */
  readonly designationId: string | null;
}

/** One designation that one field matches, by the best of the designation's names. */
export interface Match {
  /** <list>:<publisher's key>, such as uk:GIM0014. */
  readonly designationId: string;
  /** Short name of the list, such as uk. */
  readonly list: string;
  /** The sanctions regime, as the publisher names it. */
  readonly regime: string;
  /** The publisher's short code of the regime. */
  readonly regimeCode: string | null;
  /** What the designation demands, such as an asset freeze, as published. Empty: the list does not say, not that there are none. */
  readonly measures: readonly string[];
  /** What the listed entry is. */
  readonly designationType: DesignationType;
  /** The designation's primary name. */
  readonly primaryName: string;
  /** The listed name that matched best. */
  readonly matchedName: string;
  /** What the matched name is to its entry. */
  readonly nameKind: NameKind;
  /** How much the publisher trusts the matched name. */
  readonly nameStrength: NameStrength;
  /** 0 to 100, two decimals. */
  readonly score: number;
  /** Where in the event it matched. */
  readonly field: MatchedField;
  /** Why the score is what it is: the points sum to the score. */
  readonly reasons: readonly MatchReason[];
  /** The match in one plain sentence. */
  readonly summary: string;
  /** When the entry was listed, ISO 8601 date. */
  readonly designatedOn: string | null;
  /** The listed birth dates, ISO 8601, possibly partial; a range as 1970/1972. */
  readonly birthDates: readonly string[];
  /** The listed nationalities, ISO 3166-1 alpha-2 where they could be mapped, else as published. */
  readonly nationalities: readonly string[];
  /** The listed identifier that matched. Null: the name did. */
  readonly identifier: MatchedIdentifier | null;
  /** SHA-256, hexadecimal, of what of the entry counts for screening, as it stood in the index: any amendment of it changes the hash. */
  readonly designationHash: string | null;
  /** Keyed hash, hexadecimal, of the party that bears the name, as received. Null: not of a party, or too little is known of it to tell it from others of its name, so that no good guy can be made. */
  readonly partyFingerprint: string | null;
  /** Which facts of the party the fingerprint is made from, such as name, birthDate or account. */
  readonly fingerprintFields: readonly string[];
  /** The good guy that covers this match; the event is a hit for another match. Null: none does. */
  readonly goodGuyId: string | null;
}

/** What raised an alert: an event as it came, a look back after the lists changed, or a screening of customers. The last two have no decision. An unknown symbol is read as STREAM. */
export type AlertOrigin = (typeof alertOriginSymbols)[number];
export const alertOriginSymbols = ["STREAM", "LOOK_BACK", "CUSTOMER"] as const;

/** A payment that was stopped, and what one that looks like it changed. */
export interface Resubmission {
  /** Id of the event that was stopped. */
  readonly eventId: string;
  /** Topic of the event that was stopped. */
  readonly sourceTopic: string;
  /** Its partition. */
  readonly sourcePartition: number;
  /** Its offset. */
  readonly sourceOffset: number;
  /** Its alert. Null: it was held without a hit. */
  readonly alertId: string | null;
  /** Why it was held, a code of docs/specs/errors.md. Null: it hit. */
  readonly holdReason: string | null;
  /** What both have in common, such as uetr, end-to-end-id, accounts or reference. */
  readonly sameBy: readonly string[];
  /** Texts of the event that was stopped that this one has not: what is said to have been stripped. */
  readonly removed: readonly string[];
  /** Names that this event has and the other one had not. */
  readonly added: readonly string[];
}

/** The names in one event that match listed ones. One an event with a hit. */
export interface Alert {
  /** Derived from the event id and the sorted designation ids: a repeat of the same finding has the same id. */
  readonly alertId: string;
  /** The event's id. */
  readonly eventId: string;
  /** Topic of the event. */
  readonly sourceTopic: string;
  /** Partition of the event. */
  readonly sourcePartition: number;
  /** Offset of the event. */
  readonly sourceOffset: number;
  /** When it was raised, milliseconds since the epoch. */
  readonly raisedAt: number;
  /** What the event was compared with. */
  readonly index: IndexStamp;
  /** Version of the scoring: the same version gives the same names the same score. */
  readonly engineVersion: string;
  /** Hash of every setting that can change an outcome. */
  readonly policyVersion: string;
  /** What the event pays; of a remittance, what the sender pays in. */
  readonly money: Money | null;
  /** The payment system of a payment. Null for a remittance. */
  readonly rail: Rail | null;
  /** What matched, best first: one for each designation and field. */
  readonly matches: readonly Match[];
  /** Matches left out because the alert would have outgrown a record: the weakest ones. Their designations count in the alert id. */
  readonly matchesLeftOut: number;
  /** What raised it. */
  readonly origin: AlertOrigin;
  /** The look-back that raised it. Null unless the origin is LOOK_BACK. */
  readonly lookBackId: string | null;
  /** The event as received: its Avro body, without the header of the wire format. Null: it would not fit beside the matches, or there is none. */
  readonly event: Uint8Array | null;
  /** The registry's id of the schema that the event was written with. */
  readonly eventSchemaId: number | null;
  /** The customer. Null unless the origin is CUSTOMER: then the source topic is empty, partition and offset are -1. */
  readonly customerId: string | null;
  /** The payment that was stopped and came again without what had stopped it. Null unless that is why this alert was raised: then its origin is LOOK_BACK, for the event has a decision of its own, and the matches are those of the payment that was stopped. */
  readonly resubmission: Resubmission | null;
}
