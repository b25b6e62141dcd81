import { type PartJudge, type PartVerdict, textKinds, type TextTreatments } from "@cordon/decisions";
import { type AgentRole, partKinds, type PartsReader, type PartyRole } from "@cordon/schemas";

import { NOT_PACKED, packed, type PackedPart } from "./packed-verdict.ts";
import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** Which parties and agents are clear, remembered by their bytes. */
export interface KnownBearers {
  /** The verdict on that part of the event, or `NOT_PACKED` where it is not clear; `workLeft` bounds what it may take. */
  verdictOn(event: UnreadEvent, part: number, workLeft: number): PackedPart;
}

export interface KnownBearersOptions {
  readonly judge: PartJudge;
  readonly texts: TextTreatments;
  /** By how much its memory is smaller. */
  readonly share: number;
}

/** Parts remembered where all events are treated alike, and the longest of them in bytes. */
const MOST_PARTIES = 200_000;
const MOST_AGENTS = 20_000;
const LONGEST = 2048;

/** Memories of those written with one schema. */
interface Slots {
  /** By kind of part and owner. */
  readonly byPlace: (RecentBytes | undefined)[];
  readonly byLikeness: Map<string, RecentBytes>;
}

export function knownBearers({ judge, texts, share }: KnownBearersOptions): KnownBearers {
  // The same bytes may say something else under another schema.
  const slotsOf = new WeakMap<PartsReader, Slots>();

  /** Roles whose texts are all treated alike share what is known of those who have them. */
  function memoryOf(kind: number, owner: number, reader: PartsReader): RecentBytes {
    let slots = slotsOf.get(reader);
    if (slots === undefined) slotsOf.set(reader, (slots = { byPlace: [], byLikeness: new Map() }));
    const place = kind * 256 + owner;
    const kept = slots.byPlace[place];
    if (kept !== undefined) return kept;
    const role = reader.owners[owner]!.role ?? "OTHER";
    const likeness = `${String(kind)} ${textKinds.map((of) => texts.of(role, of).id).join()}`;
    let memory = slots.byLikeness.get(likeness);
    if (memory === undefined) {
      const count = kind <= partKinds.PARTY_OTHER ? MOST_PARTIES : MOST_AGENTS;
      slots.byLikeness.set(likeness, (memory = createRecentBytes(count / share, LONGEST)));
    }
    slots.byPlace[place] = memory;
    return memory;
  }

  function judged({ parts, value, reader }: UnreadEvent, part: number, workLeft: number): PartVerdict {
    const kind = parts.kind[part]!;
    const [start, end] = [parts.start[part]!, parts.end[part]!];
    const role = reader.owners[parts.owner[part]!]!.role ?? "OTHER";
    if (kind === partKinds.PARTY_NAMED || kind === partKinds.PARTY_OTHER) {
      const party = reader.party(value, start, end);
      const of = { role: role as PartyRole, named: kind === partKinds.PARTY_NAMED };
      return party === null ? "unknown" : judge.party(party, of, workLeft);
    }
    const agent = reader.agent(value, start, end);
    const of = { role: role as AgentRole, named: kind === partKinds.AGENT_NAMED };
    return agent === null ? "unknown" : judge.agent(agent, of, workLeft);
  }

  return {
    verdictOn(event, part, workLeft) {
      const { parts, bytes, reader } = event;
      const start = parts.start[part]!;
      const end = parts.end[part]!;
      const memory = memoryOf(parts.kind[part]!, parts.owner[part]!, reader);
      const before = memory.get(bytes, start, end);
      if (before !== NOTHING_KEPT) return before;
      const verdict = judged(event, part, workLeft);
      if (verdict === "unknown") return NOT_PACKED;
      const kept = packed(verdict);
      memory.keep(bytes, start, end, kept);
      return kept;
    },
  };
}
