import { type GoodGuysAtHand, type GoodGuySet, goodGuySet, type Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import {
  decodeGoodGuys,
  type GoodGuyStore,
  type IndexArchive,
  type IndexManifest,
  type IndexStore,
} from "@cordon/index-store";
import type { KafkaClient, OffsetRange, Reader } from "@cordon/kafka";
import { engineVersion, type ScreeningIndex } from "@cordon/matching";
import { type Alert, type Decision, frame } from "@cordon/schemas";
import {
  createEventReaders,
  generationOf,
  type OutputFormat,
  payments,
  remittances,
  type TopicNames,
} from "@cordon/screening";
import type { PatienceOptions, SchemaRegistry } from "@cordon/service";

import type { Difference } from "./differences.ts";
import { alertsWith, decisionsOn, type EventPlace, eventRecord, type KeptRecord } from "./find-recorded.ts";
import { releaseOf } from "./releases.ts";
import { type Assumption, replayDecision } from "./replay-decision.ts";

export interface ReplayPorts {
  readonly kafka: Pick<KafkaClient, "reader">;
  readonly registry: SchemaRegistry;
  readonly store: Pick<IndexStore, "versions" | "load">;
  /** Published sets of good guys by their hash. */
  readonly goodGuys: Pick<GoodGuyStore, "load">;
  /** Null: Redis alone has versions. */
  readonly archive: IndexArchive | null;
  /** Throws SNAPSHOT_INVALID. */
  readonly open: (snapshot: Uint8Array) => ScreeningIndex;
  /** The engine that `open` is of. Default: this one. */
  readonly engine?: string;
}

export interface ReplayOptions {
  /** Events from `offset` to before `to`; or the event of an alert. */
  readonly what:
    | { readonly kind: "events"; readonly place: EventPlace; readonly to: number }
    | { readonly kind: "alert"; readonly alertId: string };
  readonly policy: Policy;
  readonly names: TopicNames;
  readonly format: OutputFormat;
  /** Needed for decisions that used good guys; without it the fingerprints of alerts are not compared. */
  readonly fingerprintKey?: Uint8Array | undefined;
  readonly patience: PatienceOptions;
  readonly onProgress?: (events: number) => void;
}

/** What became of one event. */
export type ReplayResult = EventPlace & { readonly eventId: string | null } & (
    | { readonly kind: "same"; readonly outcome: string; readonly assumed: readonly Assumption[] }
    | {
        readonly kind: "different";
        readonly outcome: string;
        readonly differences: readonly Difference[];
      }
    /** It cannot be decided again here, in words that say what would be needed. */
    | { readonly kind: "not-replayed"; readonly why: string }
  );

/** Most events of one call: their offsets and decisions are held in memory. */
export const mostEvents = 200_000;

/**
 * Decides events again as they were decided then: with the event from Kafka (or the alert), the index by its hash from Redis or the archive,
 * the policy by its hash and the good guys by theirs. Rejects with what the services reject with.
 */
export async function replay(ports: ReplayPorts, options: ReplayOptions): Promise<readonly ReplayResult[]> {
  const reader = await ports.kafka.reader();
  try {
    const { what } = options;
    const deps = { ...ports, ...options, reader };
    if (what.kind === "alert") return [await replayAlert(what.alertId, deps)];
    return await replayEvents(what.place, what.to, deps);
  } finally {
    await reader.close();
  }
}

type Deps = ReplayPorts & ReplayOptions & { readonly reader: Reader };

async function replayAlert(alertId: string, deps: Deps): Promise<ReplayResult> {
  const alert = (await alertsWith(new Set([alertId]), undefined, deps)).get(alertId);
  if (alert === undefined)
    throw new CordonError("OPTIONS_INVALID", "there is no alert of this id in the topic: it may be kept no more");
  const place = { topic: alert.sourceTopic, partition: alert.sourcePartition, offset: alert.sourceOffset };
  const nothing = (why: string): ReplayResult => ({ ...place, eventId: alert.eventId, kind: "not-replayed", why });
  if (alert.origin !== "STREAM")
    return nothing(`an alert of ${alert.origin} has no decision: run the look-back, or screen the customer, again`);
  const record = (await eventRecord(deps.reader, place)) ?? recordOf(alert);
  if (record === null) return nothing("its event is kept no more, and the alert does not bring it along");
  const { topic, partition, offset } = place;
  const decisions = await decisionsOn({ topic, partition, offsets: new Set([offset]) }, alert.raisedAt - slackMs, deps);
  const replays = replaysWith(deps);
  return await replays(place, { record, decision: decisions.get(offset) ?? null, alert });
}

/** Clocks of producers, brokers and screeners differ. */
const slackMs = 3_600_000;

/** The event as the alert brings it; its headers are not there. */
function recordOf({ event, eventSchemaId, sourceOffset, raisedAt, eventId }: Alert): KeptRecord | null {
  if (event === null || eventSchemaId === null) return null;
  return {
    offset: BigInt(sourceOffset),
    timestamp: raisedAt,
    key: Buffer.from(eventId, "utf8"),
    value: frame(eventSchemaId, Buffer.from(event)),
    header: () => undefined,
  };
}

async function replayEvents(place: EventPlace, to: number, deps: Deps): Promise<readonly ReplayResult[]> {
  const { topic, partition } = place;
  if (to - place.offset > mostEvents)
    throw new CordonError("OPTIONS_INVALID", `no more than ${String(mostEvents)} events are replayed in one run`);
  const range: OffsetRange = { topic, partition, from: BigInt(place.offset), to: BigInt(to) };
  const offsets = new Set<number>();
  let earliest = Number.POSITIVE_INFINITY;
  await deps.reader.read([range], async ({ records }) => {
    for (const { offset, timestamp } of records) {
      offsets.add(Number(offset));
      earliest = Math.min(earliest, timestamp);
    }
    await Promise.resolve();
  });
  const since = Number.isFinite(earliest) ? earliest - slackMs : undefined;
  const decisions = await decisionsOn({ topic, partition, offsets }, since, deps);
  const ids = [...decisions.values()].map(({ alertId }) => alertId).filter((id) => id !== null);
  const alerts = await alertsWith(new Set(ids), since, deps);
  const replays = replaysWith(deps);
  const results: ReplayResult[] = [];
  await deps.reader.read([range], async ({ records }) => {
    for (const record of records) {
      const offset = Number(record.offset);
      const decision = decisions.get(offset) ?? null;
      const alert = decision?.alertId == null ? null : (alerts.get(decision.alertId) ?? null);
      results.push(await replays({ topic, partition, offset }, { record, decision, alert }));
    }
    deps.onProgress?.(results.length);
  });
  if (results.length === 0)
    throw new CordonError("OPTIONS_INVALID", "there is no such event: it may be kept no more, or not be there yet");
  return results;
}

interface ToReplay {
  readonly record: Pick<KeptRecord, "offset" | "timestamp" | "key" | "value" | "header">;
  readonly decision: Decision | null;
  readonly alert: Alert | null;
}

/** Replays one event after the other; an index is opened once. */
function replaysWith(deps: Deps): (place: EventPlace, what: ToReplay) => Promise<ReplayResult> {
  const { registry, names, policy, format, fingerprintKey, patience } = deps;
  const kinds = new Map([
    [names.payments, payments],
    [names.remittances, remittances],
  ]);
  const readers = createEventReaders({ registry, kinds, ignoredFields: new Set(policy.ignoredFields) });
  const indexes = new Map<string, ScreeningIndex | null>();
  const sets = new Map<string, GoodGuySet | null>();

  async function indexOf(version: string): Promise<ScreeningIndex | null> {
    let index = indexes.get(version);
    if (index === undefined) {
      const bytes = await versionBytes(version, deps);
      index = bytes === null ? null : deps.open(bytes);
      indexes.clear();
      indexes.set(version, index);
    }
    return index;
  }

  /** Those that the decision rests on, if it names any; else why they are not to be had. */
  async function goodGuysOf({ goodGuys }: Decision, topic: string): Promise<GoodGuysAtHand | string | undefined> {
    if (goodGuys === null) return undefined;
    const { version, generation } = goodGuys;
    const stamp = `it used good guys ${version}, generation ${String(generation)}`;
    if (fingerprintKey === undefined) return `${stamp}: give PARTY_FINGERPRINT_KEY, the screeners' key of fingerprints`;
    const name = `${version} ${String(generation)}`;
    let set = sets.get(name);
    if (set === undefined) {
      const bytes = await deps.goodGuys.load(version);
      const read = bytes === null ? "absent" : decodeGoodGuys(bytes, version);
      set = typeof read === "string" ? null : goodGuySet(version, generation, read);
      sets.clear();
      sets.set(name, set);
    }
    return set === null ? `${stamp}, which Redis does not have any more` : { set, fingerprintKey, topic };
  }

  return async (place, { record, decision, alert }) => {
    const eventId = decision?.eventId ?? alert?.eventId ?? null;
    const nothing = (why: string): ReplayResult => ({ ...place, eventId, kind: "not-replayed", why });
    if (decision === null)
      return nothing(
        "there is no decision on it: it was not screened yet, CLEAR decisions are not written, or it is kept no more",
      );
    const obstacle = obstacleTo(decision, deps);
    if (obstacle !== null) return nothing(obstacle);
    const index = await indexOf(decision.index.version);
    if (index === null)
      return nothing(
        `index ${decision.index.version} is neither in Redis nor in the archive: set INDEX_ARCHIVE where list-sync keeps indexes`,
      );
    const goodGuys = await goodGuysOf(decision, place.topic);
    if (typeof goodGuys === "string") return nothing(goodGuys);
    const read = await readers.forBatch({ topic: place.topic, records: [record] }, patience);
    const replayed = replayDecision(
      { record, read: read(record), source: place },
      { decision, alert },
      {
        generation: { ...generationOf(manifestOf(decision), index), stamp: decision.index },
        policy,
        format,
        fingerprintKey,
        goodGuys,
      },
    );
    const { outcome } = decision;
    if (replayed.same) return { ...place, eventId, kind: "same", outcome, assumed: replayed.assumed };
    return { ...place, eventId, kind: "different", outcome, differences: replayed.differences };
  };
}

/** Why a decision cannot be made again here; null where it can. */
function obstacleTo(decision: Decision, { engine = engineVersion, policy }: Deps): string | null {
  if (decision.index.generation < 0) return "it was compared with no index";
  if (decision.engineVersion !== engine) {
    const release = releaseOf(decision.engineVersion);
    const which = release === null ? "the build that was deployed then" : `release ${release}`;
    return `it was decided by engine ${decision.engineVersion}, and this is ${engine}: run ${which}`;
  }
  if (decision.policyVersion !== policy.version)
    return `it was decided by policy ${decision.policyVersion}, and the settings given are ${policy.version}: give the environment, or the policy file, of then`;
  return null;
}

async function versionBytes(version: string, { store, archive }: Deps): Promise<Uint8Array | null> {
  const kept = (await store.versions()).find(({ manifest }) => manifest.version === version);
  if (kept !== undefined) return await store.load(kept.manifest);
  return (await archive?.load(version)) ?? null;
}

function manifestOf({ index }: Decision): IndexManifest {
  const { version, generation } = index;
  return { version, generation, bytes: 0, chunks: 0, engineVersion: "", createdAt: 0, lists: [] };
}
