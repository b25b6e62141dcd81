import kafkajs, { type PartitionAssigner } from "kafkajs";

import {
  assignmentProtocol,
  decodeTerms,
  encodeTerms,
  type Sharing,
  shareOut,
  subscriptionVersion,
} from "../group-protocol.ts";

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;

export interface AssignerOptions {
  readonly terms: string;
  /** Told by the leader, at each sharing out. */
  readonly shared: (sharing: Sharing) => void;
}

/** How a member through kafkajs shares partitions out when the group makes it the leader. */
export function cordonAssigner({ terms, shared }: AssignerOptions): PartitionAssigner {
  return ({ cluster }) => ({
    name: assignmentProtocol,
    version: subscriptionVersion,
    assign: async ({ members, topics }) => {
      const partitionsOf = new Map(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length] as const),
      );
      const known = members.map(({ memberId, memberMetadata }) => {
        const { topics: of = [], userData } = MemberMetadata.decode(memberMetadata) ?? {};
        return { memberId, topics: of, terms: decodeTerms(userData) };
      });
      const sharing = shareOut(known, partitionsOf);
      shared(sharing);
      return Promise.resolve(
        [...sharing.shares].map(([memberId, partitions]) => {
          const byTopic = Map.groupBy(partitions, ({ topic }) => topic);
          const assignment = Object.fromEntries(
            [...byTopic].map(([topic, of]) => [topic, of.map(({ partition }) => partition)]),
          );
          return {
            memberId,
            memberAssignment: MemberAssignment.encode({
              version: subscriptionVersion,
              assignment,
              userData: encodeTerms(sharing.terms),
            }),
          };
        }),
      );
    },
    protocol: ({ topics }) => ({
      name: assignmentProtocol,
      metadata: MemberMetadata.encode({ version: subscriptionVersion, topics, userData: encodeTerms(terms) }),
    }),
  });
}
