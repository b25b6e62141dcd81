import {
  compileSnapshot,
  type Designation,
  type DesignationId,
  openSnapshot,
  type ScreeningIndex,
} from "@cordon/matching";

import type { ChangedEntries } from "./changed-entries.ts";

/** Two small indexes: the changed entries as they were and as they are. */
export interface ComparedIndexes {
  readonly before: ScreeningIndex;
  readonly after: ScreeningIndex;
  /** Holds nothing: tells what is wrong with an event whatever the lists say. */
  readonly empty: ScreeningIndex;
  readonly watched: ReadonlySet<DesignationId>;
}

/** `indexOf` makes an index of designations; tests may give the obvious one. */
export function comparedIndexes(
  { before, after, watched }: ChangedEntries,
  indexOf: (designations: readonly Designation[]) => ScreeningIndex = compiled,
): ComparedIndexes {
  return { before: indexOf(before), after: indexOf(after), empty: indexOf([]), watched };
}

function compiled(designations: readonly Designation[]): ScreeningIndex {
  return openSnapshot(compileSnapshot(designations));
}
