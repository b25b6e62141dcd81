import {
  type Account,
  type Address,
  type Agent,
  type AgentRole,
  type ConversionProblem,
  decimalFromString,
  type Identifier,
  type IdentifierKind,
  madeAsEvent,
  type MessageSource,
  type Money,
  newParty,
  type Origin,
  type Party,
  type PartyRole,
  type PartyType,
  type Payment,
  type Rail,
} from "@cordon/schemas";

import type { ConvertedField, FieldKind, FieldRole } from "./converted.ts";
import { joinSources, partOf, type SourceText } from "./text/source-text.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type DraftParty = Mutable<Omit<Party, "identifiers" | "nationalities">> & {
  readonly identifiers: Identifier[];
  readonly nationalities: string[];
};
export type DraftAgent = Mutable<Agent>;
export type DraftAddress = Mutable<Omit<Address, "lines">> & { readonly lines: string[] };

/** A text and how it is told: what of a composed text of the event stands in one place of the message. */
export interface Atom {
  /** Null: it is told elsewhere, and stands in the event a second time. */
  readonly kind: FieldKind | null;
  readonly source: SourceText;
}

/** Arrays of texts that belong to nobody, and the role of each. */
const lineRoles = {
  remittanceInformation: "REMITTANCE_INFORMATION",
  instructions: "INSTRUCTION",
  regulatoryReporting: "REGULATORY_REPORTING",
} as const;

export type LineArray = keyof typeof lineRoles;

/** What one transaction says, as it is gathered: the event, and where each text of it stands. */
export interface EventDraft {
  readonly parties: DraftParty[];
  readonly agents: DraftAgent[];
  readonly lines: Readonly<Record<LineArray, readonly string[]>>;
  readonly purposes: readonly SourceText[];
  messageType: string;
  rail: Rail | null;
  money: Money | null;
  instructionId: string | null;
  endToEndId: string | null;
  uetr: string | null;
  createdAt: number | null;
  /** Adds a party in that role and tells its path in the event. */
  party(role: PartyRole, type?: PartyType): { readonly party: DraftParty; readonly path: string };
  agent(role: AgentRole): { readonly agent: DraftAgent; readonly path: string };
  /** Puts texts into one text of the event, which it gives back. */
  put(at: { readonly path: string; readonly role: FieldRole }, atoms: readonly Atom[], joints?: string): string;
  /** The same, where the event says it in another way than the message: `whole` is what the event says. */
  putAs(at: { readonly path: string; readonly role: FieldRole }, atoms: readonly Atom[], whole: SourceText): string;
  identifier(
    to: { readonly party: DraftParty; readonly path: string },
    kind: IdentifierKind,
    value: Atom,
    issuer?: SourceText | null,
  ): void;
  line(array: LineArray, kind: FieldKind | null, source: SourceText): void;
  /** A reference that people give: the event has it in a field of its own. */
  reference(field: "instructionId" | "endToEndId" | "uetr", source: SourceText): void;
  purpose(source: SourceText): void;
  problem(code: string, path: string | null, detail: string): void;
  finish(
    eventId: string,
    source: MessageSource,
    receivedAt: number,
  ): { readonly event: Payment; readonly fields: readonly ConvertedField[] };
}

/** What stands for a character that a conversion could not read. */
const LOST = "\uFFFD";

export function emptyAddress(): DraftAddress {
  return { country: null, town: null, postCode: null, street: null, lines: [], region: null };
}

