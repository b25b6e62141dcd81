import type { KafkaMessage } from "kafkajs";

import { FetchedRecord } from "../fetched-records.ts";
import type { ConsumedRecord } from "../port.ts";

/**
 * A view of a kafkajs message: offsets and headers are converted only when asked for, since a fetch has tens of
 * thousands of records and most are read for key and value alone. A class, so that the getters exist once.
 */
class MessageView implements ConsumedRecord {
  readonly #message: KafkaMessage;

  constructor(message: KafkaMessage) {
    this.#message = message;
  }

  get offset(): bigint {
    return BigInt(this.#message.offset);
  }

  get timestamp(): number {
    return Number(this.#message.timestamp);
  }

  get key(): Buffer | null {
    return this.#message.key;
  }

  get value(): Buffer | null {
    return this.#message.value;
  }

  header(name: string): Buffer | undefined {
    const { headers } = this.#message;
    if (headers === undefined || !Object.hasOwn(headers, name)) return undefined;
    const values = headers[name];
    const last = Array.isArray(values) ? values.at(-1) : values;
    return typeof last === "string" ? Buffer.from(last) : (last ?? undefined);
  }
}

/** What our own decoder made is a view already; only messages of an old format, or of another kafkajs, need one. */
export const viewMessage = (message: KafkaMessage): ConsumedRecord =>
  message instanceof FetchedRecord ? message : new MessageView(message);
