import { refused } from "../message-error.ts";
import { plainSource, type SourceText } from "../text/source-text.ts";
import { fieldsOf, type FinLine, type LooseField } from "./field.ts";
import { type Frame, lineEnds } from "./frames.ts";

/** A block or a tag of one, as it stands in the message. */
export interface BlockValue {
  readonly value: string;
  readonly start: number;
}

/** The blocks of one message. */
export interface FinBlocks {
  readonly offset: number;
  readonly line: number;
  readonly basic: BlockValue | null;
  readonly application: BlockValue | null;
  readonly user: ReadonlyMap<string, BlockValue>;
  readonly fields: readonly LooseField[];
  /** Tags of block 5 and of a system block. */
  readonly trailers: ReadonlySet<string>;
  /** Texts between and behind the blocks, which belong to none. */
  readonly strays: readonly SourceText[];
}

interface Building {
  readonly offset: number;
  readonly line: number;
  basic: BlockValue | null;
  application: BlockValue | null;
  readonly user: Map<string, BlockValue>;
  fields: readonly LooseField[] | null;
  /** Whether block 4 is an acknowledgement. */
  isService: boolean;
  readonly trailers: Set<string>;
  readonly strays: SourceText[];
}

/** Path of a text that is in no block. */
const OUTSIDE = "{}";

