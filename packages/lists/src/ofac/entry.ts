import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type ListedName,
  type NameKind,
} from "@cordon/screening";

import { createEntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { nationalitiesOf } from "../publisher/nationalities.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { naturalOrder } from "./natural-name.ts";
import type { OfacRemarks } from "./remarks.ts";

/** `SDN_Type`; an entity has none. */
export const ofacTypes: ReadonlyMap<string | null, DesignationType> = new Map<string | null, DesignationType>([
  ["individual", "PERSON"],
  ["vessel", "VESSEL"],
  ["aircraft", "AIRCRAFT"],
  [null, "ORGANISATION"],
]);

/** `alt_type`. A name now in use is one more name of the entry. */
export const ofacAliasKinds: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ["aka", "ALIAS"],
  ["fka", "FORMER"],
  ["nka", "ALIAS"],
]);

/** What the four files say of one entry. */
export interface OfacEntry {
  readonly key: string;
  readonly type: DesignationType;
  readonly name: string;
  /** The names of alt.csv. */
  readonly aliases: readonly { readonly text: string; readonly kind: NameKind }[];
  /** As published: several share a cell, with inner brackets only (`SDGT] [IFSR`). */
  readonly programmes: string;
  readonly callSign: string | null;
  readonly remarks: OfacRemarks;
}

/**
 * The forms of one published name that a payment could carry. A person's `SURNAME, Given` stands in natural order as
 * well: beside the primary name as a spelling of it.
 */
function forms({ text, kind, strength }: ListedName, type: DesignationType): readonly ListedName[] {
  return separateNames(text).flatMap((name) => {
    const natural = type === "PERSON" ? naturalOrder(name) : null;
    const published = { text: name, kind, strength };
    if (natural === null) return [published];
    return [published, { text: natural, kind: kind === "PRIMARY" ? "VARIATION" : kind, strength }];
  });
}

/** OFAC tells weak a.k.a.s apart, so every other name is a strong one. */
function namesOf({ type, name, aliases, remarks }: OfacEntry): readonly ListedName[] {
  const names = createEntryNames();
  const published: readonly ListedName[] = [
    { text: name, kind: "PRIMARY", strength: "STRONG" },
    ...aliases.map((alias): ListedName => ({ ...alias, strength: "STRONG" })),
    ...remarks.weakNames.map((weak): ListedName => ({ ...weak, strength: "WEAK" })),
  ];
  for (const listed of published) for (const form of forms(listed, type)) names.add(form);
  return names.list();
}

function distinctDates(dates: readonly ListedBirthDate[]): readonly ListedBirthDate[] {
  return [...new Map(dates.map((date) => [Object.values(date).join(" "), date])).values()];
}

/** The entry as a designation. Measures and dates of listing are not in these files. */
export function ofacDesignation(entry: OfacEntry, unknown: Tally): Designation {
  const { key, type, remarks, callSign } = entry;
  const identifiers = createEntryIdentifiers();
  if (callSign !== null) identifiers.add("OTHER", callSign, "Call Sign");
  for (const { kind, value, note } of remarks.identifiers) identifiers.add(kind, value, note);
  const programmes = entry.programmes.split("] [").map((programme) => programme.trim());
  return {
    id: designationId("ofac", key),
    list: "ofac",
    type,
    names: namesOf(entry),
    regime: programmes.join(", "),
    regimeCode: programmes.length === 1 ? (programmes[0] ?? null) : null,
    measures: [],
    birthDates: distinctDates(remarks.birthDates),
    nationalities: nationalitiesOf(remarks.nationalities, unknown),
    identifiers: identifiers.list(),
    designatedOn: null,
    updatedOn: null,
    references: [],
  };
}
