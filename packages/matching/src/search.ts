import type { Designation, DesignationType, ListedName } from "./designation.ts";
import type { SearchWork } from "./engine/work.ts";
import type { IdentifierMatch } from "./evidence/identifier-match.ts";

export interface SearchOptions {
  /** Least score that is a match, percent, in [50, 100]. Default 85. */
  readonly threshold?: number;
  /** Types of designation the name is compared with. Default: all. */
  readonly types?: readonly DesignationType[];
  /**
   * `confirm`: a weak alias never makes a match alone, it only strengthens a designation that another name matched
   * (OFAC FAQ 124). `raise`: a weak alias matches like any other name. Default `confirm`.
   */
  readonly weakAliases?: "confirm" | "raise";
}

/**
 * Why a match scores what it scores. `points` are integer hundredths of a percent; those of one match sum to its score.
 * `detail` is for a person and may hold names: it goes into alerts, never into logs.
 */
export interface Reason {
  readonly kind: ReasonKind;
  readonly detail: string;
  readonly points: number;
}

const reasonKinds = [
  "exact",
  "spelling",
  "transliteration",
  "ear",
  "near-sound",
  "name-class",
  "nickname",
  "initial",
  "abjad",
  "look-alike",
  "abbreviation",
  "without-vowels",
  "cut-off",
  "slip",
  "heard",
  "number",
  "spaceless",
  "unmatched-in-payment",
  "unmatched-in-list",
  "other-name",
] as const;
export type ReasonKind = (typeof reasonKinds)[number];

/** One designation that a name matches, by the best of the designation's names. */
export interface NameMatch {
  readonly designation: Designation;
  readonly name: ListedName;
  /** Integer hundredths of a percent, 0..10000. */
  readonly score: number;
  /** UTF-16 offsets of the matched part in the text that was searched; `start < end`. */
  readonly start: number;
  readonly end: number;
  readonly reasons: readonly Reason[];
}

/**
 * - `matches`: every designation at or above the threshold, best first; possibly none.
 * - `unreadable`: the text leaves nothing to compare (blank, symbols only, a script that cannot be read).
 * - `too-broad`: comparing it in full would exceed the bound on work. Nothing may be concluded from it.
 */
export type SearchResult =
  | { readonly kind: "matches"; readonly matches: readonly NameMatch[] }
  | { readonly kind: "unreadable" }
  | { readonly kind: "too-broad" };

/** Where a searched text stands: in a line of free text, or in a field that should hold one name and may hold more. */
export type TextPlace = "line" | "name";

/** An opened snapshot. Immutable; searching never changes a result. */
export interface ScreeningIndex {
  /** Changes whenever the same list and the same name could score differently. */
  readonly engineVersion: string;
  /** Designations by list, in the order of list names. */
  readonly lists: readonly { readonly list: string; readonly entries: number }[];
  /** Rows searched: one for each name or variant. */
  readonly names: number;
  search(name: string, options: CompiledSearchOptions): SearchResult;
  /**
   * Which listed names a text contains; offsets are those of the part that reads like one. In a `name` only those are looked
   * for that the search of the whole name does not find by itself. Default: a `line`.
   */
  searchText(text: string, options: CompiledSearchOptions, place?: TextPlace): SearchResult;
  /** Work of all searches so far: the same texts add the same on every machine, whatever is remembered. */
  readonly work: Readonly<SearchWork>;
  /**
   * A text of the same length that contains listed names if and only if this line does: numbers that no listed name has to do
   * with are written alike. Lines that differ in such numbers only have one answer, save for identifiers in them.
   */
  lineKey(text: string): string;
  /**
   * The lines of one text as one, with numbers written alike as in `lineKey`: lines with one key hold the same names across their ends, and no
   * listed identifier stands there. Null where that cannot be told from them: where they may be encoded, may hold a part of an identifier, are
   * not of ASCII, or may be a name whose syllables are in several of them. They must not be cut off or joined otherwise than by spaces.
   */
  linesKey(lines: readonly string[]): string | null;
  /**
   * Designations that have an identifier under one of these keys, which `keysOfAsked` or `identifiersIn` made: exactly,
   * in id order, each once.
   */
  findIdentifier(keys: readonly string[]): readonly IdentifierMatch[];
  /** False only for a text none of whose keys, of any kind and for bearers of any country, is listed: then none need be made. */
  mayFindIdentifier(text: string): boolean;
  /** Other entries of the same party, in id order: those that cite this one, that it cites, or that cite the same. */
  linkedTo(designation: Designation): readonly Designation[];
  /** Those that are a place or a word, in id order. */
  places(): readonly Designation[];
  /** Every designation, in id order, as it was compiled. */
  designations(): IterableIterator<Designation>;
}

/** Checked and frozen by `compileSearchOptions`. */
export interface CompiledSearchOptions {
  /** Integer percent. */
  readonly threshold: number;
  /** Bit i stands for `designationTypes[i]`. */
  readonly typeMask: number;
  readonly weakAliases: "confirm" | "raise";
}
