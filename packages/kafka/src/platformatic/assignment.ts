import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolAssignment,
  encodeConsumerProtocolSubscription,
} from "@platformatic/kafka";

import { decodeTerms, encodeTerms, type GroupMember, subscriptionVersion as version } from "../group-protocol.ts";
import type { TopicPartition } from "../port.ts";

/*
 * What members say and are told, in the format that kafkajs writes, too: members of both adapters can be in one group, so that
 * a running group moves from one to the other member by member.
 */

export function encodeSubscription(topics: readonly string[], terms: string): Buffer {
  return encodeConsumerProtocolSubscription({ version, topics: [...topics], userData: encodeTerms(terms) });
}

export function decodeSubscription(metadata: Buffer): Pick<GroupMember, "topics" | "terms"> {
  const { topics, userData } = decodeConsumerProtocolSubscription(metadata);
  return { topics, terms: decodeTerms(userData) };
}

export function encodeAssignment(partitions: readonly TopicPartition[], terms: string): Buffer {
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
  return encodeConsumerProtocolAssignment({
    version,
    assignedPartitions: [...byTopic].map(([topic, of]) => ({
      topic,
      partitions: of.map(({ partition }) => partition),
    })),
    userData: encodeTerms(terms),
  });
}

/** Members beyond the number of partitions get nothing, which the broker hands out as no bytes at all. */
export function decodeAssignment(assignment: Buffer): readonly TopicPartition[] {
  if (assignment.length === 0) return [];
  return decodeConsumerProtocolAssignment(assignment).assignedPartitions.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  );
}
