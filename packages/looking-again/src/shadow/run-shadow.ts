import type { Policy } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { KafkaClient, OffsetRange, Reader } from "@cordon/kafka";
import type { ScreeningIndex } from "@cordon/matching";
import {
  createEventReaders,
  fastPathOf,
  type IndexGeneration,
  payments,
  remittances,
  type TopicNames,
} from "@cordon/screening";
import type { PatienceOptions, SchemaRegistry } from "@cordon/service";

import type { Pace } from "../pace.ts";
import { shadowBatch, type Side } from "./shadow-batch.ts";
import { newTally, type ShadowTally } from "./tally.ts";
import { trueMatchesSince } from "./true-matches.ts";

export interface ShadowPorts {
  readonly kafka: Pick<KafkaClient, "reader">;
  readonly registry: SchemaRegistry;
}

/** A way to screen, as it is given. */
export interface ShadowSide {
  readonly policy: Policy;
  readonly index: ScreeningIndex;
}

export interface ShadowOptions {
  /** As it is. */
  readonly a: ShadowSide;
  /** As it might be. */
  readonly b: ShadowSide;
  readonly names: TopicNames;
  /** Where people's dispositions are. */
  readonly dispositions: string;
  /** The last so many events; or those since then, milliseconds since the epoch; or both, or all. */
  readonly events?: number;
  readonly since?: number;
  readonly pace: Pace;
  readonly patience: PatienceOptions;
  readonly onProgress?: (events: number, of: number) => void;
}

export interface ShadowReport {
  readonly tally: ShadowTally;
  /** How many events of the window people judged to be the listed party; null where there is no topic of dispositions. */
  readonly trueMatches: number | null;
}

/** Screens real events both ways, and counts the alerts that one way alone would raise. Writes nothing. */
export async function runShadow({ kafka, registry }: ShadowPorts, options: ShadowOptions): Promise<ShadowReport> {
  const { names, patience, pace } = options;
  const reader = await kafka.reader();
  try {
    const ranges = await rangesOf(reader, options);
    const trueMatches = await trueMatchesSince(reader, { registry, patience, topic: options.dispositions });
    const kinds = new Map([
      [names.payments, payments],
      [names.remittances, remittances],
    ]);
    const ignoredFields = new Set(options.a.policy.ignoredFields);
    const readers = createEventReaders({ registry, kinds, ignoredFields });
    const tally = newTally();
    const deps = {
      readers,
      a: sideOf(options.a),
      b: sideOf(options.b),
      trueMatches: trueMatches ?? new Set<string>(),
      tally,
      patience,
    };
    const of = ranges.reduce((sum, { from, to }) => sum + Number(to - from), 0);
    await reader.read(ranges, async (batch) => {
      await shadowBatch(batch, deps);
      options.onProgress?.(tally.events, of);
      await pace.rest();
    });
    return { tally, trueMatches: trueMatches?.size ?? null };
  } finally {
    await reader.close();
  }
}

function sideOf({ policy, index }: ShadowSide): Side {
  const nobody = { version: "", generation: 0, bytes: 0, chunks: 0, engineVersion: "", createdAt: 0, lists: [] };
  const generation: IndexGeneration = {
    manifest: nobody,
    index,
    stamp: { version: "", generation: 0, lists: [] },
    since: null,
  };
  return { policy, index, fastPath: fastPathOf(policy)({ generation, indexAge: 0 }) };
}

async function rangesOf(reader: Reader, { names, events, since }: ShadowOptions): Promise<readonly OffsetRange[]> {
  const all: OffsetRange[] = [];
  for (const topic of [names.payments, names.remittances]) all.push(...(await reader.extent(topic, since)));
  return events === undefined ? all : lastOf(all, events);
}

/** The last events of each partition, as many as its share of all is. */
export function lastOf(ranges: readonly OffsetRange[], events: number): readonly OffsetRange[] {
  if (!(Number.isInteger(events) && events > 0))
    throw new CordonError("OPTIONS_INVALID", "a number of events is a whole number above 0");
  const total = ranges.reduce((sum, { from, to }) => sum + Number(to - from), 0);
  if (total <= events) return ranges;
  let taken = 0;
  let seen = 0;
  return ranges.map((range) => {
    seen += Number(range.to - range.from);
    // Rounded over all that came before, so that the shares sum to what was asked.
    const share = Math.round((seen / total) * events) - taken;
    taken += share;
    return { ...range, from: range.to - BigInt(share) };
  });
}
