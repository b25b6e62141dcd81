import type { MappedText } from "./mapped-text.ts";

export interface PieceOfText {
  readonly start: number;
  readonly end: number;
  readonly readings: readonly MappedText[];
}

/**
 * Whether a part of a text as received is a piece of a longer word, whose other letters are escaped: what reads like a name there is none. Each
 * of its ends that is cut must be told by a reading, and by signs that are nothing but an escape.
 */
export function isPieceOfWord(text: string, { start, end, readings }: PieceOfText): boolean {
  return readings.some((reading) => isCutAt(text, start, reading) || isCutAt(text, end, reading));
}

/** A letter that an entity, a backslash or two bytes and more stand for. */
const escapedLetter = String.raw`(?:&#?\w{2,8};|\\u[0-9A-Fa-f]{4}|(?:%[0-9A-Fa-f]{2}){2,}|(?:=[0-9A-F]{2}){2,})`;
/** A letter that is marked up by itself, and the end of one MIME word before the next. */
const markedLetter = String.raw`<(\w{1,6})>\p{L}</\1>`;
const mimeSeam = String.raw`\?=\s+=\?[\w-]+\?[QqBb]\?`;
const behind = new RegExp(`^(?:${escapedLetter}|${markedLetter}|${mimeSeam})`, "u");
const before = new RegExp(`(?:${escapedLetter}|${markedLetter}|${mimeSeam})$`, "u");
/** First bytes of UTF-8, and those that go on with it, as Latin-1 and windows-1252 show them. */
const utf8Begins = /[\xC2-\xF4][\x80-\xBF\u0152-\u0192\u02C6\u02DC\u2013-\u2122]{0,2}$/;
const utf8GoesOn = /^[\x80-\xBF\u0152-\u0192\u02C6\u02DC\u2013-\u2122]/;
/** The same where these were read wrong a second time: between two of them. */
const utf8Twice = {
  before: /\xC3[\x80-\xBF\u0192]$/,
  behind: /^\xC2[\x80-\xBF\u0152-\u0192\u02C6\u02DC\u2013-\u2122]/,
};
const letter = /[\p{L}\p{M}]/u;

function isCutAt(text: string, border: number, reading: MappedText): boolean {
  const [left, right] = [text.slice(0, border), text.slice(border)];
  const escaped = before.test(left) || behind.test(right);
  const misread =
    (utf8GoesOn.test(right) && utf8Begins.test(left)) || (utf8Twice.behind.test(right) && utf8Twice.before.test(left));
  if (!escaped && !misread) return false;
  const { starts, ends } = reading;
  if (starts === undefined || ends === undefined) return false;
  const last = starts.findLastIndex((from) => from < border);
  if (last < 0) return false;
  if (misread) return ends[last]! > border && letter.test(reading.text[last]!);
  const next = reading.text[last + 1];
  return ends[last]! <= border && next !== undefined && letter.test(reading.text[last]!) && letter.test(next);
}
