import { decodeBytes, decodeUtf8, type WrittenByte } from "./character-sets.ts";
import type { Edit } from "./mapped-text.ts";
import { readsAsBytes, readsAsText } from "./reads-as-text.ts";

const eastAsian = /[\p{Script=Han}\p{Script=Hangul}]/u;

/**
 * What bytes say of which only that tells whether they are a text: in UTF-8, in UTF-16 or in a set of one byte a character, which is
 * found in a further step. Undefined if nothing. Of random bytes UTF-16 makes Han and Hangul, so these are not taken from it.
 */
export function textOfBytes(bytes: readonly WrittenByte[]): readonly Edit[] | undefined {
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== undefined && readsAsText(joined(utf8))) return utf8;
  if (bytes.length % 2 === 0 && bytes.length >= FEWEST_OF_UTF16 && bytes.some(({ byte }) => byte < 0x20)) {
    const sixteen = ["utf-16le", "utf-16be"].map((set) => decodeBytes(bytes, set));
    const found = sixteen.find((edits) => readsAsText(joined(edits)) && !eastAsian.test(joined(edits)));
    if (found !== undefined) return found;
  }
  if (utf8 !== undefined) return undefined;
  const single = decodeBytes(bytes, "windows-1252");
  return readsAsBytes(joined(single)) ? single : undefined;
}

const FEWEST_OF_UTF16 = 6;

export const joined = (edits: readonly Edit[]): string => edits.map((edit) => edit.text).join("");
