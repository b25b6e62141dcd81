import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolAssignment,
  encodeConsumerProtocolSubscription,
} from "@platformatic/kafka";

import type { TopicPartition } from "../kafka/port.ts";

/**
 * kafkajs' own assignor, by its name and in its format: members of both adapters can be in one group, so that a running
 * group moves from one to the other member by member.
 */
export const assignorName = "RoundRobinAssigner";
const version = 0;
const noUserData = Buffer.alloc(0);

export interface Member {
  readonly memberId: string;
  readonly topics: readonly string[];
}

export function encodeSubscription(topics: readonly string[]): Buffer {
  return encodeConsumerProtocolSubscription({ version, topics: [...topics], userData: noUserData });
}

export const decodeSubscription = (metadata: Buffer): readonly string[] =>
  decodeConsumerProtocolSubscription(metadata).topics;

export function encodeAssignment(partitions: readonly TopicPartition[]): Buffer {
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
  return encodeConsumerProtocolAssignment({
    version,
    assignedPartitions: [...byTopic].map(([topic, of]) => ({
      topic,
      partitions: of.map(({ partition }) => partition),
    })),
    userData: noUserData,
  });
}

/** Members beyond the number of partitions get nothing, which the broker hands out as no bytes at all. */
export function decodeAssignment(assignment: Buffer): readonly TopicPartition[] {
  if (assignment.length === 0) return [];
  return decodeConsumerProtocolAssignment(assignment).assignedPartitions.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  );
}

/**
 * Deals the partitions of each topic out to those who subscribed to it, in the order of member ids, going on from topic
 * to topic where it left off. Every partition of a topic with a subscriber has exactly one owner.
 */
export function assignRoundRobin(
  members: readonly Member[],
  partitionsOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly TopicPartition[]> {
  const sorted = members.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const dealt = new Map<string, TopicPartition[]>(sorted.map(({ memberId }) => [memberId, []]));
  let turn = 0;
  for (const [topic, count] of partitionsOf) {
    const takers = sorted.filter(({ topics }) => topics.includes(topic));
    if (takers.length === 0) continue;
    for (let partition = 0; partition < count; partition += 1, turn += 1) {
      const taker = takers[turn % takers.length];
      if (taker !== undefined) dealt.get(taker.memberId)?.push({ topic, partition });
    }
  }
  return dealt;
}
