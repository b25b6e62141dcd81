import { bytesOfSet, upperHalf } from "./character-sets.ts";
import type { Edit } from "./mapped-text.ts";

/** Latin-1 and windows-1252 together: programs call the one by the name of the other. */
const latin: ReadonlyMap<number, number> = new Map([
  ...bytesOfSet("windows-1252"),
  ...Array.from({ length: 128 }, (_, at) => [at + 0x80, at + 0x80] as const),
]);

export const byteMaps = {
  /** The byte from 0x80 that a character had in the set a text was read in. */
  of: (reader: string): ReadonlyMap<number, number> => (reader === "latin" ? latin : bytesOfSet(reader)),
};

/** A run of letters and of what is beyond ASCII. */
export interface Word {
  readonly text: string;
  readonly start: number;
  /** Letters of ASCII in it, and units beyond ASCII. */
  readonly ascii: number;
  readonly high: number;
}

export function wordsBeyondAscii(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const { 0: word, index } of text.matchAll(/[A-Za-z\x80-\uFFFF]+/g)) {
    const ascii = word.match(/[A-Za-z]/g)?.length ?? 0;
    if (ascii < word.length) words.push({ text: word, start: index, ascii, high: word.length - ascii });
  }
  return words;
}

/** A word's units beyond ASCII as another set has them; undefined if one of them is in neither. */
export function reread(word: Word, reader: ReadonlyMap<number, number>, writer: string): readonly Edit[] | undefined {
  const upper = upperHalf(writer);
  const edits: Edit[] = [];
  for (let at = 0; at < word.text.length; at++) {
    const code = word.text.charCodeAt(at);
    if (code < 0x80) continue;
    const byte = reader.get(code);
    const character = byte === undefined ? "\uFFFD" : upper[byte - 0x80]!;
    if (character === "\uFFFD") return undefined;
    edits.push({ start: word.start + at, end: word.start + at + 1, text: character });
  }
  return edits;
}

/** The word with edits of it made. */
export function wordWith(word: Word, edits: readonly Edit[]): string {
  const units = word.text.split("");
  for (const edit of edits) units[edit.start - word.start] = edit.text;
  return units.join("");
}

/** Whether a reader can have shown each unit beyond ASCII of these words. */
export function canShow(reader: ReadonlyMap<number, number>, words: readonly Word[]): boolean {
  return words.every((word) =>
    Array.from({ length: word.text.length }, (_, at) => word.text.charCodeAt(at)).every(
      (code) => code < 0x80 || reader.has(code),
    ),
  );
}
