import type { IdentifierKind, ListedIdentifier } from "@cordon/screening";

import type { Tally } from "../tally.ts";
import { isBic, isIban, isImoNumber, isLei, isMmsi } from "./check-numbers.ts";
import { countryCode } from "./countries.ts";
import { identifiersInProse } from "./prose-identifiers.ts";

export interface IdentifierExtras {
  /** The issuing country as published; "" for none. */
  readonly country?: string;
  /** Of a wallet. */
  readonly currency?: string;
}

export interface EntryIdentifiers {
  readonly add: (kind: IdentifierKind, value: string, note: string, extras?: IdentifierExtras) => void;
  /** Adds what stands in a text written for people; `note` says where. Returns whether there was anything. */
  readonly addFromProse: (text: string, note: string) => boolean;
  readonly list: () => readonly ListedIdentifier[];
}

interface Collected {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly notes: Set<string>;
  country: string | undefined;
  currency: string | undefined;
}

/** What of a kind can be checked: spaces and hyphens taken out, capitals, the check passed; null if it does not. */
const checks: Readonly<Partial<Record<IdentifierKind, (text: string) => string | null>>> = {
  IMO: (text) => {
    const digits = text.replace(/^IMO[\s:#.-]*/, "");
    return isImoNumber(digits) ? digits : null;
  },
  MMSI: (text) => (isMmsi(text) ? text : null),
  LEI: (text) => (isLei(text) ? text : null),
  BIC: (text) => (isBic(text) ? text : null),
  IBAN: (text) => (isIban(text) ? text : null),
};

/**
 * Collects the identifiers of one entry: each value of a kind once, its different notes joined by `; `. Numbers with a
 * shape or a check digit are written in one way (`IMO 9074729`, `9074729`); one that fails its check stays as it was
 * published and is counted, because the publisher's slip of the pen may be in the payment, too.
 */
export function createEntryIdentifiers(unknown: Tally): EntryIdentifiers {
  const byKey = new Map<string, Collected>();

  const add: EntryIdentifiers["add"] = (kind, published, note, { country = "", currency = "" } = {}) => {
    if (published === "") return;
    const check = checks[kind];
    const checked = check?.(published.toUpperCase().replaceAll(/[\s-]/g, "")) ?? null;
    if (check !== undefined && checked === null) unknown.count(`${kind} that fails its check`);
    const value = checked ?? published;
    const key = `${kind} ${value}`;
    const known = byKey.get(key) ?? { kind, value, notes: new Set(), country: undefined, currency: undefined };
    if (note !== "") known.notes.add(note);
    if (country !== "") known.country ??= countryCode(country) ?? country;
    if (currency !== "") known.currency ??= currency;
    byKey.set(key, known);
  };

  return {
    add,
    addFromProse: (text, note) => {
      const { found, failed } = identifiersInProse(text);
      for (const kind of failed) unknown.count(`${kind} in prose that fails its check`);
      for (const { kind, value, what, currency } of found) {
        if (byKey.has(`${kind} ${value}`)) continue;
        add(kind, value, [what, note].filter((words) => words !== "").join(", "), { currency });
      }
      return found.length > 0;
    },
    list: () =>
      [...byKey.values()].map(({ kind, value, notes, country, currency }) => ({
        kind,
        value,
        note: notes.size > 0 ? [...notes].join("; ") : null,
        ...(country === undefined ? {} : { country }),
        ...(currency === undefined ? {} : { currency }),
      })),
  };
}
