import { CordonError } from "@cordon/errors";

import { notCommitted } from "./client-errors.ts";
import { late, withDeadline } from "./deadline.ts";
import type { CompiledKafkaOptions } from "./options.ts";
import type { OutRecord, TransactionalProducer, TransactionSource } from "./port.ts";

/** How much longer than a call the brokers let a transaction live: only of a process that died do they end it. */
const transactionGraceMs = 10_000;

/** The most that brokers allow by default. */
const longestTransactionMs = 900_000;

/** After how long the brokers end a transaction that nobody goes on with. */
export const transactionTimeout = ({ sendTimeout }: CompiledKafkaOptions): number =>
  Math.min(sendTimeout + transactionGraceMs, longestTransactionMs);

/** What aborting may take: if it takes longer, taking over does it. */
export const abortMs = 5_000;

/** One producer id and epoch, which any newer one of the same transactional id shuts out. */
export interface ProducerEpoch {
  /** The group's offset of the partition, read when the epoch had begun; `null` when there was none yet. */
  readonly position: bigint | null;
  /** Writes and commits. A rejection may leave open whether it did; the epoch is then of no use any more. */
  transact(records: readonly OutRecord[], next: bigint): Promise<void>;
  /** Lets go of its connections. */
  discard(): Promise<void>;
}

export interface SourceTransactionsDeps {
  readonly options: CompiledKafkaOptions;
  readonly source: TransactionSource;
  /** Shuts out older producers, which also ends what they left open, and then reads how far the group is. */
  readonly takeOver: () => Promise<ProducerEpoch>;
  /** A library's error in Cordon's words; `doing` completes the sentence "while …". */
  readonly known: (error: unknown, doing: string) => Error;
}

/** The port's transactions over epochs of a library: after any failure the next call takes over anew. */
export async function openSourceTransactions(deps: SourceTransactionsDeps): Promise<TransactionalProducer> {
  const { options, source } = deps;
  const where = `in transactions of ${source.topic} ${String(source.partition)}`;
  const begin = async (): Promise<ProducerEpoch> => {
    try {
      return await deps.takeOver();
    } catch (error) {
      throw deps.known(error, `taking over ${where}`);
    }
  };
  let epoch: ProducerEpoch | null = await begin();
  /** The group's offset by what this process knows. */
  let position = epoch.position;
  let closed = false;
  let busy: Promise<unknown> | null = null;

  const discard = (): void => {
    void epoch?.discard().catch(() => undefined);
    epoch = null;
  };

  async function sendAndCommit(records: readonly OutRecord[], span: { from: bigint; next: bigint }): Promise<bigint> {
    // Before it skips records it asks again: what this process remembers may be older than the topic.
    if (position !== null && position > span.from) discard();
    if (epoch === null) {
      epoch = await begin();
      ({ position } = epoch);
    }
    if (position !== null && position > span.from) {
      options.log?.info("the group is past this batch already: nothing is written", { ...source });
      return position;
    }
    try {
      await epoch.transact(records, span.next);
    } catch (error) {
      discard();
      throw deps.known(error, `sending ${String(records.length)} records ${where}`);
    }
    position = span.next;
    return span.next;
  }

  return {
    async sendAndCommit(records, span) {
      if (closed || busy !== null)
        throw new CordonError(
          "CONTRACT_VIOLATED",
          "a transaction was begun on a closed producer, or during another one",
        );
      const work = sendAndCommit(records, span);
      busy = work;
      try {
        const answer = await withDeadline(work, options.sendTimeout);
        if (answer !== late) return answer;
        discard();
        throw notCommitted(options.brokers, records.length, options.sendTimeout);
      } finally {
        busy = null;
      }
    },
    async close() {
      closed = true;
      if (busy !== null) await withDeadline(Promise.allSettled([busy]), options.stopTimeout);
      const last = epoch;
      epoch = null;
      await last?.discard();
    },
  };
}
