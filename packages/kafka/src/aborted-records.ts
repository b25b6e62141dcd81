/** A record as kafkajs 2.2.4 decodes it, as far as transactions go. */
export interface DecodedRecord {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly batchContext?: { readonly producerId: string; readonly inTransaction: boolean };
  /** kafkajs hands out no record that is one. */
  isControlRecord?: boolean;
}

export interface AbortedTransaction {
  readonly producerId: string;
  readonly firstOffset: string;
}

/** What one partition has in a fetch's answer. */
export interface FetchedPartition {
  readonly messages?: readonly DecodedRecord[];
  abortedTransactions?: readonly AbortedTransaction[] | null;
}

/** Version 0, type 0: the key of the record that ends an aborted transaction. */
const abortMarker = Buffer.alloc(4);

const isAbortMarker = ({ isControlRecord, key }: DecodedRecord): boolean =>
  isControlRecord === true && key !== null && key.equals(abortMarker);

/**
 * Hides the records of aborted transactions, as Kafka's own consumer does. kafkajs 2.2.4 does it wrongly
 * (`filterAbortedMessages.js`): it takes the list, which is in the order in which transactions ended, for one in the order
 * in which they began, enters one of them a record, and takes any record whose key is four zero bytes for a marker. So
 * where transactions of several producers overlap, as they do in topics written exactly once, it hands out records that
 * were never committed.
 *
 * Records are hidden and not removed: the consumer must read on behind them.
 */
export function hideAborted(partition: FetchedPartition): void {
  const { abortedTransactions, messages = [] } = partition;
  if (abortedTransactions === undefined || abortedTransactions === null || abortedTransactions.length === 0) return;
  const begun = abortedTransactions
    .map(({ producerId, firstOffset }) => ({ producerId, firstOffset: BigInt(firstOffset) }))
    .toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const aborted = new Set<string>();
  let next = 0;
  for (const record of messages) {
    const offset = BigInt(record.offset);
    for (let at = begun[next]; at !== undefined && at.firstOffset <= offset; at = begun[++next])
      aborted.add(at.producerId);
    const { producerId = "", inTransaction = false } = record.batchContext ?? {};
    if (isAbortMarker(record)) aborted.delete(producerId);
    else if (inTransaction && aborted.has(producerId)) record.isControlRecord = true;
  }
  partition.abortedTransactions = [];
}
