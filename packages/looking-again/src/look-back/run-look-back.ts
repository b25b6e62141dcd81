import { setTimeout as sleep } from "node:timers/promises";

import type { Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { IndexStore, JobStore } from "@cordon/index-store";
import type { KafkaClient, OffsetRange, Producer, Reader } from "@cordon/kafka";
import type { Designation, ScreeningIndex } from "@cordon/matching";
import {
  createEventReaders,
  fastPathOf,
  generationOf,
  type OutputFormat,
  payments,
  registerOutputFormat,
  remittances,
  type TopicNames,
} from "@cordon/screening";
import { type PatienceOptions, retryUntilAvailable, type SchemaRegistry } from "@cordon/service";

import { allEntries, type ChangedEntries, changedEntries } from "../changes/changed-entries.ts";
import { comparedIndexes } from "../changes/compared-indexes.ts";
import { type JobHold, withJob } from "../jobs/with-job.ts";
import type { Pace } from "../pace.ts";
import {
  type AskedVersions,
  chosenVersions,
  named,
  type OldVersion,
  type VersionPlaces,
  type Versions,
} from "./chosen-versions.ts";
import { lookAtBatch } from "./look-at-batch.ts";
import {
  type LookBackPlan,
  lookBackId,
  type LookBackState,
  type NamedVersion,
  newCounts,
  placeOf,
  rangesLeft,
  stateFromText,
  stateToText,
} from "./plan.ts";

/** What a look-back reaches outside of itself. Closed by who made it. */
export interface LookBackPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  /** A version that the store keeps no more, by its hash; null where it is nowhere. */
  readonly archived?: VersionPlaces["archived"];
  readonly jobs: JobStore;
  /** Opens and checks a snapshot. Throws SNAPSHOT_INVALID. */
  readonly open: (snapshot: Uint8Array) => ScreeningIndex;
  /** Makes the small indexes of what changed. Default: the engine's. */
  readonly indexOf?: (designations: readonly Designation[]) => ScreeningIndex;
  readonly clock: () => number;
}

export interface LookBackOptions extends AskedVersions {
  readonly policy: Policy;
  readonly names: TopicNames;
  /** Milliseconds since the epoch: events stamped before are not looked at; null: all that the topics keep. */
  readonly since: number | null;
  /** Writes nothing, and keeps nothing. */
  readonly dryRun: boolean;
  /** Begins anew what was begun and not ended. */
  readonly restart?: boolean;
  /** Who does it, among all who might. */
  readonly holder: string;
  readonly pace: Pace;
  readonly patience: PatienceOptions;
  /**
   * How long after the publication screeners may still decide by the old index, milliseconds: events that came until then are looked at,
   * too, and so the end is waited for. Default a minute.
   */
  readonly settleMs?: number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told after each batch. */
  readonly onProgress: (progress: LookBackProgress) => void;
}

export interface LookBackProgress {
  readonly lookBackId: string;
  readonly events: number;
  readonly of: number;
  readonly found: number;
}

export type LookBackReport =
  | { readonly kind: "nothing-new"; readonly to: NamedVersion }
  | {
      readonly kind: "done";
      readonly state: LookBackState;
      readonly added: number;
      readonly amended: number;
      /** Entries that could match anew: with those that are linked with a changed one. */
      readonly watched: number;
      /** True if another run had begun it. */
      readonly resumed: boolean;
    };

const JOB = "look-back";

/**
 * Looks at the events of the window again, against what a list change added or amended, and writes an alert for what the old lists did not
 * find. One at a time; one that was broken off goes on where it was. Rejects with INDEX_ABSENT, JOB_TAKEN, SNAPSHOT_INVALID when the old
 * version is of another engine, and with what the services reject with: what was written until then stands.
 */
export async function runLookBack(ports: LookBackPorts, options: LookBackOptions): Promise<LookBackReport> {
  const { jobs, clock } = ports;
  return await withJob({ jobs, job: JOB, holder: options.holder, clock }, (hold) => {
    const signal = AbortSignal.any([options.patience.signal, hold.lost]);
    return lookBack(ports, { ...options, patience: { ...options.patience, signal }, hold });
  });
}

