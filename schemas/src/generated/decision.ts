// Made by `npm run generate` from schemas/avro. Do not edit.

import type { IndexStamp } from "./shared.ts";

/** What may happen to the money. An unknown symbol is read as HOLD. */
export type Outcome = (typeof outcomeSymbols)[number];
export const outcomeSymbols = ["HOLD", "CLEAR", "HIT"] as const;

/** A match by name that what else is known contradicts, or that people judged to be somebody else. */
export interface SetAsideMatch {
  /** <list>:<publisher's key>, such as uk:GIM0014. */
  readonly designationId: string;
  /** Path of the field in the event, such as parties[1].name. */
  readonly path: string;
  /** 0 to 100, two decimals. */
  readonly score: number;
  /** Why: birth-date-conflict, type-conflict or good-guy. */
  readonly reason: string;
  /** What was compared, for a person to read. */
  readonly detail: string;
  /** The good guy that covers the match. Null unless the reason is good-guy. */
  readonly goodGuyId: string | null;
}

/** The set of good guys that a decision rests on. */
export interface GoodGuysStamp {
  /** SHA-256 of the set, hexadecimal. */
  readonly version: string;
  /** Grows by one with each published set. */
  readonly generation: number;
}

/** Something that somebody may want to know of an event. */
export interface ToldFinding {
  /** place: a listed place or word; list: a match on a list that the rule leaves out; problem: what could not be converted; deadline: decided too late. */
  readonly kind: string;
  /** The listed entry, where there is one. */
  readonly designationId: string | null;
  /** Path of the field in the event; empty where it is of the whole event. */
  readonly path: string;
  /** What it is, for a person to read. */
  readonly detail: string;
}

/** The outcome of one event. Exactly one outcome an event; a later decision may replace a HOLD, and never a HIT or a CLEAR. */
export interface Decision {
  /** The event's id. For a record that could not be read, the record's key. */
  readonly eventId: string;
  /** Topic of the event. */
  readonly sourceTopic: string;
  /** Partition of the event. */
  readonly sourcePartition: number;
  /** Offset of the event. */
  readonly sourceOffset: number;
  /** CLEAR: every screenable field was read and nothing matches. HIT: a name matches a listed one. HOLD: the event could not be screened in full. */
  readonly outcome: Outcome;
  /** Why the event is held, a code of docs/specs/errors.md. Null unless the outcome is HOLD. */
  readonly holdReason: string | null;
  /** The alert that says what was hit. Null unless the outcome is HIT. */
  readonly alertId: string | null;
  /** How many names and lines of the event were compared. */
  readonly fieldsScreened: number;
  /** What the event was compared with. */
  readonly index: IndexStamp;
  /** Version of the scoring: the same version gives the same names the same score. */
  readonly engineVersion: string;
  /** Hash of every setting that can change an outcome. */
  readonly policyVersion: string;
  /** When it was decided, milliseconds since the epoch. */
  readonly decidedAt: number;
  /** Matches of a CLEAR event that a hard conflict or a good guy set aside. Empty unless the policy says so. */
  readonly setAside: readonly SetAsideMatch[];
  /** The set of good guys that was asked. Null: none was, or none was used. */
  readonly goodGuys: GoodGuysStamp | null;
  /** How many names and texts of the event were not compared, because a rule of the policy leaves them out. 0 unless the policy says so. */
  readonly fieldsLeftOut: number;
  /** What was found and by a rule of the policy or of a list decided nothing, and what a HOLD for a place or a word is held for. Mostly empty. */
  readonly told: readonly ToldFinding[];
}
