import { CordonError } from "@cordon/errors";
import kafkajs, { type Producer as KafkajsProducer } from "kafkajs";

import { late, withDeadline } from "../deadline.ts";
import { isTooLarge, kafkaError } from "../kafka-errors.ts";
import { ackTimeout, type CompiledKafkaOptions } from "../options.ts";
import type { OutRecord, Producer } from "../port.ts";
import { notAcknowledged } from "../told-errors.ts";
import { compressionType } from "./codecs.ts";
import { isPatched, newKafka } from "./kafkajs.ts";
import { createPartitionTable } from "./partition-table.ts";
import { createPlacing, type Placing } from "./placing.ts";
import { packedChunks, plainChunks, planSend, type SendPlan, type TopicMessages } from "./send-plan.ts";
import { type Acknowledged, sendWave } from "./send-wave.ts";

const allInSyncReplicas = -1;

/** Calls to kafkajs under way at once, for one `send`. */
const callsInFlight = 5;

/** A connected producer. Rejects with KAFKA_UNAVAILABLE or CONFIG_INVALID. */
export async function openProducer(options: CompiledKafkaOptions): Promise<Producer> {
  const kafka = newKafka(options);
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw kafkaError(error, "connecting a producer", options);
  }
  return producerOver(producer, createPlacing(createPartitionTable(kafka)), options);
}

function producerOver(producer: KafkajsProducer, placing: Placing, options: CompiledKafkaOptions): Producer {
  const sending = new Set<Promise<unknown>>();
  let closed = false;
  const callOnce = (wave: TopicMessages): Promise<readonly Acknowledged[]> =>
    producer.sendBatch({
      topicMessages: [...wave],
      acks: allInSyncReplicas,
      timeout: ackTimeout(options),
      compression: compressionType(options.compression),
    });
  const call = (wave: TopicMessages): Promise<void> => sendWave(wave, callOnce);
  // What is compressed kafkajs must encode itself.
  const form = isPatched && options.compression === "none" ? packedChunks(Date.now) : plainChunks;

  /** A batch that its topic finds too large is sent again in smaller ones, with what else the call held. */
  async function sendAll(records: readonly OutRecord[]): Promise<void> {
    for (;;) {
      try {
        await sendPlan(planSend(records, await placing.choiceFor(records), form), call);
        return;
      } catch (error) {
        if (!isTooLarge(error) || !(await placing.refused(records))) throw error;
        options.log?.warn("a topic takes no batch as large: smaller ones are sent", { records: records.length });
      }
    }
  }

  return {
    async send(records) {
      if (closed) throw new CordonError("CONTRACT_VIOLATED", "send was called on a closed producer");
      if (records.length === 0) return;
      const work = sendAll(records);
      sending.add(work);
      try {
        if ((await withDeadline(work, options.sendTimeout)) === late)
          throw notAcknowledged(options.brokers, records.length, options.sendTimeout);
      } catch (error) {
        throw kafkaError(error, `sending ${String(records.length)} records`, options);
      } finally {
        sending.delete(work);
      }
    },
    async close() {
      closed = true;
      await withDeadline(Promise.allSettled(sending), options.stopTimeout);
      await producer.disconnect();
    },
  };
}

/** Rejects as soon as one call does; those under way are not waited for, no further ones are started. */
async function sendPlan({ waves, ordered }: SendPlan, call: (wave: TopicMessages) => Promise<unknown>): Promise<void> {
  const remaining = waves.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const wave of remaining) {
      if (failed) return;
      try {
        await call(wave);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: ordered ? 1 : callsInFlight }, lane));
}
