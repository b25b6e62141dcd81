import type { ListGuards } from "../list-guards.ts";

/** 2026: about 5,900 entries, most of them persons. */
export const euGuards: ListGuards = {
  floors: { PERSON: 2000, ORGANISATION: 700 },
  canaries: [],
};
