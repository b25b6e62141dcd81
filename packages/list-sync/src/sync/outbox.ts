import { setImmediate as turn } from "node:timers/promises";

import { CordonError } from "@cordon/errors";
import { diffDesignations } from "@cordon/lists";
import { type Designation, designationHash } from "@cordon/matching";
import type { ChangeKind, ListChange } from "@cordon/schemas";

/** A change as it is announced, but for the stamp of the index that brought it. */
export type Change = Omit<ListChange, "indexVersion" | "generation" | "at">;

/** The announcements that one publication owes. It is stored with the index, so that a crash cannot lose it. */
export interface Outbox {
  readonly indexVersion: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly changes: readonly Change[];
}

/** Designations that are compared in one turn of the event loop. */
const compared = 500;

/** What a new index changes, by designation id within each kind. Probes are answered meanwhile. */
export async function changesBetween(
  before: readonly Designation[],
  after: readonly Designation[],
): Promise<readonly Change[]> {
  const parts = Math.max(1, Math.ceil((before.length + after.length) / compared));
  const [was, is] = [inParts(before, parts), inParts(after, parts)];
  const changes: Change[] = [];
  for (let part = 0; part < parts; part++) {
    const { added, amended, removed } = diffDesignations(was[part] ?? [], is[part] ?? []);
    changes.push(
      ...added.map((designation) => changeOf(designation, "ADDED", [])),
      ...amended.map(({ after: now, changedFields }) => changeOf(now, "AMENDED", changedFields)),
      ...removed.map((designation) => changeOf(designation, "REMOVED", [])),
    );
    await turn();
  }
  return changes.toSorted(
    (a, b) => kinds.indexOf(a.change) - kinds.indexOf(b.change) || (a.designationId < b.designationId ? -1 : 1),
  );
}

const kinds: readonly ChangeKind[] = ["ADDED", "AMENDED", "REMOVED"];

/** What has one id is in one part, so that each part can be compared by itself. */
function inParts(designations: readonly Designation[], parts: number): readonly (readonly Designation[])[] {
  const found: Designation[][] = Array.from({ length: parts }, () => []);
  for (const designation of designations) found[partOf(designation.id, parts)]?.push(designation);
  return found;
}

function partOf(id: string, parts: number): number {
  let hash = 0;
  for (let at = 0; at < id.length; at++) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) >>> 0;
  return hash % parts;
}

function changeOf(designation: Designation, change: ChangeKind, changedFields: readonly string[]): Change {
  const { id, list, names, regime } = designation;
  return {
    designationId: id,
    list,
    change,
    primaryName: names[0]?.text ?? "",
    regime,
    changedFields,
    designationHash: change === "REMOVED" ? null : designationHash(designation),
  };
}

const format = 1;

export function encodeOutbox(outbox: Outbox): Uint8Array {
  return Buffer.from(JSON.stringify({ format, ...outbox }), "utf8");
}

/** Throws CONTRACT_VIOLATED for an outbox of another format: a newer Cordon wrote it, and must announce it. */
export function decodeOutbox(bytes: Uint8Array): Outbox {
  let outbox: Outbox & { readonly format: number };
  try {
    outbox = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"),
    ) as typeof outbox;
  } catch {
    throw new CordonError("CONTRACT_VIOLATED", "an outbox in the store is not JSON");
  }
  if (outbox.format !== format)
    throw new CordonError("CONTRACT_VIOLATED", "an outbox in the store has a format this version does not know", {
      details: { expected: format },
    });
  // Who owed announcements before there were hashes wrote none.
  return {
    ...outbox,
    changes: outbox.changes.map((change) => ({ ...change, designationHash: change.designationHash ?? null })),
  };
}
