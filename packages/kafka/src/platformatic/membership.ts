import {
  heartbeatV4,
  type joinGroupV7 as joinTypes,
  joinGroupV7,
  leaveGroupV4,
  offsetCommitV8,
  syncGroupV5,
} from "@platformatic/kafka";

import { sleep } from "../deadline.ts";
import { assignmentProtocol, type Sharing, shareOut } from "../group-protocol.ts";
import type { Position, TopicPartition } from "../port.ts";
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from "./assignment.ts";
import { answerMs, type Cluster, pauseAfter } from "./cluster.ts";
import { createCoordinator } from "./coordinator.ts";
import { committedOffsets, partitionsByTopic } from "./offsets.ts";
import { codesOf, isExpelled, isOutage, mustRejoin } from "./protocol-errors.ts";

/** One member's place in a group, by the classic protocol. Every method rejects as the broker or the network does. */
export interface Membership {
  /** Of the last join. */
  readonly fence: { readonly generation: number; readonly memberId: string };
  /** Joins, or joins again, and waits for the assignment. Rejects when the outage outlasts the retries. */
  join(): Promise<readonly TopicPartition[]>;
  heartbeat(): Promise<void>;
  /** As the member of the last join: the broker refuses it when the group has moved on. */
  commit(positions: readonly Position[]): Promise<void>;
  /** What the group has committed; a partition without is missing. */
  committed(partitions: readonly TopicPartition[]): Promise<readonly Position[]>;
  /** Never rejects: a member that cannot leave is expelled after its session. */
  leave(): Promise<void>;
}

export interface MembershipOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** What members must agree on to be given partitions. */
  readonly terms: string;
  /** Told when this member is the leader, at each sharing out. */
  readonly shared: (sharing: Sharing) => void;
  /** No further try once it is aborted. */
  readonly signal: AbortSignal;
}

const protocolType = "consumer";
const leaveWithinMs = 3_000;

export function createMembership(
  cluster: Cluster,
  { groupId, topics, terms, shared, signal }: MembershipOptions,
): Membership {
  const { sessionTimeout, rebalanceTimeout, retries } = cluster.options;
  let memberId = "";
  let generation = -1;
  const coordinator = createCoordinator(cluster, { kind: "group", key: groupId, lane: "group" });
  const { ask } = coordinator;

  async function joinOnce(): Promise<readonly TopicPartition[]> {
    const protocols = [{ name: assignmentProtocol, metadata: encodeSubscription(topics, terms) }];
    const joined = await ask(
      (connection) =>
        joinGroupV7.api.async(
          connection,
          groupId,
          sessionTimeout,
          rebalanceTimeout,
          memberId,
          null,
          protocolType,
          protocols,
        ),
      // The broker holds it back until everybody has joined.
      { within: rebalanceTimeout + answerMs },
    );
    ({ memberId, generationId: generation } = joined);
    const assignments = joined.leader === memberId ? await assign(joined.members) : [];
    const { assignment } = await ask(
      (connection) =>
        syncGroupV5.api.async(
          connection,
          groupId,
          generation,
          memberId,
          null,
          protocolType,
          joined.protocolName ?? assignmentProtocol,
          assignments,
        ),
      { within: rebalanceTimeout + answerMs },
    );
    return decodeAssignment(assignment);
  }

  async function assign(
    members: readonly joinTypes.JoinGroupResponseMember[],
  ): Promise<{ memberId: string; assignment: Buffer }[]> {
    const subscribed = members.map(({ memberId: id, metadata }) => ({
      memberId: id,
      ...decodeSubscription(metadata),
    }));
    const wanted = [...new Set(subscribed.flatMap((member) => member.topics))].toSorted();
    const layouts = await cluster.layouts(wanted);
    const counts = new Map([...layouts].map(([topic, { leaders }]) => [topic, leaders.length]));
    const sharing = shareOut(subscribed, counts);
    shared(sharing);
    return [...sharing.shares].map(([id, partitions]) => ({
      memberId: id,
      assignment: encodeAssignment(partitions, sharing.terms),
    }));
  }

  /** True when joining again at once is what the answer asks for. */
  function learnFrom(error: unknown): boolean {
    if (codesOf(error).includes("MEMBER_ID_REQUIRED")) {
      const { response } = error as { readonly response?: { readonly memberId?: string } };
      memberId = response?.memberId ?? "";
      return true;
    }
    if (isExpelled(error)) memberId = "";
    return mustRejoin(error);
  }

  return {
    get fence() {
      return { generation, memberId };
    },
    async join() {
      for (let failures = 0; ;) {
        signal.throwIfAborted();
        try {
          return await joinOnce();
        } catch (error) {
          if (signal.aborted) throw error;
          if (learnFrom(error)) continue;
          failures += 1;
          if (!isOutage(error) || failures > retries) throw error;
          await sleep(pauseAfter(failures));
        }
      }
    },
    async heartbeat() {
      await ask((connection) => heartbeatV4.api.async(connection, groupId, generation, memberId, null), {
        within: Math.min(answerMs, sessionTimeout),
      });
    },
    async commit(positions) {
      const request = partitionsByTopic(positions).map(([name, of]) => ({
        name,
        partitions: of.map(({ partition, offset }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          committedLeaderEpoch: -1,
          committedMetadata: "",
        })),
      }));
      await ask((connection) => offsetCommitV8.api.async(connection, groupId, generation, memberId, null, request));
    },
    committed: (partitions) => committedOffsets(coordinator, { groupId, partitions, how: "stable" }),
    async leave() {
      if (memberId === "") return;
      const leaving = [{ memberId }];
      memberId = "";
      await ask((connection) => leaveGroupV4.api.async(connection, groupId, leaving), {
        // Not behind a join that is held back.
        lane: "control",
        within: leaveWithinMs,
      }).catch(() => undefined);
    },
  };
}