export function eventDraft(messageType: string): EventDraft {
  const parties: DraftParty[] = [];
  const agents: DraftAgent[] = [];
  const lines: Record<LineArray, string[]> = { remittanceInformation: [], instructions: [], regulatoryReporting: [] };
  const purposes: SourceText[] = [];
  const origins: Origin[] = [];
  const fields: ConvertedField[] = [];
  const problems: ConversionProblem[] = [];
  const told = new Set<string>();

  const draft: EventDraft = {
    parties,
    agents,
    lines,
    purposes,
    messageType,
    rail: null,
    money: null,
    instructionId: null,
    endToEndId: null,
    uetr: null,
    createdAt: null,
    party(role, type = "UNKNOWN") {
      const party: DraftParty = { ...newParty(role, "", type), identifiers: [], nationalities: [] };
      parties.push(party);
      return { party, path: `parties[${String(parties.length - 1)}]` };
    },
    agent(role) {
      const agent: DraftAgent = {
        role,
        bic: null,
        lei: null,
        name: null,
        clearingId: null,
        address: null,
        account: null,
      };
      agents.push(agent);
      return { agent, path: `agents[${String(agents.length - 1)}]` };
    },
    put(at, atoms, joints = " ") {
      const sources = atoms.map(({ source }) => source);
      return draft.putAs(at, atoms, joinSources(sources, joints));
    },
    putAs({ path, role }, atoms, whole) {
      for (const { kind, source } of atoms) {
        tell(role, kind, source, path);
        if (source.text.includes(LOST))
          draft.problem("NAME_UNREADABLE", source.path, "a character that was lost before the message came");
      }
      addOrigin(path, whole);
      return whole.text;
    },
    reference(field, source) {
      draft[field] = source.text;
      addOrigin(field, source);
    },
    identifier({ party, path }, kind, value, issuer = null) {
      const at = `${path}.identifiers[${String(party.identifiers.length)}]`;
      const text = draft.put({ path: `${at}.value`, role: party.role }, [value]);
      const by =
        issuer === null
          ? null
          : draft.put({ path: `${at}.issuer`, role: party.role }, [{ kind: "TEXT", source: issuer }]);
      party.identifiers.push({ kind, value: text, issuer: by });
    },
    line(array, kind, source) {
      const path = `${array}[${String(lines[array].length)}]`;
      lines[array].push(draft.put({ path, role: lineRoles[array] }, [{ kind, source }]));
    },
    purpose(source) {
      purposes.push(source);
    },
    problem(code, sourcePath, detail) {
      const key = `${code} ${sourcePath ?? ""} ${detail}`;
      if (told.has(key)) return;
      told.add(key);
      problems.push({ code, sourcePath, detail });
    },
    finish(eventId, source, receivedAt) {
      const purpose =
        purposes.length === 0
          ? null
          : draft.put(
              { path: "purpose", role: "PURPOSE" },
              purposes.map((text) => ({ kind: "TEXT" as const, source: text })),
              "; ",
            );
      const event: Payment = {
        ...madeAsEvent,
        eventId,
        rail: draft.rail ?? "OTHER",
        messageType: draft.messageType,
        instructionId: draft.instructionId,
        endToEndId: draft.endToEndId,
        uetr: draft.uetr,
        createdAt: draft.createdAt ?? receivedAt,
        decideBy: null,
        money: draft.money ?? noMoney,
        parties,
        agents,
        ...lines,
        purpose,
        source,
        origins,
        problems,
      };
      return { event, fields: fields.toSorted((a, b) => a.start - b.start) };
    },
  };
  return draft;

  function tell(role: FieldRole, kind: FieldKind | null, source: SourceText, eventPath: string): void {
    if (source.text === "" || kind === null) return;
    const { path, text, start, end, pieces } = source;
    fields.push({ path, role, kind, text, start, end, eventPath, ...(pieces.length > 0 ? { pieces } : {}) });
  }

  function addOrigin(path: string, { path: sourcePath, start, end, pieces, text }: SourceText): void {
    if (text !== "") origins.push({ path, sourcePath, start, end, pieces: [...pieces] });
  }
}

export const noMoney: Money = Object.freeze({ amount: decimalFromString("0"), currency: "XXX" });

/** Null for what is no amount that an event can hold. */
export function moneyOf(amount: string, currency: string): Money | null {
  const plain = amount
    .trim()
    .replace(",", ".")
    .replace(/\.$/, "")
    .replace(/^0+(?=\d)/, "")
    .replace(/(\.\d{5})0+$/, "$1");
  if (!/^[A-Za-z]{3}$/.test(currency)) return null;
  try {
    return { amount: decimalFromString(plain), currency: currency.toUpperCase() };
  } catch {
    return null;
  }
}

/** Texts that stand where a name must, and are none. */
export function isNoName(text: string): boolean {
  return /^[/\s.]*(?:NOT ?PROVIDED|NOT ?AVAILABLE|NONREF|UNKNOWN|SAME AS ABOVE|N\/?A)?[\s./]*$/i.test(text);
}

/** Eight letters and digits, or eleven, the first four of them letters. */
export function isBic(text: string): boolean {
  return /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/i.test(text);
}

export function accountOf(kind: "IBAN" | "ACCOUNT", value: string, name: string | null): Account {
  return { kind: kind === "IBAN" ? "IBAN" : "OTHER", value, name };
}

/** A code and the rest of a clearing number, without blanks. */
export { partOf };
