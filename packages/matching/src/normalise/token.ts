/** One word of a name. `text` is what is compared; `[start, end)` are UTF-16 offsets into the original string. */
export interface Token {
  /** Bytes a-z0-9, legal forms and titles replaced by the word of their class. Never empty. */
  readonly text: string;
  /** Bytes a-z0-9 as written. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
  /** How the text was read to be this word, where there is more than one way: "as a Korean reads it". */
  readonly as?: string;
}