type Deps = LookBackOptions & { readonly hold: JobHold };

async function lookBack(ports: LookBackPorts, options: Deps): Promise<LookBackReport> {
  const { kafka, jobs, clock } = ports;
  const text = await jobs.read(JOB);
  const last = text === null || options.restart === true ? null : stateFromText(text);
  const versions = await chosenVersions(ports, { ...options, last });
  if (versions.from?.version === versions.to.version) return { kind: "nothing-new", to: named(versions.to) };
  const reader = await kafka.reader();
  try {
    const wanted = await planOf(reader, versions, { ...options, clock });
    const begun = last?.finishedAt === null && isSamePlan(last.plan, wanted) ? last : null;
    const state = begun ?? { plan: wanted, positions: {}, counts: newCounts(), startedAt: clock(), finishedAt: null };
    const changes = await changesBetween(ports, versions);
    const generation = generationOf(versions.to, changes.index);
    const done = await lookThrough(reader, { ...ports, ...options, state, changes, generation });
    const { added, amended, watched } = changes.entries;
    return { kind: "done", state: done, added, amended, watched: watched.size, resumed: begun !== null };
  } finally {
    await reader.close();
  }
}

async function planOf(
  reader: Reader,
  { from, to }: Versions,
  { names, since, policy, clock }: LookBackOptions & Pick<LookBackPorts, "clock">,
): Promise<LookBackPlan> {
  const plan = { from: from === null ? null : named(from), to: named(to), policyVersion: policy.version, since };
  const takenAt = clock();
  return { id: lookBackId(plan), ...plan, ranges: await extents(reader, { names, since }), takenAt };
}

async function extents(
  reader: Reader,
  { names, since }: Pick<LookBackOptions, "names" | "since">,
): Promise<readonly OffsetRange[]> {
  const ranges: OffsetRange[] = [];
  for (const topic of [names.payments, names.remittances])
    ranges.push(...(await reader.extent(topic, since ?? undefined)));
  return ranges;
}

/** Of two plans with one aim the one that was begun is gone on with: its events are those up to when it began. */
function isSamePlan(begun: LookBackPlan, wanted: LookBackPlan): boolean {
  return (
    begun.from?.version === wanted.from?.version &&
    begun.to.version === wanted.to.version &&
    begun.policyVersion === wanted.policyVersion
  );
}

interface Changes {
  readonly entries: ChangedEntries;
  /** The whole new index. */
  readonly index: ScreeningIndex;
}

async function changesBetween({ store, open }: LookBackPorts, { from, to }: Versions): Promise<Changes> {
  const index = open(await store.load(to));
  const after = [...index.designations()];
  if (from === null) return { entries: allEntries(after), index };
  return { entries: changedEntries([...(await openOld(open, from)).designations()], after), index };
}

async function openOld(open: LookBackPorts["open"], from: OldVersion): Promise<ScreeningIndex> {
  try {
    return open(await from.load());
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== "SNAPSHOT_INVALID") throw error;
    throw new CordonError(
      "SNAPSHOT_INVALID",
      `version ${String(from.generation)} was made by another engine: ${error.message}. Give --whole to look for everything that is listed; alerts that are known keep their ids`,
      { cause: error },
    );
  }
}

interface Through extends LookBackPorts, Deps {
  readonly state: LookBackState;
  readonly changes: Changes;
  readonly generation: ReturnType<typeof generationOf>;
}

async function lookThrough(reader: Reader, deps: Through): Promise<LookBackState> {
  const { changes, dryRun, clock, state, hold } = deps;
  let now = state;
  const keep = async (next: LookBackState): Promise<void> => {
    now = next;
    if (!dryRun) await hold.save(stateToText(next));
  };
  await keep(state);
  if (changes.entries.watched.size > 0)
    await withSink(deps, async (sink) => {
      await readThrough(reader, rangesLeft(now), { ...deps, sink, keep });
      const settled = await settle(reader, deps);
      if (settled === null) return;
      await keep({ ...now, plan: settled });
      await readThrough(reader, rangesLeft(now), { ...deps, state: now, sink, keep });
    });
  await keep({ ...now, finishedAt: clock() });
  return now;
}

