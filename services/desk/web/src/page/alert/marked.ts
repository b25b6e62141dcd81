import type { Reason } from "../wire.ts";

/** A run of a text, and whether it matched. */
export interface Piece {
  readonly text: string;
  readonly matched: boolean;
}

/** The text cut at the matched part: offsets are UTF-16 units, as JavaScript counts. */
export function marked(text: string, start: number, end: number): readonly Piece[] {
  return [
    { text: text.slice(0, start), matched: false },
    { text: text.slice(start, end), matched: true },
    { text: text.slice(end), matched: false },
  ].filter((piece) => piece.text !== "");
}

/**
 * A listed name with those of its words marked that the reasons name with points for them. The reasons hold words in Latin
 * letters without accents; a name in another script has no such word and stays unmarked.
 */
export function markedWords(name: string, reasons: readonly Reason[]): readonly Piece[] {
  const named = new Set(
    reasons
      .filter(({ points }) => points > 0)
      .flatMap(({ detail }) => [...detail.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => bare(word))),
  );
  return name
    .split(/([\p{L}\p{M}\p{N}]+)/u)
    .filter((text) => text !== "")
    .map((text) => ({ text, matched: named.has(bare(text)) }));
}

function bare(word: string): string {
  return word
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
