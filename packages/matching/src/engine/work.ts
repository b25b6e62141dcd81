/** Deterministic counters of the work of a search: the same for the same searches on every machine. */
export interface SearchWork {
  /** Words read in all readings of the texts, known or not. */
  words: number;
  /** Postings looked at. */
  postings: number;
  /** Rows scored. */
  candidates: number;
  /** Steps of scoring, with what reading lists and rows takes. */
  steps: number;
}

export function newWork(): SearchWork {
  return { words: 0, postings: 0, candidates: 0, steps: 0 };
}

export function clearWork(work: SearchWork): void {
  work.words = work.postings = work.candidates = work.steps = 0;
}

/**
 * Postings a query may scan in one segment, and steps its scoring may take; beyond, it is too broad. A posting takes
 * some 5 ns and a step some 3 ns, so that each of the two takes at most a few milliseconds.
 */
export const WORK_LIMIT = 1_000_000;

/** Steps counted for reading one list of postings, and for reading one row: memory far away is read first. */
export const LIST_STEPS = 16;
export const CANDIDATE_STEPS = 64;

/** Designations one query may match; beyond, it is too broad: describing a match takes some 10 microseconds. */
export const MOST_MATCHES = 500;

export type FoundRow = (row: number, score: number, exactWeight: number) => void;
