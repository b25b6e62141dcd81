import { CordonError } from "@cordon/errors";
import type { OutRecord } from "@cordon/kafka";
import { type ConvertedEvent, type EventType, type MessageFormat, messageLimits } from "@cordon/messages";
import type { ConversionProblem, Rail } from "@cordon/schemas";

import type { GatewayLimits } from "../config.ts";
import type { OpenEvents } from "../decisions/open-events.ts";
import type { EventToRegister, Ledger, NamedMessage } from "../ledger/port.ts";
import type { GatewayTelemetry } from "../telemetry.ts";
import { canonicalJson, digest } from "./content-print.ts";
import type { EncodeEvent } from "./event-format.ts";
import { type MessageRead, readBytes } from "./read-bytes.ts";
import type { SharedProducer } from "./send-together.ts";

export interface MessageReceived {
  readonly client: string;
  readonly bytes: Uint8Array;
  readonly format: MessageFormat;
  readonly rail: Rail | null;
  readonly type: EventType;
  /** Milliseconds since the epoch. */
  readonly decideBy: number | null;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
  readonly traceparent: string | null;
}

export interface EventTaken {
  readonly eventId: string;
  /** Its place in its message. */
  readonly transaction: number;
  readonly endToEndId: string | null;
  readonly problems: readonly ConversionProblem[];
}

export interface MessageTaken {
  readonly messageId: string;
  readonly format: string;
  /** All of it had been taken before: nothing was produced. */
  readonly duplicate: boolean;
  readonly events: readonly EventTaken[];
}

export interface TakeMessageDeps {
  readonly ledger: Ledger;
  readonly openEvents: Pick<OpenEvents, "open" | "doubt">;
  readonly producer: SharedProducer;
  readonly encode: EncodeEvent;
  readonly limits: Pick<GatewayLimits, "maxBytes" | "requestSeconds">;
  readonly telemetry: Pick<GatewayTelemetry, "messageTaken" | "finishFailed">;
  readonly clock: () => number;
}

/** An event with what is kept of it until all of the message was read. */
interface ReadyEvent {
  readonly taken: EventTaken;
  readonly record: OutRecord;
  /** What the event says that its id is not made of, and that decides what becomes of it. */
  readonly print: string;
}

/** Bytes of events for each byte that a message may have: what stands once for all transactions is repeated in each. */
const mostGrowth = 8;
const mostTransactions = 100_000;
/** Events that are registered and sent at a time; how far it came is noted after each. */
const eventsAStep = 250;
const bytesAStep = 2 * 1_048_576;

/**
 * Reads a whole message, and sends the events that it makes to Kafka, all of them or none: nothing is sent before all could
 * be read, and nothing is answered before all are acknowledged. A message that was taken before produces nothing; one that
 * was taken in part is completed.
 * Throws what is wrong with the message, MESSAGE_ID_REUSED, IN_PROGRESS, KAFKA_UNAVAILABLE, REDIS_UNAVAILABLE, REDIS_FULL.
 */
export async function takeMessage(received: MessageReceived, deps: TakeMessageDeps): Promise<MessageTaken> {
  const { read, events } = await readEvents(received, deps);
  const message = nameOf(received, read, events);
  const taken = { messageId: read.names.messageId, format: read.names.format, events: events.map((one) => one.taken) };
  const claim = await deps.ledger.claim(message);
  switch (claim.kind) {
    case "done":
      deps.telemetry.messageTaken({ format: received.format, events: 0, duplicate: true });
      return { ...taken, duplicate: true };
    case "in-progress":
      throw new CordonError("IN_PROGRESS", "this message is in hand: ask again", { details: { retryAfter: 1 } });
    case "reused":
      throw new CordonError("MESSAGE_ID_REUSED", "a message of this id, with another content, was sent before");
    case "claimed":
      await sendOn(events.slice(claim.sent), { received, message, before: claim.sent }, deps);
      deps.telemetry.messageTaken({ format: received.format, events: events.length - claim.sent, duplicate: false });
      return { ...taken, duplicate: false };
  }
}

