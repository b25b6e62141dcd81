import { describe, expect, test } from "vitest";

import type { TopicMessages } from "../../src/kafkajs/send-plan.ts";
import { type Acknowledged, sendWave } from "../../src/kafkajs/send-wave.ts";

const wave: TopicMessages = [
  {
    topic: "decisions",
    messages: [
      { key: "a", value: "1", partition: 0 },
      { key: "b", value: "2", partition: 1 },
      { key: "c", value: "3", partition: 1 },
    ],
  },
  { topic: "alerts", messages: [{ key: "b", value: "4", partition: 1 }] },
];

/** Remembers the values of each call and acknowledges what it was told to, call by call. */
function broker(...answers: readonly (readonly Acknowledged[])[]) {
  const calls: unknown[][] = [];
  return {
    calls,
    call: (sent: TopicMessages): Promise<readonly Acknowledged[]> => {
      calls.push(sent.flatMap(({ messages }) => messages.map(({ value }) => value)));
      return Promise.resolve(answers[calls.length - 1] ?? []);
    },
  };
}

const acknowledged = (topicName: string, partition: number): Acknowledged => ({ topicName, partition });

describe("sendWave", () => {
  test("is done after one call that every partition answered", async () => {
    const kafka = broker([acknowledged("decisions", 0), acknowledged("decisions", 1), acknowledged("alerts", 1)]);
    await sendWave(wave, kafka.call);
    expect(kafka.calls).toEqual([["1", "2", "3", "4"]]);
  });

  test("sends again, and alone, what a call resolved without an answer for", async () => {
    const kafka = broker([acknowledged("decisions", 0), acknowledged("alerts", 1)], [acknowledged("decisions", 1)]);
    await sendWave(wave, kafka.call);
    expect(kafka.calls).toEqual([
      ["1", "2", "3", "4"],
      ["2", "3"],
    ]);
  });

  test("does not take one topic's partition for that of another", async () => {
    const kafka = broker([acknowledged("decisions", 0), acknowledged("decisions", 1)], [acknowledged("alerts", 1)]);
    await sendWave(wave, kafka.call);
    expect(kafka.calls.at(-1)).toEqual(["4"]);
  });

  test("gives up with KAFKA_UNAVAILABLE when calls answer for nothing any more", async () => {
    const kafka = broker([acknowledged("decisions", 0)]);
    await expect(sendWave(wave, kafka.call)).rejects.toMatchObject({ code: "KAFKA_UNAVAILABLE" });
    expect(kafka.calls).toHaveLength(6);
  });
});
