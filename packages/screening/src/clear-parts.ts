import {
  createRecent,
  isPassedOver,
  numberSeamTexts,
  ownerOf,
  partJudge,
  type PartVerdict,
  type Policy,
  type Recent,
  seamTexts,
  type TextOwner,
  type TextTreatments,
  textKinds,
  type Treatment,
  workOfReading,
} from "@cordon/decisions";
import { decodeText } from "@cordon/matching";
import { type AgentRole, partKinds, type PartsReader, type PartyRole } from "@cordon/schemas";

import { corridorFinder } from "./corridor.ts";
import type { IndexGeneration } from "./index/generation.ts";
import { fieldsOf, leftOutOf, namesOf, NOT_PACKED, packed, sizeOf, workOf } from "./packed-verdict.ts";
import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** The event of a row is not known to be clear: it must be read and screened in full. */
export const IN_FULL = -1;

/**
 * Which parts of events are clear, remembered by their bytes: a few customers make most of the payments. It belongs to
 * one generation of the index and one policy, and is forgotten with them, so that no answer outlives an update of a list.
 */
export interface ClearParts {
  /** How the policy treats the event: as the full path does. */
  treatmentOf(event: UnreadEvent): Treatment;
  /**
   * The number of fields compared, if the event is clear: each of its parts is, and so are the seams of its lines.
   * `IN_FULL` for any other event.
   */
  fieldsIfClear(event: UnreadEvent, treatment: Treatment): number;
  /** Of the event that was clear last: its texts that the policy leaves out. */
  fieldsLeftOut(): number;
}

/** Of a part that is not clear, or of which nothing is known that fits an integer. */
const NOT_CLEAR = NOT_PACKED;

/** An event that takes more than this part of the work that is allowed is screened in full at once, rather than twice. */
const SHARE_OF_WORK = 4;

/** Parts remembered of each kind where all events are treated alike, and the longest of them in bytes. */
const most = { parties: 200_000, agents: 20_000, lines: 50_000 };
const longestPart = 2048;
const longestLine = 512;

/** Where rules tell events apart there are several memories, and each is smaller. */
const SHARE_OF_MEMORY = 8;
const MOST_MEMORIES = 32;

function createClearParts({ index }: IndexGeneration, policy: Policy): ClearParts {
  const share = policy.rules.length === 0 ? 1 : SHARE_OF_MEMORY;
  const memories = new Map<TextTreatments, Memory>();
  const corridorOf = corridorFinder();
  let leftOut = 0;

  function memoryOf(treatment: Treatment): Memory {
    let memory = memories.get(treatment.texts);
    if (memory !== undefined) return memory;
    if (memories.size >= MOST_MEMORIES) memories.clear();
    memory = newMemory(treatment, { index, policy, share });
    memories.set(treatment.texts, memory);
    return memory;
  }

  return {
    treatmentOf: (event) =>
      policy.treatmentOf(() => {
        const { parts, at, value, reader } = event;
        const { rail, channel, money, from, to } = reader.facts(value, parts, at);
        const told = { event: rail === null ? "remittance" : "payment", rail, channel, money } as const;
        if (rail === null) return { ...told, ...corridorOf.told(from, to) };
        return { ...told, ...(policy.asked.corridor ? corridorOf.ofPayment(event) : NO_CORRIDOR) };
      }),
    fieldsIfClear(event, treatment) {
      const { fields, leftOut: left } = memoryOf(treatment).ifClear(event);
      leftOut = left;
      return fields;
    },
    fieldsLeftOut: () => leftOut,
  };
}

const NO_CORRIDOR = Object.freeze({ from: Object.freeze([]), to: Object.freeze([]) });

interface MemoryDeps extends Pick<IndexGeneration, "index"> {
  readonly policy: Policy;
  readonly share: number;
}

/** What is known of parts whose texts are treated in one way. */
interface Memory {
  /** The same object each time: read it at once. */
  ifClear(event: UnreadEvent): Readonly<Sum>;
}

/** What the parts of one event come to. */
interface Sum {
  fields: number;
  leftOut: number;
}

/** Texts of one owner, and what is known of them. */
interface TextMemory {
  readonly owner: TextOwner;
  readonly screened: boolean;
  readonly lines: Recent<number>;
}

