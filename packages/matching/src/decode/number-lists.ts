import { joined, textOfBytes } from "./guessed-bytes.ts";
import type { Edit } from "./mapped-text.ts";
import { readsAsText } from "./reads-as-text.ts";

interface Notation {
  /** A list of at least four numbers of this notation. */
  readonly list: RegExp;
  readonly base: number;
  /** True if each number is a byte, false if each is a code point. */
  readonly bytes: boolean;
}

/** How lists of character numbers are written. A list is one only where all of it says a text. */
const notations: readonly Notation[] = [
  { list: /(?<![\w.])0x[0-9a-f]{2}(?:[\s,;]{0,2}0x[0-9a-f]{2}){2,}(?!\w)/gi, base: 16, bytes: true },
  { list: /(?<![\w.])0x[0-9a-f]{2,5}(?:[\s,;]{0,2}0x[0-9a-f]{2,5}){2,}(?!\w)/gi, base: 16, bytes: false },
  { list: /(?<![\w.])[0-9a-f]{2}(?:[\s:,-][0-9a-f]{2}){3,}(?![\w.])/gi, base: 16, bytes: true },
  { list: /(?<![\w.])0[0-9a-f]{3}(?:[\s:,-]0[0-9a-f]{3}){2,}(?![\w.])/gi, base: 16, bytes: false },
  { list: /(?<![\w.])[0-9]{2,5}(?:[\s,;]{1,2}[0-9]{2,5}){2,}(?![\w.])/g, base: 10, bytes: false },
  { list: /(?<![\w.])[0-3]?[0-7]{2}(?:[\s,;]{1,2}[0-3]?[0-7]{2}){3,}(?![\w.])/g, base: 8, bytes: true },
  { list: /(?<![\w.])[01]{8}(?:\s?[01]{8}){2,}(?![\w.])/g, base: 2, bytes: true },
];

/** Lists of the numbers of a text's characters or bytes: `85 115 97 109 97`, `0x55, 0x73`, `01010101 01110011`. */
export const numberLists: readonly ((text: string) => readonly Edit[])[] = notations.map(
  (notation) => (text) => (digits.test(text) ? listsIn(text, notation) : []),
);

const digits = /[0-9]{2}/;
const numberOf: Readonly<Record<number, RegExp>> = {
  2: /[01]{8}/g,
  8: /[0-7]{2,3}/g,
  10: /[0-9]{2,5}/g,
  16: /(?:0x)?([0-9a-f]{2,5})/gi,
};

function listsIn(text: string, { list, base, bytes }: Notation): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { 0: written, index } of text.matchAll(list)) {
    const numbers = [...written.matchAll(numberOf[base]!)].map((found) => ({
      byte: Number.parseInt(found[1] ?? found[0], base),
      start: index + found.index,
      end: index + found.index + found[0].length,
    }));
    if (bytes && numbers.some(({ byte }) => byte > 0xff)) continue;
    const points = numbers.map(({ byte, start, end }) => ({ start, end, text: String.fromCodePoint(byte) }));
    const said = bytes ? textOfBytes(numbers) : readsAsText(joined(points)) ? points : undefined;
    if (said !== undefined) edits.push(...withoutGaps(said));
  }
  return edits;
}

/** What stands between two numbers is no part of the text. */
function withoutGaps(edits: readonly Edit[]): readonly Edit[] {
  return edits.flatMap((edit, at) => {
    const before = edits[at - 1];
    return before === undefined || before.end === edit.start
      ? [edit]
      : [{ start: before.end, end: edit.start, text: "" }, edit];
  });
}
