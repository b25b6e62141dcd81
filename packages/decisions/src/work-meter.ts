import type { ScreeningIndex } from "@cordon/matching";

/** Counts the work on one event, or on a part of one, in steps of the engine: the same for the same texts on every machine. */
export interface WorkMeter {
  /** Counts what reading the text takes, before it is read. False once the work is over its bound: then it must not be read. */
  mayRead(text: string): boolean;
  /** Does a search and counts what it took. */
  during<T>(kind: SearchKind, search: () => T): T;
  /** Counts what making and looking up so many keys of identifiers takes. */
  looksUp(keys: number): void;
  /** Counts what describing so many matches takes. */
  describes(matches: number): void;
  isOver(): boolean;
  /** Steps so far. */
  spent(): number;
}

/** Of a name as a whole; within a text; across the ends of lines, whose words were looked up with the lines. */
export type SearchKind = "name" | "text" | "seam";

/**
 * Steps, of some 3 ns, that each takes where nothing is remembered, beside those that the engine counts itself. To read a character is to
 * decode it, to split it off into a word and to look for identifiers; a word is looked up among the listed ones; a candidate of a text
 * is read from the snapshot, while that of a name is scored in place.
 */
const CHARACTER = 100;
const MATCH = 3000;
const KEY = 250;
const POSTING = 2;
const STEPS: Readonly<Record<SearchKind, { readonly word: number; readonly candidate: number }>> = {
  name: { word: 4000, candidate: 0 },
  text: { word: 4000, candidate: 40_000 },
  seam: { word: 400, candidate: 4000 },
};

export function workOfReading(text: string): number {
  return text.length * CHARACTER;
}

/** The index, whose look-ups of identifiers are counted, too. */
export function metered(index: ScreeningIndex, meter: WorkMeter): ScreeningIndex {
  return {
    ...index,
    findIdentifier(keys) {
      meter.looksUp(keys.length);
      return index.findIdentifier(keys);
    },
  };
}

export function meterOf({ work }: Pick<ScreeningIndex, "work">, most: number): WorkMeter {
  let spent = 0;
  return {
    mayRead(text) {
      spent += workOfReading(text);
      return spent <= most;
    },
    during(kind, search) {
      const { words, postings, candidates, steps } = work;
      const result = search();
      const { word, candidate } = STEPS[kind];
      spent += (work.words - words) * word + (work.candidates - candidates) * candidate;
      spent += (work.postings - postings) * POSTING + work.steps - steps;
      return result;
    },
    looksUp(keys) {
      spent += keys * KEY;
    },
    describes(matches) {
      spent += matches * MATCH;
    },
    isOver: () => spent > most,
    spent: () => spent,
  };
}
