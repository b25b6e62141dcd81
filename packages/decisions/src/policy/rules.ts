import type { HoldReason } from "@cordon/errors";
import type { PlaceRule } from "@cordon/matching";
import type { AgentRole, PartyRole } from "@cordon/schemas";

import type { TextKind } from "../text-kind.ts";
import type { TextRole } from "../text-role.ts";

/** Whose text it is, or what a text of nobody is for. */
export type RuleRole = PartyRole | AgentRole | TextRole;

/**
 * One rule of a policy: for which events and which of their texts it says something, and what. Of the rules that hold for a
 * text, the last one that says something of a setting decides it.
 */
export interface PolicyRule {
  readonly name: string;
  /** Why; needed where the rule leaves out what would be compared. */
  readonly because: string | null;
  readonly when: RuleConditions;
  readonly apply: RuleSettings;
}

/** All of them must hold; of several values one must. */
export interface RuleConditions {
  readonly event?: "payment" | "remittance";
  readonly rail?: readonly string[];
  readonly channel?: readonly string[];
  /** Every country that the event tells of that side is one of these, and it tells one. */
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  /** One of the countries that it tells of that side is. */
  readonly fromAny?: readonly string[];
  readonly toAny?: readonly string[];
  readonly amount?: AmountCondition;
  readonly role?: readonly RuleRole[];
  readonly kind?: readonly TextKind[];
}

/** An amount in another currency is neither. */
export interface AmountCondition {
  readonly currency: string;
  /** Decimal numbers. */
  readonly atLeast?: string;
  readonly below?: string;
}

export type NameNeed = "required" | "code" | "optional";

/** What a party or an agent may have to tell of itself. */
export const bearerFields = [
  "address",
  "town",
  "country",
  "birthDate",
  "birthPlace",
  "nationality",
  "account",
  "identifier",
  "code",
] as const;
export type BearerField = (typeof bearerFields)[number];

/** Only these, or all but these. */
export interface Choice {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** What may be said of single texts. */
export interface TextSettings {
  readonly screened?: boolean;
  readonly threshold?: number;
  readonly lists?: Choice;
  readonly regimes?: Choice;
  readonly weakAliases?: "confirm" | "raise";
  /** What a listed place does; `listed`: what its entry says. */
  readonly places?: PlaceRule | "listed";
}

/** What may be said of parties and agents, by their role. */
export interface BearerSettings {
  /** Whether a named role needs a name that can be read, or a BIC, LEI or clearing number is enough, or nothing is needed. */
  readonly name?: NameNeed;
  /** What must be there beside the name. */
  readonly required?: readonly BearerField[];
}

/** What may be said of whole events. */
export interface EventSettings {
  readonly hardConflicts?: "explain" | "clear";
  readonly indexMaxAgeHours?: number;
  /** Whether an event that is decided too late is held. */
  readonly deadline?: "hold" | "tell";
  /** Seconds after its creation by which an event must be decided, beside its own `decideBy`. */
  readonly decideWithinSeconds?: number;
  /** What a problem of the message that an event was made from does. */
  readonly problems?: Readonly<Partial<Record<ConversionCode, "hold" | "tell">>>;
}

export type RuleSettings = TextSettings & BearerSettings & EventSettings;

/** Codes that the conversion of a message may leave in its event. */
export const conversionCodes = [
  "FIELD_MISSING",
  "FIELD_UNREAD",
  "FIELD_TRUNCATED",
  "FIELD_MISPLACED",
  "NAME_UNREADABLE",
  "MESSAGE_INCOMPLETE",
  "COUNT_MISMATCH",
] as const satisfies readonly HoldReason[];
export type ConversionCode = (typeof conversionCodes)[number];
