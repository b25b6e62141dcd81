import { type Connection, createAPI, ProduceAcks, produceV9, Writer } from "@platformatic/kafka";

import type { TopicPartition } from "../port.ts";
import { codeName } from "./cluster.ts";

export interface BatchToProduce extends TopicPartition {
  /** One encoded record batch. */
  readonly bytes: Buffer;
}

export interface ProduceRequest {
  readonly batches: readonly BatchToProduce[];
  /** How long the leader may wait for its followers. */
  readonly waitMs: number;
  readonly transactionalId: string | null;
}

export interface ProducedPartition extends TopicPartition {
  /** The protocol's code, or null: written and in all in-sync replicas. */
  readonly fault: string | null;
}

const apiKey = 0;
/** Every broker from 2.8 on speaks it. */
const apiVersion = 9;

function encode({ batches, waitMs, transactionalId }: ProduceRequest): Writer {
  return Writer.create()
    .appendString(transactionalId)
    .appendInt16(ProduceAcks.ALL)
    .appendInt32(waitMs)
    .appendArray([...Map.groupBy(batches, ({ topic }) => topic)], (topicWriter, [topic, partitions]) => {
      topicWriter.appendString(topic).appendArray([...partitions], (writer, { partition, bytes }) => {
        writer
          .appendInt32(partition)
          .appendUnsignedVarInt(bytes.length + 1)
          .append(bytes);
      });
    })
    .appendTaggedFields();
}

const api = createAPI<[ProduceRequest], produceV9.ProduceResponse>(apiKey, apiVersion, encode, produceV9.parseResponse);

/** At most one batch a partition. Resolves with each partition's answer; rejects when there was none at all. */
export async function produceBatches(
  connection: Connection,
  request: ProduceRequest,
): Promise<readonly ProducedPartition[]> {
  const { responses } = await api.async(connection, request).catch((error: unknown) => {
    // The library rejects the whole answer for one partition's fault; each partition carries its own.
    const { response } = error as { readonly response?: produceV9.ProduceResponse };
    if (response === undefined) throw error;
    return response;
  });
  return responses.flatMap(({ name, partitionResponses }) =>
    partitionResponses.map(({ index, errorCode }) => ({
      topic: name,
      partition: index,
      fault: errorCode === 0 ? null : codeName(errorCode),
    })),
  );
}
