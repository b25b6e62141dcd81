import type { TrafficEvent } from "../traffic/traffic.ts";

/** A payment or a remittance, with the topic that it is sent to. */
export type ProcessorEvent = Pick<TrafficEvent, "eventId" | "topic" | "value">;

/** Records as they go to Kafka. */
export type EncodedEvents = readonly {
  readonly topic: string;
  readonly messages: { readonly key: string; readonly value: Buffer }[];
}[];

/** Who sends events from outside. */
export interface Processor {
  /** Rejects where an event does not fit its schema. */
  encode(events: readonly ProcessorEvent[]): Promise<EncodedEvents>;
  /** Resolves once Kafka has them all; a call that rejects may have sent some. */
  send(events: EncodedEvents): Promise<void>;
  close(): Promise<void>;
}
