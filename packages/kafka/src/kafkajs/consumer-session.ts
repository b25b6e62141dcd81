import type { Consumer as KafkajsConsumer, ConsumerGroupJoinEvent } from "kafkajs";

import { type BatchesInHand, createBatchesInHand } from "../batches-in-hand.ts";
import { late, retrying, withDeadline } from "../deadline.ts";
import { tellWhoWaits } from "../group-protocol.ts";
import { kafkaError } from "../kafka-errors.ts";
import { type CompiledKafkaOptions, layoutMaxAgeMs } from "../options.ts";
import { onOutOfRange } from "../out-of-range.ts";
import type { OnBatch, Position, Skipped, TopicPartition } from "../port.ts";
import { onVanishedTopic } from "../vanished-topic.ts";
import { type BatchLoop, createBatchLoop } from "./batch-loop.ts";
import { cordonAssigner } from "./group-assigner.ts";
import { newKafka, retryOptions } from "./kafkajs.ts";
import { untilKnown } from "./partition-table.ts";

export interface SessionDeps {
  readonly options: CompiledKafkaOptions;
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly onBatch: OnBatch;
  readonly terms: string;
  readonly progress: () => void;
  readonly assigned: (partitions: readonly TopicPartition[]) => void;
  readonly revoked: (partitions: readonly TopicPartition[]) => void;
  readonly committed: (positions: readonly Position[]) => void;
  readonly commitFailed: (error: Error) => void;
  readonly passed: (position: Position) => void;
  /** The group's offset named nothing that is kept; it is committed anew, and read on from there. */
  readonly skipped: (event: Skipped) => void;
  /** Told once, when the session ended by itself. `ours`: a batch was rejected, or a commit failed unaccountably. */
  readonly ended: (end: { readonly error: Error; readonly ours: boolean }) => void;
}

/** One membership of a consumer group, from joining to its end. */
export interface Session {
  stop(): Promise<void>;
}

/** Also how soon a member hears that the group changes, and how long others wait for it then. */
const heartbeatInterval = 1_000;
const fetchWaitMs = 500;
const fetchBytes = 10 * 1_048_576;

/** How long kafkajs may take to say that it crashed after a batch was rejected. */
const crashGraceMs = 10_000;

/** Connects and subscribes, then joins. Rejects when it cannot connect or a topic is missing. */
export async function openSession(deps: SessionDeps): Promise<Session> {
  const { options, groupId, topics } = deps;
  const consumer = newKafka(options).consumer({
    groupId,
    partitionAssigners: [cordonAssigner({ terms: deps.terms, shared: tellWhoWaits(options.log, deps) })],
    sessionTimeout: options.sessionTimeout,
    rebalanceTimeout: options.rebalanceTimeout,
    heartbeatInterval: Math.min(heartbeatInterval, Math.floor(options.sessionTimeout / 3)),
    maxWaitTimeInMs: fetchWaitMs,
    maxBytes: Math.max(fetchBytes, options.maxBytesPerPartition),
    maxBytesPerPartition: options.maxBytesPerPartition,
    allowAutoTopicCreation: false,
    metadataMaxAge: layoutMaxAgeMs,
    // kafkajs restarts after failures that no restart mends, and its timer outlives a stop. The consumer does it.
    retry: { ...retryOptions(options), restartOnFailure: async () => Promise.resolve(false) },
  });
  const inHand = createBatchesInHand();
  const loop = batchLoop(inHand, deps, (error) => {
    end.fail(error);
  });
  const assignment = watchAssignment(consumer, { inHand, loop, deps });
  const end = watchEnd(consumer, { assignment, inHand, deps });
  try {
    await consumer.connect();
    await retrying(() => consumer.subscribe({ topics: [...topics], fromBeginning: true }), untilKnown);
  } catch (error) {
    end.expected();
    await consumer.disconnect().catch(() => undefined);
    throw kafkaError(error, `joining group ${groupId}`, options);
  }
  const joined = run(consumer, loop, options).catch(end.fail);
  return {
    stop: () => stop(consumer, { joined, inHand, loop, assignment, expected: end.expected, options }),
  };
}

interface Assignment {
  revoke(): void;
}

interface AssignmentDeps {
  readonly inHand: BatchesInHand;
  readonly loop: BatchLoop;
  readonly deps: SessionDeps;
}

