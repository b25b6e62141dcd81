import { isPassedOver, numberSeamTexts, partJudge, type Policy, seamTexts, type Treatment } from "@cordon/decisions";
import type { ScreeningIndex } from "@cordon/matching";
import { partKinds } from "@cordon/schemas";

import { knownBearers } from "./known-bearers.ts";
import { knownTexts, type TextMemory } from "./known-texts.ts";
import { fieldsOf, leftOutOf, namesOf, NOT_PACKED, packed, type PackedPart, sizeOf, workOf } from "./packed-verdict.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** What is known of parts whose texts are treated in one way. */
export interface ClearParts {
  /**
   * What the event comes to, if it is clear: each of its parts is, and so are the seams of its lines. Null for any other event.
   * The same object each time: read it at once.
   */
  ifClear(event: UnreadEvent): Readonly<Sum> | null;
}

/** What the parts of one event come to: fields compared, and texts that the policy leaves out. */
export interface Sum {
  fields: number;
  leftOut: number;
}

export interface ClearPartsDeps {
  readonly index: ScreeningIndex;
  readonly policy: Policy;
  /** By how much its memories are smaller. */
  readonly share: number;
}

/** An event that takes more than this part of the work that is allowed is screened in full at once, rather than twice. */
const SHARE_OF_WORK = 4;

export function createClearParts(treatment: Treatment, { index, policy, share }: ClearPartsDeps): ClearParts {
  const judge = partJudge(index, policy, treatment);
  const bearers = knownBearers({ judge, texts: treatment.texts, share });
  const texts = knownTexts({ judge, texts: treatment.texts, index, share });
  const sum: Sum = { fields: 0, leftOut: 0 };

  /** The verdict on a part that is a text; 0 for one that holds nothing, by its shape. */
  function textPart(kind: number, text: string, { of, workLeft }: TextInHand): PackedPart {
    if (kind === partKinds.REFERENCE && isPassedOver(text, "reference")) return 0;
    if (kind === partKinds.CODE && isPassedOver(text, "code")) return 0;
    return of.screened ? texts.verdictOn(text, of, workLeft) : LEFT_OUT;
  }

  /** What is left of the work after what stands across the ends of lines, which counts as nothing else; negative where that is not clear. */
  function workLeftAcross(lines: Lines, given: number): number {
    const of = lines[0]?.memory;
    if (of === undefined || lines.length < 2) return given;
    let workLeft = given;
    const all = lines.map(({ text }) => text);
    for (const text of seamTexts(all)) {
      const verdict = texts.verdictOn(text, of, workLeft);
      if (verdict === NOT_PACKED) return -1;
      workLeft -= workOf(verdict);
    }
    for (const { text, work } of numberSeamTexts(all)) {
      if (!judge.noIdentifierIn(text)) return -1;
      workLeft -= work;
    }
    return workLeft;
  }

  /** Countries that stand in fields of the event itself are parts only where they are no codes. */
  function goesToListedCountry({ parts, at, value, reader }: UnreadEvent): boolean {
    if (!judge.listsPlaces) return false;
    const { from, to } = reader.facts(value, parts, at);
    return [from, to].some((country) => country !== null && judge.isListedCountry(country));
  }

  return {
    ifClear(event) {
      const { parts, at, value, reader } = event;
      const { kind, start, end, owner, firstPart } = parts;
      const to = firstPart[at + 1]!;
      let workLeft = policy.maxWork / SHARE_OF_WORK;
      sum.fields = 0;
      sum.leftOut = 0;
      let names = 0;
      let size = 0;
      let parties = 0;
      /** By array: what a name may go on in. */
      const arrays: Arrays = { [partKinds.LINE]: [], [partKinds.INSTRUCTION]: [], [partKinds.REPORTING]: [] };
      for (let i = firstPart[at]!; i < to; i++) {
        const of = kind[i]!;
        let verdict: PackedPart;
        if (of < partKinds.LINE) {
          verdict = bearers.verdictOn(event, i, workLeft);
          if (of <= partKinds.PARTY_OTHER) parties++;
        } else {
          const text = value.toString("utf8", start[i], end[i]);
          const memory = texts.of(owner[i]!, reader);
          verdict = textPart(of, text, { of: memory, workLeft });
          if (memory.screened) arrays[of]?.push({ text, memory });
        }
        if (verdict === NOT_PACKED) return null;
        sum.fields += fieldsOf(verdict);
        sum.leftOut += leftOutOf(verdict);
        names += namesOf(verdict);
        size += sizeOf(verdict);
        workLeft -= workOf(verdict);
        if (workLeft < 0) return null;
      }
      if (parties === 0 || names === 0 || size > policy.maxFields) return null;
      if (goesToListedCountry(event)) return null;
      for (const lines of Object.values(arrays)) {
        workLeft = workLeftAcross(lines, workLeft);
        if (workLeft < 0) return null;
      }
      return sum;
    },
  };
}

interface TextInHand {
  readonly of: TextMemory;
  readonly workLeft: number;
}

type Lines = readonly { readonly text: string; readonly memory: TextMemory }[];

/** The lines of each array of an event, by the kind of their parts. */
type Arrays = Record<number, { readonly text: string; readonly memory: TextMemory }[]>;

/** A text that the policy leaves out. */
const LEFT_OUT = packed({ fieldsScreened: 0, namesScreened: 0, fieldsLeftOut: 1, size: 1, work: 0 });
