import type { ListGuards } from "../list-guards.ts";

/** 27 February 2026: 730 persons, 273 organisations; 877 entries in April 2025. */
export const unGuards: ListGuards = {
  floors: { PERSON: 480, ORGANISATION: 180 },
  canaries: ["AL-QAIDA"],
};
