import { type Decoded, type NameMatch, type ScreeningIndex, type SearchResult } from "@cordon/matching";

import type { FieldMatch } from "./field-match.ts";
import { matchIdentifiersIn } from "./match-identifiers.ts";
import { isNameOfPlace } from "./place-names.ts";
import type { Comparison } from "./policy/comparisons.ts";
import type { TextTreatments } from "./policy/text-treatment.ts";
import type { ScreenableField } from "./screenable-field.ts";
import type { WorkMeter } from "./work-meter.ts";

/** What one text of an event holds. */
export interface FoundInField {
  /** True if the text as received was compared with the whole index. */
  readonly compared: boolean;
  /** It leaves nothing to compare: blank, symbols only, a script that cannot be read. */
  readonly unreadable: boolean;
  /** Something of it was lost, or is encoded as no rule decodes. */
  readonly lost: boolean;
  /** Something of it was not compared, for that would have taken too much work. */
  readonly tooBroad: boolean;
  /** One for each designation: the best. Offsets are those of the text as received. */
  readonly names: readonly FoundName[];
  readonly identified: readonly FieldMatch[];
}

/** `within`: a part of a name's field. */
export type FoundName = NameMatch & Pick<FieldMatch, "within">;

/** `kind`: a text for itself, or a seam of lines that were searched before. */
export type SearchField = (field: ScreenableField, kind?: "text" | "seam") => FoundInField;

export interface SearchFieldDeps {
  readonly index: ScreeningIndex;
  readonly texts: TextTreatments;
  readonly meter: WorkMeter;
  /** `decodeText`, which may remember. */
  readonly decode: (text: string) => Decoded;
}

/** What a text says in one reading. */
interface Answer {
  readonly kind: SearchResult["kind"];
  readonly matches: readonly FoundName[];
}

/** How a text was asked for last, and what came of it. */
interface Asked extends Pick<ScreenableField, "comparison" | "place"> {
  /** Of its treatment. */
  readonly id: number;
  readonly answer: Answer;
}

/**
 * Searches a text as received and in each reading that a fixed rule decodes, for names and for identifiers. A name is compared as a
 * whole, and names are looked for in it, for more may stand in its field. Remembers, for one event: the holder of an account is
 * mostly the party itself.
 */
export function fieldSearch({ index, texts, meter, decode }: SearchFieldDeps): SearchField {
  const known = new Map<string, Asked>();

  return (field, kindOfText = "text") => {
    if (!meter.mayRead(field.text)) return nothingIn("too-broad", false);
    const { readings, unreadable: lost, isEscaped } = decode(field.text);
    const asReceived = answerTo(field, kindOfText);
    const numbers = matchIdentifiersIn(field, index);
    // Nearly every text ends here.
    if (readings.length + asReceived.matches.length + numbers.length === 0) return nothingIn(asReceived.kind, lost);
    const names = new Map<string, FoundName>();
    keepBest(
      names,
      asReceived.matches.filter(({ start, end }) => !isEscaped(start, end)),
    );
    const identified = [...numbers];
    let tooBroad = asReceived.kind === "too-broad";
    for (const reading of readings) {
      const { text } = reading;
      if (!meter.mayRead(text)) {
        tooBroad = true;
        break;
      }
      const read = { ...field, text };
      const answer = answerTo(read, kindOfText);
      tooBroad ||= answer.kind === "too-broad";
      const here = <M extends FieldMatch | FoundName>(match: M): M => ({
        ...match,
        ...reading.place(match.start, match.end),
      });
      keepBest(names, answer.matches.map(here));
      for (const match of matchIdentifiersIn(read, index))
        identified.push(here({ ...match, field: { ...match.field, text: field.text } }));
    }
    meter.describes(names.size + identified.length);
    const { kind } = asReceived;
    const compared = kind === "matches";
    return { compared, unreadable: kind === "unreadable", lost, tooBroad, names: [...names.values()], identified };
  };

  function answerTo(field: ScreenableField, kind: "text" | "seam"): Answer {
    const { comparison, place, text } = field;
    const { id } = texts.of(field.role, field.kind);
    const before = known.get(text);
    if (before !== undefined && before.id === id && before.comparison === comparison && before.place === place)
      return before.answer;
    const answer = comparison === "text" ? within(field, kind) : whole(field, comparison);
    known.set(text, { id, comparison, place, answer });
    return answer;
  }

  function within(field: ScreenableField, kind: "text" | "seam"): Answer {
    const { comparison, text } = field;
    const { search } = texts.of(field.role, field.kind);
    const result = meter.during(kind, () =>
      comparison === "text" ? index.searchText(text, search.any) : index.searchText(text, search[comparison], "name"),
    );
    return { kind: result.kind, matches: matchesOf(result).filter((match) => !isNameOfPlace(field, match)) };
  }

  /** Too broad if either is, whatever the other found. */
  function whole(field: ScreenableField, comparison: Comparison): Answer {
    const { search } = texts.of(field.role, field.kind);
    const result = meter.during("name", () => index.search(field.text, search[comparison]));
    if (result.kind === "unreadable") return { kind: "unreadable", matches: NONE };
    const more = within(field, "text");
    const kind = more.kind === "too-broad" ? more.kind : result.kind;
    const matches = matchesOf(result);
    if (matches.length + more.matches.length === 0) return { kind, matches };
    const names = new Map<string, FoundName>();
    keepBest(names, matches);
    keepBest(
      names,
      more.matches.map((match) => ({ ...match, within: true })),
    );
    return { kind, matches: [...names.values()] };
  }
}

const NONE: readonly never[] = Object.freeze([]);

/** What a text amounts to in which nothing is found. */
function nothingIn(kind: SearchResult["kind"], lost: boolean): FoundInField {
  const compared = kind === "matches";
  const unreadable = kind === "unreadable";
  return { compared, unreadable, lost, tooBroad: kind === "too-broad", names: NONE, identified: NONE };
}

function matchesOf(result: SearchResult): readonly NameMatch[] {
  return result.kind === "matches" ? result.matches : NONE;
}

/** Of two matches of a designation the better one, and the first of equals. */
function keepBest(kept: Map<string, FoundName>, matches: readonly FoundName[]): void {
  for (const match of matches) {
    const known = kept.get(match.designation.id);
    if (known === undefined || match.score > known.score) kept.set(match.designation.id, match);
  }
}
