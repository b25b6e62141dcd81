import type { Designation, DesignationId } from "@cordon/matching";

/** What a list change can bring to light, and what must be compared to see it. */
export interface ChangedEntries {
  /** Old versions, to compare with: of changed entries and of what they are linked with. */
  readonly before: readonly Designation[];
  /** The same in their new versions. */
  readonly after: readonly Designation[];
  /** Entries that can match anew: added ones, amended ones, and those that are linked with one of them. */
  readonly watched: ReadonlySet<DesignationId>;
  readonly added: number;
  readonly amended: number;
}

/**
 * The entries by which screening with the new lists can find more than with the old ones. Whether an entry matches a text hangs on the
 * entry alone; whether an identifier of another entry makes it match, on the two of them, if the lists link them. So an unchanged entry
 * can match anew only if it is linked with a changed one, and to tell whether it matched before takes all that it is linked with. An
 * entry counts as changed when anything of it but its stamp and its remarks is: too many cost time, one too few a finding.
 */
export function changedEntries(before: readonly Designation[], after: readonly Designation[]): ChangedEntries {
  const old = new Map(before.map((designation) => [designation.id, designation]));
  const added = after.filter(({ id }) => !old.has(id));
  const amended = after.filter((designation) => {
    const was = old.get(designation.id);
    return was !== undefined && contentOf(was) !== contentOf(designation);
  });
  const newLinks = linksOf(after);
  const watched = withLinked(
    [...added, ...amended].map(({ id }) => id),
    newLinks,
  );
  const compared = withLinked(withLinked(watched, newLinks), linksOf(before));
  return {
    before: before.filter(({ id }) => compared.has(id)),
    after: after.filter(({ id }) => compared.has(id)),
    watched,
    added: added.length,
    amended: amended.length,
  };
}

/** Everything is new: what is found is compared with nothing. */
export function allEntries(after: readonly Designation[]): ChangedEntries {
  return {
    before: [],
    after,
    watched: new Set(after.map(({ id }) => id)),
    added: after.length,
    amended: 0,
  };
}

function contentOf(designation: Designation): string {
  return JSON.stringify({ ...designation, updatedOn: null, remarks: null });
}

interface Links {
  readonly keysOf: ReadonlyMap<DesignationId, readonly string[]>;
  readonly byKey: ReadonlyMap<string, readonly DesignationId[]>;
}

/** Entries that cite one another, or a common one, are linked: `linkedTo` of the index. */
function linksOf(designations: readonly Designation[]): Links {
  const keysOf = new Map<DesignationId, readonly string[]>();
  const byKey = new Map<string, DesignationId[]>();
  for (const { id, references } of designations) {
    const keys = [id, ...references];
    keysOf.set(id, keys);
    for (const key of keys) {
      const bearers = byKey.get(key);
      if (bearers === undefined) byKey.set(key, [id]);
      else bearers.push(id);
    }
  }
  return { keysOf, byKey };
}

function withLinked(ids: Iterable<DesignationId>, { keysOf, byKey }: Links): ReadonlySet<DesignationId> {
  const given = [...ids];
  const all = new Set(given);
  for (const id of given)
    for (const key of keysOf.get(id) ?? []) for (const linked of byKey.get(key) ?? []) all.add(linked);
  return all;
}
