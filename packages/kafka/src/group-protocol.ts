import type { Logger } from "@cordon/service";

import type { TopicPartition } from "./port.ts";

/**
 * The name of the way in which Cordon's groups share partitions out. Brokers let members into a group only while all know one
 * name in common, so a program that is not Cordon, whatever library it uses, cannot take partitions of a group of ours: it is
 * refused with INCONSISTENT_GROUP_PROTOCOL, and so are we where it came first. Members through either client library know
 * this one. Another rule of sharing out needs another name.
 */
export const assignmentProtocol = "cordon-1";

/** Of what members say of themselves and are told; version 0 of the consumer protocol has topics and user data. */
export const subscriptionVersion = 0;

export interface GroupMember {
  readonly memberId: string;
  readonly topics: readonly string[];
  /** What it says members must agree on; empty where it says nothing. */
  readonly terms: string;
}

export interface Sharing {
  /** By member id; each member stands in it, be it with nothing. */
  readonly shares: ReadonlyMap<string, readonly TopicPartition[]>;
  /** The terms that most members have. */
  readonly terms: string;
  /** How many members have other ones: they get nothing. */
  readonly waiting: number;
}

/** Terms longer than this are not ours. */
const mostTermsBytes = 4_096;

export const encodeTerms = (terms: string): Buffer => Buffer.from(terms);

export const decodeTerms = (userData: Buffer | null | undefined): string =>
  userData === null || userData === undefined || userData.length > mostTermsBytes ? "" : userData.toString("utf8");

/**
 * Deals the partitions of each topic out to those who subscribed to it and have the terms of most, in the order of member
 * ids, going on from topic to topic where it left off. So at any time the whole group works under one set of terms, and
 * every partition of a topic with such a subscriber has exactly one owner. Of terms that equally many have, the ones that
 * sort last count: it is the same for every leader.
 */
export function shareOut(members: readonly GroupMember[], partitionsOf: ReadonlyMap<string, number>): Sharing {
  const terms = termsOfMost(members);
  const sorted = members.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const agreed = sorted.filter((member) => member.terms === terms);
  const shares = new Map<string, TopicPartition[]>(sorted.map(({ memberId }) => [memberId, []]));
  let turn = 0;
  for (const [topic, count] of partitionsOf) {
    const takers = agreed.filter(({ topics }) => topics.includes(topic));
    if (takers.length === 0) continue;
    for (let partition = 0; partition < count; partition += 1, turn += 1) {
      const taker = takers[turn % takers.length];
      if (taker !== undefined) shares.get(taker.memberId)?.push({ topic, partition });
    }
  }
  return { shares, terms, waiting: members.length - agreed.length };
}

function termsOfMost(members: readonly GroupMember[]): string {
  const counted = [...Map.groupBy(members, ({ terms }) => terms)].map(([terms, of]) => ({ terms, count: of.length }));
  counted.sort((a, b) => b.count - a.count || (a.terms < b.terms ? 1 : -1));
  return counted[0]?.terms ?? "";
}

/** What a leader says when the members do not agree. */
export function tellWhoWaits(
  log: Logger | null,
  { groupId, terms: own }: { readonly groupId: string; readonly terms: string },
): (sharing: Sharing) => void {
  return ({ terms, waiting, shares }) => {
    if (waiting === 0) return;
    const facts = { groupId, members: shares.size, waiting, terms, own };
    log?.error("members of the group disagree: those with other settings than most get no partitions", facts);
  };
}
