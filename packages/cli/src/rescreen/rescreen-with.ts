import type { Policy } from "@cordon/decisions";
import type { HoldReason } from "@cordon/errors";
import type { IndexStore } from "@cordon/index-store";
import type { KafkaClient, Reader } from "@cordon/kafka";
import type { ScreeningIndex } from "@cordon/matching";
import { createEventReaders, payments, registerOutputFormat, remittances, type TopicNames } from "@cordon/screening";
import type { PatienceOptions, SchemaRegistry } from "@cordon/service";

import { createDecisionReader } from "./decision-reader.ts";
import { dropDecided, findDeadLetters, type FindDeps, findHeld, nameAll, type NamedEvent } from "./find-waiting.ts";
import { type GoneUnread, goneUnread } from "./gone-unread.ts";
import { type IndexInUse, loadIndexInUse } from "./index-in-use.ts";
import { hashOf } from "./positions.ts";
import { screenAgain, type Sink, type RescreenCounts } from "./screen-again.ts";

/** What the command reaches outside of itself. Closed by who made it. */
export interface RescreenPorts {
  readonly kafka: KafkaClient;
  readonly registry: SchemaRegistry;
  readonly store: IndexStore;
  /** Opens and checks a snapshot. Throws SNAPSHOT_INVALID. */
  readonly open: (snapshot: Uint8Array) => ScreeningIndex;
  readonly clock: () => number;
}

export interface RescreenOptions {
  readonly what: "held" | "dead-letters";
  /** Milliseconds since the epoch; undefined: as far back as the topic goes. */
  readonly since: number | undefined;
  /** Only what was last held for one of these; empty: whatever the reason. */
  readonly reasons: readonly HoldReason[];
  /** Only events of these ids; absent or empty: whichever. */
  readonly events?: readonly string[];
  readonly dryRun: boolean;
  readonly policy: Policy;
  readonly names: TopicNames;
  /** The screeners' group. */
  readonly groupId: string;
  readonly patience: PatienceOptions;
  readonly onRead: (records: number) => void;
}

export interface RescreenReport extends RescreenCounts {
  readonly index: { readonly version: string; readonly generation: number };
  /** Events held, or records set aside, that no CLEAR or HIT has replaced. */
  readonly found: number;
  /** Left alone, for they were decided since. */
  readonly decidedBefore: number;
  /** Their records are not kept any more. */
  readonly gone: readonly NamedEvent[];
  /** Events that were deleted before any screener read them; null where that cannot be known. */
  readonly goneUnread: readonly GoneUnread[] | null;
  /** Records of the topic looked through that tell of no event of this Cordon. */
  readonly strangers: number;
}

/** Screens again what was held. Rejects with INDEX_ABSENT or INDEX_STALE when nothing could be freed. */
export async function rescreenWith(ports: RescreenPorts, options: RescreenOptions): Promise<RescreenReport> {
  const { store, open, clock, kafka } = ports;
  // Before anything is looked for: with an old index all of it would be for nothing.
  const index = await loadIndexInUse(store, { open, policy: options.policy, now: clock() });
  const reader = await kafka.reader();
  try {
    return await rescreenFrom(reader, { ...ports, ...options, index });
  } finally {
    await reader.close();
  }
}

type Deps = RescreenPorts & RescreenOptions & { readonly index: IndexInUse };

async function rescreenFrom(reader: Reader, deps: Deps): Promise<RescreenReport> {
  const { registry, names, index, patience, reasons } = deps;
  const find: FindDeps = { ...deps, reader, decisions: createDecisionReader(registry, patience) };
  const held = deps.what === "held";
  const { positions, strangers } = held ? await findHeld(find) : await findDeadLetters(find);
  const decidedBefore = await dropDecided(positions, find);
  if (reasons.length > 0) positions.retain(({ reason }) => reason !== null && reasons.includes(reason));
  const wanted = new Set(deps.events?.map(hashOf));
  if (wanted.size > 0) positions.retain(({ idHash }) => wanted.has(idHash));
  const found = positions.size;
  const kinds = new Map([
    [names.payments, payments],
    [names.remittances, remittances],
  ]);
  const readers = createEventReaders({ registry, kinds, ignoredFields: new Set(deps.policy.ignoredFields) });
  const tally = await withSink(deps, found, (sink) => screenAgain(positions, { ...deps, reader, readers, sink }));
  const gone = await nameAll(positions, { ...find, held });
  const unread = await goneUnread(deps.kafka, deps);
  const { version, generation } = index.generation.manifest;
  return { index: { version, generation }, found, decidedBefore, ...tally, gone, goneUnread: unread, strangers };
}

/** Connects to write only if something may be written. */
async function withSink<T>(
  { kafka, registry, names, dryRun }: Deps,
  found: number,
  work: (sink: Sink | null) => Promise<T>,
): Promise<T> {
  if (dryRun || found === 0) return await work(null);
  // A CLEAR is written whatever DECISIONS_WRITTEN says: silence does not replace a HOLD.
  const format = await registerOutputFormat(registry, { names, decisionsWritten: "all" });
  const producer = await kafka.producer();
  try {
    return await work({ producer, format });
  } finally {
    await producer.close();
  }
}
