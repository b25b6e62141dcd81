/** Deterministic counters of the work of a search: the same for the same searches on every machine. */
export interface SearchWork {
  /** Postings looked at. */
  postings: number;
  /** Rows scored. */
  candidates: number;
  /** Steps of scoring. */
  steps: number;
}

/** Postings a query may scan, and steps its scoring may take; beyond, it is too broad. About 20 ms each. */
export const WORK_LIMIT = 4_000_000;

export type FoundRow = (row: number, score: number, exactWeight: number) => void;
