import { type IdentifierKind, keysOfListed, type ListedIdentifier } from "@cordon/matching/listed";

import type { Tally } from "../tally.ts";
import { isBic, isIban, isImoNumber, isLei, isMmsi } from "./check-numbers.ts";
import { countUnread } from "./count-unread.ts";
import { countryCode } from "./countries.ts";
import { identifiersInProse, type ProseIdentifier } from "./prose-identifiers.ts";

export interface IdentifierExtras {
  /** The issuing country as published; "" for none. */
  readonly country?: string;
  /** Of a wallet. */
  readonly currency?: string;
}

export interface EntryIdentifiers {
  readonly add: (kind: IdentifierKind, value: string, note: string, extras?: IdentifierExtras) => void;
  /**
   * Adds a cell in which several things may stand: those that tell what they are as such, and the whole cell under the
   * kind of its column where anything is left that may be a number.
   */
  readonly addCell: (kind: IdentifierKind, cell: string, note: string) => void;
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

/** What of a kind can be checked: whether it passes, in capitals without spaces and hyphens. */
const checks: Readonly<Partial<Record<IdentifierKind, (text: string) => boolean>>> = {
  IMO: isImoNumber,
  MMSI: isMmsi,
  LEI: isLei,
  BIC: isBic,
  IBAN: isIban,
};

/** The runs of a cell that can be one of the kind; those of digits may be glued to a label. */
const candidates: Readonly<Partial<Record<IdentifierKind, RegExp>>> = {
  IMO: /(?<!\d)\d{7}(?!\d)/g,
  MMSI: /(?<!\d)\d{9}(?!\d)/g,
  LEI: /(?<![\dA-Z])[\dA-Z]{20}(?![\dA-Z])/g,
  BIC: /(?<![\dA-Z])[A-Z]{6}(?:[\dA-Z]{2}|[\dA-Z]{5})(?![\dA-Z])/g,
  IBAN: /(?<![\dA-Z])[A-Z]{2}\d{2}[\dA-Z]{11,30}(?![\dA-Z])/g,
};

/**
 * The values to keep of a cell whose kind has a check: each that passes, written in one way (`IMO 9074729`,
 * `9074729`), and the cell as published where anything else in it may be one.
 */
function checkedValues(kind: IdentifierKind, published: string): { values: readonly string[]; failed: boolean } {
  const check = checks[kind];
  if (check === undefined) return { values: [published], failed: false };
  const capitals = published.toUpperCase();
  const whole = capitals.replaceAll(/[\s-]/g, "").replace(/^IMO[:#.]*(?=\d)/, "");
  if (check(whole)) return { values: [whole], failed: false };
  const runs = capitals.match(candidates[kind] ?? /$^/g) ?? [];
  const good = [...new Set(runs.filter(check))];
  const failed = good.length === 0 || runs.some((run) => !check(run));
  return { values: failed ? [...good, published] : good, failed };
}

/**
 * Collects the identifiers of one entry: each value of a kind once, its different notes joined by `; `. One that fails
 * its check stays as it was published and is counted, because the publisher's slip of the pen may be in the payment, too.
 */
export function createEntryIdentifiers(unknown: Tally): EntryIdentifiers {
  const byKey = new Map<string, Collected>();

  const keep: EntryIdentifiers["add"] = (kind, value, note, { country = "", currency = "" } = {}) => {
    const key = `${kind} ${value}`;
    const known = byKey.get(key) ?? { kind, value, notes: new Set(), country: undefined, currency: undefined };
    if (note !== "") known.notes.add(note);
    if (country !== "") known.country ??= countryCode(country) ?? country;
    if (currency !== "") known.currency ??= currency;
    byKey.set(key, known);
  };

  const add: EntryIdentifiers["add"] = (kind, published, note, extras) => {
    if (published === "") return;
    const { values, failed } = checkedValues(kind, published);
    if (failed) unknown.count(`${kind} that fails its check`);
    for (const value of values) {
      if (!failed && !byKey.has(`${kind} ${value}`)) countUnread(unknown, { kind, value });
      keep(kind, value, note, extras);
    }
  };

  const addFound = (found: readonly ProseIdentifier[], note: string): void => {
    for (const { kind, value, what, currency } of found) {
      if (byKey.has(`${kind} ${value}`)) continue;
      add(kind, value, [what, note].filter((words) => words !== "").join(", "), { currency });
    }
  };

  return {
    add,
    addCell: (kind, cell, note) => {
      if (cell === "") return;
      const { found, rest } = identifiersInProse(cell);
      addFound(found, note === "" && found.some((one) => one.value !== cell) ? cell : note);
      // A cell that has but a number that many share (KPP) is kept for people to read: it identifies nobody.
      const onlyShared = found.length === 0 && rest !== cell && !/\d{4}/.test(rest);
      if (onlyShared) keep(kind, cell, note);
      else if (found.length === 0 || keysOfListed({ kind, value: rest }).length > 0) add(kind, cell, note);
    },
    addFromProse: (text, note) => {
      const { found, failed } = identifiersInProse(text);
      for (const kind of failed) unknown.count(`${kind} in prose that fails its check`);
      addFound(found, note);
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
