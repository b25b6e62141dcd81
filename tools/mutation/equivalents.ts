/** A change of a condition that no test can notice, for it changes nothing but the time that something takes. */
export interface Equivalent {
  /** End of the path. */
  readonly file: string;
  /** What is written, and what it is changed to, as docs/mutation.md shows them, but that no sign is escaped. */
  readonly original: string;
  readonly replacements: readonly string[];
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [];
