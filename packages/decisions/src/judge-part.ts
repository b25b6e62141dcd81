import { identifiersIn, type ScreeningIndex } from "@cordon/matching";
import type { AgentRole, PartyRole, ScreenedAgent, ScreenedParty } from "@cordon/schemas";

import { compare } from "./compare.ts";
import { areJoinedBySpaces, numberSeamsOf, seamsOf } from "./line-seams.ts";
import { listedIn } from "./match-identifiers.ts";
import { placesOf } from "./places/place-book.ts";
import type { Policy } from "./policy.ts";
import { countryOf } from "./policy/event-facts.ts";
import type { Treatment } from "./policy/treatment.ts";
import { agentToScreen, linesToScreen, partyToScreen, type ScreenablePart } from "./screenable-event.ts";
import type { TextOwner } from "./text-owner.ts";
import { workOfReading } from "./work-meter.ts";

/**
 * What a part of an event adds to it when nothing in the part speaks against clearing the event: no match, nothing that
 * could not be compared. An event all of whose parts are clear, seams between its lines among them, is CLEAR as a whole,
 * for `screenEvent` compares each field and identifier by itself; whatever is not clear goes to `screenEvent`.
 */
export interface ClearPart {
  /** Texts compared with the whole index, and those of them that are names, or names that need not be compared. */
  readonly fieldsScreened: number;
  readonly namesScreened: number;
  /** Texts that the policy leaves out. */
  readonly fieldsLeftOut: number;
  /** Fields and identifiers: their number in one event is bounded. */
  readonly size: number;
  /** Steps it took, which are bounded, too. */
  readonly work: number;
}

/** `unknown`: comparing it would exceed the work that was allowed; do not keep it. */
export type PartVerdict = ClearPart | "not-clear" | "unknown";

/** Whose a party or an agent is by its role, and whether it is one whose name must be there. */
export interface BearerOwner<Role extends PartyRole | AgentRole> {
  readonly role: Role;
  readonly named: boolean;
}

/** Each judges within so many steps of work. */
export interface PartJudge {
  party(party: ScreenedParty, owner: BearerOwner<PartyRole>, mostWork: number): PartVerdict;
  agent(agent: ScreenedAgent, owner: BearerOwner<AgentRole>, mostWork: number): PartVerdict;
  line(text: string, owner: TextOwner, mostWork: number): PartVerdict;
  /** True if no identifier that stands in a text is listed. */
  noIdentifierIn(line: string): boolean;
  /**
   * Lines of one text that have one key have one verdict across their ends. Null where only the texts that stand there can tell: see
   * `seamTexts` and `numberSeamTexts`.
   */
  seamsKey(lines: readonly string[]): string | null;
  /** True if the index lists places, or words. */
  readonly listsPlaces: boolean;
  /** True if the index lists the country that stands in a field of the event itself, unless such fields are left out. */
  isListedCountry(text: string): boolean;
  /** True if texts that differ in numbers only may differ in the words that are listed. */
  readonly wordsHaveNumbers: boolean;
}

/** Judges parts of events of one treatment against one index. Pure, as the index is. */
export function partJudge(index: ScreeningIndex, policy: Policy, treatment: Treatment = policy.usual): PartJudge {
  const judge = (part: ScreenablePart, mostWork: number): PartVerdict => {
    const { matches, problems, told, ...of } = compare(part, index, policy, { treatment, mostWork });
    if (problems.has("QUERY_TOO_BROAD")) return "unknown";
    if (matches.length > 0 || problems.size > 0 || told.length > 0) return "not-clear";
    return {
      fieldsScreened: of.fieldsScreened,
      namesScreened: of.namesScreened + of.namesExcused,
      fieldsLeftOut: of.fieldsLeftOut,
      size: part.fields.length + part.identifiers.length,
      work: of.work,
    };
  };
  const book = placesOf(index);
  return {
    party: (party, { role, named }, mostWork) => judge(partyToScreen(party, named, role), mostWork),
    agent: (agent, { role, named }, mostWork) => judge(agentToScreen(agent, named, role), mostWork),
    line: (text, owner, mostWork) => judge(linesToScreen([text], owner), mostWork),
    noIdentifierIn: (line) => listedIn(line, index, identifiersIn).length === 0,
    seamsKey: (lines) => (book?.hasNumbers === true || !areJoinedBySpaces(lines) ? null : index.linesKey(lines)),
    listsPlaces: book !== null,
    isListedCountry: (text) =>
      book !== null && treatment.texts.of("CODE", "COUNTRY").screened && book.country(countryOf(text)).length > 0,
    wordsHaveNumbers: book?.hasNumbers === true,
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
