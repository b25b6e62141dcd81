import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type ListedName,
  type NameKind,
} from "@cordon/matching/listed";

import type { EntryDetails } from "../publisher/entry-details.ts";
import type { EntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { naturalOrder } from "./natural-name.ts";

/** OFAC's two lists: the SDN list, and the consolidated list of everybody under other measures. */
export type OfacListName = "ofac" | "ofac-consolidated";

/** `SDN_Type` of the CSV and `sdnType` of the XML, in lower case; in the CSV an entity has none. */
export const ofacTypes: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["individual", "PERSON"],
  ["vessel", "VESSEL"],
  ["aircraft", "AIRCRAFT"],
  ["entity", "ORGANISATION"],
]);

/** Types of alias, in lower case and without dots. A name now in use is one more name of the entry. */
export const ofacAliasKinds: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ["aka", "ALIAS"],
  ["fka", "FORMER"],
  ["nka", "ALIAS"],
]);

/** What any edition says of one entry. */
export interface OfacEntry {
  readonly list: OfacListName;
  readonly key: string;
  readonly type: DesignationType;
  /** As published, a person's as `SURNAME, Given`, the primary one first. */
  readonly names: readonly ListedName[];
  /** Null where they stand further down in the file. */
  readonly programmes: readonly string[] | null;
  readonly birthDates: readonly ListedBirthDate[];
  /** Countries as published, of nationality and citizenship. */
  readonly nationalities: readonly string[];
  readonly identifiers: EntryIdentifiers;
  readonly details: EntryDetails;
}

/**
 * The forms of one published name that a payment could carry. A person's `SURNAME, Given` stands in natural order as
 * well: beside the primary name as a spelling of it.
 */
function forms(name: ListedName, type: DesignationType): readonly ListedName[] {
  return separateNames(name.text).flatMap((text) => {
    const natural = type === "PERSON" ? naturalOrder(text) : null;
    const published = { ...name, text };
    if (natural === null) return [published];
    return [published, { ...name, text: natural, kind: name.kind === "PRIMARY" ? "VARIATION" : name.kind }];
  });
}

function namesOf({ type, names }: OfacEntry, unknown: Tally): readonly ListedName[] {
  const collected = createEntryNames(unknown);
  for (const name of names) for (const form of forms(name, type)) collected.add(form);
  return collected.list();
}

function distinctDates(dates: readonly ListedBirthDate[]): readonly ListedBirthDate[] {
  return [...new Map(dates.map((date) => [Object.values(date).join(" "), date])).values()];
}

/** The regime is the programmes; only one alone is a code. None at all is counted. */
export function regimeOf(programmes: readonly string[], unknown: Tally): Pick<Designation, "regime" | "regimeCode"> {
  if (programmes.length === 0) unknown.count("designation without a programme");
  const distinct = [...new Set(programmes)];
  return { regime: distinct.join(", "), regimeCode: distinct.length === 1 ? (distinct[0] ?? null) : null };
}

/**
 * The entry as a designation. The CSV and SDN.XML have no measures and no dates of listing. Whoever is on the SDN list
 * is blocked; on the consolidated list other measures stand, too, so nothing is claimed for it.
 */
export function ofacDesignation(entry: OfacEntry, unknown: Tally): Designation {
  const { list, key, type, identifiers, details } = entry;
  return {
    id: designationId(list, key),
    list,
    type,
    names: namesOf(entry, unknown),
    ...(entry.programmes === null ? { regime: "", regimeCode: null } : regimeOf(entry.programmes, unknown)),
    measures: [],
    birthDates: distinctDates(entry.birthDates),
    nationalities: nationalitiesOf(entry.nationalities, unknown),
    identifiers: identifiers.list(),
    designatedOn: null,
    updatedOn: null,
    references: [],
    ...(list === "ofac" ? { assetFreeze: true } : {}),
    ...details.fields(),
  };
}
