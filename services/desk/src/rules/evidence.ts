import { createHash } from "node:crypto";

/** An entry that an alert is about: as it was when the alert was raised, and what is known of it now. */
export interface EntryEvidence {
  readonly designationId: string;
  /** Of the index that the event was compared with; null for alerts of before there were hashes. */
  readonly asMatched: string | null;
  /** What list changes told last; undefined where they told nothing, and a hash of null where it is listed no more. */
  readonly now: { readonly hash: string | null; readonly generation: number; readonly at: number } | undefined;
}

/** The alert that the entries are of. */
export interface AlertEvidence {
  readonly recordHash: string;
  /** What a held event is held for now; null for an alert. */
  readonly holdReason: string | null;
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly raisedAt: number;
}

/** Whether an entry is another than the one that the alert was raised for. What may be later counts as later. */
export function hasChanged({ generation, raisedAt }: AlertEvidence, { asMatched, now }: EntryEvidence): boolean {
  if (now === undefined || now.hash === asMatched) return false;
  return now.generation > generation || now.at > raisedAt;
}

/** SHA-256 over the record, what it is held for, and its entries as they are now: who judges sends it along, and is told when it is another by then. */
export function evidenceHash(alert: AlertEvidence, entries: readonly EntryEvidence[]): string {
  const now = entries
    .map((entry) => [entry.designationId, hasChanged(alert, entry) ? (entry.now?.hash ?? "removed") : entry.asMatched])
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([alert.recordHash, alert.holdReason, now]))
    .digest("hex");
}
