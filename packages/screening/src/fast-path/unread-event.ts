import type { EventParts, PartsReader } from "@cordon/schemas";

/** An event that was not read: its parts, the value that they were found in, and what found them. */
export interface UnreadEvent {
  readonly parts: EventParts;
  readonly value: Buffer;
  /** The same bytes. */
  readonly bytes: DataView;
  readonly reader: PartsReader;
}
