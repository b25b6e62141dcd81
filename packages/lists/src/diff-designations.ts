import type { Designation, DesignationId } from "@cordon/screening";

/**
 * The fields a change is looked for in. `updatedOn` is not one, nor are the remarks: a new stamp or a sentence put
 * better changes nothing for screening.
 */
export const comparedFields = [
  "type",
  "names",
  "regime",
  "regimeCode",
  "measures",
  "birthDates",
  "nationalities",
  "identifiers",
  "designatedOn",
  "references",
  "assetFreeze",
  "addresses",
  "birthPlaces",
  "vesselFacts",
] as const satisfies readonly (keyof Designation)[];

export type ComparedField = (typeof comparedFields)[number];

export interface AmendedDesignation {
  readonly before: Designation;
  readonly after: Designation;
  /** At least one, in the order of `comparedFields`. */
  readonly changedFields: readonly ComparedField[];
}

/** Each part sorted by designation id. */
export interface ListDiff {
  readonly added: readonly Designation[];
  readonly amended: readonly AmendedDesignation[];
  readonly removed: readonly Designation[];
}

function normalisedText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}

/** A capital in the address of a wallet is marked, because it is another wallet with a small letter there. */
function withWalletsMarked(identifiers: Designation["identifiers"]): Designation["identifiers"] {
  return identifiers.map((identifier) =>
    identifier.kind === "WALLET"
      ? { ...identifier, value: identifier.value.replaceAll(/[A-Z]/g, (capital) => `^${capital}`) }
      : identifier,
  );
}

/** One text for a value: equal for values that differ only in case, white space, order or repetition. */
function normalised(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(normalisedText(value));
  if (Array.isArray(value)) return `[${[...new Set(value.map(normalised))].toSorted().join(",")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${normalised(field)}`).join(",")}}`;
}

function byId(designations: readonly Designation[]): ReadonlyMap<DesignationId, Designation> {
  return new Map(
    designations
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((designation): [DesignationId, Designation] => [designation.id, designation]),
  );
}

/** One text for a field: equal for values that are the same for screening. */
function normalisedField(designation: Designation, field: ComparedField): string {
  return normalised(field === "identifiers" ? withWalletsMarked(designation.identifiers) : designation[field]);
}

/**
 * What changed between two versions, by designation id, on normalised records: an edit of case, white space, order or
 * `updatedOn` only is no change. Give it complete versions that passed their guards: an absent id is a removal.
 */
export function diffDesignations(before: readonly Designation[], after: readonly Designation[]): ListDiff {
  const old = byId(before);
  const next = byId(after);
  const amended: AmendedDesignation[] = [];
  for (const [id, now] of next) {
    const was = old.get(id);
    if (was === undefined) continue;
    const changedFields = comparedFields.filter((field) => normalisedField(was, field) !== normalisedField(now, field));
    if (changedFields.length > 0) amended.push({ before: was, after: now, changedFields });
  }
  return {
    added: [...next.values()].filter(({ id }) => !old.has(id)),
    amended,
    removed: [...old.values()].filter(({ id }) => !next.has(id)),
  };
}
