import { createHash } from "node:crypto";

import type { Alert, Decision } from "@cordon/schemas";

import type { Brief } from "../work/brief.ts";

/** What the desk keeps of an alert, a held event, or a record that it cannot read. */
export interface NewAlert {
  readonly alertId: string;
  readonly kind: "alert" | "hold" | "undecodable";
  readonly sourceTopic: string;
  readonly sourcePartition: number;
  readonly sourceOffset: number;
  readonly eventId: string;
  readonly origin: "STREAM" | "LOOK_BACK" | "CUSTOMER";
  /** Milliseconds since the epoch. */
  readonly raisedAt: number;
  readonly rank: number;
  readonly topScore: number | null;
  readonly list: string | null;
  readonly regime: string | null;
  readonly rail: string | null;
  readonly designationId: string | null;
  readonly holdReason: string | null;
  readonly generation: number;
  readonly schemaId: number;
  readonly record: Uint8Array;
  readonly brief: Brief;
  readonly matches: readonly NewMatch[];
}

export interface NewMatch {
  readonly designationId: string;
  readonly designationHash: string | null;
  readonly fingerprint: string | null;
  /** The text that was matched, to find the pair again where there is no fingerprint. */
  readonly text: string;
}

/** `partyName`: of the party that the best match's field belongs to, where it was looked for. */
export function newAlert(alert: Alert, record: Uint8Array, schemaId: number, partyName: string | null): NewAlert {
  const [best] = alert.matches;
  return {
    alertId: alert.alertId,
    kind: "alert",
    sourceTopic: alert.sourceTopic,
    sourcePartition: alert.sourcePartition,
    sourceOffset: alert.sourceOffset,
    eventId: alert.eventId === "" ? (alert.customerId ?? "") : alert.eventId,
    origin: alert.origin,
    raisedAt: alert.raisedAt,
    rank: rankOf(alert),
    topScore: best?.score ?? null,
    list: best?.list ?? null,
    regime: best?.regime ?? null,
    rail: alert.rail,
    designationId: best?.designationId ?? null,
    holdReason: null,
    generation: alert.index.generation,
    schemaId,
    record,
    brief: { name: partyName ?? nameIn(alert), matchedName: best?.matchedName ?? null },
    matches: alert.matches.map(({ designationId, designationHash, partyFingerprint, field }) => ({
      designationId,
      designationHash,
      fingerprint: partyFingerprint,
      text: field.text,
    })),
  };
}

/** The field where it is a name, else the words in it that matched. */
function nameIn({ matches, eventId }: Alert): string {
  const field = matches[0]?.field;
  if (field === undefined) return eventId;
  return field.path.endsWith(".name") ? field.text : field.text.slice(field.start, field.end);
}

/** 0: an identifier. Then by score, best first: 1 to 101. */
function rankOf({ matches }: Alert): number {
  if (matches.some(({ identifier }) => identifier !== null)) return 0;
  const top = Math.max(0, ...matches.map(({ score }) => score));
  return 1 + Math.round(100 - Math.min(100, top));
}

const holdRank = 30;

/** A held event. Its id follows from where the event is, so that a repeat is the same. */
export function newHold(decision: Decision, record: Uint8Array, schemaId: number): NewAlert {
  const { sourceTopic, sourcePartition, sourceOffset, eventId, holdReason, decidedAt, index } = decision;
  return {
    alertId: `hold-${idOfPlace(sourceTopic, sourcePartition, sourceOffset)}`,
    kind: "hold",
    sourceTopic,
    sourcePartition,
    sourceOffset,
    eventId,
    origin: "STREAM",
    raisedAt: decidedAt,
    rank: holdRank,
    topScore: null,
    list: null,
    regime: null,
    rail: null,
    designationId: null,
    holdReason,
    generation: index.generation,
    schemaId,
    record,
    brief: { name: eventId, matchedName: null },
    matches: [],
  };
}

/** A record of the alerts' topic that is no alert that can be read: never dropped. */
export function newUndecodable(
  place: { readonly topic: string; readonly partition: number; readonly offset: number },
  { key, value, at }: { readonly key: string; readonly value: Uint8Array; readonly at: number },
): NewAlert {
  const id = idOfPlace(place.topic, place.partition, place.offset);
  return {
    alertId: `undecodable-${id}`,
    kind: "undecodable",
    sourceTopic: place.topic,
    sourcePartition: place.partition,
    sourceOffset: place.offset,
    eventId: key,
    origin: "STREAM",
    raisedAt: at,
    rank: 0,
    topScore: null,
    list: null,
    regime: null,
    rail: null,
    designationId: null,
    holdReason: null,
    generation: -1,
    schemaId: 0,
    record: value,
    brief: { name: key, matchedName: null },
    matches: [],
  };
}

function idOfPlace(topic: string, partition: number, offset: number): string {
  return createHash("sha256")
    .update(JSON.stringify([topic, partition, offset]))
    .digest("hex")
    .slice(0, 32);
}
