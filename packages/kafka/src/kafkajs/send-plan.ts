import type { Message } from "kafkajs";

import { packerOf } from "../codecs.ts";
import { type Delivery, type PartitionChoice, planDeliveries } from "../deliveries.ts";
import type { Compression } from "../options.ts";
import type { OutRecord } from "../port.ts";
import { type BatchForm, recordBatch, transactionalBit } from "../record-batch.ts";
import { createSequences } from "../sequences.ts";
import type { PackedBatch, Writer } from "./packed-produce.ts";

/** What the records of one partition become in one call: one pseudo-message for all of them, see `packed-produce.ts`. */
export type Pack = (records: readonly OutRecord[], partition: number) => PackedBatch;

export interface PackOptions {
  readonly now: () => number;
  readonly compression: Compression;
}

export function packPlain({ now, compression }: PackOptions): Pack {
  const { mask, pack } = packerOf(compression);
  const form: BatchForm = { attributes: mask, stamp: null, pack };
  return (records, partition) => ({ packed: true, partition, value: recordBatch(records, now(), form) });
}

/**
 * The same for what is written in transactions of one producer id and epoch. A batch gets its numbers when it is first sent and keeps
 * them, and its bytes, for every repeat: whatever became of the first, the broker has it once. Numbers are never taken
 * back, so a producer that gave one of its batches up is of no use any more.
 */
export function packNumbered({ now, compression }: PackOptions): Pack {
  const sequences = createSequences();
  const { mask, pack } = packerOf(compression);
  return (records, partition) => {
    let bytes: Buffer | null = null;
    const writtenBy = ({ id, epoch }: Writer): Buffer => {
      if (bytes !== null) return bytes;
      const sequence = sequences.take({ topic: records[0]?.topic ?? "", partition }, records.length);
      const form = { attributes: mask | transactionalBit, stamp: { id, epoch, sequence }, pack };
      return (bytes = recordBatch(records, now(), form));
    };
    return { packed: true, partition, value: noBytes, writtenBy };
  };
}

const noBytes = Buffer.alloc(0);

export type TopicMessages = readonly { readonly topic: string; readonly messages: Message[] }[];

export interface SendPlan {
  /** Each wave is one call to kafkajs. */
  readonly waves: readonly TopicMessages[];
  /** True when a key stands twice in a partition that takes several waves: they go out one after another. */
  readonly ordered: boolean;
}

/** Cuts records into calls with one batch for a partition. Records of a partition keep their order from wave to wave. */
export function planSend(records: readonly OutRecord[], choose: PartitionChoice, pack: Pack): SendPlan {
  const deliveries = planDeliveries(records, choose);
  return { waves: wavesOf(deliveries, pack), ordered: deliveries.some(hasRepeatedKey) };
}

function wavesOf(deliveries: readonly Delivery[], pack: Pack): readonly TopicMessages[] {
  const depth = deliveries.reduce((most, { batches }) => Math.max(most, batches.length), 0);
  return Array.from({ length: depth }, (_, wave) => {
    const packed = deliveries.flatMap(({ topic, partition, batches }) => {
      const batch = batches[wave];
      return batch === undefined ? [] : [{ topic, message: pack(batch, partition) }];
    });
    return [...Map.groupBy(packed, ({ topic }) => topic)].map(([topic, of]) => ({
      topic,
      messages: of.map(({ message }) => message),
    }));
  });
}

function hasRepeatedKey({ batches }: Delivery): boolean {
  if (batches.length < 2) return false;
  const seen = new Set<string>();
  let keyed = 0;
  for (const { key } of batches.flat()) {
    if (!Buffer.isBuffer(key)) continue;
    seen.add(key.toString("latin1"));
    keyed += 1;
  }
  return seen.size < keyed;
}
