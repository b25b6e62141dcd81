import { partJudge, type PartVerdict, type Policy } from "@cordon/messages";
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
const most = { parties: 200_000, agents: 20_000, lines: 50_000, seams: 20_000 };
const longestPart = 2048;

export function createClearParts({ index, bare }: IndexGeneration, policy: Policy): ClearParts {
  const judge = partJudge(index, policy);
  // Lines are judged once each, and remembered here: the index need not do it as well.
  const lineJudge = partJudge(bare, policy);
  // The same bytes may say something else under another schema.
  const knownBy = new WeakMap<PartsReader, Known>();

  function knownOf(reader: PartsReader): Known {
    let known = knownBy.get(reader);
    if (known === undefined) knownBy.set(reader, (known = newKnown()));
    return known;
  }

  function part(kind: number, value: Buffer, place: Place): number {
    const { start, end, bytes, known } = place;
    const ofKind = known.byKind[kind]!;
    const kept = ofKind.get(bytes, start, end);
    return kept === NOTHING_KEPT ? keep(ofKind, place, judgeAs(kind, value, place)) : kept;
  }

  function judgeAs(kind: number, value: Buffer, { start, end, reader }: Place): PartVerdict {
    if (kind === partKinds.LINE || kind === partKinds.PURPOSE) return lineJudge.line(textOf(value, start, end));
    if (kind === partKinds.PARTY_NAMED || kind === partKinds.PARTY_OTHER) {
      const party = reader.party(value, start, end);
      return party === null ? "unknown" : judge.party(party, kind === partKinds.PARTY_NAMED);
    }
    const agent = reader.agent(value, start, end);
    return agent === null ? "unknown" : judge.agent(agent, kind === partKinds.AGENT_NAMED);
  }

  /** Between two lines that follow one another; what lies between their bytes is the length of the second. */
  function seam(value: Buffer, first: Pick<Place, "start" | "end">, { start, end, bytes, known }: Place): number {
    const both = { start: first.start, end, bytes };
    const kept = known.seams.get(bytes, both.start, both.end);
    if (kept !== NOTHING_KEPT) return kept;
    return keep(known.seams, both, judge.seam(textOf(value, first.start, first.end), textOf(value, start, end)));
  }

  return {
    fieldsIfClear({ parts, at }, value, reader) {
      const { kind, start, end, firstPart } = parts;
      const known = knownOf(reader);
      const bytes = new DataView(value.buffer, value.byteOffset, value.byteLength);
      const from = firstPart[at]!;
      const to = firstPart[at + 1]!;
      let fields = 0;
      let names = 0;
      let size = 0;
      let parties = 0;
      for (let i = from; i < to; i++) {
        const place = { start: start[i]!, end: end[i]!, bytes, reader, known };
        const verdict = part(kind[i]!, value, place);
        if (verdict === NOT_CLEAR) return IN_FULL;
        fields += verdict & 3;
        names += (verdict >> 2) & 3;
        size += verdict >> 4;
        if (kind[i]! <= partKinds.PARTY_OTHER) parties++;
        const follows = kind[i] === partKinds.LINE && i > from && kind[i - 1] === partKinds.LINE;
        if (follows && seam(value, { start: start[i - 1]!, end: end[i - 1]! }, place) === NOT_CLEAR) return IN_FULL;
      }
      return parties === 0 || names === 0 || size > policy.maxFields ? IN_FULL : fields;
    },
  };
}

function keep(
  where: RecentBytes,
  { bytes, start, end }: Omit<Place, "reader" | "known">,
  verdict: PartVerdict,
): number {
  if (verdict === "unknown") return NOT_CLEAR;
  const packed = pack(verdict);
  where.keep(bytes, start, end, packed);
  return packed;
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** The same as the value. */
  readonly bytes: DataView;
  readonly reader: PartsReader;
  readonly known: Known;
}

/** What is known of parts written with one schema. */
interface Known {
  /** In the order of `partKinds`. */
  readonly byKind: readonly RecentBytes[];
  readonly seams: RecentBytes;
}

function recent(count: number): RecentBytes {
  return createRecentBytes(count, longestPart);
}

function newKnown(): Known {
  const lines = recent(most.lines);
  const byKind = [recent(most.parties), recent(most.parties), recent(most.agents), recent(most.agents), lines, lines];
  return { byKind, seams: recent(most.seams) };
}

function textOf(value: Buffer, start: number, end: number): string {
  return value.toString("utf8", start, end);
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
