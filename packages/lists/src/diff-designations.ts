import {
  type ComparedField,
  comparedFields,
  type Designation,
  type DesignationId,
  normalisedField,
} from "@cordon/matching/listed";

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

function byId(designations: readonly Designation[]): ReadonlyMap<DesignationId, Designation> {
  return new Map(
    designations
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((designation): [DesignationId, Designation] => [designation.id, designation]),
  );
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
