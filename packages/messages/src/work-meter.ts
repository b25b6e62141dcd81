import type { ScreeningIndex } from "@cordon/screening";

/** Counts the work on one event, or on a part of one, in steps of the engine: the same for the same texts on every machine. */
export interface WorkMeter {
  /** Counts what reading the text takes, before it is read. False once the work is over its bound: then it must not be read. */
  mayRead(text: string): boolean;
  /** Counts what describing so many matches takes. */
  describes(matches: number): void;
  isOver(): boolean;
  /** Steps so far. */
  spent(): number;
}

/**
 * Steps that each takes, beside those that the engine counts itself. A step is some 3 ns. Reading a character means decoding, splitting into
 * words, and looking for identifiers.
 */
const STEPS = { character: 100, word: 200, posting: 2, match: 3000 } as const;

export function meterOf({ work }: Pick<ScreeningIndex, "work">, most: number): WorkMeter {
  const ofIndex = (): number => work.words * STEPS.word + work.postings * STEPS.posting + work.steps;
  const before = ofIndex();
  let own = 0;
  const spent = (): number => own + ofIndex() - before;
  const isOver = (): boolean => spent() > most;
  return {
    mayRead(text) {
      own += text.length * STEPS.character;
      return !isOver();
    },
    describes(matches) {
      own += matches * STEPS.match;
    },
    isOver,
    spent,
  };
}
