import { type DesignationType, designationTypes } from "../designation.ts";

/** What unmatched words cost, in percent of their weight: alpha for the payment's words, beta for the list's. */
export interface Profile {
  readonly alpha: number;
  readonly beta: number;
}

const person: Profile = { alpha: 70, beta: 25 };
const organisation: Profile = { alpha: 70, beta: 50 };
/** A ship's name is often one word that is also a name: any further word of the payment tells against it. */
const craft: Profile = { alpha: 100, beta: 50 };

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
