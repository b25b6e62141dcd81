import { createRequire } from "node:module";

import type { Message } from "kafkajs";

import type { ProducerStamp } from "../record-batch.ts";

/** A message of kafkajs that is no message, but the bytes of a whole record batch for its partition. */
export interface PackedBatch extends Message {
  readonly partition: number;
  readonly value: Buffer;
  readonly packed: true;
  /** The bytes of a batch that belongs to a transaction, in place of `value`: who writes it is known when it is sent. */
  readonly writtenBy?: (writer: Writer) => Buffer;
}

/** The producer that kafkajs took a transactional id over with. */
export type Writer = Pick<ProducerStamp, "id" | "epoch">;

/** What of kafkajs 2.2.4 is touched. */
export interface ProducingBroker {
  lookupRequest: Lookup;
  produce: (this: ProducingBroker, request: ProduceRequest) => Promise<unknown>;
}

type Lookup = (key: unknown, definition: unknown) => (request: ProduceRequest) => ProtocolCall;

interface ProtocolCall {
  readonly request: { readonly apiVersion: number; readonly encode: () => Promise<unknown> };
  readonly response: unknown;
}

interface ProduceRequest {
  /** Absent outside of transactions. */
  readonly transactionalId?: string | null;
  readonly producerId?: string | number;
  readonly producerEpoch?: number;
  readonly acks: number;
  readonly timeout: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly messages: readonly Message[] }[];
  }[];
}

interface Encoder {
  writeString(text: string | null): Encoder;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeBuffer(bytes: Buffer): Encoder;
}

/** Record batches are of format 2 from this version of the request on; all that Kafka 4 knows are. */
const leastVersion = 3;

function isPacked(message: Message | undefined): message is PackedBatch {
  return message !== undefined && "packed" in message;
}

/**
 * A `produce` that sends packed batches as they are, and everything else as before. kafkajs 2.2.4 makes several objects of
 * each record and each of its fields, and groups the records of a call by partition in quadratic time; here each partition
 * of a call has one pseudo-message, which stands for the whole batch. Which broker leads, retries, timeouts and
 * answers stay kafkajs's; the numbers that it counts for a transaction are of pseudo-messages, and are not sent.
 */
export function producePacked(produce: ProducingBroker["produce"]): ProducingBroker["produce"] {
  return function produceAny(this: ProducingBroker, request) {
    const packed = request.topicData.some(({ partitions }) => partitions.some(({ messages }) => isPacked(messages[0])));
    if (!packed) return produce.call(this, request);
    const lookup = this.lookupRequest;
    this.lookupRequest = (key, definition) => (asked) => {
      const call = lookup(key, definition)(asked);
      return { ...call, request: { ...call.request, encode: () => Promise.resolve(encoded(call, asked)) } };
    };
    try {
      // kafkajs looks the request up and makes it before it first waits.
      return produce.call(this, request);
    } finally {
      this.lookupRequest = lookup;
    }
  };
}

/** kafka.apache.org/protocol: Produce, versions 3 to 8. */
function encoded({ request: { apiVersion } }: ProtocolCall, request: ProduceRequest): Encoder {
  if (apiVersion < leastVersion) throw new Error(`the broker speaks version ${String(apiVersion)} of Produce only`);
  const load = createRequire(import.meta.url);
  const KafkajsEncoder = load("kafkajs/src/protocol/encoder.js") as new (bytes: number) => Encoder;
  const { acks, timeout } = request;
  const topics = request.topicData.map(({ topic, partitions }) => ({
    topic,
    batches: partitions.map(({ partition, messages }) => ({ partition, bytes: bytesOf(messages, request) })),
  }));
  const batches = topics.flatMap((one) => one.batches);
  const encoder = new KafkajsEncoder(batches.reduce((sum, { bytes }) => sum + bytes.length + 16, 1024));
  encoder.writeString(request.transactionalId ?? null);
  encoder.writeInt16(acks).writeInt32(timeout).writeInt32(topics.length);
  for (const one of topics) {
    encoder.writeString(one.topic).writeInt32(one.batches.length);
    for (const { partition, bytes } of one.batches)
      encoder.writeInt32(partition).writeInt32(bytes.length).writeBuffer(bytes);
  }
  return encoder;
}

function bytesOf(
  [batch, ...others]: readonly Message[],
  { transactionalId, producerId = -1, producerEpoch = -1 }: ProduceRequest,
): Buffer {
  if (!isPacked(batch) || others.length > 0) throw new Error("a call mixes packed batches with other messages");
  const isTransaction = typeof transactionalId === "string";
  if (isTransaction !== (batch.writtenBy !== undefined))
    throw new Error("a batch that belongs to a transaction was sent outside of one, or the other way round");
  return batch.writtenBy?.({ id: BigInt(producerId), epoch: producerEpoch }) ?? batch.value;
}
