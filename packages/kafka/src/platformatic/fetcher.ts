import { skippedBy } from "../out-of-range.ts";
import type { ConsumedRecord, Position, Skipped, TopicPartition } from "../port.ts";
import { answerMs, type Cluster, pauseAfter } from "./cluster.ts";
import { decodeRecords } from "./decode-records.ts";
import { type FetchedPartition, fetchPartitions } from "./fetch.ts";
import { offsetsAt } from "./offsets.ts";
import { BrokerError, isOutage, isUnknownTopic } from "./protocol-errors.ts";

/** What one fetch brought of one partition. `records` may be empty where only transactions' markers stood. */
export interface Chunk extends TopicPartition {
  readonly records: readonly ConsumedRecord[];
  readonly nextOffset: bigint;
  readonly highWatermark: bigint;
}

/**
 * Reads partitions from their leaders, one chunk of a partition at a time: a partition whose chunk was delivered is left
 * alone until `resume`. While chunks are being worked on, the next ones of other partitions are fetched already, so that
 * memory is bounded by one chunk for each partition.
 */
export interface Fetcher {
  /** Fetches this partition again, from there. */
  resume(position: Position): void;
  /** Nothing is delivered any more. */
  close(): void;
}

export interface FetcherOptions {
  readonly positions: readonly Position[];
  readonly deliver: (chunk: Chunk) => void;
  /** A broker answered. */
  readonly answered: () => void;
  /** The position named nothing that is kept; it is read on from the earliest. */
  readonly skipped: (event: Skipped) => void;
  /** A topic was made anew: the positions say nothing of it. Told once; the fetcher is closed then. Absent: it is read on as if it were the same. */
  readonly remade?: () => void;
  /** An outage outlasted the retries, or something no retry mends. Told once; the fetcher is closed then. */
  readonly failed: (error: unknown) => void;
}

interface Source extends TopicPartition {
  position: bigint;
  /** Its chunk was delivered and is being worked on. */
  held: boolean;
  leader: number;
  failures: number;
  /** When the first of its failures in a row was. */
  failingSince: number;
  /** Not asked for before: it failed, or had nothing while others have. By `performance.now`, as every wait here: a clock that jumps must not stop the reading. */
  restsUntil: number;
}

const longPollMs = 500;
const fetchBytes = 10 * 1_048_576;
/** How long a partition that had nothing is left out while chunks of others are at hand. */
const dryRestMs = 50;
/**
 * An outage that is shorter ends nothing, however often it was met: a broker that hangs is known as such after five seconds, and from
 * then on each failure comes at once, but the cluster may need ten more to give its partitions to others. To leave the group and join
 * it again would take longer than that.
 */
