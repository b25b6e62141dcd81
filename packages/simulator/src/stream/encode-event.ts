import type { OutRecord } from "@cordon/kafka";
import { createEncoder, type Payment, type Remittance, schemaText, subjectOf, topics } from "@cordon/schemas";
import type { SchemaRegistry } from "@cordon/service";

import type { TrafficEvent } from "../traffic/traffic.ts";

export interface EventEncoderOptions {
  readonly registry: Pick<SchemaRegistry, "register">;
  /** Stands before every topic and subject: several Cordons can share one Kafka. Default none. */
  readonly topicPrefix?: string;
}

/** What of an event a record is made of. */
export type EventToEncode =
  | (Pick<TrafficEvent, "eventId"> & { readonly topic: "payments.v1"; readonly value: Payment })
  | (Pick<TrafficEvent, "eventId"> & { readonly topic: "remittances.v1"; readonly value: Remittance });

/** Registers the schemas of both events, as any producer does, and answers how an event becomes a Kafka record. */
export async function createEventEncoder({
  registry,
  topicPrefix = "",
}: EventEncoderOptions): Promise<(event: EventToEncode) => OutRecord> {
  const paymentSubject = subjectOf(topics.payments);
  const remittanceSubject = subjectOf(topics.remittances);
  const paymentId = await registry.register(topicPrefix + paymentSubject, schemaText(paymentSubject));
  const remittanceId = await registry.register(topicPrefix + remittanceSubject, schemaText(remittanceSubject));
  const payments = createEncoder(paymentSubject);
  const remittances = createEncoder(remittanceSubject);
  return (event) => ({
    topic: topicPrefix + event.topic,
    key: Buffer.from(event.eventId),
    value:
      event.topic === "payments.v1"
        ? payments.encode(event.value, paymentId)
        : remittances.encode(event.value, remittanceId),
  });
}
