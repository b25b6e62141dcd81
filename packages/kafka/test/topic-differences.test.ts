import { expect, test } from "vitest";

import { standingTopic, topicEntries } from "../src/topic-config.ts";
import { compareTopic } from "../src/topic-differences.ts";

const settings = { topic: "payments.v1", partitions: 3, replicationFactor: 1, minInSyncReplicas: 1 };
const events = { ...settings, stampedByBroker: true };

function standing(entries: Readonly<Record<string, string>>) {
  const all = { "cleanup.policy": "delete", "min.insync.replicas": "1", "retention.ms": "604800000", ...entries };
  return standingTopic(
    [1, 1, 1],
    Object.entries(all).map(([name, value]) => ({ name, value })),
  );
}

test("a topic of events is made so that the broker stamps its records; other topics keep their producers' time", () => {
  expect(topicEntries(events)).toContainEqual({ name: "message.timestamp.type", value: "LogAppendTime" });
  expect(topicEntries(settings).map(({ name }) => name)).not.toContain("message.timestamp.type");
});

test("a topic that deletes by its producers' clocks is named where the broker should stamp", () => {
  const differences = compareTopic(events, standing({ "message.timestamp.type": "CreateTime" }));
  expect(differences).toEqual([
    expect.stringMatching(/^message\.timestamp\.type: CreateTime, .* deleted before it is screened/),
  ]);
  expect(compareTopic(settings, standing({ "message.timestamp.type": "CreateTime" }))).toEqual([]);
});

test.each([
  ["the broker stamps", { "message.timestamp.type": "LogAppendTime" }],
  ["nothing is ever deleted", { "message.timestamp.type": "CreateTime", "retention.ms": "-1" }],
  [
    "what is stamped too old is refused",
    { "message.timestamp.type": "CreateTime", "message.timestamp.before.max.ms": "3600000" },
  ],
])("a topic is not named where %s", (_, entries) => {
  expect(compareTopic(events, standing(entries))).toEqual([]);
});

test("a bound beyond the retention is none", () => {
  const entries = { "message.timestamp.type": "CreateTime", "message.timestamp.before.max.ms": "9223372036854775807" };
  expect(compareTopic(events, standing(entries))).toHaveLength(1);
});
