import { decimalToString } from "@cordon/schemas";

import type { EventFacts } from "./event-facts.ts";
import type { AmountCondition, PolicyRule, RuleConditions } from "./rules.ts";

/** Which facts of an event its rules ask for at all: those that nobody asks for need not be read. */
export interface Asked {
  readonly anything: boolean;
  readonly corridor: boolean;
}

export function askedBy(rules: readonly PolicyRule[]): Asked {
  const conditions = rules.map(({ when }) => when);
  const corridor = conditions.some(({ from, to, fromAny, toAny }) => [from, to, fromAny, toAny].some(isTold));
  const others = conditions.some(({ event, rail, channel, amount }) => [event, rail, channel, amount].some(isTold));
  return { anything: corridor || others, corridor };
}

/** Whether the event is one that the rule speaks of. Its role and kind are asked of each text. */
export function holdsForEvent(when: RuleConditions, facts: EventFacts): boolean {
  const { event, rail, channel, from, to, fromAny, toAny, amount } = when;
  return (
    (event === undefined || event === facts.event) &&
    isOneOf(facts.rail, rail) &&
    isOneOf(facts.channel, channel) &&
    areAllOf(facts.from, from) &&
    areAllOf(facts.to, to) &&
    isAnyOf(facts.from, fromAny) &&
    isAnyOf(facts.to, toAny) &&
    (amount === undefined || isAmount(facts, amount))
  );
}

function isTold(condition: unknown): boolean {
  return condition !== undefined;
}

function isOneOf(value: string | null, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function areAllOf(values: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (values.length > 0 && values.every((value) => wanted.includes(value)));
}

function isAnyOf(values: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || values.some((value) => wanted.includes(value));
}

/** An amount that cannot be read is none. */
function isAmount({ money }: EventFacts, { currency, atLeast, below }: AmountCondition): boolean {
  if (money === null || money.currency.trim().toUpperCase() !== currency) return false;
  const amount = readAmount(money.amount);
  if (amount === null) return false;
  return (atLeast === undefined || amount >= scaled(atLeast)) && (below === undefined || amount < scaled(below));
}

function readAmount(bytes: Uint8Array): bigint | null {
  try {
    return scaled(decimalToString(bytes));
  } catch {
    return null;
  }
}

/** ISO 20022's amounts have five decimals. */
const DECIMALS = 5;

/** A plain decimal number in units of 10^-5. */
function scaled(text: string): bigint {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const magnitude = BigInt(whole + fraction.padEnd(DECIMALS, "0"));
  return text.startsWith("-") ? -magnitude : magnitude;
}
