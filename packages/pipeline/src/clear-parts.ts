import { createRecent, partJudge, type PartVerdict, type Policy, seamTexts } from "@cordon/messages";
import { type EventParts, partKinds, type PartsReader } from "@cordon/schemas";

import type { IndexGeneration } from "./index/generation.ts";
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

/** A clear part is one small integer: 2 bits of fields screened, 2 of names, the rest is its size. */
const NOT_CLEAR = -1;
const MOST_SIZE = 255;

/** Parts remembered of each kind, and the longest of them in bytes. */
const most = { parties: 200_000, agents: 20_000, lines: 50_000 };
const longestPart = 2048;
const longestLine = 512;

export function createClearParts({ index }: IndexGeneration, policy: Policy): ClearParts {
  const judge = partJudge(index, policy);
  const lines = createRecent<number>(most.lines, () => true, longestLine);
  // The same bytes may say something else under another schema.
  const knownBy = new WeakMap<PartsReader, Known>();
  /** The event in hand. */
  let value: Buffer = Buffer.alloc(0);
  let bytes = new DataView(value.buffer);

  function knownOf(reader: PartsReader): Known {
    let known = knownBy.get(reader);
    if (known === undefined) knownBy.set(reader, (known = newKnown()));
    return known;
  }

  /** A party or an agent. */
  function bearer(kind: number, reader: PartsReader, start: number, end: number): number {
    const known = knownOf(reader)[kind]!;
    const kept = known.get(bytes, start, end);
    if (kept !== NOTHING_KEPT) return kept;
    const verdict = judgeBearer(kind, reader, start, end);
    if (verdict === "unknown") return NOT_CLEAR;
    const packed = pack(verdict);
    known.keep(bytes, start, end, packed);
    return packed;
  }

  function judgeBearer(kind: number, reader: PartsReader, start: number, end: number): PartVerdict {
    if (kind === partKinds.PARTY_NAMED || kind === partKinds.PARTY_OTHER) {
      const party = reader.party(value, start, end);
      return party === null ? "unknown" : judge.party(party, kind === partKinds.PARTY_NAMED);
    }
    const agent = reader.agent(value, start, end);
    return agent === null ? "unknown" : judge.agent(agent, kind === partKinds.AGENT_NAMED);
  }

  /** Lines with one key share a verdict, for a number in a line is mostly nobody's; but it may be an identifier. */
  function line(text: string): number {
    const key = index.lineKey(text);
    const kept = lines.get(key) ?? judgeLine(key);
    return kept === NOT_CLEAR || key === text || judge.noIdentifierIn(text) ? kept : NOT_CLEAR;
  }

  function judgeLine(key: string): number {
    const verdict = judge.line(key);
    if (verdict === "unknown") return NOT_CLEAR;
    const packed = pack(verdict);
    lines.keep(key, packed);
    return packed;
  }

  function noneAcross(texts: readonly string[]): boolean {
    return texts.length < 2 || seamTexts(texts).every((text) => line(text) !== NOT_CLEAR);
  }

  return {
    fieldsIfClear({ parts, at }, event, reader) {
      const { kind, start, end, firstPart } = parts;
      value = event;
      bytes = new DataView(value.buffer, value.byteOffset, value.byteLength);
      const to = firstPart[at + 1]!;
      let fields = 0;
      let names = 0;
      let size = 0;
      let parties = 0;
      /** No event has more than one array of lines. */
      const texts: string[] = [];
      for (let i = firstPart[at]!; i < to; i++) {
        const of = kind[i]!;
        let verdict: number;
        if (of < partKinds.LINE) {
          verdict = bearer(of, reader, start[i]!, end[i]!);
          if (of <= partKinds.PARTY_OTHER) parties++;
        } else {
          const text = value.toString("utf8", start[i], end[i]);
          verdict = line(text);
          if (of === partKinds.LINE) texts.push(text);
        }
        if (verdict === NOT_CLEAR) return IN_FULL;
        fields += verdict & 3;
        names += (verdict >> 2) & 3;
        size += verdict >> 4;
      }
      return parties === 0 || names === 0 || size > policy.maxFields || !noneAcross(texts) ? IN_FULL : fields;
    },
  };
}

/** What is known of parties and agents written with one schema, in the order of `partKinds`. */
type Known = readonly RecentBytes[];

function newKnown(): Known {
  return [most.parties, most.parties, most.agents, most.agents].map((count) => createRecentBytes(count, longestPart));
}

function pack(verdict: Exclude<PartVerdict, "unknown">): number {
  if (verdict === "not-clear" || verdict.size > MOST_SIZE) return NOT_CLEAR;
  return verdict.fieldsScreened | (verdict.namesScreened << 2) | (verdict.size << 4);
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
