import type { EventParts, PartsReader } from "@cordon/schemas";

/** An event that was not read: its row of parts, the value that the row was read from, and what read it. */
export interface UnreadEvent {
  readonly parts: EventParts;
  readonly at: number;
  readonly value: Buffer;
  /** The same bytes. */
  readonly bytes: DataView;
  readonly reader: PartsReader;
}
