import { CordonError } from "@cordon/errors";
import kafkajs, { type Producer as KafkajsProducer, type Transaction } from "kafkajs";

import { batchRefused } from "../client-errors.ts";
import { retrying, withDeadline } from "../deadline.ts";
import { isCoordinatorLoading, isTooLarge, isTransactionPending, kafkaError } from "../kafka-errors.ts";
import { ackTimeout, type CompiledKafkaOptions } from "../options.ts";
import type { TransactionalProducer, TransactionSource } from "../port.ts";
import { abortMs, openSourceTransactions, type ProducerEpoch, transactionTimeout } from "../source-transactions.ts";
import { transactionalIdOf } from "../transactional-id.ts";
import { newKafka } from "./kafkajs.ts";
import { createPartitionTable } from "./partition-table.ts";
import { createPlacing, type Placing } from "./placing.ts";
import { packNumbered, planSend, type TopicMessages } from "./send-plan.ts";
import { unacknowledged } from "./send-wave.ts";

const allInSyncReplicas = -1;

/**
 * kafkajs tries a call to several brokers again by broker, not by partition: a partition that was written already and whose
 * leadership then moves to a broker that is to be asked again is written twice, under new sequence numbers, in one
 * transaction (`sendMessages.js`, its `responsePerBroker`). So it tries nothing again here; what fails ends the transaction.
 */
const once = { retries: 0 } as const;

/** The coordinator begins no transaction while it still writes the marker of the one before, some milliseconds long. */
const untilMarked = { pauses: [10, 20, 40, 80, 160, 320, 640, 1_280], isPassing: isTransactionPending } as const;

/** Taking over ends what an older producer left open: its partitions may need a new leader first. */
const untilEnded = {
  pauses: [...untilMarked.pauses, 1_000, 1_000, 1_000, 1_000, 1_000],
  isPassing: (error: unknown): boolean => isTransactionPending(error) || isCoordinatorLoading(error),
} as const;

/**
 * A transactional producer of kafkajs for one partition of input. kafkajs cannot go on after a failed commit or abort, and
 * never renews its epoch, so after any failure its producer is thrown away, and the next call takes over anew.
 */
export function openTransactionalProducer(
  options: CompiledKafkaOptions,
  source: TransactionSource,
): Promise<TransactionalProducer> {
  const placing = createPlacing(createPartitionTable(newKafka(options)));
  return openSourceTransactions({
    options,
    source,
    takeOver: () => takeOver({ options, source, placing }),
    known: (error, doing) => kafkaError(error, doing, options),
  });
}

interface TakeOverDeps {
  readonly options: CompiledKafkaOptions;
  readonly source: TransactionSource;
  readonly placing: Placing;
}

async function takeOver({ options, source, placing }: TakeOverDeps): Promise<ProducerEpoch> {
  const producer = newKafka(options).producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    transactionalId: transactionalIdOf(source),
    transactionTimeout: transactionTimeout(options),
    retry: once,
  });
  try {
    await producer.connect();
    // The first transaction of a kafkajs producer takes the id over. Empty, it needs no answer to end.
    const first = await retrying(() => producer.transaction(), untilEnded);
    await first.abort();
    const pack = packNumbered({ now: Date.now, compression: options.compression });
    return {
      position: await committedOffset(options, source),
      transact: async (records, next) => {
        const { waves } = planSend(records, await placing.choiceFor(records), pack);
        try {
          await transact(producer, { waves, next, source, options });
        } catch (error) {
          throw isTooLarge(error) && (await placing.refused(records)) ? batchRefused(error) : error;
        }
      },
      discard: () => producer.disconnect(),
    };
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
}

async function committedOffset(options: CompiledKafkaOptions, source: TransactionSource): Promise<bigint | null> {
  const { groupId, topic, partition } = source;
  const admin = newKafka(options).admin();
  try {
    await admin.connect();
    const [answer] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const offset = answer?.partitions.find((one) => one.partition === partition)?.offset;
    const found = BigInt(offset ?? -1);
    return found < 0n ? null : found;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

interface TransactionDeps {
  readonly waves: readonly TopicMessages[];
  readonly next: bigint;
  readonly source: TransactionSource;
  readonly options: CompiledKafkaOptions;
}

/** What comes before the commit fails for certain; whether a failed commit took effect only taking over can tell. */
async function transact(producer: KafkajsProducer, deps: TransactionDeps): Promise<void> {
  const transaction = await producer.transaction();
  try {
    await fill(transaction, deps);
  } catch (error) {
    // Who reads committed records waits behind an open transaction: end it now, if that can be done.
    await withDeadline(transaction.abort(), abortMs).catch(() => undefined);
    throw error;
  }
  await transaction.commit();
}

/**
 * One call after another: kafkajs counts a partition's sequence back when a call fails, and a second call under way would
 * then use the numbers of the first, which the broker may have written, and be taken for its repetition. Only the first call meets
 * the marker of the transaction before, and it is tried again whole: packed batches are then the same, to the byte.
 */
async function fill(transaction: Transaction, { waves, next, source, options }: TransactionDeps): Promise<void> {
  const send = async (wave: TopicMessages): Promise<void> => {
    const answers = await transaction.sendBatch({
      topicMessages: [...wave],
      acks: allInSyncReplicas,
      timeout: ackTimeout(options),
    });
    const left = unacknowledged(wave, answers);
    if (left > 0)
      throw new CordonError("KAFKA_UNAVAILABLE", `Kafka left ${String(left)} records without an acknowledgement`);
  };
  const [first = [], ...rest] = waves;
  if (first.length > 0) await retrying(() => send(first), untilMarked);
  for (const wave of rest) await send(wave);
  const { groupId, topic, partition } = source;
  const topics = [{ topic, partitions: [{ partition, offset: next.toString() }] }];
  await retrying(() => transaction.sendOffsets({ consumerGroupId: groupId, topics }), untilMarked);
}
