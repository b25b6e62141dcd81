import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { type ConvertOptions, convertMessage, type MessageFormat } from "./convert.ts";
import type { Converted } from "./converted.ts";
import type { Where } from "./message-error.ts";

/** An event that was made, with what is screened of it. */
export type ConvertedEvent = Exclude<Converted, { readonly kind: "error" }>;

/** A message that is taken or refused as a whole: of several transactions all are events, or none is. */
export type ReadMessage =
  | {
      readonly kind: "converted";
      /** Of the first message in it: `pacs.008.001.08`, `MT202COV`, `payment`, `remittance`. */
      readonly format: string;
      /** As the first message in it tells, or null. */
      readonly sender: string | null;
      /** The first message's own id; the event id of JSON. Empty where it has none. */
      readonly messageId: string;
      /** The same for the same senders and ids of all messages in it, whatever else they say: what a repeat is known by. */
      readonly identity: string;
      /** At least one, in the order of the message. */
      readonly events: readonly [ConvertedEvent, ...ConvertedEvent[]];
    }
  | {
      readonly kind: "refused";
      /** Of the catalogue: MESSAGE_EMPTY, MESSAGE_MALFORMED, MESSAGE_ENCODING, MESSAGE_UNSUPPORTED, MESSAGE_INCOMPLETE, MESSAGE_TOO_LARGE. */
      readonly code: string;
      /** Never quotes the message. */
      readonly message: string;
      readonly where: Where;
      readonly transaction: number | null;
    };

const formats: ReadonlyMap<string, MessageFormat> = new Map<string, MessageFormat>([
  ["application/xml", "xml"],
  ["text/xml", "xml"],
  ["text/plain", "fin"],
  ["application/x-swift-fin", "fin"],
  ["application/json", "json"],
]);

/** The format of a body by its media type, whose parameters say nothing; null for one that is not read. */
export function formatOfMediaType(mediaType: string): MessageFormat | null {
  return formats.get((mediaType.split(";", 1)[0] ?? "").trim().toLowerCase()) ?? null;
}

/** Reads a message that is there as a whole. Pure; throws nothing that the bytes are to blame for. */
export function readMessage(bytes: Uint8Array, options: ConvertOptions): ReadMessage {
  const events: ConvertedEvent[] = [];
  for (const one of convertMessage(bytes, options)) {
    if (one.kind === "error") {
      const { code, message, where, transaction = null } = one;
      return { kind: "refused", code, message, where, transaction };
    }
    events.push(one);
  }
  const [first, ...others] = events;
  if (first === undefined)
    return {
      kind: "refused",
      code: "MESSAGE_INCOMPLETE",
      message: "no transaction",
      where: { offset: 0 },
      transaction: null,
    };
  if (options.format === "json" && others.length > 0)
    return { kind: "refused", code: "MESSAGE_MALFORMED", message: "more than one event", where: {}, transaction: null };
  const read = options.format ?? null;
  const { format, sender, messageId } = namesOf(first, read);
  return {
    kind: "converted",
    format,
    sender,
    messageId,
    identity: identityOf(events.map((one) => namesOf(one, read))),
    events: [first, ...others],
  };
}

/** How a message names itself. */
export interface MessageNames {
  readonly format: string;
  readonly sender: string | null;
  readonly messageId: string;
}

/** An event in JSON is its own message, whatever message it says that it was made from: several may be made from one. */
export function namesOf(one: ConvertedEvent, format: MessageFormat | null): MessageNames {
  const source = one.kind === "payment" ? one.event.source : null;
  if (source === null) return { format: one.kind, sender: null, messageId: one.event.eventId };
  return format === "json" ? { ...source, messageId: one.event.eventId } : source;
}

/** The same for the same senders and ids of all messages in it, whatever else they say. */
export function identityOf(messages: Iterable<MessageNames>): string {
  const names = new Set<string>();
  for (const { format, sender, messageId } of messages) names.add(JSON.stringify([format, sender, messageId]));
  return bytesToHex(sha256(utf8ToBytes([...names].join("\n"))));
}
