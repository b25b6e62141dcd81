import { type DesignationType, designationTypes } from "../designation.ts";

/** What unmatched words cost, in percent of their weight: alpha for the payment's words, beta for the list's. */
export interface Profile {
  readonly alpha: number;
  readonly beta: number;
  /**
   * Taken off when words remain on both sides, percent of (the lighter remainder / matched list weight): what differs
   * tells more against a pair than what is missing.
   */
  readonly conflict: number;
  /** Taken off, in hundredths of a percent, when both names begin with words that have no partner. */
  readonly otherFirst: number;
  /** The same when one begins with a word that the other lacks, and the rest agrees from its first word on. */
  readonly missingFirst: number;
  /** The same for each unit of weight that the matched list words lack of 17 when the list name holds more. */
  readonly common: number;
  /** The same where the payment holds more, other than what very many bear. */
  readonly commonAlone: number;
  /** The same where the list name has one word that counts and the payment a name beside it: Isis Lopez is a person. */
  readonly besideOneWord: number;
  /** What the names beside it weigh together at least. */
  readonly lightestBeside: number;
  /** The same when numbers remain on both sides. */
  readonly otherNumber: number;
}

const person: Profile = {
  alpha: 70,
  beta: 40,
  conflict: 50,
  otherFirst: 900,
  missingFirst: 80,
  common: 140,
  commonAlone: 60,
  besideOneWord: 300,
  lightestBeside: 4,
  otherNumber: 1000,
};
const organisation: Profile = {
  alpha: 70,
  beta: 50,
  conflict: 45,
  otherFirst: 0,
  missingFirst: 0,
  common: 0,
  commonAlone: 0,
  besideOneWord: 300,
  lightestBeside: 6,
  otherNumber: 1000,
};
/** A ship's name is often one word that is also a name: any further word of the payment tells against it. */
const craft: Profile = {
  alpha: 100,
  beta: 70,
  conflict: 30,
  otherFirst: 0,
  missingFirst: 0,
  common: 0,
  commonAlone: 0,
  besideOneWord: 0,
  lightestBeside: 0,
  otherNumber: 1000,
};

/**
 * For a line of free text: a listed name must stand in it nearly whole. Words of the line outside the part that is
 * compared cost nothing, see `containedName`.
 */
export const textProfile: Profile = {
  alpha: 70,
  beta: 80,
  conflict: 40,
  otherFirst: 0,
  missingFirst: 80,
  common: 0,
  commonAlone: 0,
  besideOneWord: 0,
  lightestBeside: 0,
  otherNumber: 1000,
};

/** The profiles in use; a list row is scored by that of its designation's type. */
export const profiles: readonly Profile[] = [person, organisation, craft];

const byType: Readonly<Record<DesignationType, Profile>> = {
  PERSON: person,
  ORGANISATION: organisation,
  VESSEL: craft,
  AIRCRAFT: craft,
  OTHER: organisation,
};

/** Index into `profiles`. */
export function profileIndexOf(type: DesignationType): number {
  return profiles.indexOf(byType[type]);
}

/** For each profile, the types scored by it, as bits of `designationTypes`. */
export const typesOfProfile: readonly number[] = profiles.map((profile) =>
  designationTypes.reduce((mask, type, bit) => (byType[type] === profile ? mask | (1 << bit) : mask), 0),
);
