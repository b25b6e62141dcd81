import { CordonError } from "@cordon/errors";

import type { IndexManifest } from "./port.ts";

type Lists = Pick<IndexManifest, "lists" | "released">;

/**
 * The lists of one version whose people the next one would let pass: it has not one entry of them, and nobody released
 * them by name. A list that lost everything lacks as one that is not there.
 */
export function listsLacking(was: Pick<Lists, "lists">, next: Lists): readonly string[] {
  const present = new Set(next.lists.filter(({ entries }) => entries > 0).map(({ list }) => list));
  const released = new Set(next.released);
  return was.lists
    .filter(({ list, entries }) => entries > 0 && !present.has(list) && !released.has(list))
    .map(({ list }) => list)
    .toSorted();
}

/**
 * What the next version carries as released: whoever missed a version in between must know, too. A list that has entries
 * again is released no longer.
 */
export function releasedWith(
  was: Pick<Lists, "released"> | null,
  lists: Lists["lists"],
  released: readonly string[],
): readonly string[] {
  const present = new Set(lists.filter(({ entries }) => entries > 0).map(({ list }) => list));
  return [...new Set([...(was?.released ?? []), ...released])].filter((list) => !present.has(list)).toSorted();
}

/** The refusal of an index without lists that the one in use has. */
export function lacksLists(missing: readonly string[]): CordonError {
  return new CordonError(
    "INDEX_LACKS_LIST",
    `the index in use has ${missing.join(", ")}, the next one has not: the people on it would pass. Switch it on again, or release it by name: --release-list ${missing.join(" --release-list ")}`,
    { details: { missing } },
  );
}
