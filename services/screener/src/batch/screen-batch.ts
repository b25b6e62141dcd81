import type { Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { BatchContext, ConsumedBatch, ConsumedRecord, OutRecord } from "@cordon/kafka";
import {
  clearOutputs,
  type EventReaders,
  type FastPath,
  type OutputFormat,
  outputsOf,
  type ReadRecord,
  type ScreenedRecord,
  type Screening,
  screenRecord,
} from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable } from "@cordon/service";

import type { Delivery } from "../delivery.ts";
import type { GoodGuysInUse } from "../good-guys.ts";
import type { IndexHolder } from "../index/holder.ts";
import type { ScreenerTelemetry, StageTimes } from "../telemetry.ts";
import { summaryOf } from "./batch-summary.ts";
import type { LiveShadow } from "./live-shadow.ts";
import { createPace, heartbeatingPause, type Pace, type PaceOptions } from "./pace.ts";

export interface ScreenBatchDeps {
  readonly holder: IndexHolder;
  /** Age of the live index, milliseconds. */
  readonly indexAge: () => number;
  readonly policy: Policy;
  /** What fingerprints of parties are made with; absent: none are. */
  readonly fingerprintKey?: Uint8Array | undefined;
  /** The good guys of now. Absent: nobody publishes any. */
  readonly goodGuys?: Pick<GoodGuysInUse, "current"> | undefined;
  /** Told how many events of a batch a good guy let pass, once they are durable. */
  readonly onSuppressed?: ((count: number) => void) | undefined;
  /** A policy that is tried beside the one that decides. */
  readonly shadow?: LiveShadow | undefined;
  readonly readers: EventReaders;
  /** The fast path under what a batch is screened with. */
  readonly fastPathOf: (screening: Screening) => FastPath;
  readonly delivery: Delivery;
  readonly format: OutputFormat;
  readonly telemetry: ScreenerTelemetry;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly pace?: PaceOptions;
}

/**
 * Screens one batch against one generation of the index, and returns when every decision, alert and dead letter is
 * acknowledged: only then may the consumer commit. A crash before that screens the batch again, and ids derive from
 * the event, so the repeat collapses downstream. The answer, if any, is the group's offset: committed with them already.
 *
 * Waits, with heartbeats, while the registry or Kafka give no answer. Returns early when the batch went stale, for
 * then nobody commits it. Rejects with the signal's reason when it is aborted while waiting, and with what nobody
 * foresaw: the consumer then ends with nothing committed.
 */
export async function screenBatch(
  batch: ConsumedBatch,
  context: BatchContext,
  deps: ScreenBatchDeps,
): Promise<bigint | void> {
  const { telemetry, clock, readers, delivery, format } = deps;
  const { topic, partition, records } = batch;
  const takenAt = clock();
  const screening = takeScreening(deps, topic);
  const patience = patienceOf(context, telemetry);
  const pace = createPace(context, deps.pace);
  const watch = stopwatch();
  telemetry.batchTaken({ topic, partition, lag: lagAfter(batch, -1) });

  const reading = readers.forBatch(batch, patience);
  watch.leave();
  const read = await reading;
  watch.enter();
  const decode = watch.lap();
  const work = { read, screening, fastPath: deps.fastPathOf(screening) };
  const screened: ScreenedRecord[] = [];
  const paced = { pace, context, watch };
  await atPace(records.length, (at) => void screened.push(screenOne(records[at]!, work, clock())), paced);
  watch.enter();
  const screen = watch.lap();
  const outputs: OutRecord[] = [];
  const encodeAt = encoderOf(batch, { screened, screening, format, outputs });
  await atPace(screened.length, encodeAt, paced);
  watch.enter();
  const encode = watch.lap();
  if (context.stale()) {
    telemetry.batchAbandoned({ topic, partition, records: records.length });
    return;
  }
  const delivering = retryUntilAvailable("Kafka", () => delivery.deliver(outputs, batch), patience);
  watch.leave();
  const position = await delivering;
  const publish = watch.lap();
  if (typeof position === "bigint" && position !== batch.nextOffset) {
    telemetry.batchAbandoned({ topic, partition, records: records.length });
    return position;
  }

  const durableAt = clock();
  const suppressed = screened.filter(letPass).length;
  if (suppressed > 0) deps.onSuppressed?.(suppressed);
  telemetry.batchScreened({
    topic,
    partition,
    ...summaryOf(records, screened, durableAt),
    takenAt,
    durableAt,
    stages: stagesOf({ decode, screen, encode, publish }, ({ elapsed }) => elapsed),
    cpu: stagesOf({ decode, screen, encode, publish }, ({ cpu }) => cpu),
    lag: lagAfter(batch, records.length - 1),
  });
  const { shadow } = deps;
  if (shadow !== undefined)
    await atPace(screened.length, (at) => shadow.look(records[at]!, screened[at]!, { read, screening }), paced);
  return position;
}

