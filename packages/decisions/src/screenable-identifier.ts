import type { AskedKind, BearerFacts } from "@cordon/matching";
import type { Account, AgentRole, PartyRole, ScreenedAgent, ScreenedParty } from "@cordon/schemas";

import { kindOfContact, type TextKind } from "./text-kind.ts";
import type { TextRole } from "./text-role.ts";

/** One identifier of an event that is looked up in the index. */
export interface ScreenableIdentifier {
  /** Where it stands in the event, such as `agents[0].bic` or `parties[1].identifiers[0].value`. */
  readonly path: string;
  readonly bearer: "party" | "agent" | "account" | "text";
  readonly role: PartyRole | AgentRole | TextRole;
  /** As received. */
  readonly text: string;
  readonly kind: AskedKind;
  /** Issuing country or scheme, as received. */
  readonly issuer: string | null;
  /** What else the event says of the bearer. */
  readonly facts: BearerFacts;
}

const ownKinds: ReadonlySet<string> = new Set<AskedKind & TextKind>([
  "IBAN",
  "ACCOUNT",
  "BIC",
  "LEI",
  "CLEARING",
  "PHONE",
  "EMAIL",
]);

/** What the text of an identifier is meant to hold. */
export function textKindOf(kind: AskedKind): TextKind {
  return ownKinds.has(kind) ? (kind as AskedKind & TextKind) : "ID";
}

/** Those of a party, of its account, and its contact. */
export function partyIdentifiers(path: string, party: ScreenedParty, role: PartyRole): readonly ScreenableIdentifier[] {
  const { identifiers, account, contact } = party;
  const facts = partyFacts(party);
  const common = { bearer: "party", role, issuer: null, facts } as const;
  const found: ScreenableIdentifier[] = identifiers.map(({ kind, value, issuer }, i) => ({
    ...common,
    path: `${path}.identifiers[${String(i)}].value`,
    text: value,
    kind,
    issuer,
  }));
  if (account !== null) found.push(accountIdentifier({ ...common, path }, account));
  if (contact !== null) {
    found.push({ ...common, path: `${path}.contact`, text: contact, kind: kindOfContact(contact) });
  }
  return found;
}

export function agentIdentifiers(path: string, agent: ScreenedAgent, role: AgentRole): readonly ScreenableIdentifier[] {
  const facts = agentFacts(agent);
  const given = { bic: "BIC", lei: "LEI", clearingId: "CLEARING" } as const;
  const found: ScreenableIdentifier[] = [];
  for (const field of ["bic", "lei", "clearingId"] as const) {
    const text = agent[field];
    if (text !== null)
      found.push({ path: `${path}.${field}`, bearer: "agent", role, text, kind: given[field], issuer: null, facts });
  }
  const common = { role, issuer: null, facts, path } as const;
  if (agent.account !== null) found.push(accountIdentifier(common, agent.account));
  return found;
}

function accountIdentifier(
  of: Pick<ScreenableIdentifier, "path" | "role" | "issuer" | "facts">,
  { kind, value }: Account,
): ScreenableIdentifier {
  const asked = kind === "IBAN" ? "IBAN" : "ACCOUNT";
  return { ...of, path: `${of.path}.account.value`, bearer: "account", text: value, kind: asked };
}

export function partyFacts({ type, birthDate, nationalities, residence, address }: ScreenedParty): BearerFacts {
  const countries = [residence, address?.country ?? null].filter((country) => country !== null);
  return { type, birthDate, nationalities, countries };
}

/** A bank's country stands in its BIC, in the fifth and sixth place. */
export function agentFacts({ bic, address }: ScreenedAgent): BearerFacts {
  const countries = [bic?.slice(4, 6) ?? null, address?.country ?? null].filter((country) => country !== null);
  return { type: "ORGANISATION", birthDate: null, nationalities: [], countries };
}
