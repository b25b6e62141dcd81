import { CordonError } from "@cordon/errors";
import type { OutRecord } from "@cordon/kafka";
import type { ConvertedEvent } from "@cordon/messages";
import { createEncoder, type Payment, type Remittance, topics } from "@cordon/schemas";

/** Where events go and how they are written. Complete before the first message is taken. */
export interface EventFormat {
  /** As the configuration names them. */
  readonly topics: { readonly payments: string; readonly remittances: string };
  readonly schemaIds: { readonly payments: number; readonly remittances: number };
  /** The largest record that both topics take, bytes. */
  readonly mostBytes: number;
}

export interface EventHeaders {
  readonly client: string;
  /** A trace context as it came; null without one. */
  readonly traceparent: string | null;
}

/** Encodes an event that a message was converted into. Throws MESSAGE_TOO_LARGE for one that its topic would not take. */
export type EncodeEvent = (one: ConvertedEvent, decideBy: number | null, headers: EventHeaders) => OutRecord;

/** Longest record key that can be an event id, in bytes; as the screener has it. */
const maxKeyBytes = 512;
/** Offsets, lengths and a batch's head beside key, value and headers. */
const overhead = 512;

export function eventEncoder({ topics: names, schemaIds, mostBytes }: EventFormat): EncodeEvent {
  const payments = createEncoder(`${topics.payments}-value`);
  const remittances = createEncoder(`${topics.remittances}-value`);
  const valueOf = (one: ConvertedEvent, decideBy: number | null): Buffer => {
    if (one.kind === "payment") return payments.encode(due<Payment>(one.event, decideBy), schemaIds.payments);
    return remittances.encode(due<Remittance>(one.event, decideBy), schemaIds.remittances);
  };
  return (one, decideBy, { client, traceparent }) => {
    const key = Buffer.from(one.event.eventId, "utf8");
    if (key.length === 0 || key.length > maxKeyBytes)
      throw new CordonError(
        "MESSAGE_MALFORMED",
        `eventId has ${String(key.length)} bytes, expected 1 to ${String(maxKeyBytes)}`,
        {
          details: { path: "eventId" },
        },
      );
    const value = valueOf(one, decideBy);
    const bytes = key.length + value.length + client.length + (traceparent?.length ?? 0) + overhead;
    if (bytes > mostBytes)
      throw new CordonError("MESSAGE_TOO_LARGE", "an event made of the message is larger than its topic takes", {
        details: { bytes, mostBytes },
      });
    return {
      topic: one.kind === "payment" ? names.payments : names.remittances,
      key,
      value,
      headers: { "cordon-client": client, ...(traceparent === null ? {} : { traceparent }) },
    };
  };
}

function due<T extends Payment | Remittance>(event: T, decideBy: number | null): T {
  return decideBy === null ? event : { ...event, decideBy };
}
