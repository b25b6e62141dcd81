import { CordonError } from "@cordon/errors";

import type { TopicMessages } from "./send-plan.ts";

/** A partition that answered a call, as kafkajs tells it. */
export interface Acknowledged {
  readonly topicName: string;
  readonly partition: number;
}

export type SendCall = (wave: TopicMessages) => Promise<readonly Acknowledged[]>;

const mostIdleCalls = 5;

const nameOf = (topic: string, partition: number | undefined): string => `${topic} ${String(partition)}`;

/**
 * Sends one wave until each of its partitions was acknowledged by name. kafkajs 2.2.4 resolves too early: when one
 * broker of a call fails and its partitions move to another that has answered its own part already, the tries that
 * follow take that other for done, and the moved records are dropped without an error (`sendMessages.js`, its
 * `responsePerBroker`). Rejects as `call` does, and with KAFKA_UNAVAILABLE when calls acknowledge nothing any more.
 */
export async function sendWave(wave: TopicMessages, call: SendCall): Promise<void> {
  let left = wave;
  for (let idle = 0; idle < mostIdleCalls;) {
    const rest = without(left, await call(left));
    if (rest.length === 0) return;
    idle = sizeOf(rest) === sizeOf(left) ? idle + 1 : 0;
    left = rest;
  }
  throw new CordonError("KAFKA_UNAVAILABLE", `Kafka left ${String(sizeOf(left))} records without an acknowledgement`);
}

/** How many records of the wave stand in partitions that did not answer. */
export function unacknowledged(wave: TopicMessages, answers: readonly Acknowledged[]): number {
  return sizeOf(without(wave, answers));
}

function without(wave: TopicMessages, answers: readonly Acknowledged[]): TopicMessages {
  const done = new Set(answers.map(({ topicName, partition }) => nameOf(topicName, partition)));
  return wave
    .map(({ topic, messages }) => ({
      topic,
      messages: messages.filter(({ partition }) => !done.has(nameOf(topic, partition))),
    }))
    .filter(({ messages }) => messages.length > 0);
}

function sizeOf(wave: TopicMessages): number {
  return wave.reduce((sum, { messages }) => sum + messages.length, 0);
}