function newMemory(treatment: Treatment, { index, policy, share }: MemoryDeps): Memory {
  const { texts } = treatment;
  const judge = partJudge(index, policy, treatment);
  const linesBy = new Map<string, Recent<number>>();
  // The same bytes may say something else under another schema.
  const slotsOf = new WeakMap<PartsReader, Slots>();
  const sum: Sum = { fields: 0, leftOut: 0 };
  const inFull: Readonly<Sum> = Object.freeze({ fields: IN_FULL, leftOut: 0 });
  /** The event in hand. */
  let value: Buffer = Buffer.alloc(0);
  let bytes = new DataView(value.buffer);
  /** Work that is left for its other parts. */
  let workLeft = 0;

  function slots(reader: PartsReader): Slots {
    let known = slotsOf.get(reader);
    if (known === undefined) slotsOf.set(reader, (known = { bearers: [], bearersBy: new Map(), texts: [] }));
    return known;
  }

  /** Roles whose texts are all treated alike share what is known of those who have them. */
  function bearersOf(kind: number, owner: number, reader: PartsReader): RecentBytes {
    const known = slots(reader);
    const slot = kind * 256 + owner;
    const kept = known.bearers[slot];
    if (kept !== undefined) return kept;
    const role = reader.owners[owner]!.role ?? "OTHER";
    const likeness = `${String(kind)} ${textKinds.map((of) => texts.of(role, of).id).join()}`;
    let memory = known.bearersBy.get(likeness);
    if (memory === undefined) {
      const count = kind <= partKinds.PARTY_OTHER ? most.parties : most.agents;
      known.bearersBy.set(likeness, (memory = createRecentBytes(count / share, longestPart)));
    }
    known.bearers[slot] = memory;
    return memory;
  }

  function textsOf(owner: number, reader: PartsReader): TextMemory {
    const known = slots(reader);
    const kept = known.texts[owner];
    if (kept !== undefined) return kept;
    const of = ownerOf(reader.owners[owner]!.field);
    const { id, screened } = texts.of(of.role, of.kind);
    // Places are looked for in some kinds of texts only.
    const likeness = `${String(id)} ${judge.listsPlaces ? of.kind : ""}`;
    let lines = linesBy.get(likeness);
    if (lines === undefined)
      linesBy.set(likeness, (lines = createRecent<number>(most.lines / share, () => true, longestLine)));
    return (known.texts[owner] = { owner: of, screened, lines });
  }

  interface BearerPart {
    readonly kind: number;
    readonly owner: number;
    readonly start: number;
    readonly end: number;
  }

  /** A party or an agent. */
  function bearer(reader: PartsReader, part: BearerPart): number {
    const { start, end } = part;
    const known = bearersOf(part.kind, part.owner, reader);
    const before = known.get(bytes, start, end);
    if (before !== NOTHING_KEPT) return before;
    const verdict = judgeBearer(reader, part);
    if (verdict === "unknown") return NOT_CLEAR;
    const kept = pack(verdict);
    known.keep(bytes, start, end, kept);
    return kept;
  }

  function judgeBearer(reader: PartsReader, { kind, owner, start, end }: BearerPart): PartVerdict {
    const role = reader.owners[owner]!.role ?? "OTHER";
    if (kind === partKinds.PARTY_NAMED || kind === partKinds.PARTY_OTHER) {
      const party = reader.party(value, start, end);
      const of = { role: role as PartyRole, named: kind === partKinds.PARTY_NAMED };
      return party === null ? "unknown" : judge.party(party, of, workLeft);
    }
    const agent = reader.agent(value, start, end);
    const of = { role: role as AgentRole, named: kind === partKinds.AGENT_NAMED };
    return agent === null ? "unknown" : judge.agent(agent, of, workLeft);
  }

  /**
   * Texts with one key share a verdict, for a number in a text is mostly nobody's; but it may be an identifier. Of a text that is
   * encoded the numbers may be letters: it is its own key. So is each where listed words have numbers.
   */
  function line(text: string, of: TextMemory): number {
    const { lines } = of;
    // Whatever is kept for these very characters was judged with all that is in them.
    const known = lines.get(text);
    if (known !== undefined) return known;
    // Decoding is work, too: the bound that judging begins with holds before it.
    if (workOfReading(text) > workLeft) return NOT_CLEAR;
    const { readings, unreadable } = decodeText(text);
    const isPlain = readings.length === 0 && !unreadable && !judge.wordsHaveNumbers;
    const key = isPlain ? index.lineKey(text) : text;
    const kept = key === text ? judgeLine(key, of) : (lines.get(key) ?? judgeLine(key, of));
    return kept === NOT_CLEAR || key === text || judge.noIdentifierIn(text) ? kept : NOT_CLEAR;
  }

  function judgeLine(key: string, { owner, lines }: TextMemory): number {
    const verdict = judge.line(key, owner, workLeft);
    if (verdict === "unknown") return NOT_CLEAR;
    const kept = pack(verdict);
    lines.keep(key, kept);
    return kept;
  }

  /** What stands across the ends of lines counts as work, and as nothing else. */
  function noneAcross(lines: readonly string[], of: TextMemory | null): boolean {
    if (of === null || lines.length < 2) return true;
    for (const text of seamTexts(lines)) {
      const verdict = line(text, of);
      if (verdict === NOT_CLEAR) return false;
      workLeft -= workOf(verdict);
    }
    for (const { text, work } of numberSeamTexts(lines)) {
      if (!judge.noIdentifierIn(text)) return false;
      workLeft -= work;
    }
    return workLeft >= 0;
  }

  /** The verdict on a part that is a text; 0 for one that holds nothing, by its shape. */
  function textPart(kind: number, text: string, of: TextMemory): number {
    if (kind === partKinds.REFERENCE && isPassedOver(text, "reference")) return 0;
    if (kind === partKinds.CODE && isPassedOver(text, "code")) return 0;
    return of.screened ? line(text, of) : LEFT_OUT;
  }

  /** Countries that stand in fields of the event itself are parts only where they are no codes. */
  function goesToListedCountry({ parts, at, reader }: UnreadEvent): boolean {
    if (!judge.listsPlaces) return false;
    const { from, to } = reader.facts(value, parts, at);
    return [from, to].some((country) => country !== null && judge.isListedCountry(country));
  }

  return {
    ifClear(event) {
      const { parts, at, reader } = event;
      const { kind, start, end, owner, firstPart } = parts;
      value = event.value;
      bytes = new DataView(value.buffer, value.byteOffset, value.byteLength);
      workLeft = policy.maxWork / SHARE_OF_WORK;
      const to = firstPart[at + 1]!;
      sum.fields = 0;
      sum.leftOut = 0;
      let names = 0;
      let size = 0;
      let parties = 0;
      /** By array: what a name may go on in. */
      const arrays: Arrays = { [partKinds.LINE]: [], [partKinds.INSTRUCTION]: [], [partKinds.REPORTING]: [] };
      for (let i = firstPart[at]!; i < to; i++) {
        const of = kind[i]!;
        let verdict: number;
        if (of < partKinds.LINE) {
          verdict = bearer(reader, { kind: of, owner: owner[i]!, start: start[i]!, end: end[i]! });
          if (of <= partKinds.PARTY_OTHER) parties++;
        } else {
          const text = value.toString("utf8", start[i], end[i]);
          const memory = textsOf(owner[i]!, reader);
          verdict = textPart(of, text, memory);
          if (memory.screened) arrays[of]?.push({ text, memory });
        }
        if (verdict === NOT_CLEAR) return inFull;
        sum.fields += fieldsOf(verdict);
        sum.leftOut += leftOutOf(verdict);
        names += namesOf(verdict);
        size += sizeOf(verdict);
        workLeft -= workOf(verdict);
        if (workLeft < 0) return inFull;
      }
      if (parties === 0 || names === 0 || size > policy.maxFields) return inFull;
      if (goesToListedCountry(event)) return inFull;
      const isClear = Object.values(arrays).every((lines) =>
        noneAcross(
          lines.map(({ text }) => text),
          lines[0]?.memory ?? null,
        ),
      );
      return isClear ? sum : inFull;
    },
  };
}

/** The lines of each array of an event, by the kind of their parts. */
type Arrays = Record<number, { readonly text: string; readonly memory: TextMemory }[]>;

/** What is known of parties, agents and texts written with one schema. */
interface Slots {
  /** By kind of part and owner. */
  readonly bearers: (RecentBytes | undefined)[];
  readonly bearersBy: Map<string, RecentBytes>;
  /** By owner. */
  readonly texts: (TextMemory | undefined)[];
}

/** A text that the policy leaves out. */
const LEFT_OUT = packed({ fieldsScreened: 0, namesScreened: 0, fieldsLeftOut: 1, size: 1, work: 0 });

function pack(verdict: Exclude<PartVerdict, "unknown">): number {
  return verdict === "not-clear" ? NOT_CLEAR : packed(verdict);
}

/** The memory of each generation, for as long as that lives. */
export function clearPartsOf(policy: Policy): (generation: IndexGeneration) => ClearParts {
  const known = new WeakMap<IndexGeneration, ClearParts>();
  return (generation) => {
    let parts = known.get(generation);
    if (parts === undefined) known.set(generation, (parts = createClearParts(generation, policy)));
    return parts;
  };
}
