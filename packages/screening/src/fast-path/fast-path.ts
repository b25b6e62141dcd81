import { isFresh, type Policy, type TextTreatments, type Treatment } from "@cordon/decisions";
import { canaryIdPrefix, type EventParts, newEventParts, type PartsReader } from "@cordon/schemas";

import type { IndexGeneration } from "../index/generation.ts";
import { type Age, ageAfter, firstAge } from "./ages.ts";
import { type ClearParts, createClearParts, type MostRemembered } from "./clear-parts.ts";
import { corridorFinder } from "./corridor.ts";
import { newPartCounts, type PartCounts } from "./part-counts.ts";
import type { UnreadEvent } from "./unread-event.ts";

/**
 * The fast path may only say CLEAR; anything else is null. An event is clear when each of its parts is, and what goes across their ends,
 * before its deadline and under a fresh index; a part is clear when its bytes, compared in full, were judged so before, by the
 * judges of full screening. Null says nothing of the event: it must be read and screened in full, and that has the last word. So must a
 * canary, whose decision goes to a topic of its own, and every record of which `reader` is null. What is known of parts belongs to one
 * policy and one generation of the index. It outlives an update of a list only as far as what was added is known: a part is then compared
 * with that before it counts as clear again.
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

export interface FastPathOptions {
  /** How many customers are remembered, where all events are treated alike. */
  readonly customers?: number;
  /** Counted up with every part that is looked for. */
  readonly counts?: PartCounts;
}

/** The fast path of each batch. One policy's generations follow one another; a batch that was begun under an earlier one is no trouble. */
export function fastPathOf(policy: Policy, options: FastPathOptions = {}): (under: ClearingUnder) => FastPath {
  const known = new WeakMap<IndexGeneration, Known>();
  // Used for each event anew: nothing waits between reading an event and judging it.
  const parts = newEventParts();
  let newest: { readonly version: string; readonly known: Known } | null = null;

  function knownUnder({ manifest, index, since }: IndexGeneration): Known {
    // What is not known to follow upon the newest begins with nothing.
    const under =
      newest !== null && since?.version === newest.version
        ? { parts: newest.known.parts, age: ageAfter(newest.known.age, index, since.added) }
        : { parts: knownParts(policy, options), age: firstAge(index) };
    newest = { version: manifest.version, known: under };
    return under;
  }

  return ({ generation, indexAge }) => {
    let under = known.get(generation);
    if (under === undefined) known.set(generation, (under = knownUnder(generation)));
    return fastPath(under, parts, indexAge);
  };
}

/** What is known of parts, and the age of the memory that a generation is. */
interface Known {
  readonly parts: KnownParts;
  readonly age: Age;
}

function fastPath({ parts: known, age }: Known, parts: EventParts, indexAge: number): FastPath {
  let bytes = NO_BYTES;
  return {
    tryClear({ value, reader, at }) {
      if (value === null || reader === null) return null;
      reader.read(value, parts);
      const { idStart, idEnd } = parts;
      if (idStart < 0 || at > parts.decideBy || mayBeCanary(value, idStart)) return null;
      if (bytes.buffer !== value.buffer) bytes = new DataView(value.buffer);
      const event = { parts, value, bytes, base: value.byteOffset, reader };
      const treatment = known.treatmentOf(event);
      if (!isFresh(indexAge, treatment) || isLate(parts.createdAt, treatment, at)) return null;
      const clear = known.under(treatment).ifClear(event, age);
      if (clear === null) return null;
      return { kind: "clear-by-parts", idStart, idEnd, fieldsScreened: clear.fields, fieldsLeftOut: clear.leftOut, at };
    },
  };
}

const NO_BYTES: DataView = new DataView(new ArrayBuffer(0));

/** By the time that the policy gives it; its own is asked before. */
function isLate(createdAt: number, { decideWithinMs }: Treatment, at: number): boolean {
  return decideWithinMs !== null && createdAt !== 0 && at > createdAt + decideWithinMs;
}

const canaryBytes = Buffer.from(canaryIdPrefix, "ascii");

function mayBeCanary(value: Buffer, idStart: number): boolean {
  for (let i = 0; i < canaryBytes.length; i++) if (value[idStart + i] !== canaryBytes[i]) return false;
  return true;
}

/** What is known of parts under one policy: a few customers make most of the payments. */
interface KnownParts {
  /** How the policy treats the event: as full screening does. */
  treatmentOf(event: UnreadEvent): Treatment;
  /** Of parts that are treated so. */
  under(treatment: Treatment): ClearParts;
}

/** Parts remembered where all events are treated alike. */
const MOST: MostRemembered = { parties: 200_000, agents: 20_000, texts: 50_000 };

/** Where rules tell events apart there are several memories, and each is smaller. */
const SHARE_OF_MEMORY = 8;
const MOST_MEMORIES = 32;

function knownParts(
  policy: Policy,
  { customers = MOST.parties, counts = newPartCounts() }: FastPathOptions,
): KnownParts {
  const share = policy.rules.length === 0 ? 1 : SHARE_OF_MEMORY;
  const most = { parties: customers / share, agents: MOST.agents / share, texts: MOST.texts / share };
  const memories = new Map<TextTreatments, ClearParts>();
  const corridorOf = corridorFinder();
  return {
    treatmentOf: (event) => {
      if (!policy.asked.anything) return policy.usual;
      return policy.treatmentOf(() => {
        const { parts, value, reader } = event;
        const { rail, channel, money, from, to } = reader.facts(value, parts);
        const told = { event: rail === null ? "remittance" : "payment", rail, channel, money } as const;
        if (rail === null) return { ...told, ...corridorOf.told(from, to) };
        return { ...told, ...(policy.asked.corridor ? corridorOf.ofPayment(event) : NO_CORRIDOR) };
      });
    },
    under(treatment) {
      let memory = memories.get(treatment.texts);
      if (memory !== undefined) return memory;
      if (memories.size >= MOST_MEMORIES) memories.clear();
      memory = createClearParts(treatment, { policy, most, counts });
      memories.set(treatment.texts, memory);
      return memory;
    },
  };
}

const NO_CORRIDOR = Object.freeze({ from: Object.freeze([]), to: Object.freeze([]) });
