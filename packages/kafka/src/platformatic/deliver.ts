import { packerOf } from "../codecs.ts";
import { sleep } from "../deadline.ts";
import type { Delivery } from "../deliveries.ts";
import type { OutRecord, TopicPartition } from "../port.ts";
import { type ProducerStamp, recordBatch, transactionalBit } from "../record-batch.ts";
import { answerMs, type Cluster, pauseAfter } from "./cluster.ts";
import { type BatchToProduce, type ProducedPartition, produceBatches } from "./produce.ts";
import { BrokerError, isOutage, isUnknownTopic } from "./protocol-errors.ts";

/** Who writes in transactions, under a producer id of its own: the broker then drops what arrives twice. */
export interface StampedWriter {
  readonly transactionalId: string;
  /** The stamp of the next batch of so many records for that partition; each call takes the next numbers. */
  stamp(partition: TopicPartition, records: number): ProducerStamp;
  /** So many numbers of the last batch of that partition were not used: the next one takes them. */
  takeBack(partition: TopicPartition, records: number): void;
}

export interface DeliverOptions {
  /** No further try once it is aborted. */
  readonly signal: AbortSignal;
  readonly writer: StampedWriter | null;
}

/** What is left to write of one partition: encoded once, so that a repeat is the same bytes. */
interface Pending extends TopicPartition {
  readonly rest: (readonly OutRecord[])[];
  /** What `bytes` holds, and its stamp. */
  records: readonly OutRecord[];
  stamp: ProducerStamp | null;
  bytes: Buffer | null;
  failures: number;
}

/**
 * Writes every batch and resolves when each was acknowledged by all in-sync replicas. Each round sends the next batch
 * of each partition, one request for each leader; a partition goes on only when its batch was acknowledged, so that
 * its records keep their order, and one whose leader moved is sent again to the new one. Rejects with the fault that
 * no repeat mends, or with the last one when the retries are used up.
 */
export async function deliver(
  cluster: Cluster,
  deliveries: readonly Delivery[],
  options: DeliverOptions,
): Promise<void> {
  let pending: readonly Pending[] = deliveries.map(({ topic, partition, batches }) => ({
    topic,
    partition,
    rest: [...batches],
    records: [],
    stamp: null,
    bytes: null,
    failures: 0,
  }));
  while (pending.length > 0) {
    options.signal.throwIfAborted();
    for (const one of pending) if (one.bytes === null) encodeNext(cluster, one, options.writer);
    await allOf([...(await byLeader(cluster, pending))].map(([leader, of]) => ask(cluster, leader, of, options)));
    const failures = Math.max(...pending.map((one) => one.failures));
    pending = pending.filter(({ bytes, rest }) => bytes !== null || rest.length > 0);
    if (pending.length > 0 && failures > 0) await sleep(pauseAfter(failures));
  }
}

/** Waits for every request, also behind one that failed: none is under way any more when this rejects. */
async function allOf(requests: readonly Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(requests)).find((outcome) => outcome.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

function encodeNext(cluster: Cluster, one: Pending, writer: StampedWriter | null): void {
  const { topic, partition, rest } = one;
  one.records = rest.shift() ?? [];
  one.stamp = writer?.stamp({ topic, partition }, one.records.length) ?? null;
  encode(cluster, one);
}

function encode(cluster: Cluster, one: Pending): void {
  const { mask, pack } = packerOf(cluster.options.compression);
  const attributes = mask | (one.stamp === null ? 0 : transactionalBit);
  one.bytes = recordBatch(one.records, Date.now(), { attributes, stamp: one.stamp, pack });
}

/**
 * Cuts a batch that its topic finds too large in two, and those that wait behind it at the same length. The first half keeps
 * the number of the batch, which was not written; the numbers of all that follow are given anew.
 */
function cutInTwo(cluster: Cluster, one: Pending, writer: StampedWriter | null): void {
  const half = Math.ceil(one.records.length / 2);
  const behind = one.records.slice(half);
  writer?.takeBack(one, behind.length);
  one.rest.unshift(behind);
  one.records = one.records.slice(0, half);
  encode(cluster, one);
}

async function byLeader(
  cluster: Cluster,
  pending: readonly Pending[],
): Promise<ReadonlyMap<number, readonly Pending[]>> {
  try {
    const layouts = await cluster.layouts([...new Set(pending.map(({ topic }) => topic))]);
    return Map.groupBy(pending, ({ topic, partition }) => layouts.get(topic)?.leaders[partition] ?? -1);
  } catch (error) {
    for (const one of pending) failed(cluster, one, error);
    return new Map();
  }
}

/**
 * How long a leader may wait for its followers, and then to answer. What a transaction's writer repeats the broker has once, so it soon
 * asks again: the leader it asks may wait for a coordinator that hangs, which must vouch for the transaction, and does not look
 * for the next one until it is asked again. What others repeat is there twice: they wait for as long as a healthy leader may need.
 */
const patience = { stamped: { waitMs: 4_000, answerMs: 2_000 }, plain: { waitMs: answerMs, answerMs } } as const;

/** One request; every partition of it is either acknowledged or has a failure more. */
async function ask(
  cluster: Cluster,
  leader: number,
  of: readonly Pending[],
  { writer }: DeliverOptions,
): Promise<void> {
  let answers: readonly ProducedPartition[];
  try {
    const limits = writer === null ? patience.plain : patience.stamped;
    const waitMs = Math.min(cluster.options.sendTimeout, limits.waitMs);
    const request = {
      batches: of.map(({ topic, partition, bytes }): BatchToProduce => ({ topic, partition, bytes: bytes ?? noBytes })),
      waitMs,
      transactionalId: writer?.transactionalId ?? null,
    };
    answers = await cluster.ask((connection) => produceBatches(connection, request), {
      lane: "data",
      broker: cluster.brokerOf(leader),
      within: waitMs + limits.answerMs,
    });
  } catch (error) {
    for (const one of of) failed(cluster, one, error);
    return;
  }
  for (const one of of) {
    const answer = answers.find(({ topic, partition }) => topic === one.topic && partition === one.partition);
    const fault = answer === undefined ? "UNKNOWN_SERVER_ERROR" : answer.fault;
    if (fault === null) {
      one.bytes = null;
      one.failures = 0;
    } else if (tooLarge.has(fault) && one.records.length > 1) cutInTwo(cluster, one, writer);
    else failed(cluster, one, new BrokerError(fault, `partition ${one.topic} ${String(one.partition)}`));
  }
}

const tooLarge = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"]);

const noBytes = Buffer.alloc(0);

/** Counts what a repeat may mend; throws what it cannot. */
function failed(cluster: Cluster, one: Pending, error: unknown): void {
  one.failures += 1;
  const mayPass = isOutage(error) || isUnknownTopic(error);
  if (!mayPass || one.failures > cluster.options.retries) throw error;
  cluster.forget();
}
