import fc from "fast-check";
import kafkajs from "kafkajs";
import { expect, test } from "vitest";

import {
  assignorName,
  assignRoundRobin,
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from "../../src/kafka-platformatic/assignment.ts";

const { AssignerProtocol, PartitionAssigners } = kafkajs;

test("every partition of a topic with a subscriber has exactly one owner, who subscribed to it, and shares differ by one", () => {
  const topics = ["a", "b", "c"];
  const member = fc.record({ memberId: fc.uuid(), topics: fc.subarray(topics, { minLength: 1 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(member, { selector: (one) => one.memberId, minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 3 }),
      (members, counts) => {
        const dealt = assignRoundRobin(members, new Map(topics.map((topic, at) => [topic, counts[at] ?? 1])));
        const owned = [...dealt].flatMap(([memberId, partitions]) =>
          partitions.map(({ topic, partition }) => ({ memberId, topic, place: `${topic} ${String(partition)}` })),
        );
        expect(new Set(owned.map(({ place }) => place)).size).toBe(owned.length);
        for (const { memberId, topic } of owned)
          expect(members.find((one) => one.memberId === memberId)?.topics).toContain(topic);
        for (const [at, topic] of topics.entries()) {
          const isWanted = members.some((one) => one.topics.includes(topic));
          expect(owned.filter((one) => one.topic === topic)).toHaveLength(isWanted ? (counts[at] ?? 1) : 0);
        }
        const sizes = [...dealt.values()].map((partitions) => partitions.length);
        const isUniform = members.every((one) => one.topics.length === topics.length);
        expect(isUniform && Math.max(...sizes) - Math.min(...sizes) > 1).toBe(false);
      },
    ),
  );
});

test("kafkajs reads what a member of this adapter says, and the reverse, under the same name", () => {
  expect(PartitionAssigners.roundRobin({} as never).name).toBe(assignorName);
  expect(AssignerProtocol.MemberMetadata.decode(encodeSubscription(["b", "a"]))).toMatchObject({ topics: ["a", "b"] });
  const theirs = AssignerProtocol.MemberMetadata.encode({ version: 0, topics: ["x", "y"], userData: Buffer.alloc(0) });
  expect(decodeSubscription(theirs)).toEqual(["x", "y"]);

  const partitions = [
    { topic: "a", partition: 0 },
    { topic: "a", partition: 3 },
    { topic: "b", partition: 1 },
  ];
  expect(AssignerProtocol.MemberAssignment.decode(encodeAssignment(partitions))).toMatchObject({
    assignment: { a: [0, 3], b: [1] },
  });
  const dealt = AssignerProtocol.MemberAssignment.encode({
    version: 0,
    assignment: { a: [0, 3], b: [1] },
    userData: Buffer.alloc(0),
  });
  expect(decodeAssignment(dealt)).toEqual(partitions);
});

test("a member for whom nothing was left has no partitions", () => {
  expect(decodeAssignment(encodeAssignment([]))).toEqual([]);
  expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
});
