import { CordonError } from "@cordon/errors";
import type { Policy, ScreenableEvent } from "@cordon/messages";
import {
  type EventReaders,
  type OutputFormat,
  outputsOf,
  type ScreenedRecord,
  type Screening,
  screenRecord,
} from "@cordon/pipeline";
import {
  type BatchContext,
  type ConsumedBatch,
  type OutRecord,
  type PatienceOptions,
  patiently,
} from "@cordon/platform";

import type { Delivery } from "../delivery.ts";
import type { IndexHolder } from "../index/holder.ts";
import type { ScreenerTelemetry, StageTimes } from "../telemetry.ts";
import { createPace, heartbeatingPause, type Pace, type PaceOptions } from "./pace.ts";
import { tallyOf } from "./tally.ts";

export interface ScreenBatchDeps {
  readonly holder: IndexHolder;
  /** Age of the live index, milliseconds. */
  readonly indexAge: () => number;
  readonly policy: Policy;
  readonly readers: EventReaders;
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
  const screening = takeScreening(deps);
  const patience = patienceOf(context, telemetry);
  const pace = createPace(context, deps.pace);
  const watch = stopwatch();
  telemetry.batchTaken({ topic, partition, lag: lagAfter(batch, -1) });

  const read = await readers.forBatch(batch, patience);
  const events = await eachAtPace(records, ({ value }) => read(value), { pace, context });
  const decode = watch();
  const screened = await screenAll(events, screening, { pace, context, clock });
  const screen = watch();
  const outputs = await eachAtPace(screened, (one, at) => outputsAt(batch, at, { screened: one, screening, format }), {
    pace,
    context,
  });
  const encode = watch();
  if (context.stale()) {
    telemetry.batchAbandoned({ topic, partition, records: records.length });
    return;
  }
  const position = await patiently("Kafka", () => delivery.deliver(outputs.flat(), batch), patience);
  const publish = watch();
  if (typeof position === "bigint" && position !== batch.nextOffset) {
    telemetry.batchAbandoned({ topic, partition, records: records.length });
    return position;
  }

  telemetry.batchScreened({
    topic,
    partition,
    ...tallyOf(records, screened),
    takenAt,
    durableAt: clock(),
    stages: stagesOf({ decode, screen, encode, publish }, ({ elapsed }) => elapsed),
    cpu: stagesOf({ decode, screen, encode, publish }, ({ cpu }) => cpu),
    lag: lagAfter(batch, records.length - 1),
  });
  return position;
}

/** The one look at what can change under us. */
function takeScreening({ holder, policy, indexAge }: ScreenBatchDeps): Screening {
  const generation = holder.current;
  if (generation === null) throw new CordonError("CONTRACT_VIOLATED", "a batch was taken before there was an index");
  return { generation, policy, indexIsStale: indexAge() > policy.indexMaxAgeHours * 3_600_000 };
}

interface AtPace {
  readonly pace: Pace;
  readonly context: BatchContext;
}

/** Ends early, with what it has, once the batch is stale. */
async function eachAtPace<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => R,
  { pace, context }: AtPace,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (const [at, item] of items.entries()) {
    results.push(work(item, at));
    if (!pace.due()) continue;
    await pace.rest();
    if (context.stale()) break;
  }
  return results;
}

function screenAll(
  events: readonly (ScreenableEvent | null)[],
  screening: Screening,
  { pace, context, clock }: AtPace & { readonly clock: () => number },
): Promise<readonly ScreenedRecord[]> {
  return eachAtPace(events, (event) => screenRecord(event, screening, clock()), { pace, context });
}

function outputsAt(
  { topic, partition, records }: ConsumedBatch,
  at: number,
  {
    screened,
    screening,
    format,
  }: { readonly screened: ScreenedRecord; readonly screening: Screening; readonly format: OutputFormat },
): readonly OutRecord[] {
  const record = records[at];
  if (record === undefined) throw new CordonError("CONTRACT_VIOLATED", "more was screened than the batch holds");
  return outputsOf(record, screened, { source: { topic, partition }, screening, format });
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
  const next = at < 0 ? first : (records[at]?.offset ?? first - 1n) + 1n;
  return Math.max(0, Number(highWatermark - next));
}

/** Milliseconds: elapsed, and of this thread's processor time. */
interface Lap {
  readonly elapsed: number;
  readonly cpu: number;
}

/** What has passed since it was last asked. */
function stopwatch(): () => Lap {
  let since = performance.now();
  let used = threadMillis();
  return () => {
    const now = performance.now();
    const cpu = threadMillis();
    const lap = { elapsed: now - since, cpu: cpu - used };
    since = now;
    used = cpu;
    return lap;
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
