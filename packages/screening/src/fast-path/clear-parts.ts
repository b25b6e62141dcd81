import { isPassedOver, type Policy, type Treatment } from "@cordon/decisions";
import { partKinds } from "@cordon/schemas";

import { type Age, type Judges, judgesOf } from "./ages.ts";
import { type InHand, knownBearers } from "./known-bearers.ts";
import { knownSeams } from "./known-seams.ts";
import { knownTexts } from "./known-texts.ts";
import { fieldsOf, leftOutOf, namesOf, NOT_PACKED, packed, type PackedPart, sizeOf, workOf } from "./packed-verdict.ts";
import type { PartCounts } from "./part-counts.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** What is known of parts whose texts are treated in one way. */
export interface ClearParts {
  /**
   * What the event comes to, if it is clear in that age: each of its parts is, and so are the seams of its lines. Null for any other
   * event. The same object each time: read it at once.
   */
  ifClear(event: UnreadEvent, age: Age): Readonly<Sum> | null;
}

/** What the parts of one event come to: fields compared, and texts that the policy leaves out. */
export interface Sum {
  fields: number;
  leftOut: number;
}

export interface ClearPartsDeps {
  readonly policy: Policy;
  /** How many parts of each kind it remembers. */
  readonly most: MostRemembered;
  readonly counts: PartCounts;
}

export interface MostRemembered {
  readonly parties: number;
  readonly agents: number;
  readonly texts: number;
}

/** An event that takes more than this part of the work that is allowed is screened in full at once, rather than twice. */
const SHARE_OF_WORK = 4;

export function createClearParts(treatment: Treatment, { policy, most, counts }: ClearPartsDeps): ClearParts {
  const bearers = knownBearers({ texts: treatment.texts, most, counts });
  const texts = knownTexts({ texts: treatment.texts, most: most.texts, counts });
  const seams = knownSeams({ texts, most: most.texts, counts });
  const judgesBy = new WeakMap<Age, Judges>();
  const sum: Sum = { fields: 0, leftOut: 0 };
  /** Parts of the event in hand that are lines, by the array that a name may go on in. */
  const arrays = arrayKinds.map((kind) => ({ kind, parts: [] as number[] }));

  function judgesIn(age: Age): Judges {
    let judges = judgesBy.get(age);
    if (judges === undefined) judgesBy.set(age, (judges = judgesOf(age, policy, treatment)));
    return judges;
  }

  /** The verdict on a part that is a text; 0 for one that holds nothing, by its shape. */
  function textPart(event: UnreadEvent, part: number, inHand: InHand): PackedPart {
    const { parts, value, reader } = event;
    const kind = parts.kind[part]!;
    const of = texts.of(parts.owner[part]!, reader, inHand.judges.now.listsPlaces);
    const start = parts.start[part]!;
    const end = parts.end[part]!;
    // A code is no part: of what stands in the place of one as much is passed over as of a reference.
    const isCoded = kind === partKinds.REFERENCE || kind === partKinds.CODE;
    if (isCoded && mayBePassedOver(end - start) && isPassedOver(value.toString("utf8", start, end), "reference"))
      return 0;
    if (!of.screened) return LEFT_OUT;
    // Hot, as the loops below: a loop over an iterator would make garbage.
    for (let at = 0; at < arrays.length; at++) if (arrays[at]!.kind === kind) arrays[at]!.parts.push(part);
    return texts.verdictOnPart(event, part, of, inHand);
  }

  /** The work of what stands across the ends of lines, which counts as nothing else. */
  function workAcross(event: UnreadEvent, lines: readonly number[], inHand: InHand): number {
    if (lines.length < 2) return 0;
    const { parts, value, reader } = event;
    const of = texts.of(parts.owner[lines[0]!]!, reader, inHand.judges.now.listsPlaces);
    const all = lines.map((part) => value.toString("utf8", parts.start[part], parts.end[part]));
    return seams.workOf(all, of, inHand);
  }

  return {
    ifClear(event, age) {
      const { kind, count } = event.parts;
      const inHand = { judges: judgesIn(age), workLeft: policy.maxWork / SHARE_OF_WORK };
      sum.fields = 0;
      sum.leftOut = 0;
      let names = 0;
      let size = 0;
      let parties = 0;
      for (let at = 0; at < arrays.length; at++) arrays[at]!.parts.length = 0;
      for (let part = 0; part < count; part++) {
        const of = kind[part]!;
        if (of <= partKinds.PARTY_OTHER) parties++;
        const isBearer = of < partKinds.LINE;
        const verdict = isBearer ? bearers.verdictOn(event, part, inHand) : textPart(event, part, inHand);
        if (verdict === NOT_PACKED) return null;
        sum.fields += fieldsOf(verdict);
        sum.leftOut += leftOutOf(verdict);
        names += namesOf(verdict);
        size += sizeOf(verdict);
        inHand.workLeft -= workOf(verdict);
      }
      if (parties === 0 || names === 0 || size > policy.maxFields) return null;
      if (goesToListedCountry(event, inHand.judges)) return null;
      for (let at = 0; at < arrays.length; at++) {
        inHand.workLeft -= workAcross(event, arrays[at]!.parts, inHand);
        // Only work that is left to spare goes on: what is no number does not.
        if (!(inHand.workLeft >= 0)) return null;
      }
      return sum;
    },
  };
}

const arrayKinds: readonly number[] = [partKinds.LINE, partKinds.INSTRUCTION, partKinds.REPORTING];

/** Bytes of two letters, a date, possibly partial, and a UUID. What is passed over by its shape is of ASCII. */
const PASSED_OVER_BYTES: readonly number[] = [1, 2, 4, 7, 10, 36];

/** Never false for a text that is passed over: a quick look before a text is made of its bytes. */
function mayBePassedOver(bytes: number): boolean {
  return PASSED_OVER_BYTES.includes(bytes);
}

/** Countries that stand in fields of the event itself are parts only where they are no codes. */
function goesToListedCountry({ parts, value, reader }: UnreadEvent, { now }: Judges): boolean {
  if (!now.listsPlaces) return false;
  const { from, to } = reader.facts(value, parts);
  return [from, to].some((country) => country !== null && now.isListedCountry(country));
}

/** A text that the policy leaves out. */
const LEFT_OUT = packed({ fieldsScreened: 0, namesScreened: 0, fieldsLeftOut: 1, size: 1, work: 0 });
