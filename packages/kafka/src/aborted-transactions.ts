import { type Batch, markerOf } from "./read-batches.ts";

/** A transaction that was given up: what this producer wrote from that offset on, up to its marker, never happened. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/**
 * Tells of each batch, in order, whether its transaction was aborted. A producer counts as aborted from the first
 * offset that the broker names to its marker, and again from the next one: it may abort several times in one fetch,
 * and the marker may lie beyond its end.
 */
export function abortedTracker(aborted: readonly AbortedTransaction[]): (batch: Batch) => boolean {
  if (aborted.length === 0) return () => false;
  const waiting = aborted.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const producers = new Set<bigint>();
  let next = 0;
  return (batch) => {
    const { lastOffset, producerId } = batch;
    for (let one = waiting[next]; one !== undefined && one.firstOffset <= lastOffset; one = waiting[next]) {
      producers.add(one.producerId);
      next += 1;
    }
    if (batch.isControl) {
      if (markerOf(batch) === "abort") producers.delete(producerId);
      return false;
    }
    return batch.inTransaction && producers.has(producerId);
  };
}
