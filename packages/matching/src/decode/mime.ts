import { base64Bytes } from "./base-encoded.ts";
import { decodeBytes, decodeUnannounced, knownSet, type WrittenByte } from "./character-sets.ts";
import { byteEscapes, inOrder } from "./escapes.ts";
import { type Edit, editsOf, NO_EDITS } from "./mapped-text.ts";

/** RFC 2047: `=?set?Q?text?=`. A word that a field cut off ends with the text. */
const word = /=\?(?<set>[a-z0-9_.:-]{1,40})(?:\*[a-z0-9-]{1,20})?\?(?<way>[qb])\?(?<body>[^?]*)(?<close>\?=|$)/gi;
/** What announces such a word, whether or not it goes on as it should. */
const wordAnnounced = /=\?[a-z0-9_.:-]{2,40}(?:\*[a-z0-9-]{1,20})?\?[qb]\?/i;

interface FoundWord {
  readonly set: string;
  readonly start: number;
  readonly end: number;
  readonly bytes: readonly WrittenByte[];
}

/** Words of mail headers. Blanks between two of them are none, and a character may begin in one and end in the next. */
export function mimeWords(text: string): readonly Edit[] {
  if (!text.includes("=?")) return NO_EDITS;
  const edits: Edit[] = [];
  let run: FoundWord[] = [];
  const close = (): void => {
    if (run.length > 0) edits.push(...editsOfRun(run));
    run = [];
  };
  for (const match of text.matchAll(word)) {
    const found = readWord(match);
    const before = run.at(-1);
    if (before !== undefined && !(before.set === found.set && /^\s*$/.test(text.slice(before.end, found.start)))) {
      const touching = /^\s*$/.test(text.slice(before.end, found.start));
      close();
      if (touching && found.start > before.end) edits.push({ start: before.end, end: found.start, text: "" });
    }
    run.push(found);
  }
  close();
  return edits;
}

function readWord({ index, 0: all, groups }: RegExpExecArray): FoundWord {
  const { set = "", way = "", body = "" } = groups!;
  const from = index + all.indexOf("?", all.indexOf("?", 2) + 1) + 1;
  const bytes = way.toLowerCase() === "b" ? base64Bytes(body, from) : quotedBytes(body, from);
  return { set: set.toLowerCase(), start: index, end: index + all.length, bytes };
}

function quotedBytes(body: string, from: number): readonly WrittenByte[] {
  return [...body.matchAll(/=([0-9a-f]{2})|[^]/gi)].map(({ 0: all, 1: digits, index }) => ({
    byte: digits === undefined ? (all === "_" ? 0x20 : all.charCodeAt(0) & 0xff) : Number.parseInt(digits, 16),
    start: from + index,
    end: from + index + all.length,
  }));
}

/** All of a run is replaced: what it says where it says it, what wraps it by nothing. */
function editsOfRun(run: readonly FoundWord[]): readonly Edit[] {
  const { set, start } = run[0]!;
  const { end } = run.at(-1)!;
  const bytes = run.flatMap((found) => found.bytes);
  const known = knownSet(set);
  const read = known === undefined ? decodeUnannounced(bytes) : decodeBytes(bytes, known);
  const lost = read.some(({ text }) => text.includes("\uFFFD"));
  const said = lost && known === "utf-8" ? decodeUnannounced(bytes) : read;
  const edits: Edit[] = [];
  let at = start;
  for (const edit of said) {
    if (edit.start > at) edits.push({ start: at, end: edit.start, text: "" });
    edits.push(edit);
    at = edit.end;
  }
  if (end > at) edits.push({ start: at, end, text: "" });
  return edits;
}

/** True if a word of mail headers announces a set that we do not have, or was cut off. */
export function hasBrokenWord(text: string): boolean {
  if (!wordAnnounced.test(text)) return false;
  let rest = text;
  for (const { 0: all, groups } of text.matchAll(word)) {
    if (groups!["close"] === "" || knownSet(groups!["set"]!) === undefined) return true;
    rest = rest.replace(all, " ");
  }
  return wordAnnounced.test(rest);
}

/** RFC 2231: `utf-8'en'%c3%a9`. */
export function parameterValues(text: string): readonly Edit[] {
  return [...text.matchAll(/([a-z][a-z0-9-]{2,20})'[a-z-]{0,10}'(?=[^\s%]{0,40}%[0-9a-f]{2})(\S+)/gi)].flatMap(
    ({ 0: all, 1: set = "", 2: body = "", index }) => {
      const known = knownSet(set);
      if (known === undefined) return NO_EDITS;
      const from = index + all.length - body.length;
      const bytes = [...body.matchAll(/%([0-9a-f]{2})|[\x20-\x7e]/gi)].map(({ 0: one, 1: digits, index: at }) => ({
        byte: digits === undefined ? one.charCodeAt(0) : Number.parseInt(digits, 16),
        start: from + at,
        end: from + at + one.length,
      }));
      return [{ start: index, end: from, text: "" }, ...decodeBytes(bytes, known)];
    },
  );
}

/**
 * Quoted-printable beside MIME words: `=C3=A9`, `=55=73`, and a line broken by `=` at its end. One escape in small letters or
 * alone before a blank may be an equation, which is only one more reading.
 */
export function quotedPrintable(text: string): readonly Edit[] {
  if (!text.includes("=")) return NO_EDITS;
  const breaks = editsOf(text, /=[ \t]*\r?\n/g, () => "");
  return inOrder([...breaks, ...byteEscapes(text, /=([0-9a-f]{2})/gi, ([, digits]) => Number.parseInt(digits!, 16))]);
}
