import type { ScreeningIndex } from "@cordon/matching";
import type { ScreenedAgent, ScreenedParty } from "@cordon/schemas";

import { compare } from "./compare.ts";
import { numberSeamsOf, seamsOf } from "./line-seams.ts";
import { matchIdentifiersIn } from "./match-identifiers.ts";
import type { Policy } from "./policy.ts";
import { agentToScreen, linesToScreen, partyToScreen, type ScreenablePart } from "./screenable-event.ts";
import { workOfReading } from "./work-meter.ts";

/**
 * What a part of an event adds to it when nothing in the part speaks against clearing the event: no match, nothing that
 * could not be compared. An event all of whose parts are clear, seams between its lines among them, is CLEAR as a whole,
 * for `screenEvent` compares each field and identifier by itself; whatever is not clear goes to `screenEvent`.
 */
export interface ClearPart {
  /** Texts compared with the whole index, and those of them that are names. */
  readonly fieldsScreened: number;
  readonly namesScreened: number;
  /** Fields and identifiers: their number in one event is bounded. */
  readonly size: number;
  /** Steps it took, which are bounded, too. */
  readonly work: number;
}

/** `unknown`: comparing it would exceed the work that was allowed; do not keep it. */
export type PartVerdict = ClearPart | "not-clear" | "unknown";

/** Each judges within so many steps of work. */
export interface PartJudge {
  /** `named`: its role is one whose name must be there. */
  party(party: ScreenedParty, named: boolean, mostWork: number): PartVerdict;
  agent(agent: ScreenedAgent, named: boolean, mostWork: number): PartVerdict;
  line(text: string, mostWork: number): PartVerdict;
  /** True if no identifier that stands in a text is listed. */
  noIdentifierIn(line: string): boolean;
}

/** Judges parts against one index. Pure, as the index is. */
export function partJudge(index: ScreeningIndex, policy: Policy): PartJudge {
  const judge = (part: ScreenablePart, mostWork: number): PartVerdict => {
    const { matches, problems, fieldsScreened, namesScreened, work } = compare(part, index, policy, mostWork);
    if (problems.has("QUERY_TOO_BROAD")) return "unknown";
    if (matches.length > 0 || problems.size > 0) return "not-clear";
    return { fieldsScreened, namesScreened, size: part.fields.length + part.identifiers.length, work };
  };
  return {
    party: (party, named, mostWork) => judge(partyToScreen(party, named), mostWork),
    agent: (agent, named, mostWork) => judge(agentToScreen(agent, named), mostWork),
    line: (text, mostWork) => judge(linesToScreen([text]), mostWork),
    noIdentifierIn: (line) =>
      linesToScreen([line]).fields.every((field) => matchIdentifiersIn(field, index).length === 0),
  };
}

/** What stands across the ends of the lines of one text, as texts to be judged like lines. */
export function seamTexts(lines: readonly string[]): readonly string[] {
  return seamsOf(linesToScreen(lines).fields).map(({ text }) => text);
}

/** The same for identifiers alone: texts in which `noIdentifierIn` must find none, and the work that reading each takes. */
export function numberSeamTexts(lines: readonly string[]): readonly { readonly text: string; readonly work: number }[] {
  return numberSeamsOf(linesToScreen(lines).fields).map(({ text }) => ({ text, work: workOfReading(text) }));
}
