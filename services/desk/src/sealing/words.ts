/** The words of a text as the filter compares them: without case and marks. At most 64, each cut at 64 characters. */
export function wordsOf(text: string): readonly string[] {
  const folded = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, 64)))].slice(0, 64);
}