const outlastMs = 30_000;

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${String(partition)}`;

export function createFetcher(cluster: Cluster, options: FetcherOptions): Fetcher {
  const { maxBytesPerPartition, retries } = cluster.options;
  const sources = new Map<string, Source>(
    options.positions.map(({ topic, partition, offset }) => [
      nameOf({ topic, partition }),
      { topic, partition, position: offset, held: false, leader: -1, failures: 0, failingSince: 0, restsUntil: 0 },
    ]),
  );
  const topics = [...new Set(options.positions.map(({ topic }) => topic))];
  /** Of the topics that the positions are of. One made anew has a name in common with them, and no record. */
  const ids = new Map<string, string>();
  /** Nodes that have a fetch of ours under way: more than one would only queue. */
  const asked = new Set<number>();
  let closed = false;
  let metadataFailures = 0;
  let planning = false;
  let timer: NodeJS.Timeout | undefined;

  function fail(error: unknown): void {
    if (closed) return;
    close();
    options.failed(error);
  }

  function close(): void {
    closed = true;
    clearTimeout(timer);
  }

  function planSoon(milliseconds: number): void {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void plan(), milliseconds);
  }

  async function plan(): Promise<void> {
    if (closed || planning || sources.size === 0) return;
    planning = true;
    try {
      await locate();
      metadataFailures = 0;
    } catch (error) {
      metadataFailures += 1;
      if (!isOutage(error) || metadataFailures > retries) fail(error);
      else planSoon(pauseAfter(metadataFailures));
      return;
    } finally {
      planning = false;
    }
    if (closed) return;
    for (const [leader, led] of Map.groupBy(sources.values(), (source) => source.leader))
      if (leader === -1) for (const source of led) leaderless(source);
      else if (!asked.has(leader)) askLeader(leader, led);
    const wakesAt = Math.min(...[...sources.values()].filter(isResting).map(({ restsUntil }) => restsUntil));
    if (Number.isFinite(wakesAt)) planSoon(Math.max(wakesAt - performance.now(), 1));
  }

  const isResting = ({ held, restsUntil }: Source): boolean => !held && restsUntil > performance.now();

  async function locate(): Promise<void> {
    const layouts = await cluster.layouts(topics);
    for (const [topic, { id }] of layouts) {
      if (!ids.has(topic)) ids.set(topic, id);
      if (options.remade === undefined || ids.get(topic) === id || closed) continue;
      close();
      options.remade();
    }
    for (const source of sources.values()) source.leader = layouts.get(source.topic)?.leaders[source.partition] ?? -1;
  }

  function leaderless(source: Source): void {
    if (!source.held && !isResting(source))
      trouble(source, new BrokerError("LEADER_NOT_AVAILABLE", `partition ${nameOf(source)}`));
  }

  /** With nothing of this leader at hand there is time to wait for news; else what is idle is asked for and no more. */
  function askLeader(leader: number, led: readonly Source[]): void {
    const idle = led.filter((source) => !source.held);
    const canWait = idle.length === led.length;
    const ready = idle.filter((source) => !isResting(source) || (canWait && source.failures === 0));
    if (ready.length > 0) void fetchFrom(leader, ready, canWait ? longPollMs : 0);
  }

  async function fetchFrom(leader: number, ready: readonly Source[], waitMs: number): Promise<void> {
    asked.add(leader);
    try {
      const request = {
        positions: ready.map(({ topic, partition, position }) => ({ topic, partition, offset: position })),
        waitMs,
        maxBytes: Math.max(fetchBytes, maxBytesPerPartition),
        maxBytesPerPartition,
      };
      const answers = await cluster.ask((connection) => fetchPartitions(connection, request), {
        lane: "data",
        broker: cluster.brokerOf(leader),
        within: waitMs + answerMs,
      });
      if (closed) return;
      options.answered();
      for (const answer of answers) take(answer);
    } catch (error) {
      for (const source of ready) trouble(source, error);
    } finally {
      asked.delete(leader);
      void plan();
    }
  }

  function take(answer: FetchedPartition): void {
    const source = sources.get(nameOf(answer));
    if (source === undefined || source.held || closed) return;
    if (answer.fault === "OFFSET_OUT_OF_RANGE") void reset(source);
    else if (answer.fault !== null) trouble(source, new BrokerError(answer.fault, `partition ${nameOf(source)}`));
    else deliver(source, answer);
  }

  function deliver(source: Source, { bytes, aborted, highWatermark }: FetchedPartition): void {
    source.failures = 0;
    let decoded: ReturnType<typeof decodeRecords>;
    try {
      decoded = decodeRecords(bytes, { from: source.position, aborted });
    } catch (error) {
      fail(error);
      return;
    }
    if (decoded.nextOffset === source.position) {
      source.restsUntil = performance.now() + dryRestMs;
      return;
    }
    source.held = true;
    options.deliver({ topic: source.topic, partition: source.partition, highWatermark, ...decoded });
  }

  function trouble(source: Source, error: unknown): void {
    if (closed) return;
    const now = performance.now();
    source.failures += 1;
    if (source.failures === 1) source.failingSince = now;
    const isLong = !isOutage(error) || now - source.failingSince >= outlastMs;
    if (!(isOutage(error) || isUnknownTopic(error)) || (source.failures > retries && isLong)) {
      fail(error);
      return;
    }
    // Whatever it was, a leader may have moved.
    cluster.forget();
    source.restsUntil = now + pauseAfter(source.failures);
  }

  /** The position is gone: records were deleted before anybody read them, or the partition lost its end. */
  async function reset(source: Source): Promise<void> {
    source.held = true;
    try {
      const [earliest] = await offsetsAt(cluster, [source], "earliest");
      const [end] = await offsetsAt(cluster, [source], "latest");
      if (earliest === undefined || end === undefined)
        throw new BrokerError("OFFSET_NOT_AVAILABLE", `partition ${nameOf(source)}`);
      const event = skippedBy(source, { from: source.position, earliest: earliest.offset, end: end.offset });
      if (event !== null && !closed) {
        source.position = event.to;
        options.skipped(event);
      }
    } catch (error) {
      trouble(source, error);
    }
    source.held = false;
    void plan();
  }

  void plan();
  return {
    resume(position) {
      const source = sources.get(nameOf(position));
      if (source === undefined) return;
      source.position = position.offset;
      source.held = false;
      source.restsUntil = 0;
      void plan();
    },
    close,
  };
}
