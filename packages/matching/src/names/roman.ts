/** Roman numbers that are not letters, names or syllables (V, VI, XI) as well. Bytes a-z0-9. */
export const romanNumbers: ReadonlySet<string> = new Set("ii iii iv vii viii ix xii".split(" "));

export function isRomanNumber(word: string): boolean {
  return romanNumbers.has(word);
}
