import type { EventParts, PartsReader } from "@cordon/schemas";

/** An event that was not read: its parts, the value that they were found in, and what found them. */
export interface UnreadEvent {
  readonly parts: EventParts;
  readonly value: Buffer;
  /** All that the bytes of the value are a part of, and where they begin there: one view serves all events of a fetch. */
  readonly bytes: DataView;
  readonly base: number;
  readonly reader: PartsReader;
}
