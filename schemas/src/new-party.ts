import type { Party } from "./generated/shared.ts";

/** A party of whom nothing else is said. */
export function newParty(role: Party["role"], name: string, type: Party["type"]): Party {
  return {
    role,
    name,
    type,
    address: null,
    birthDate: null,
    birthPlace: null,
    nationalities: [],
    residence: null,
    identifiers: [],
    account: null,
    contact: null,
  };
}
