import {
  createRecent,
  isPassedOver,
  numberSeamTexts,
  partJudge,
  type PartVerdict,
  type Policy,
  seamTexts,
  workOfReading,
} from "@cordon/decisions";
import { decodeText } from "@cordon/matching";
import { type EventParts, partKinds, type PartsReader } from "@cordon/schemas";

import type { IndexGeneration } from "./index/generation.ts";
import { fieldsOf, namesOf, NOT_PACKED, packed, sizeOf, workOf } from "./packed-verdict.ts";
import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";

/** The event of a row is not known to be clear: it must be read and screened in full. */
export const IN_FULL = -1;

/**
 * Which parts of events are clear, remembered by their bytes: a few customers make most of the payments. It belongs to
 * one generation of the index and one policy, and is forgotten with them, so that no answer outlives an update of a list.
 */
export interface ClearParts {
  /**
   * The number of fields compared, if the event in that row is clear: each of its parts is, and so are the seams of its lines.
   * `IN_FULL` for any other event. `value` is the one that the row was read from, by `reader`.
   */
  fieldsIfClear(row: { readonly parts: EventParts; readonly at: number }, value: Buffer, reader: PartsReader): number;
}

/** Of a part that is not clear, or of which nothing is known that fits an integer. */
const NOT_CLEAR = NOT_PACKED;

/** An event that takes more than this part of the work that is allowed is screened in full at once, rather than twice. */
const SHARE_OF_WORK = 4;

/** Parts remembered of each kind, and the longest of them in bytes. */
const most = { parties: 200_000, agents: 20_000, lines: 50_000 };
const longestPart = 2048;
const longestLine = 512;

function createClearParts({ index }: IndexGeneration, policy: Policy): ClearParts {
  const judge = partJudge(index, policy);
  const lines = createRecent<number>(most.lines, () => true, longestLine);
  // The same bytes may say something else under another schema.
  const knownBy = new WeakMap<PartsReader, Known>();
  /** The event in hand. */
  let value: Buffer = Buffer.alloc(0);
  let bytes = new DataView(value.buffer);
  /** Work that is left for its other parts. */
  let workLeft = 0;

  function knownOf(reader: PartsReader): Known {
    let known = knownBy.get(reader);
    if (known === undefined) knownBy.set(reader, (known = newKnown()));
    return known;
  }

  /** A party or an agent. */
  function bearer(kind: number, reader: PartsReader, start: number, end: number): number {
    const known = knownOf(reader)[kind]!;
    const before = known.get(bytes, start, end);
    if (before !== NOTHING_KEPT) return before;
    const verdict = judgeBearer(kind, reader, start, end);
    if (verdict === "unknown") return NOT_CLEAR;
    const kept = pack(verdict);
    known.keep(bytes, start, end, kept);
    return kept;
  }

  function judgeBearer(kind: number, reader: PartsReader, start: number, end: number): PartVerdict {
    if (kind === partKinds.PARTY_NAMED || kind === partKinds.PARTY_OTHER) {
      const party = reader.party(value, start, end);
      return party === null ? "unknown" : judge.party(party, kind === partKinds.PARTY_NAMED, workLeft);
    }
    const agent = reader.agent(value, start, end);
    return agent === null ? "unknown" : judge.agent(agent, kind === partKinds.AGENT_NAMED, workLeft);
  }

  /**
   * Texts with one key share a verdict, for a number in a text is mostly nobody's; but it may be an identifier. Of a text that is
   * encoded the numbers may be letters: it is its own key.
   */
  function line(text: string): number {
    // Whatever is kept for these very characters was judged with all that is in them.
    const known = lines.get(text);
    if (known !== undefined) return known;
    // Decoding is work, too: the bound that judging begins with holds before it.
    if (workOfReading(text) > workLeft) return NOT_CLEAR;
    const { readings, unreadable } = decodeText(text);
    const key = readings.length === 0 && !unreadable ? index.lineKey(text) : text;
    const kept = key === text ? judgeLine(key) : (lines.get(key) ?? judgeLine(key));
    return kept === NOT_CLEAR || key === text || judge.noIdentifierIn(text) ? kept : NOT_CLEAR;
  }

  function judgeLine(key: string): number {
    const verdict = judge.line(key, workLeft);
    if (verdict === "unknown") return NOT_CLEAR;
    const kept = pack(verdict);
    lines.keep(key, kept);
    return kept;
  }

  /** What stands across the ends of lines counts as work, and as nothing else. */
  function noneAcross(texts: readonly string[]): boolean {
    if (texts.length < 2) return true;
    for (const text of seamTexts(texts)) {
      const verdict = line(text);
      if (verdict === NOT_CLEAR) return false;
      workLeft -= workOf(verdict);
    }
    for (const { text, work } of numberSeamTexts(texts)) {
      if (!judge.noIdentifierIn(text)) return false;
      workLeft -= work;
    }
    return workLeft >= 0;
  }

  /** The verdict on a part that is a text; 0 for one that holds nothing, by its shape. */
  function textPart(of: number, text: string): number {
    if (of === partKinds.REFERENCE && isPassedOver(text, "reference")) return 0;
    if (of === partKinds.CODE && isPassedOver(text, "code")) return 0;
    return line(text);
  }

  return {
    fieldsIfClear({ parts, at }, event, reader) {
      const { kind, start, end, firstPart } = parts;
      value = event;
      bytes = new DataView(value.buffer, value.byteOffset, value.byteLength);
      workLeft = policy.maxWork / SHARE_OF_WORK;
      const to = firstPart[at + 1]!;
      let fields = 0;
      let names = 0;
      let size = 0;
      let parties = 0;
      /** By array: what a name may go on in. */
      const remittance: string[] = [];
      const instructions: string[] = [];
      const reporting: string[] = [];
      for (let i = firstPart[at]!; i < to; i++) {
        const of = kind[i]!;
        let verdict: number;
        if (of < partKinds.LINE) {
          verdict = bearer(of, reader, start[i]!, end[i]!);
          if (of <= partKinds.PARTY_OTHER) parties++;
        } else {
          const text = value.toString("utf8", start[i], end[i]);
          verdict = textPart(of, text);
          if (of === partKinds.LINE) remittance.push(text);
          else if (of === partKinds.INSTRUCTION) instructions.push(text);
          else if (of === partKinds.REPORTING) reporting.push(text);
        }
        if (verdict === NOT_CLEAR) return IN_FULL;
        fields += fieldsOf(verdict);
        names += namesOf(verdict);
        size += sizeOf(verdict);
        workLeft -= workOf(verdict);
        if (workLeft < 0) return IN_FULL;
      }
      return parties === 0 ||
        names === 0 ||
        size > policy.maxFields ||
        ![remittance, instructions, reporting].every(noneAcross)
        ? IN_FULL
        : fields;
    },
  };
}

/** What is known of parties and agents written with one schema, in the order of `partKinds`. */
type Known = readonly RecentBytes[];

function newKnown(): Known {
  return [most.parties, most.parties, most.agents, most.agents].map((count) => createRecentBytes(count, longestPart));
}

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
