import type { Piece } from "@cordon/schemas";

import { plainSource, type SourceText } from "../text/source-text.ts";

/** A run of character data of one element, as it stands in the message: comments may part it from the next. */
export interface TextRun {
  readonly raw: string;
  readonly start: number;
  /** With its `<![CDATA[` and `]]>`. */
  readonly isCdata: boolean;
}

const OPEN = "<![CDATA[".length;
const CLOSE = "]]>".length;

/** One unit of the text, and the run of the message that it was made from. */
interface Unit {
  unit: string;
  readonly start: number;
  end: number;
}

/**
 * What an element says: entities decoded, CDATA and what comments part joined, a line end with the blanks about it one space, no blanks
 * around. Null where that is nothing.
 */
export function elementText(runs: readonly TextRun[], path: string): SourceText | null {
  const [only] = runs;
  if (only === undefined) return null;
  if (runs.length === 1 && !only.isCdata && !/[&\r\n\t]/.test(only.raw)) {
    const source = plainSource(only.raw, path, only.start);
    return source.text === "" ? null : source;
  }
  const units = trimmed(foldLines(runs.flatMap((run) => [...unitsOf(run)])));
  const first = units[0];
  const last = units.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = units.map(({ unit }) => unit).join("");
  const inCdata = (at: number) =>
    runs.find(({ isCdata, start, raw }) => isCdata && at >= start && at < start + raw.length);
  const opening = inCdata(first.start);
  const closing = inCdata(last.start);
  const start = opening === undefined ? first.start : opening.start;
  const end = closing === undefined ? last.end : closing.start + closing.raw.length;
  const pieces = piecesOfUnits(units, path);
  // A single line end is as long as the blank that stands for it.
  const isPlain = pieces.length === 1 && runs.some(({ raw, start: at }) => raw.slice(start - at, end - at) === text);
  return { text, path, start, end, pieces: isPlain ? [] : pieces };
}

function* unitsOf({ raw, start, isCdata }: TextRun): Generator<Unit> {
  const to = isCdata ? raw.length - CLOSE : raw.length;
  let at = isCdata ? OPEN : 0;
  while (at < to) {
    const semicolon = !isCdata && raw[at] === "&" ? raw.indexOf(";", at) : -1;
    const end = semicolon > 0 ? semicolon + 1 : at + 1;
    const text = semicolon > 0 ? entityText(raw.slice(at + 1, semicolon)) : raw.charAt(at);
    for (const unit of text.split("")) yield { unit, start: start + at, end: start + end };
    at = end;
  }
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The parser has refused all others. */
function entityText(name: string): string {
  if (!name.startsWith("#")) return named[name] ?? "\uFFFD";
  const code = name.startsWith("#x") ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
}

function foldLines(units: readonly Unit[]): readonly Unit[] {
  const folded: Unit[] = [];
  for (let at = 0; at < units.length;) {
    let to = at;
    let hasLineEnd = false;
    while (to < units.length && /[ \t\r\n]/.test(units[to]!.unit)) {
      hasLineEnd ||= /[\r\n]/.test(units[to]!.unit);
      to++;
    }
    if (hasLineEnd) folded.push({ unit: " ", start: units[at]!.start, end: units[to - 1]!.end });
    else if (to > at) folded.push(...units.slice(at, to));
    else folded.push(units[to++]!);
    at = to;
  }
  return folded;
}

function trimmed(units: readonly Unit[]): readonly Unit[] {
  let from = 0;
  let to = units.length;
  while (from < to && units[from]!.unit.trim() === "") from++;
  while (to > from && units[to - 1]!.unit.trim() === "") to--;
  return units.slice(from, to);
}

function piecesOfUnits(units: readonly Unit[], sourcePath: string): readonly Piece[] {
  const pieces: { at: number; sourcePath: string; start: number; end: number }[] = [];
  let plain = false;
  units.forEach(({ start, end }, at) => {
    const last = pieces.at(-1);
    const own = end - start === 1;
    if (last !== undefined && own && plain && last.end === start) last.end = end;
    // An entity of two units is one run.
    else if (last === undefined || last.start !== start) pieces.push({ at, sourcePath, start, end });
    plain = own;
  });
  return pieces;
}
