import { type DesignationType, designationTypes } from "@cordon/matching";

/**
 * With which types of designation a name is compared. A person's name is compared with organisations too, because
 * senders' types are often wrong; with ships and aircraft it is not, because many bear a person's name.
 */
export const comparisons = {
  person: ["PERSON", "ORGANISATION", "OTHER"],
  any: designationTypes,
} as const satisfies Readonly<Record<string, readonly DesignationType[]>>;

export type Comparison = keyof typeof comparisons;
