import {
  addOffsetsToTxnV3,
  addPartitionsToTxnV3,
  endTxnV3,
  initProducerIdV4,
  txnOffsetCommitV3,
} from "@platformatic/kafka";

import { retrying, withDeadline } from "../deadline.ts";
import type { Delivery } from "../deliveries.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import type { OutRecord, TransactionalProducer, TransactionSource } from "../port.ts";
import { createSequences } from "../sequences.ts";
import { abortMs, openSourceTransactions, type ProducerEpoch, transactionTimeout } from "../source-transactions.ts";
import { transactionalIdOf } from "../transactional-id.ts";
import { answerMs, type Cluster, createCluster } from "./cluster.ts";
import { type Coordinator, createCoordinator } from "./coordinator.ts";
import { deliver, type StampedWriter } from "./deliver.ts";
import { committedOffsets, partitionsByTopic } from "./offsets.ts";
import { plan, turns } from "./producer.ts";
import { isTransactionPending, protocolError } from "./protocol-errors.ts";

/**
 * The coordinator refuses to begin a transaction while it still writes the marker of the one before, some milliseconds
 * long; one that another producer left open it has to end first.
 */
const untilMarked = {
  pauses: [5, 5, 10, 20, 40, 80, 160, 320, 640, 1_280, 1_280, 1_280, 1_280],
  isPassing: isTransactionPending,
} as const;

/** A transactional producer for one partition of input. After any failure the next call begins a new epoch. */
export function openTransactionalProducer(
  options: CompiledKafkaOptions,
  source: TransactionSource,
): Promise<TransactionalProducer> {
  return openSourceTransactions({
    options,
    source,
    takeOver: () => takeOver(options, source),
    known: (error, doing) => protocolError(error, doing, options),
  });
}

/** Connections and coordinators of one epoch. */
interface Parts {
  readonly cluster: Cluster;
  readonly source: TransactionSource;
  readonly transactionalId: string;
  readonly transactions: Coordinator;
  readonly group: Coordinator;
}

interface Identity {
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

async function takeOver(options: CompiledKafkaOptions, source: TransactionSource): Promise<ProducerEpoch> {
  const cluster = createCluster(options);
  const transactionalId = transactionalIdOf(source);
  const parts: Parts = {
    cluster,
    source,
    transactionalId,
    transactions: createCoordinator(cluster, { kind: "transaction", key: transactionalId, lane: "control" }),
    group: createCoordinator(cluster, { kind: "group", key: source.groupId, lane: "group" }),
  };
  try {
    const identity = await persistently(parts, () =>
      parts.transactions.ask((connection) =>
        initProducerIdV4.api.async(connection, transactionalId, transactionTimeout(options), -1n, -1),
      ),
    );
    const position = await persistently(parts, () => committedOffset(parts));
    const writer = stampedWriter(transactionalId, identity);
    const turn = turns();
    return {
      position,
      transact: (records, next) => transact(parts, { identity, writer, turn, records, next }),
      discard: () => cluster.close(),
    };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

/** Tries again while the transaction before is being ended, and while there is an outage. */
const persistently = <T>({ cluster }: Parts, work: () => Promise<T>): Promise<T> =>
  cluster.withRetries(() => retrying(work, untilMarked));

async function committedOffset({ group, source }: Parts): Promise<bigint | null> {
  const { groupId } = source;
  const [position] = await committedOffsets(group, { groupId, partitions: [source], how: "stable" });
  return position?.offset ?? null;
}

/** Numbers the batches of each partition, so that the broker knows a repeat. */
function stampedWriter(transactionalId: string, { producerId, producerEpoch }: Identity): StampedWriter {
  const sequences = createSequences();
  return {
    transactionalId,
    stamp: (partition, records) => ({
      id: producerId,
      epoch: producerEpoch,
      sequence: sequences.take(partition, records),
    }),
    takeBack: (partition, records) => {
      sequences.giveBack(partition, records);
    },
  };
}

interface Work {
  readonly identity: Identity;
  readonly writer: StampedWriter;
  readonly turn: () => number;
  readonly records: readonly OutRecord[];
  readonly next: bigint;
}

/** What comes before the commit fails for certain; whether a failed commit took effect only taking over can tell. */
async function transact(parts: Parts, work: Work): Promise<void> {
  const deliveries = await parts.cluster.withRetries(() => plan(parts.cluster, work.records, work.turn));
  try {
    await addPartitions(parts, work.identity, deliveries);
    await both(
      (signal) => deliver(parts.cluster, deliveries, { signal, writer: work.writer }),
      () => moveOffset(parts, work),
    );
  } catch (error) {
    // Who reads committed records waits behind an open transaction: end it now, if that can be done.
    await withDeadline(end(parts, work.identity, "abort"), abortMs).catch(() => undefined);
    throw error;
  }
  await end(parts, work.identity, "commit");
}

/** Waits for both even when one fails: what is still under way must not arrive behind the transaction's end. */
async function both(first: (signal: AbortSignal) => Promise<void>, second: () => Promise<void>): Promise<void> {
  const failure = new AbortController();
  const outcomes = await Promise.allSettled(
    [first(failure.signal), second()].map((work) =>
      work.catch((error: unknown) => {
        failure.abort(error);
        throw error;
      }),
    ),
  );
  if (outcomes.some(({ status }) => status === "rejected")) throw failure.signal.reason;
}

async function addPartitions(
  parts: Parts,
  { producerId, producerEpoch }: Identity,
  deliveries: readonly Delivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  const { transactionalId } = parts;
  const topics = partitionsByTopic(deliveries).map(([name, of]) => ({
    name,
    partitions: of.map(({ partition }) => partition),
  }));
  await persistently(parts, () =>
    parts.transactions.ask((connection) =>
      addPartitionsToTxnV3.api.async(connection, [
        { transactionalId, producerId, producerEpoch, verifyOnly: false, topics },
      ]),
    ),
  );
}

/** Without generation and member: the epoch alone shuts others out, as the port promises. */
async function moveOffset(parts: Parts, { identity, next }: Work): Promise<void> {
  const { transactionalId, source } = parts;
  const { producerId, producerEpoch } = identity;
  const { groupId, topic, partition } = source;
  await persistently(parts, () =>
    parts.transactions.ask((connection) =>
      addOffsetsToTxnV3.api.async(connection, transactionalId, producerId, producerEpoch, groupId),
    ),
  );
  const topics = [
    { name: topic, partitions: [{ partitionIndex: partition, committedOffset: next, committedLeaderEpoch: -1 }] },
  ];
  await persistently(parts, () =>
    parts.group.ask((connection) =>
      txnOffsetCommitV3.api.async(
        connection,
        transactionalId,
        groupId,
        producerId,
        producerEpoch,
        -1,
        "",
        null,
        topics,
      ),
    ),
  );
}

async function end(parts: Parts, { producerId, producerEpoch }: Identity, how: "commit" | "abort"): Promise<void> {
  await persistently(parts, () =>
    parts.transactions.ask(
      (connection) =>
        endTxnV3.api.async(connection, parts.transactionalId, producerId, producerEpoch, how === "commit"),
      { within: answerMs },
    ),
  );
}
