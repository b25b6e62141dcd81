import { type Agent, type AgentRole, decimalFromString, type Money, type Party, type PartyRole } from "@cordon/schemas";

import { type Culture, cultures } from "./names.ts";
import type { Random } from "./random.ts";

const banks: readonly { readonly code: string; readonly name: string }[] = [
  { code: "TIDE", name: "Tidewater Savings Bank" },
  { code: "OAKM", name: "Oakmoor Mutual" },
  { code: "LUMA", name: "Lumen Handelsbank" },
  { code: "QZRA", name: "Quartz River Credit Union" },
  { code: "VELO", name: "Banque du Velodrome" },
];

/** Names of the invented banks that agents carry. */
export const bankNames: readonly string[] = banks.map(({ name }) => name);

const currencies: Readonly<Record<string, string>> = {
  GB: "GBP",
  JP: "JPY",
  TR: "TRY",
  IN: "INR",
  PL: "PLN",
  BR: "BRL",
};
const euro = new Set(["DE", "FR", "ES", "GR", "FI"]);

export function currencyOf({ country }: Culture): string {
  return currencies[country] ?? (euro.has(country) ? "EUR" : "USD");
}

export function someMoney(currency: string, random: Random): Money {
  const hundredths = 500 + random.below(random.oneIn(10) ? 50_000_000 : 400_000);
  return { amount: decimalFromString((hundredths / 100).toFixed(2)), currency };
}

export function someCulture(random: Random): Culture {
  return random.pick(cultures);
}

/** A person's name in the order of their culture. */
export function personName({ given, family, order }: Culture, random: Random): string {
  const first = random.pick(given);
  const last = random.pick(family);
  return order === "given-first" ? `${first} ${last}` : `${last} ${first}`;
}

function somePhone(random: Random): string {
  return `+${String(1 + random.below(98))} ${String(100_000_000 + random.below(900_000_000))}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function someBirthDate(random: Random): string {
  return `${String(1945 + random.below(60))}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

/** Nobody in particular, from that culture. */
export function innocentParty(role: PartyRole, culture: Culture, options: { random: Random; firms: boolean }): Party {
  const { random, firms } = options;
  const firm = firms && random.oneIn(4);
  return {
    role,
    name: firm ? random.pick(culture.firms) : personName(culture, random),
    type: firm ? "ORGANISATION" : "PERSON",
    address: {
      country: culture.country,
      town: random.pick(culture.towns),
      postCode: random.oneIn(2) ? String(10_000 + random.below(90_000)) : null,
      street: null,
      lines: [],
      region: null,
    },
    birthDate: firm || !random.oneIn(3) ? null : someBirthDate(random),
    birthPlace: null,
    nationalities: firm ? [] : [culture.country],
    residence: firm ? null : culture.country,
    identifiers: random.oneIn(5)
      ? [
          {
            kind: firm ? "REGISTRATION" : "PASSPORT",
            value: String(10_000_000 + random.below(90_000_000)),
            issuer: culture.country,
          },
        ]
      : [],
    account: { kind: "OTHER", value: String(1_000_000_000 + random.below(1_000_000_000)), name: null },
    contact: firm ? null : somePhone(random),
  };
}

export function someAgent(role: AgentRole, culture: Culture, random: Random): Agent {
  const bank = random.pick(banks);
  return {
    role,
    bic: `${bank.code}${culture.country}2L`,
    lei: null,
    name: random.oneIn(3) ? bank.name : null,
    clearingId: null,
    address: null,
    account: null,
  };
}
