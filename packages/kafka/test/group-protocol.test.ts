import fc from "fast-check";
import kafkajs from "kafkajs";
import { expect, test } from "vitest";

import { assignmentProtocol, decodeTerms, encodeTerms, shareOut, tellWhoWaits } from "../src/group-protocol.ts";
import { cordonAssigner } from "../src/kafkajs/group-assigner.ts";

const topics = ["a", "b", "c"];
const member = fc.record({
  memberId: fc.uuid(),
  topics: fc.subarray(topics, { minLength: 1 }),
  terms: fc.constantFrom("", "policy 1", "policy 2"),
});
const group = fc.uniqueArray(member, { selector: (one) => one.memberId, minLength: 1, maxLength: 8 });
const counts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 3 });

test("every partition of a topic has exactly one owner among the subscribers with the terms of most, and shares differ by one", () => {
  fc.assert(
    fc.property(group, counts, (members, of) => {
      const partitionsOf = new Map(topics.map((topic, at) => [topic, of[at] ?? 1]));
      const { shares, terms, waiting } = shareOut(members, partitionsOf);
      const owned = [...shares].flatMap(([memberId, partitions]) =>
        partitions.map(({ topic, partition }) => ({ memberId, topic, place: `${topic} ${String(partition)}` })),
      );
      expect(new Set(owned.map(({ place }) => place)).size).toBe(owned.length);
      for (const { memberId, topic } of owned)
        expect(members.find((one) => one.memberId === memberId)).toMatchObject({
          terms,
          topics: expect.arrayContaining([topic]) as string[],
        });
      const agreed = members.filter((one) => one.terms === terms);
      expect(waiting).toBe(members.length - agreed.length);
      for (const other of members)
        expect(members.filter((one) => one.terms === other.terms).length).toBeLessThanOrEqual(agreed.length);
      for (const [topic, count] of partitionsOf)
        expect(owned.filter((one) => one.topic === topic)).toHaveLength(
          agreed.some((one) => one.topics.includes(topic)) ? count : 0,
        );
      const sizes = agreed.map(({ memberId }) => shares.get(memberId)?.length ?? 0);
      const isUniform = agreed.every((one) => one.topics.length === topics.length);
      expect(isUniform && Math.max(...sizes) - Math.min(...sizes) > 1).toBe(false);
    }),
  );
});

test("whoever leads shares out alike, also where equally many have either terms", () => {
  fc.assert(
    fc.property(group, counts, fc.infiniteStream(fc.nat()), (members, of, order) => {
      const partitionsOf = new Map(topics.map((topic, at) => [topic, of[at] ?? 1]));
      const shuffled = members
        .map((one) => ({ one, at: order.next().value ?? 0 }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(shareOut(shuffled, partitionsOf)).toEqual(shareOut(members, partitionsOf));
    }),
  );
});

const old = (memberId: string) => ({ memberId, topics, terms: "policy 9" });
const next = (memberId: string) => ({ memberId, topics, terms: "policy 1" });

test("in a rolling change of a setting one policy decides at a time: the old one, then the new one, and never again the old", () => {
  const steps = [
    [old("a"), old("b"), old("c")],
    [old("b"), old("c"), next("d")],
    [old("c"), next("d")],
    [old("c"), next("d"), next("e")],
    [next("d"), next("e"), next("f")],
  ];
  const decides = steps.map((members) => shareOut(members, new Map([["a", 6]])).terms);
  expect(decides).toEqual(["policy 9", "policy 9", "policy 9", "policy 1", "policy 1"]);
});

test("the leader through kafkajs tells each member its share, under the name of our own", async () => {
  const told: unknown[] = [];
  const cluster = {
    findTopicPartitionMetadata: () => [{ partitionId: 0 }, { partitionId: 1 }, { partitionId: 2 }],
  };
  const assigner = cordonAssigner({ terms: "policy 1", shared: (sharing) => told.push(sharing.waiting) })({
    cluster,
  } as never);
  const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;
  const { name, metadata } = assigner.protocol({ topics: ["a"] });
  expect(name).toBe(assignmentProtocol);
  const stranger = MemberMetadata.encode({ version: 0, topics: ["a"], userData: encodeTerms("policy 2") });
  const answers = await assigner.assign({
    topics: ["a"],
    members: [
      { memberId: "x", memberMetadata: metadata },
      { memberId: "y", memberMetadata: metadata },
      { memberId: "z", memberMetadata: stranger },
    ],
  });
  const read = answers.map(({ memberId, memberAssignment }) => [
    memberId,
    MemberAssignment.decode(memberAssignment)?.assignment,
  ]);
  expect(read).toEqual([
    ["x", { a: [0, 2] }],
    ["y", { a: [1] }],
    ["z", {}],
  ]);
  expect(told).toEqual([1]);
});

test("terms that no member of ours says are none", () => {
  expect(decodeTerms(null)).toBe("");
  expect(decodeTerms(Buffer.alloc(5_000, "x"))).toBe("");
  expect(decodeTerms(encodeTerms("policy 1 engine 2"))).toBe("policy 1 engine 2");
});

test("the leader says that members disagree, and how many wait", () => {
  const lines: unknown[] = [];
  const log = { error: (...line: unknown[]) => lines.push(line) } as never;
  const tell = tellWhoWaits(log, { groupId: "g", terms: "policy 1" });
  const members = [
    { memberId: "x", topics: ["a"], terms: "policy 1" },
    { memberId: "y", topics: ["a"], terms: "policy 1" },
    { memberId: "z", topics: ["a"], terms: "policy 2" },
  ];
  tell(shareOut(members.slice(0, 2), new Map()));
  expect(lines).toEqual([]);
  tell(shareOut(members, new Map()));
  expect(lines).toMatchObject(
    [[/disagree/, { groupId: "g", members: 3, waiting: 1, terms: "policy 1" }]].map(([, facts]) => [
      expect.stringMatching(/disagree/) as string,
      facts,
    ]),
  );
});