async function readEvents(
  { bytes, format, rail, type, reference, decideBy, client, traceparent }: MessageReceived,
  { encode, limits, clock }: TakeMessageDeps,
): Promise<{ readonly read: MessageRead; readonly events: readonly ReadyEvent[] }> {
  const events: ReadyEvent[] = [];
  let said: string | null = null;
  const content = (): string => (said ??= digest([canonicalJson(bytes) ?? Buffer.from(bytes).toString("base64")]));
  let made = 0;
  const onEvent = (one: ConvertedEvent): void => {
    const record = encode(one, decideBy, { client, traceparent });
    made += record.value?.length ?? 0;
    if (made > mostGrowth * limits.maxBytes)
      throw new CordonError("MESSAGE_TOO_LARGE", "the events made of the message are larger than is taken");
    events.push({ taken: takenOf(one, events.length), record, print: format === "json" ? content() : railOf(one) });
  };
  const most = {
    ...messageLimits,
    maxBytes: limits.maxBytes,
    maxTransactions: mostTransactions,
    maxFinChars: limits.maxBytes,
  };
  const read = await readBytes(
    bytes,
    { receivedAt: clock(), rail, format, type, reference, limits: most },
    { onEvent, limits: { mostMs: limits.requestSeconds * 1000, now: clock } },
  );
  if (format === "json" && events.length > 1)
    throw new CordonError("MESSAGE_MALFORMED", "a body of JSON is one event: send each by itself");
  return { read, events };
}

function takenOf(one: ConvertedEvent, place: number): EventTaken {
  const { eventId } = one.event;
  if (one.kind === "remittance") return { eventId, transaction: 0, endToEndId: null, problems: [] };
  const { source, endToEndId, problems } = one.event;
  return { eventId, transaction: source?.transaction ?? place, endToEndId, problems };
}

function railOf(one: ConvertedEvent): string {
  return one.kind === "payment" ? one.event.rail : "";
}

/** What a repeat is known by, and what it must say to be one. */
function nameOf(
  received: MessageReceived,
  { names, identity }: MessageRead,
  events: readonly ReadyEvent[],
): NamedMessage {
  const { client, idempotencyKey, rail, type, format } = received;
  const print = digest([
    rail,
    ...(format === "json" ? [type, events[0]?.print] : events.map(({ taken }) => taken.eventId)),
  ]);
  if (idempotencyKey !== null) return { key: digest(["key", client, idempotencyKey]), print };
  // A message without an id is known by what it says.
  return { key: digest(["message", client, names.messageId === "" ? print : identity]), print };
}

interface Sending {
  readonly received: MessageReceived;
  readonly message: NamedMessage;
  /** Events of the message that were acknowledged before. */
  readonly before: number;
}

async function sendOn(
  events: readonly ReadyEvent[],
  { received, message, before }: Sending,
  deps: TakeMessageDeps,
): Promise<void> {
  const { ledger, producer, telemetry } = deps;
  let done = before;
  try {
    for (const step of steps(events)) {
      if (done > before) await ledger.sent(message, done);
      await register(step, received.client, deps);
      await producer.send(step.map(({ record }) => record)).catch((error: unknown) => {
        deps.openEvents.doubt(step.map(({ taken }) => taken.eventId));
        throw error;
      });
      done += step.length;
    }
  } catch (error) {
    await ledger.release(message).catch(() => undefined); // its claim ends by itself
    throw error;
  }
  // Kafka has all of it: that Redis does not take the note only makes a repeat send the same events once more.
  await ledger.finish(message).catch((error: unknown) => {
    telemetry.finishFailed({ error });
  });
}

async function register(step: readonly ReadyEvent[], client: string, deps: TakeMessageDeps): Promise<void> {
  const entries: EventToRegister[] = step.map(({ taken: { eventId }, print }) => ({ eventId, print }));
  const registered = await deps.ledger.register(entries, client);
  if (registered.kind === "reused")
    throw new CordonError("MESSAGE_ID_REUSED", "an event of this id, with another content, was sent before");
  deps.openEvents.open(
    entries.map(({ eventId }) => eventId),
    { at: registered.at, openedAt: deps.clock(), client },
  );
}

function* steps(events: readonly ReadyEvent[]): Generator<readonly ReadyEvent[]> {
  let step: ReadyEvent[] = [];
  let bytes = 0;
  for (const one of events) {
    const size = one.record.value?.length ?? 0;
    if (step.length > 0 && (step.length >= eventsAStep || bytes + size > bytesAStep)) {
      yield step;
      step = [];
      bytes = 0;
    }
    step.push(one);
    bytes += size;
  }
  if (step.length > 0) yield step;
}
