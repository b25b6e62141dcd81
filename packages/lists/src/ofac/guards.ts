import type { ListGuards } from "../list-guards.ts";

/** July 2021: 4,620 persons, 3,673 organisations, 406 vessels, 277 aircraft; since then it grew. */
export const ofacGuards: ListGuards = {
  floors: { PERSON: 3700, ORGANISATION: 2900, VESSEL: 250, AIRCRAFT: 150 },
  canaries: ["BANCO NACIONAL DE CUBA", "HIZBALLAH", "AL QA'IDA"],
};

/** March 2025: 443 entries, with sanctioned organisations far before persons. */
export const ofacConsolidatedGuards: ListGuards = {
  floors: { PERSON: 20, ORGANISATION: 150 },
  canaries: [],
};
