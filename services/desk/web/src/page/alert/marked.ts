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
  const pieces: Piece[] = [];
  // Words are at the odd places, what stands between them at the even ones.
  const parts = name.split(/([\p{L}\p{M}\p{N}]+)/u);
  for (let at = 0; at < parts.length;) {
    const end = runFrom(parts, at, named);
    const text = parts.slice(at, end ?? at + 1).join("");
    if (text !== "") pieces.push({ text, matched: end !== null });
    at = end ?? at + 1;
  }
  return pieces;
}

/** Names that the search reads as one word have up to so many: `Al-Kasaoui`, `Abd al Rahman`. */
const mostJoined = 3;

/** Where the longest run of words from one on ends that is named as one; null where none is. */
function runFrom(parts: readonly string[], at: number, named: ReadonlySet<string>): number | null {
  if (at % 2 === 0) return null;
  for (let end = at + 2 * mostJoined - 1; end > at; end -= 2)
    if (end <= parts.length && named.has(bare(parts.slice(at, end).join("")))) return end;
  return null;
}

function bare(word: string): string {
  return word
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