const SKIPPED = /[\s$\p{Cc}\uFEFF]*/uy;
const BLOCK = /\{([1-5]|S):/y;
/** A tag at a line start: a message of block 4 alone, without braces. */
const BARE = /:\d\d[A-Z]?:/y;

/** Reads the blocks of a frame; acknowledgements are no messages. Throws MESSAGE_MALFORMED with the offset and the line. */
export function readBlocks(frame: Frame): readonly FinBlocks[] {
  const { text, offset, line } = frame;
  const messages: Building[] = [];
  let current: Building | null = null;
  let at = 0;
  let counted = { at: 0, line };
  const lineAt = (where: number): number => {
    if (where < counted.at) counted = { at: 0, line };
    counted = { at: where, line: counted.line + lineEnds(text.slice(counted.at, where)) };
    return counted.line;
  };
  const fault = (what: string, where: number) =>
    refused("MESSAGE_MALFORMED", what, { offset: offset + where, line: lineAt(where) });
  const begun = (): Building => {
    current = newBuilding(offset + at, lineAt(at));
    messages.push(current);
    return current;
  };
  const open = (needsText: boolean): Building => {
    if (current === null || (needsText && current.fields !== null)) return begun();
    if (!needsText || !current.isService) return current;
    // The header that an acknowledgement has taken is missing in what follows it.
    if (!/^\{(?:1:|4:\s*\{)/.test(text.slice(at, at + 20)))
      throw fault("a message behind an acknowledgement has no header", at);
    return begun();
  };
  const separators = separatorsIn(text);
  const readText = (of: Building, from: number): number => {
    const { lines, end } = textLines(text, from, separators(from));
    if (end < 0) throw fault("block 4 has no end", at);
    of.fields = fieldsOf(lines.map(({ raw, start }) => ({ raw, start: start + offset })));
    return end;
  };

  for (;;) {
    at += matchAt(SKIPPED, text, at)!.length;
    if (at >= text.length) break;
    const name = matchAt(BLOCK, text, at);
    if (name === null && isBareText()) {
      at = readText(open(true), at);
      continue;
    }
    if (name === null) {
      at = stray(at);
      continue;
    }
    const inside = at + name.length;
    const isText = name === "{4:" && !/^\s*\{/.test(text.slice(inside, inside + 16));
    if (isText) {
      at = readText(open(true), inside);
      continue;
    }
    const end = closing(text, at);
    if (end < 0) throw fault("a block does not close", at);
    const value = { value: text.slice(inside, end), start: offset + inside };
    const letter = name.charAt(1);
    if (letter === "4" && !isAcknowledgement(value))
      throw fault("block 4 has neither fields nor an acknowledgement", at);
    take(letter, value, open(letter <= "4"));
    at = end + 1;
  }
  return messages.filter(isMessage).map(finished);

  /** Where no message has begun, or one has ended. */
  function isBareText(): boolean {
    return (current === null || current.fields !== null) && matchAt(BARE, text, at) !== null;
  }

  /** What belongs to no block, up to the next one or the end of the line. */
  function stray(from: number): number {
    const next = /[\r\n]|\{(?:[1-5]|S):/.exec(text.slice(from + 1));
    const until = next === null ? text.length : from + 1 + next.index;
    const said = text.slice(from, until);
    if (/[\p{L}\p{N}]/u.test(said)) {
      if (current === null) throw fault("text in front of the first block", from);
      current.strays.push(plainSource(said, OUTSIDE, offset + from));
    }
    return until;
  }

  /** An acknowledgement is about another message: a text that it holds, or that stands behind it, would be read by nobody. */
  function isMessage({ isService, strays }: Building): boolean {
    if (isService && strays[0] !== undefined)
      throw fault("a text within an acknowledgement or behind it", strays[0].start - offset);
    return !isService;
  }

  function finished(one: Building): FinBlocks {
    if (one.fields === null)
      throw refused("MESSAGE_MALFORMED", "a message without block 4", { offset: one.offset, line: one.line });
    const { basic, application, user, fields, trailers, strays } = one;
    return { offset: one.offset, line: one.line, basic, application, user, fields, trailers, strays };
  }
}

function newBuilding(offset: number, line: number): Building {
  return {
    offset,
    line,
    basic: null,
    application: null,
    user: new Map(),
    fields: null,
    isService: false,
    trailers: new Set(),
    strays: [],
  };
}

function take(letter: string, value: BlockValue, of: Building): void {
  switch (letter) {
    case "1":
      if (of.basic === null) of.basic = value;
      else of.strays.push(plainSource(value.value, "{1}", value.start));
      return;
    case "2":
      if (of.application === null) of.application = value;
      else of.strays.push(plainSource(value.value, "{2}", value.start));
      return;
    case "3":
      for (const [tag, said] of tagsOf(value, "{3}", of.strays))
        if (!of.user.has(tag)) of.user.set(tag, said);
        else of.strays.push(plainSource(said.value, `{3}:${tag}`, said.start));
      return;
    case "4":
      of.isService = true;
      return;
    default:
      for (const [tag, said] of tagsOf(value, `{${letter}}`, of.strays)) {
        of.trailers.add(tag);
        if (!trailerShapes.test(said.value)) of.strays.push(plainSource(said.value, `{${letter}}:${tag}`, said.start));
      }
  }
}

/** Authentication, checksums, times and references of machines: no blanks within. */
const trailerShapes = /^\s*[0-9A-Za-z:]{0,64}\s*$/;

/** What tags are; whatever else stands in the place of one is a text. */
const TAG = /^[0-9A-Z]{1,4}$/;
const ACKNOWLEDGED = /^\d{3}$/;

/** Tags of digits, and nothing beside them. */
function isAcknowledgement(value: BlockValue): boolean {
  const strays: SourceText[] = [];
  return tagsOf(value, "{4}", strays).every(([tag]) => ACKNOWLEDGED.test(tag)) && strays.length === 0;
}

/** `{108:REF}{121:…}`: tags and what they say, which may hold braces. What stands in no tag is a stray. */
function tagsOf(
  { value, start }: BlockValue,
  path: string,
  strays: SourceText[],
): readonly (readonly [string, BlockValue])[] {
  const tags: [string, BlockValue][] = [];
  const stray = (from: number, to: number, of: string): void => {
    const said = value.slice(from, to);
    if (/[\p{L}\p{N}]/u.test(said)) strays.push(plainSource(said, of, start + from));
  };
  let at = 0;
  while (at < value.length) {
    const begin = value.indexOf("{", at);
    const end = begin < 0 ? -1 : closing(value, begin);
    if (end < 0) break;
    stray(at, begin, OUTSIDE);
    const inside = value.slice(begin + 1, end);
    const colon = inside.indexOf(":");
    const tag = (colon < 0 ? inside : inside.slice(0, colon)).trim();
    const from = begin + 1 + (colon < 0 ? 0 : colon + 1);
    if (!TAG.test(tag)) stray(begin + 1, end, path);
    else tags.push([tag, { value: value.slice(from, end), start: start + from }]);
    at = end + 1;
  }
  stray(at, value.length, OUTSIDE);
  return tags;
}

/** Where the brace that opens at `at` closes; -1: nowhere. */
function closing(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i;
  }
  return -1;
}

/** Lines of a text block, and where what follows its end begins; -1: it has none. */
function textLines(
  text: string,
  from: number,
  separator: RegExp,
): { readonly lines: readonly FinLine[]; readonly end: number } {
  const lines: FinLine[] = [];
  for (let start = from; start <= text.length;) {
    separator.lastIndex = start;
    const found = separator.exec(text);
    const stop = found?.index ?? text.length;
    const raw = text.slice(start, stop);
    if (raw.startsWith("-}")) return { lines, end: start + 2 };
    if (raw.trimEnd() === "-" && endsFile(text, stop)) return { lines, end: stop };
    lines.push({ raw, start });
    if (found === null) break;
    start = stop + found[0].length;
  }
  return { lines, end: -1 };
}

/** What parts the lines of the text that begins at a place. Some old feeds write `@@` for every line end. */
function separatorsIn(text: string): (from: number) => RegExp {
  const end = seeker(text, /-\}/g);
  const ats = seeker(text, /@@/g);
  const lineEnd = seeker(text, /[\r\n]/g);
  return (from) => (ats(from) < end(from) && lineEnd(from) >= end(from) ? /@@/g : /\r\n|\r|\n/g);
}

/** Where the next one is; the length of the text: nowhere. Asked in ascending order it looks at each place once. */
function seeker(text: string, pattern: RegExp): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found >= from) return found;
    pattern.lastIndex = from;
    found = pattern.exec(text)?.index ?? text.length;
    return found;
  };
}

/** A hyphen alone ends a text only where nothing but another block or message can follow. */
function endsFile(text: string, at: number): boolean {
  const behind = /[^\s]/.exec(text.slice(at))?.[0];
  return behind === undefined || behind === "{" || behind === "$" || behind === "\u0003";
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