const settleStepMs = 10_000;

/** The plan up to where no screener decides by the old index any more; null where it reaches so far. */
async function settle(
  reader: Reader,
  { state: { plan }, dryRun, clock, settleMs = 60_000, pause = timer, patience, hold, ...deps }: Through,
): Promise<LookBackPlan | null> {
  const settledAt = plan.to.createdAt + settleMs;
  if (dryRun || plan.takenAt >= settledAt) return null;
  for (let left = settledAt - clock(); left > 0; left -= settleStepMs) {
    await pause(Math.min(left, settleStepMs), patience.signal);
    await hold.renew();
  }
  const takenAt = clock();
  const ends = new Map((await extents(reader, deps)).map((range) => [placeOf(range), range]));
  const begun = new Set(plan.ranges.map(placeOf));
  return {
    ...plan,
    takenAt,
    ranges: [
      ...plan.ranges.map((range) => ({ ...range, to: ends.get(placeOf(range))?.to ?? range.to })),
      ...[...ends.values()].filter((range) => !begun.has(placeOf(range))),
    ],
  };
}

async function timer(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    signal.throwIfAborted();
  });
}

interface Sink {
  readonly producer: Producer;
  readonly format: OutputFormat;
}

async function withSink(deps: Through, work: (sink: Sink | null) => Promise<void>): Promise<void> {
  if (deps.dryRun) {
    await work(null);
    return;
  }
  const { registry, names, kafka } = deps;
  const format = await registerOutputFormat(registry, { names, decisionsWritten: "hits-and-holds" });
  const producer = await kafka.producer();
  try {
    await work({ producer, format });
  } finally {
    await producer.close();
  }
}

/** How often the position is kept. A crash looks at what came after it again: ids derive from what is found. */
const keepEveryMs = 5000;

async function readThrough(
  reader: Reader,
  ranges: LookBackPlan["ranges"],
  deps: Through & { readonly sink: Sink | null; readonly keep: (state: LookBackState) => Promise<void> },
): Promise<void> {
  if (ranges.length === 0) return;
  const { state, policy, sink, patience, pace, clock, hold } = deps;
  const indexes = comparedIndexes(deps.changes.entries, deps.indexOf);
  const kinds = new Map([
    [deps.names.payments, payments],
    [deps.names.remittances, remittances],
  ]);
  const readers = createEventReaders({ registry: deps.registry, kinds, ignoredFields: new Set(policy.ignoredFields) });
  const looking = {
    readers,
    indexes,
    fastPath: fastPathOf(policy)({ generation: { ...deps.generation, index: indexes.after }, indexAge: 0 }),
    policy,
    generation: deps.generation,
    lookBackId: state.plan.id,
    format: sink?.format ?? null,
    counts: state.counts,
    patience,
    clock,
  };
  const of = deps.state.plan.ranges.reduce((sum, { from, to }) => sum + Number(to - from), 0);
  let keptAt = clock();
  await reader.read(ranges, async (batch) => {
    const last = batch.records.at(-1);
    if (last === undefined) return;
    const outputs = await lookAtBatch(batch, looking);
    // Nothing is written by one who may not be the only one any more.
    await hold.renew();
    if (outputs.length > 0 && sink !== null)
      await retryUntilAvailable("Kafka", () => sink.producer.send(outputs), patience);
    state.positions[placeOf(batch)] = last.offset + 1n;
    if (clock() - keptAt > keepEveryMs) {
      keptAt = clock();
      await deps.keep(state);
    }
    const { events, found } = state.counts;
    deps.onProgress({ lookBackId: state.plan.id, events, of, found });
    await pace.rest();
  });
}
