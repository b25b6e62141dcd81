import { type EventParts, newEventParts } from "@cordon/schemas";

/** Tables of parts that batches use one after another: each grows to the largest batch once. */
export interface PartsPool {
  /** An empty table, for one batch. */
  take(): EventParts;
  give(parts: EventParts): void;
}

export function createPartsPool(): PartsPool {
  const idle: EventParts[] = [];
  return {
    take() {
      const parts = idle.pop() ?? newEventParts();
      parts.records = 0;
      return parts;
    },
    give: (parts) => void idle.push(parts),
  };
}
