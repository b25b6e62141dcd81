import {
  type CompiledSearchOptions,
  compileSnapshot,
  type Designation,
  designationId,
  openSegmented,
  type OpenedIndex,
} from "@cordon/matching";

/** Entries amended, added and removed, each. */
const CHANGED = 100;

export interface DeltaRequest {
  readonly options: CompiledSearchOptions;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/**
 * Seconds from 300 changes of a list (100 entries with a further name, 100 new ones, 100 removed) until the first search
 * over them is answered. Throws if what was added is not found.
 */
export function deltaSeconds(designations: readonly Designation[], base: OpenedIndex, request: DeltaRequest): number {
  const { options, now } = request;
  const step = Math.max(2, Math.floor(designations.length / CHANGED));
  const some = designations.filter((_, at) => at % step === 0).slice(0, CHANGED);
  const removed = designations.filter((_, at) => at % step === 1).slice(0, CHANGED);
  const changed = some.flatMap((each, at) => [
    { ...each, names: [...each.names, { text: newName(at), kind: "ALIAS" as const, strength: "STRONG" as const }] },
    {
      ...each,
      id: designationId("delta", String(at)),
      list: "delta",
      names: [{ text: newName(at + CHANGED), kind: "PRIMARY" as const, strength: "STRONG" as const }],
    },
  ]);
  const begun = now();
  const index = openSegmented(
    base,
    compileSnapshot(changed),
    removed.map(({ id }) => id),
  );
  const found = index.search(newName(CHANGED), options);
  const seconds = (now() - begun) / 1000;
  if (found.kind !== "matches" || found.matches.length === 0) throw new Error("an added entry is not found");
  return seconds;
}

function newName(at: number): string {
  return `Zaralqim ${String.fromCharCode(97 + (at % 26))}ostavenkorim ${String(at)}`;
}
