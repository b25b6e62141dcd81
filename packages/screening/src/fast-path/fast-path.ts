import { isFresh, type Policy, type TextTreatments, type Treatment } from "@cordon/decisions";
import { canaryIdPrefix, newEventParts, type PartsReader } from "@cordon/schemas";

import type { IndexGeneration } from "../index/generation.ts";
import { type ClearParts, createClearParts } from "./clear-parts.ts";
import { corridorFinder } from "./corridor.ts";
import type { UnreadEvent } from "./unread-event.ts";

/**
 * The fast path may only say CLEAR; anything else is null. An event is clear when each of its parts is, and what goes across their ends,
 * before its deadline and under a fresh index; a part is clear when its bytes, compared in full, were judged so before, by the
 * judges of full screening. Null says nothing of the event: it must be read and screened in full, and that has the last word. So must a
 * canary, whose decision goes to a topic of its own, and every record of which `reader` is null. What is known of parts belongs to one
 * generation of the index and one policy, and is forgotten with them: no answer outlives an update of a list.
 */
export interface FastPath {
  tryClear(record: RecordToClear): ClearDecision | null;
}

export interface RecordToClear {
  readonly value: Buffer | null;
  /** What finds the parts of records of its schema. Null: it must be read in full. */
  readonly reader: PartsReader | null;
  /** When it is decided, milliseconds since the epoch. */
  readonly at: number;
}

/** An event that is CLEAR because each of its parts is. It was not read as a whole, and nothing of it was set aside. */
export interface ClearDecision {
  readonly kind: "clear-by-parts";
  /** The bytes of the event id in the value: ASCII. */
  readonly idStart: number;
  readonly idEnd: number;
  readonly fieldsScreened: number;
  readonly fieldsLeftOut: number;
  readonly at: number;
}

/** What events are cleared under. */
export interface ClearingUnder {
  readonly generation: IndexGeneration;
  /** Milliseconds, see `Circumstances`. */
  readonly indexAge: number;
}

/** The fast path of each batch: what is known of parts lives as long as the generation. */
export function fastPathOf(policy: Policy): (under: ClearingUnder) => FastPath {
  const known = new WeakMap<IndexGeneration, KnownParts>();
  return ({ generation, indexAge }) => {
    let parts = known.get(generation);
    if (parts === undefined) known.set(generation, (parts = knownParts(generation, policy)));
    return fastPath(parts, indexAge);
  };
}

function fastPath(known: KnownParts, indexAge: number): FastPath {
  // One row, used for each event anew.
  const parts = newEventParts();
  return {
    tryClear({ value, reader, at }) {
      if (value === null || reader === null) return null;
      parts.records = 0;
      reader.read(value, parts);
      const idStart = parts.idStart[0]!;
      const idEnd = parts.idEnd[0]!;
      if (idStart < 0 || at > parts.decideBy[0]! || mayBeCanary(value, idStart)) return null;
      const bytes = new DataView(value.buffer, value.byteOffset, value.byteLength);
      const event = { parts, at: 0, value, bytes, reader };
      const treatment = known.treatmentOf(event);
      if (!isFresh(indexAge, treatment) || isLate(parts.createdAt[0]!, treatment, at)) return null;
      const clear = known.under(treatment).ifClear(event);
      if (clear === null) return null;
      return { kind: "clear-by-parts", idStart, idEnd, fieldsScreened: clear.fields, fieldsLeftOut: clear.leftOut, at };
    },
  };
}

/** By the time that the policy gives it; its own is asked before. */
function isLate(createdAt: number, { decideWithinMs }: Treatment, at: number): boolean {
  return decideWithinMs !== null && createdAt !== 0 && at > createdAt + decideWithinMs;
}

const canaryBytes = Buffer.from(canaryIdPrefix, "ascii");

function mayBeCanary(value: Buffer, idStart: number): boolean {
  for (let i = 0; i < canaryBytes.length; i++) if (value[idStart + i] !== canaryBytes[i]) return false;
  return true;
}

/** What is known of parts under one generation and one policy: a few customers make most of the payments. */
interface KnownParts {
  /** How the policy treats the event: as full screening does. */
  treatmentOf(event: UnreadEvent): Treatment;
  /** Of parts that are treated so. */
  under(treatment: Treatment): ClearParts;
}

/** Where rules tell events apart there are several memories, and each is smaller. */
const SHARE_OF_MEMORY = 8;
const MOST_MEMORIES = 32;

function knownParts({ index }: IndexGeneration, policy: Policy): KnownParts {
  const share = policy.rules.length === 0 ? 1 : SHARE_OF_MEMORY;
  const memories = new Map<TextTreatments, ClearParts>();
  const corridorOf = corridorFinder();
  return {
    treatmentOf: (event) =>
      policy.treatmentOf(() => {
        const { parts, at, value, reader } = event;
        const { rail, channel, money, from, to } = reader.facts(value, parts, at);
        const told = { event: rail === null ? "remittance" : "payment", rail, channel, money } as const;
        if (rail === null) return { ...told, ...corridorOf.told(from, to) };
        return { ...told, ...(policy.asked.corridor ? corridorOf.ofPayment(event) : NO_CORRIDOR) };
      }),
    under(treatment) {
      let memory = memories.get(treatment.texts);
      if (memory !== undefined) return memory;
      if (memories.size >= MOST_MEMORIES) memories.clear();
      memory = createClearParts(treatment, { index, policy, share });
      memories.set(treatment.texts, memory);
      return memory;
    },
  };
}

const NO_CORRIDOR = Object.freeze({ from: Object.freeze([]), to: Object.freeze([]) });
