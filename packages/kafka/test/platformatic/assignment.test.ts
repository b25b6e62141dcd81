import kafkajs from "kafkajs";
import { expect, test } from "vitest";

import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from "../../src/platformatic/assignment.ts";

const { AssignerProtocol } = kafkajs;

test("kafkajs reads what a member of this adapter says, and the reverse", () => {
  expect(AssignerProtocol.MemberMetadata.decode(encodeSubscription(["b", "a"], "policy 1"))).toMatchObject({
    topics: ["a", "b"],
    userData: Buffer.from("policy 1"),
  });
  const theirs = AssignerProtocol.MemberMetadata.encode({
    version: 0,
    topics: ["x", "y"],
    userData: Buffer.from("policy 2"),
  });
  expect(decodeSubscription(theirs)).toEqual({ topics: ["x", "y"], terms: "policy 2" });

  const partitions = [
    { topic: "a", partition: 0 },
    { topic: "a", partition: 3 },
    { topic: "b", partition: 1 },
  ];
  expect(AssignerProtocol.MemberAssignment.decode(encodeAssignment(partitions, ""))).toMatchObject({
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
  expect(decodeAssignment(encodeAssignment([], ""))).toEqual([]);
  expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
});
