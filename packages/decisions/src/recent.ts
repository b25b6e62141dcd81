/** Answers that were given lately, by the text they answer. Bounded: what was not asked for in a while is forgotten. */
export interface Recent<T> {
  /** The answer kept for the text, else the one that `answer` gives. Answers must not change with time. */
  of(text: string, answer: (text: string) => T): T;
  /** The answer kept for the text. */
  get(text: string): T | undefined;
  /** Keeps the answer, unless the text is too long. */
  keep(text: string, answer: T): void;
}

/** Longer texts are rarely asked twice, and would fill the memory. */
const longestText = 256;

/**
 * Keeps between `most / 2` and `most` answers, in two halves: when the young half is full it becomes the old one, and what
 * is asked for again moves to the young one. Much cheaper than the order of a true least-recently-used list.
 */
export function createRecent<T>(
  most: number,
  mayKeep: (answer: T) => boolean = () => true,
  longest = longestText,
): Recent<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const keep = (text: string, answer: T): void => {
    if (text.length > longest) return;
    if (young.size * 2 >= most) {
      old = young;
      young = new Map();
    }
    young.set(text, answer);
  };
  const get = (text: string): T | undefined => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const older = old.get(text);
    if (older !== undefined) keep(text, older);
    return older;
  };
  return {
    get,
    keep,
    of(text, answer) {
      const known = get(text);
      if (known !== undefined) return known;
      const given = answer(text);
      if (mayKeep(given)) keep(text, given);
      return given;
    },
  };
}
