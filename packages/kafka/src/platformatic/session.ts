import { topicAbsent } from "../client-errors.ts";
import { late, retrying, withDeadline } from "../deadline.ts";
import { tellWhoWaits } from "../group-protocol.ts";
import type { Session, SessionDeps } from "../kafkajs/consumer-session.ts";
import type { Position, TopicPartition } from "../port.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import { createGroupGeneration, type GroupGeneration } from "./group-generation.ts";
import { createMembership, type Membership } from "./membership.ts";
import { offsetsAt } from "./offsets.ts";
import { BrokerError, isUnknownTopic, protocolError } from "./protocol-errors.ts";

/** A topic just created is known to one broker before the others: it is absent only if it stays so. */
const untilKnown = { pauses: [100, 200, 400, 800], isPassing: isUnknownTopic } as const;

/** How the session ended by itself. `ours`: a batch was rejected, or a commit failed unaccountably. */
interface End {
  readonly error: unknown;
  readonly ours: boolean;
}

/** Finds the topics, then joins. Rejects when no broker can be reached or a topic is missing. */
export async function openSession(deps: SessionDeps): Promise<Session> {
  const { options, groupId, topics } = deps;
  const cluster = createCluster(options);
  const doing = `joining group ${groupId}`;
  try {
    await cluster.withRetries(() => retrying(() => findTopics(cluster, topics), untilKnown));
  } catch (error) {
    await cluster.close();
    throw protocolError(error, doing, options);
  }
  const stopping = new AbortController();
  const membership = createMembership(cluster, {
    groupId,
    topics,
    terms: deps.terms,
    shared: tellWhoWaits(options.log, deps),
    signal: stopping.signal,
  });
  return runSession({ cluster, membership, stopping, deps });
}

async function findTopics(cluster: Cluster, topics: readonly string[]): Promise<void> {
  const found = await cluster.layouts(topics);
  const missing = topics.find((topic) => !found.has(topic));
  if (missing !== undefined) throw topicAbsent(missing, new BrokerError("UNKNOWN_TOPIC_OR_PARTITION", missing));
}

interface Parts {
  readonly cluster: Cluster;
  readonly membership: Membership;
  readonly stopping: AbortController;
  readonly deps: SessionDeps;
}

function runSession({ cluster, membership, stopping, deps }: Parts): Session {
  const { options, groupId } = deps;
  let generation: GroupGeneration | null = null;
  let assigned: readonly TopicPartition[] = [];

  const revoke = (): void => {
    if (assigned.length === 0) return;
    const before = assigned;
    assigned = [];
    deps.revoked(before);
  };

  /** Joins, works until the group changes, and joins again. Resolves when stopped or failed. */
  async function work(): Promise<End | null> {
    try {
      while (!stopping.signal.aborted) {
        const partitions = await membership.join();
        deps.progress();
        const positions = await startingPositions(cluster, membership, partitions);
        if (stopping.signal.aborted) break;
        assigned = partitions;
        deps.assigned(partitions);
        generation = createGroupGeneration({ cluster, membership, positions, deps });
        const end = await generation.ended;
        revoke();
        if (end.kind === "failed") return end;
        if (end.kind === "closed") break;
      }
      return null;
    } catch (error) {
      return stopping.signal.aborted ? null : { error, ours: false };
    }
  }

  const finish = async (): Promise<void> => {
    await membership.leave();
    await cluster.close();
    revoke();
  };

  async function live(): Promise<void> {
    const end = await work();
    if (end === null) return;
    await finish();
    const { error, ours } = end;
    const known = ours ? asError(error) : protocolError(error, `consuming as ${groupId}`, options);
    if (!stopping.signal.aborted) deps.ended({ error: known, ours });
  }

  void live();

  return {
    async stop() {
      stopping.abort(new Error("the consumer is stopping"));
      const inHand = generation?.close() ?? Promise.resolve();
      if ((await withDeadline(inHand, options.stopTimeout)) === late) {
        generation?.abandon();
        options.log?.warn("a batch did not end in time: it stays uncommitted and will be delivered again", {
          stop_timeout_ms: options.stopTimeout,
        });
      }
      await finish();
    },
  };
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error("a batch was rejected without an error");

/** A new group begins at the earliest record: skipped is unscreened. */
async function startingPositions(
  cluster: Cluster,
  membership: Membership,
  partitions: readonly TopicPartition[],
): Promise<readonly Position[]> {
  if (partitions.length === 0) return [];
  const committed = await cluster.withRetries(() => membership.committed(partitions));
  const fresh = partitions.filter(
    (one) => !committed.some(({ topic, partition }) => topic === one.topic && partition === one.partition),
  );
  return fresh.length === 0 ? committed : [...committed, ...(await offsetsAt(cluster, fresh, "earliest"))];
}
