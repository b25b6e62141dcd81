import type { OnBatch } from "@cordon/kafka";

/** Knows of each batch in hand when it last showed a sign of life. */
export interface BatchWatch {
  /** The same work, watched: it is alive when it begins, and at each of its heartbeats. */
  watched(onBatch: OnBatch): OnBatch;
  /** Of the batches in hand the sign of life that is longest ago, by the clock; `null` with none in hand. */
  leastAliveAt(): number | null;
}

/**
 * The consumer's own signs of life hide a stuck batch: other partitions go on fetching, and the group's heartbeats with
 * them. So each batch is watched by what it does itself.
 */
export function watchBatches(clock: () => number): BatchWatch {
  const inHand = new Map<symbol, number>();
  return {
    watched: (onBatch) => async (batch, context) => {
      const id = Symbol();
      inHand.set(id, clock());
      try {
        return await onBatch(batch, {
          signal: context.signal,
          stale: () => context.stale(),
          heartbeat: () => {
            inHand.set(id, clock());
            return context.heartbeat();
          },
        });
      } finally {
        inHand.delete(id);
      }
    },
    leastAliveAt: () => (inHand.size === 0 ? null : Math.min(...inHand.values())),
  };
}