/** Whether a good guy let the event pass. */
function letPass(one: ScreenedRecord): boolean {
  return one.kind === "screened" && "goodGuys" in one.outcome;
}

/** The one look at what can change under us. */
function takeScreening(
  { holder, policy, indexAge, fingerprintKey, goodGuys }: ScreenBatchDeps,
  topic: string,
): Screening {
  const generation = holder.current;
  if (generation === null) throw new CordonError("CONTRACT_VIOLATED", "a batch was taken before there was an index");
  const base = { generation, policy, indexAge: indexAge(), fingerprintKey };
  if (goodGuys === undefined || fingerprintKey === undefined) return base;
  return { ...base, goodGuys: { set: goodGuys.current(), fingerprintKey, topic } };
}

interface AtPace {
  readonly pace: Pace;
  readonly context: BatchContext;
  readonly watch: Stopwatch;
}

/** Ends early once the batch is stale, and leaves the watch stopped: its caller goes on a turn later. */
async function atPace(count: number, work: (at: number) => void, { pace, context, watch }: AtPace): Promise<void> {
  for (let at = 0; at < count; at++) {
    work(at);
    if (!pace.due()) continue;
    const resting = pace.rest();
    watch.leave();
    await resting;
    watch.enter();
    if (context.stale()) break;
  }
  watch.leave();
}

/** What each record of a batch is screened with. */
interface BatchWork {
  readonly read: ReadRecord;
  readonly screening: Screening;
  readonly fastPath: FastPath;
}

/** On the fast path if that clears it, else in full. */
function screenOne(record: ConsumedRecord, { read, screening, fastPath }: BatchWork, at: number): ScreenedRecord {
  const clear = fastPath.tryClear({ value: record.value, reader: read.partsReader(record), at });
  return clear ?? screenRecord(read(record), screening, at);
}

interface Encoding {
  readonly screened: readonly ScreenedRecord[];
  readonly screening: Screening;
  readonly format: OutputFormat;
  readonly outputs: OutRecord[];
}

/** Appends to `outputs` what the record at a place leads to. */
function encoderOf(
  { topic, partition, records }: ConsumedBatch,
  { screened, screening, format, outputs }: Encoding,
): (at: number) => void {
  const deps = { source: { topic, partition }, screening, format };
  const clearOutput = clearOutputs(deps);
  const leaveClear = format.decisionsWritten === "hits-and-holds";
  return (at) => {
    const record = records[at]!;
    const one = screened[at]!;
    if (one.kind !== "clear-by-parts") outputs.push(...outputsOf(record, one, deps));
    else if (!leaveClear) outputs.push(clearOutput(record, one));
  };
}

function patienceOf(context: BatchContext, telemetry: ScreenerTelemetry): PatienceOptions {
  return {
    signal: context.signal,
    onWait: (event) => {
      telemetry.waited(event);
    },
    onResume: (event) => {
      telemetry.resumed(event);
    },
    pause: heartbeatingPause(context),
  };
}

/** Records of the partition after the one at that place of the batch. */
function lagAfter({ highWatermark, records }: ConsumedBatch, at: number): number {
  const first = records[0]?.offset ?? highWatermark;
  const next = at < 0 ? first : records[at]!.offset + 1n;
  return Math.max(0, Number(highWatermark - next));
}

/** Milliseconds: elapsed, and of this thread's processor time. */
interface Lap {
  readonly elapsed: number;
  readonly cpu: number;
}

/** Tells the processor time of one batch apart from what the thread does for others while it waits. */
interface Stopwatch {
  /** What has passed since the last one, up to the last wait: asked right behind a wait. */
  lap(this: void): Lap;
  /** Before each wait, and in the very turn in which it ends, but for the last one that is measured. */
  leave(this: void): void;
  enter(this: void): void;
}

function stopwatch(): Stopwatch {
  let since = performance.now();
  let entered = threadMillis();
  let cpu = 0;
  return {
    lap() {
      const now = performance.now();
      const lap = { elapsed: now - since, cpu };
      since = now;
      cpu = 0;
      return lap;
    },
    leave() {
      cpu += threadMillis() - entered;
    },
    enter() {
      entered = threadMillis();
    },
  };
}

function threadMillis(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function stagesOf(laps: Readonly<Record<keyof StageTimes, Lap>>, take: (lap: Lap) => number): StageTimes {
  const { decode, screen, encode, publish } = laps;
  return { decode: take(decode), screen: take(screen), encode: take(encode), publish: take(publish) };
}
