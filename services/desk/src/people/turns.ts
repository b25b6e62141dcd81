import { Refusal } from "../rules/refusal.ts";

/** Work under one key is done one after the other, in the order in which it came. */
export interface Turns {
  /** Throws TOO_MANY where too many wait already, and what the work throws. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createTurns(mostWaiting: number): Turns {
  const waiting = new Map<string, { readonly last: Promise<unknown>; readonly count: number }>();
  return {
    async take(key, work) {
      const { last = Promise.resolve(), count = 0 } = waiting.get(key) ?? {};
      if (count >= mostWaiting) throw new Refusal("TOO_MANY", "too many tries at once: wait a minute");
      const done = last.then(work, work);
      waiting.set(key, { last: done, count: count + 1 });
      try {
        return await done;
      } finally {
        const now = waiting.get(key);
        if (now !== undefined && now.count > 1) waiting.set(key, { ...now, count: now.count - 1 });
        else waiting.delete(key);
      }
    },
  };
}
