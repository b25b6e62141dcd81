import { refused } from "../message-error.ts";

/** A piece of a file that holds one message with its headers, or several without. Offsets and lines count from 0 and from 1. */
export interface Frame {
  readonly text: string;
  readonly offset: number;
  readonly line: number;
}

/** The basic header, by which a message begins. */
const HEADER = /\{1:[A-Z]\d\d/g;
const HEADER_CHARS = 6;

/** What stands between messages: blanks, `$` of RJE files, the marks and the padding of DOS-PCC files. */
const BETWEEN = /^[\s$\p{Cc}]*$/u;

/**
 * Cuts a stream of text where a basic header begins: behind a brace that closes, a line end, or a mark between messages. What stands
 * within a text at such a place cuts that text, which then has no end and is refused. Holds one message. Throws MESSAGE_TOO_LARGE.
 */
export function frames(maxChars: number, onFrame: (frame: Frame) => void): { push(text: string): void; end(): void } {
  let waiting = "";
  let offset = 0;
  let line = 1;
  let searched = 0;

  function cut(until: number, from: number): number {
    const text = waiting.slice(from, until);
    if (text.length > maxChars)
      throw refused("MESSAGE_TOO_LARGE", "a message is longer than is read", { offset, line });
    if (!BETWEEN.test(text)) onFrame({ text, offset, line });
    offset += text.length;
    line += lineEnds(text);
    return until;
  }

  return {
    push(text) {
      waiting += text;
      let done = 0;
      HEADER.lastIndex = searched;
      for (let found = HEADER.exec(waiting); found !== null; found = HEADER.exec(waiting))
        if (found.index > done && isBeginning(waiting, found.index)) done = cut(found.index, done);
      waiting = waiting.slice(done);
      if (waiting.length > maxChars)
        throw refused("MESSAGE_TOO_LARGE", "a message is longer than is read", { offset, line });
      // One that is cut off at the end, and the first header itself.
      searched = Math.max(0, waiting.length - HEADER_CHARS);
    },
    end() {
      cut(waiting.length, 0);
      waiting = "";
    },
  };
}

function isBeginning(text: string, at: number): boolean {
  let before = at - 1;
  let isParted = false;
  while (before >= 0 && /[\s$\p{Cc}]/u.test(text[before]!)) {
    isParted ||= text[before] !== " " && text[before] !== "\t";
    if (isParted) return true;
    before--;
  }
  return before < 0 || text[before] === "}";
}

/** CR LF is one. */
export function lineEnds(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
