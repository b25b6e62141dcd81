import type { AgentRole, PartyRole, ScreenedAgent, ScreenedParty } from "@cordon/schemas";

import type { BearerField } from "./policy/rules.ts";

/** A party or an agent of an event, as a whole. */
export interface ScreenableBearer {
  /** Where it stands in the event, such as `parties[1]`. */
  readonly path: string;
  readonly role: PartyRole | AgentRole;
  /** In a role whose name must be there. */
  readonly named: boolean;
  readonly record: ScreenedParty | ScreenedAgent;
}

/** An absent name of an agent is none: a BIC may stand for it. An empty one is missing. */
export function lacksName({ record }: ScreenableBearer): boolean {
  return record.name === "";
}

const has = (...texts: readonly (string | null | undefined)[]): boolean =>
  texts.some((text) => text !== null && text !== undefined && /[\p{L}\p{N}]/u.test(text));

/** A BIC, an LEI or a clearing number. */
export function hasCode({ record }: ScreenableBearer): boolean {
  if ("bic" in record) return has(record.bic, record.lei, record.clearingId);
  return record.identifiers.some(({ kind, value }) => (kind === "BIC" || kind === "LEI") && has(value));
}

/** Whether it tells this of itself. An agent has no birth and no nationality: nothing is asked of it there. */
export function tells(bearer: ScreenableBearer, field: BearerField): boolean {
  const { record } = bearer;
  const { address, account } = record;
  const party = "nationalities" in record ? record : null;
  switch (field) {
    case "address":
      return has(address?.street, address?.town, address?.postCode, address?.region, ...(address?.lines ?? []));
    case "town":
      return has(address?.town);
    case "country":
      return has(address?.country, party?.residence);
    case "account":
      return has(account?.value);
    case "code":
      return hasCode(bearer);
    case "birthDate":
      return party === null || has(party.birthDate);
    case "birthPlace":
      return party === null || has(party.birthPlace);
    case "nationality":
      return party === null || has(...party.nationalities);
    case "identifier":
      return party === null ? hasCode(bearer) : has(...party.identifiers.map(({ value }) => value));
  }
}
