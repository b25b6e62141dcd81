import { CordonError } from "@cordon/errors";

import type { TransactionalProducer, TransactionSource } from "../port.ts";
import { transactionalIdOf } from "../transactional-id.ts";
import type { MemoryGroup } from "./memory-group.ts";
import type { MemoryLog } from "./memory-log.ts";

export interface MemoryTransactionDeps {
  /** The epoch of the newest producer, by transactional id. Shared by all of one Kafka. */
  readonly epochs: Map<string, number>;
  readonly log: MemoryLog;
  readonly group: MemoryGroup;
  /** The error that transactions fail with now, if they do. */
  readonly failure: () => Error | null;
}

/** Opening takes the source over at once. Nothing of a transaction is there before all of it is. */
export function createMemoryTransactionalProducer(
  source: TransactionSource,
  { epochs, log, group, failure }: MemoryTransactionDeps,
): TransactionalProducer {
  const id = transactionalIdOf(source);
  const takeOver = (): number => {
    const next = (epochs.get(id) ?? 0) + 1;
    epochs.set(id, next);
    return next;
  };
  let epoch: number | null = takeOver();
  let closed = false;

  return {
    async sendAndCommit(records, { from, next }) {
      if (closed) throw new CordonError("CONTRACT_VIOLATED", "a transaction was begun on a closed producer");
      await Promise.resolve();
      epoch ??= takeOver();
      if (epoch !== epochs.get(id)) {
        epoch = null;
        throw new CordonError("TRANSACTION_LOST", "a newer producer took the partition over");
      }
      const error = failure();
      if (error !== null) throw error;
      const position = group.committed(source);
      if (position > from) return position;
      log.append(records);
      group.commit({ topic: source.topic, partition: source.partition, offset: next });
      return next;
    },
    async close() {
      closed = true;
      await Promise.resolve();
    },
  };
}
