import { type PartJudge, type PartVerdict, textKinds, type TextTreatments } from "@cordon/decisions";
import { type AgentRole, partKinds, type PartsReader, type PartyRole } from "@cordon/schemas";

import { type Judges, packedVerdict } from "./ages.ts";
import { NOT_PACKED, type PackedPart } from "./packed-verdict.ts";
import type { PartCounts } from "./part-counts.ts";
import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** Which parties and agents are clear, remembered by their bytes. */
export interface KnownBearers {
  /** The verdict on that part of the event, or `NOT_PACKED` where it is not clear. */
  verdictOn(event: UnreadEvent, part: number, inHand: InHand): PackedPart;
}

/** By whom a part is judged, and within how much work. */
export interface InHand {
  readonly judges: Judges;
  readonly workLeft: number;
}

export interface KnownBearersOptions {
  readonly texts: TextTreatments;
  /** How many parties it remembers, and how many agents. */
  readonly most: { readonly parties: number; readonly agents: number };
  readonly counts: PartCounts;
}

/** Bytes of a part that is remembered. */
const LONGEST = 2048;

/** Memories of those written with one schema. */
interface Slots {
  /** By kind of part and owner. */
  readonly byPlace: (RecentBytes | undefined)[];
  readonly byLikeness: Map<string, RecentBytes>;
}

export function knownBearers({ texts, most, counts }: KnownBearersOptions): KnownBearers {
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
      const count = kind <= partKinds.PARTY_OTHER ? most.parties : most.agents;
      slots.byLikeness.set(likeness, (memory = createRecentBytes(count, LONGEST)));
    }
    slots.byPlace[place] = memory;
    return memory;
  }

  /** What is not kept from this very age is compared: with what is new since, or with the whole index. */
  function lookAgain(
    { event, part, memory }: { readonly event: UnreadEvent; readonly part: number; readonly memory: RecentBytes },
    { judges, workLeft }: InHand,
    before: PackedPart,
  ): PackedPart {
    const { parts, bytes, base } = event;
    // What was never kept was kept too long ago.
    const keptAt = before === NOTHING_KEPT ? -1 : memory.keptAt();
    const count = parts.kind[part]! <= partKinds.PARTY_OTHER ? counts.party : counts.agent;
    const by = (judge: PartJudge): PartVerdict => judged(event, part, { judge, workLeft });
    let verdict: PackedPart | null = judges.renewed(before, keptAt, by);
    if (verdict === NOTHING_KEPT) {
      count.new++;
      verdict = packedVerdict(by(judges.now));
    } else count.renewed++;
    if (verdict === null) return NOT_PACKED;
    memory.keep(bytes, base + parts.start[part]!, base + parts.end[part]!, verdict, judges.age.number);
    return verdict;
  }

  return {
    verdictOn(event, part, inHand) {
      const { parts, bytes, base, reader } = event;
      const kind = parts.kind[part]!;
      const memory = memoryOf(kind, parts.owner[part]!, reader);
      const before = memory.get(bytes, base + parts.start[part]!, base + parts.end[part]!);
      if (before === NOTHING_KEPT || memory.keptAt() !== inHand.judges.age.number)
        return lookAgain({ event, part, memory }, inHand, before);
      (kind <= partKinds.PARTY_OTHER ? counts.party : counts.agent).known++;
      return before;
    },
  };
}

function judged(
  { parts, value, reader }: UnreadEvent,
  part: number,
  { judge, workLeft }: { readonly judge: PartJudge; readonly workLeft: number },
): PartVerdict {
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
