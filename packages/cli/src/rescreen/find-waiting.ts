import { type HoldReason, holdReasons } from "@cordon/errors";
import type { ConsumedRecord, Reader, TopicPartition } from "@cordon/kafka";
import { type Decision, deadLetterHeaders, decisionHeaders } from "@cordon/schemas";
import { keyText, type TopicNames } from "@cordon/screening";

import type { DecisionReader } from "./decision-reader.ts";
import { createPositions, hashOf, type Positions } from "./positions.ts";

export interface FindDeps {
  readonly reader: Reader;
  readonly decisions: DecisionReader;
  readonly names: TopicNames;
  /** Milliseconds since the epoch: records stamped before are not looked at. */
  readonly since: number | undefined;
  readonly onRead: (records: number) => void;
}

/** Where an event came from, and under which id it is known. */
interface Source {
  readonly place: TopicPartition;
  readonly offset: number;
  readonly id: string;
}

/** What waits, and how many records of the topic told of no event of ours. */
export interface Found {
  readonly positions: Positions;
  readonly strangers: number;
}

/** Every event that was ever held, with the reason of its last HOLD. */
export async function findHeld(deps: FindDeps): Promise<Found> {
  const positions = createPositions();
  let strangers = 0;
  await eachDecision(deps, isHold, (decision) => {
    const source = decision === null ? null : sourceOfDecision(decision, deps.names);
    if (source === null || decision === null) {
      strangers += 1;
      return;
    }
    const reason = reasonOf(decision);
    positions.set(source.place, source.offset, { reason, idHash: hashOf(source.id) });
  });
  return { positions, strangers };
}

/** Every event whose record was set aside. */
export async function findDeadLetters({ reader, names, since, onRead }: FindDeps): Promise<Found> {
  const positions = createPositions();
  let strangers = 0;
  await reader.read(await reader.extent(names.deadLetters, since), async ({ records }) => {
    onRead(records.length);
    for (const record of records) {
      const source = sourceOfDeadLetter(record, names);
      if (source === null) strangers += 1;
      else positions.set(source.place, source.offset, { reason: null, idHash: hashOf(source.id) });
    }
    return Promise.resolve();
  });
  return { positions, strangers };
}

/**
 * Takes away what was decided CLEAR or HIT, at whichever time: neither is ever replaced. Of the rest, notes the reason of the
 * last HOLD. Answers how many were taken away.
 */
export async function dropDecided(positions: Positions, deps: FindDeps): Promise<number> {
  if (positions.size === 0) return 0;
  const before = positions.size;
  await eachDecision(
    deps,
    () => true,
    (decision) => {
      const source = decision === null ? null : sourceOfDecision(decision, deps.names);
      if (decision === null || source === null) return;
      const waiting = positions.get(source.place, source.offset);
      if (waiting === undefined) return;
      if (decision.outcome === "HOLD")
        positions.set(source.place, source.offset, { ...waiting, reason: reasonOf(decision) });
      else positions.delete(source.place, source.offset);
    },
  );
  return before - positions.size;
}

/** An event by its id, as far as it is known, and where its record was. */
export interface NamedEvent extends TopicPartition {
  readonly eventId: string;
  readonly offset: number;
}

/** The ids of events of which only the places are known. */
export async function nameAll(
  positions: Positions,
  { held, ...deps }: FindDeps & { readonly held: boolean },
): Promise<readonly NamedEvent[]> {
  if (positions.size === 0) return [];
  const named = new Map<string, NamedEvent>();
  const note = (source: Source | null): void => {
    if (source === null || positions.get(source.place, source.offset) === undefined) return;
    const { place, offset, id } = source;
    named.set(`${place.topic}/${String(place.partition)}/${String(offset)}`, { eventId: id, ...place, offset });
  };
  if (held)
    await eachDecision(deps, isHold, (decision) => {
      note(decision === null ? null : sourceOfDecision(decision, deps.names));
    });
  else
    await deps.reader.read(await deps.reader.extent(deps.names.deadLetters, deps.since), async ({ records }) => {
      deps.onRead(records.length);
      for (const record of records) note(sourceOfDeadLetter(record, deps.names));
      return Promise.resolve();
    });
  return [...named.values()];
}

/** The header spares the decoding; what has none is decoded. */
function isHold(record: ConsumedRecord): boolean {
  const outcome = record.header(decisionHeaders.outcome)?.toString("utf8");
  return outcome !== "CLEAR" && outcome !== "HIT";
}

async function eachDecision(
  { reader, decisions, names, since, onRead }: FindDeps,
  isWanted: (record: ConsumedRecord) => boolean,
  use: (decision: Decision | null) => void,
): Promise<void> {
  await reader.read(await reader.extent(names.decisions, since), async ({ records }) => {
    onRead(records.length);
    const wanted = records.filter(isWanted);
    const read = await decisions.forRecords(wanted);
    for (const record of wanted) {
      const decision = read(record);
      if (decision === null || isWantedOutcome(record, decision)) use(decision);
    }
  });
}

/** A header that says HOLD beside another outcome is nobody's; the value counts. */
function isWantedOutcome(record: ConsumedRecord, decision: Decision): boolean {
  return record.header(decisionHeaders.outcome)?.toString("utf8") !== "HOLD" || decision.outcome === "HOLD";
}

function sourceOfDecision(decision: Decision, names: TopicNames): Source | null {
  const { eventId, sourceTopic, sourcePartition, sourceOffset } = decision;
  return sourceAt({ topic: sourceTopic, partition: sourcePartition, offset: sourceOffset, id: eventId }, names);
}

function sourceOfDeadLetter(record: ConsumedRecord, names: TopicNames): Source | null {
  const text = (name: string): string => record.header(name)?.toString("utf8") ?? "";
  const partition = Number(text(deadLetterHeaders.sourcePartition) || Number.NaN);
  const offset = Number(text(deadLetterHeaders.sourceOffset) || Number.NaN);
  const id = keyText(record) ?? "";
  return sourceAt({ topic: text(deadLetterHeaders.sourceTopic), partition, offset, id }, names);
}

/** `null` when that is no place of an event topic. */
function sourceAt(
  { topic, partition, offset, id }: TopicPartition & { readonly offset: number; readonly id: string },
  names: TopicNames,
): Source | null {
  const isPlace = [partition, offset].every((number) => Number.isSafeInteger(number) && number >= 0);
  if (!isPlace || !(topic === names.payments || topic === names.remittances)) return null;
  return { place: { topic, partition }, offset, id };
}

function reasonOf({ holdReason }: Decision): HoldReason | null {
  return holdReasons.find((reason) => reason === holdReason) ?? null;
}
