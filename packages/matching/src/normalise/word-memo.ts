/** Bounds a memo: a hostile stream cannot make it grow for ever. */
const MEMO_LIMIT = 1 << 15;
/** In UTF-16 units. A part of a text that is longer is not copied by V8, and would keep the whole text in memory. */
const LONGEST_REMEMBERED = 12;

/** The same function of a word, which remembers what it said of short ones. `read` must be pure. */
export function wordMemo<T extends object | null>(read: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const remembered = known.get(word);
    if (remembered !== undefined) return remembered;
    const said = read(word);
    if (word.length > LONGEST_REMEMBERED) return said;
    if (known.size >= MEMO_LIMIT) known.clear();
    known.set(word, said);
    return said;
  };
}
