import { hasBrokenWord } from "./mime.ts";

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
/** U+FFFD itself, as bytes read as windows-1252 or as Latin-1, and as read in GBK. */
const replaced = /\uFFFD|ï¿½|锟斤拷/;
/** Two words or more of question marks only: a set without their letters wrote them. */
const onlyQuestionMarks = /(?<![^\s])\?{3,}[ -]+\?{3,}(?![^\s?])/;
/** A question mark inside a word, or before one that begins a text or follows a blank. In an address of the web it is no loss. */
const questionInWord = /\p{L}\?\p{Ll}|\p{Ll}\?\p{L}|(?:^|\s)\?\p{L}/u;
const webAddress = /:\/\/|www\.|[?&][\w.-]+=/i;

/**
 * True if characters of this text were lost, or if it announces an encoding that it does not keep to. `received`: what it was decoded
 * from, in which an address of the web is still one.
 */
export function isUnreadable(text: string, received = text): boolean {
  if (replaced.test(text) || loneSurrogate.test(text) || hasBrokenWord(text)) return true;
  if (!text.includes("?")) return false;
  return onlyQuestionMarks.test(text) || (questionInWord.test(text) && !webAddress.test(received));
}