function watchAssignment(consumer: KafkajsConsumer, { inHand, loop, deps }: AssignmentDeps): Assignment {
  const { events } = consumer;
  let current: readonly TopicPartition[] = [];
  let forgetMember: (() => void) | null = null;
  const revoke = (): void => {
    if (current.length === 0) return;
    const before = current;
    current = [];
    deps.revoked(before);
  };
  consumer.on(events.REBALANCING, () => {
    // Goes out before kafkajs asks to join, which it does next and for which it does not wait.
    void loop.flush();
    revoke();
  });
  consumer.on(events.GROUP_JOIN, ({ payload }: ConsumerGroupJoinEvent) => {
    deps.progress();
    revoke();
    forgetMember?.();
    forgetMember = listenFor(payload.memberId, { inHand, skipped: deps.skipped });
    current = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    inHand.joined(current);
    // A join that was under way when the stop gave up waiting: leave again.
    if (inHand.closing) void consumer.disconnect().catch(() => undefined);
    else deps.assigned(current);
  });
  consumer.on(events.END_BATCH_PROCESS, ({ payload: { topic, partition, batchSize, lastOffset } }) => {
    if (batchSize === 0) deps.passed({ topic, partition, offset: BigInt(lastOffset) + 1n });
  });
  consumer.on(events.HEARTBEAT, deps.progress);
  consumer.on(events.FETCH, deps.progress);
  consumer.on(events.DISCONNECT, () => {
    forgetMember?.();
  });
  return { revoke };
}

/** What kafkajs finds out about a member while it reads. Answers how to end the listening. */
function listenFor(memberId: string, to: { inHand: BatchesInHand; skipped: SessionDeps["skipped"] }): () => void {
  const ends = [
    onOutOfRange(memberId, to.skipped),
    onVanishedTopic(memberId, () => {
      to.inHand.topicVanished();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

interface End {
  /** The consumer is stopped from outside: what ends now is no news. */
  readonly expected: () => void;
  /** A failure of ours; kafkajs reports its crash after leaving the group, and then it is told. */
  readonly fail: (error: unknown) => void;
}

interface EndDeps {
  readonly assignment: Assignment;
  readonly inHand: BatchesInHand;
  readonly deps: SessionDeps;
}

function watchEnd(consumer: KafkajsConsumer, { assignment, inHand, deps }: EndDeps): End {
  let failure: Error | null = null;
  let over = false;
  const tell = (error: Error, ours: boolean): void => {
    if (over) return;
    over = true;
    inHand.abandon();
    assignment.revoke();
    deps.ended({ error, ours });
  };
  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
    if (failure !== null) tell(failure, true);
    else tell(kafkaError(error, `consuming as ${deps.groupId}`, deps.options), false);
  });
  return {
    expected() {
      over = true;
    },
    fail(error) {
      const known = error instanceof Error ? error : new Error("a batch was rejected without an error");
      failure ??= known;
      setTimeout(() => {
        tell(known, true);
      }, crashGraceMs).unref();
    },
  };
}

function batchLoop(inHand: BatchesInHand, deps: SessionDeps, failed: (error: unknown) => void): BatchLoop {
  const { options, groupId } = deps;
  return createBatchLoop({
    inHand,
    onBatch: deps.onBatch,
    maxBatchRecords: options.maxBatchRecords,
    commitInterval: options.commitInterval,
    committed: deps.committed,
    commitFailed: (error) => {
      deps.commitFailed(kafkaError(error, `committing as ${groupId}`, options));
    },
    heartbeatFailed: (error) => {
      options.log?.warn("a heartbeat failed", {
        error: kafkaError(error, `sending a heartbeat as ${groupId}`, options),
      });
    },
    failed,
  });
}

function run(consumer: KafkajsConsumer, loop: BatchLoop, options: CompiledKafkaOptions): Promise<void> {
  return consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: options.concurrentPartitions,
    eachBatch: loop.eachBatch,
  });
}

interface StopDeps {
  readonly joined: Promise<void>;
  readonly inHand: BatchesInHand;
  readonly loop: BatchLoop;
  readonly assignment: Assignment;
  readonly expected: () => void;
  readonly options: CompiledKafkaOptions;
}

/**
 * The batch in hand is told by its signal, may finish and is then committed. Disconnecting before the first join is
 * done would leave a member behind: kafkajs would connect again to finish it.
 */
async function stop(consumer: KafkajsConsumer, deps: StopDeps): Promise<void> {
  const { joined, inHand, loop, assignment, options } = deps;
  deps.expected();
  inHand.close();
  const leave = async (): Promise<void> => {
    await joined;
    await loop.flush();
    await consumer.disconnect();
  };
  const outcome = await withDeadline(leave(), options.stopTimeout);
  inHand.abandon();
  if (outcome === late) {
    options.log?.warn("a batch did not end in time: it stays uncommitted and will be delivered again", {
      stop_timeout_ms: options.stopTimeout,
    });
  }
  assignment.revoke();
}
