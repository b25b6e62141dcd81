import { shareOut } from "../group-protocol.ts";
import type { Position, TopicPartition } from "../port.ts";

/** What the group needs of a member. */
export interface GroupMember {
  readonly topics: readonly string[];
  readonly terms: string;
  /** Begins nothing new, tells the batch in hand to hurry, and resolves when it has ended. */
  hold(): Promise<void>;
  /** The new share; the old one is revoked. */
  assign(partitions: readonly TopicPartition[]): void;
}

/** A consumer group with eager rebalancing: at each change everybody stops, then all partitions are dealt anew. */
export interface MemoryGroup {
  join(member: GroupMember): void;
  /** Resolves when the others have the partitions. */
  leave(member: GroupMember): Promise<void>;
  committed(partition: TopicPartition): bigint;
  commit(position: Position): void;
  positions(): readonly Position[];
}

export function createMemoryGroup(partitionCount: (topic: string) => number): MemoryGroup {
  const members: GroupMember[] = [];
  const offsets = new Map<string, Position>();
  let rebalanced: Promise<void> = Promise.resolve();

  async function rebalance(): Promise<void> {
    await Promise.all(members.map((member) => member.hold()));
    const names = new Map(members.map((member, at) => [String(at).padStart(9, "0"), member]));
    const known = [...names].map(([memberId, { topics, terms }]) => ({ memberId, topics, terms }));
    const topics = new Set(members.flatMap((member) => member.topics));
    const { shares } = shareOut(known, new Map([...topics].map((topic) => [topic, partitionCount(topic)])));
    for (const [memberId, share] of shares) names.get(memberId)?.assign(share);
  }

  const change = (): Promise<void> => {
    rebalanced = rebalanced.then(rebalance);
    return rebalanced;
  };

  return {
    join(member) {
      members.push(member);
      void change();
    },
    leave(member) {
      const at = members.indexOf(member);
      if (at >= 0) members.splice(at, 1);
      return change();
    },
    committed: (partition) => offsets.get(nameOf(partition))?.offset ?? 0n,
    commit(position) {
      offsets.set(nameOf(position), position);
    },
    positions: () => [...offsets.values()],
  };
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;
