import type { ListGuards } from "../list-guards.ts";

/** 29 April 2026: 3,883 persons, 1,531 organisations, 632 vessels. */
export const ukGuards: ListGuards = {
  floors: { PERSON: 3060, ORGANISATION: 890, VESSEL: 125 },
  canaries: ["AL-QAIDA"],
};
