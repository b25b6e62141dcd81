import kafkajs, { type Producer as KafkajsProducer } from "kafkajs";

import { isTooLarge, kafkaError } from "../kafka-errors.ts";
import { ackTimeout, type CompiledKafkaOptions } from "../options.ts";
import type { OutRecord, Producer } from "../port.ts";
import { producerOver } from "../producer-over.ts";
import { newKafka } from "./kafkajs.ts";
import { createPartitionTable } from "./partition-table.ts";
import { createPlacing, type Placing } from "./placing.ts";
import { packPlain, planSend, type SendPlan, type TopicMessages } from "./send-plan.ts";
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
  return producerOver({
    options,
    sendAll: sending(producer, createPlacing(createPartitionTable(kafka)), options),
    known: (error, doing) => kafkaError(error, doing, options),
    close: () => producer.disconnect(),
  });
}

function sending(
  producer: KafkajsProducer,
  placing: Placing,
  options: CompiledKafkaOptions,
): (records: readonly OutRecord[]) => Promise<void> {
  const callOnce = (wave: TopicMessages): Promise<readonly Acknowledged[]> =>
    producer.sendBatch({
      topicMessages: [...wave],
      acks: allInSyncReplicas,
      timeout: ackTimeout(options),
    });
  const call = (wave: TopicMessages): Promise<void> => sendWave(wave, callOnce);
  const pack = packPlain({ now: Date.now, compression: options.compression });

  /** A batch that its topic finds too large is sent again in smaller ones, with what else the call held. */
  return async (records) => {
    for (;;) {
      try {
        await sendPlan(planSend(records, await placing.choiceFor(records), pack), call);
        return;
      } catch (error) {
        if (!isTooLarge(error) || !(await placing.refused(records))) throw error;
        options.log?.warn("a topic takes no batch as large: smaller ones are sent", { records: records.length });
      }
    }
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
