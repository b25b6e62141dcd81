import { type MappedText, reordered } from "./mapped-text.ts";

const opening = /[\u202A\u202B\u202D\u202E\u2066-\u2068]/;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const letter = /\p{L}/u;
const digit = /[0-9]/;
const markOrJoiner = /[\p{M}\u200c\u200d]/u;

/** Deepest level of the Unicode bidirectional algorithm. */
const DEEPEST = 125;

/** A user's character: its place in the text, the level it is shown at and the direction its letters have. */
interface Shown {
  readonly start: number;
  readonly end: number;
  level: number;
  readonly strength: "left" | "right" | "number" | "neutral";
  /** Letters that are read from the right, whatever an override makes of them. */
  readonly fromRight: boolean;
}

/**
 * The text as a person reads it where marks set its direction: embeddings, overrides and isolates of UAX #9. Its characters
 * are put in the order they are shown in, then runs of letters that are read from the right are turned back. None if there
 * are no such marks. The rules for numbers and neutrals are those of the standard, applied within runs of one level.
 * A second reading leaves those runs as they are shown, for a program may have turned letters whose script needed no turning.
 */
export function asShown(source: MappedText): readonly MappedText[] {
  if (!opening.test(source.text)) return [];
  const read = reordered(source, orderOf(source.text, undefined));
  return rightToLeft.test(source.text) ? [read, reordered(source, orderOf(source.text, 0))] : [read];
}

function orderOf(text: string, forced: 0 | undefined): readonly number[] {
  const order: number[] = [];
  let start = 0;
  for (const line of text.split(/(?<=[\n\r\u2029])/u)) {
    for (const at of orderOfLine(text, { start, end: start + line.length, forced })) order.push(at);
    start += line.length;
  }
  return order;
}

function orderOfLine(
  text: string,
  { start, end, forced }: { start: number; end: number; forced: 0 | undefined },
): readonly number[] {
  const base = forced ?? baseLevel(text.slice(start, end));
  const shown = shownCharacters(text, { start, end, base });
  for (let from = 0; from < shown.length;) {
    let to = from;
    while (to < shown.length && shown[to]!.level === shown[from]!.level) to++;
    resolveRun(shown.slice(from, to));
    from = to;
  }
  const visual = inVisualOrder(shown);
  return (forced === undefined ? inReadingOrder(visual, base) : visual).flatMap(({ start: from, end: to }) =>
    Array.from({ length: to - from }, (_, at) => from + at),
  );
}

function baseLevel(line: string): 0 | 1 {
  const bare = line.replaceAll(/[\u2066-\u2068][^\u2069]*(?:\u2069|$)/gu, "");
  const first = letter.exec(bare);
  return first !== null && rightToLeft.test(first[0]) ? 1 : 0;
}

interface Embedding {
  readonly level: number;
  readonly override: "left" | "right" | undefined;
  readonly isolate: boolean;
}

/** Rules X1 to X8. The marks themselves, and all else that has no width, are left out. */
function shownCharacters(text: string, { start, end, base }: { start: number; end: number; base: 0 | 1 }): Shown[] {
  const stack: Embedding[] = [{ level: base, override: undefined, isolate: false }];
  const shown: Shown[] = [];
  for (let at = start; at < end;) {
    const point = text.codePointAt(at)!;
    const character = String.fromCodePoint(point);
    let next = at + character.length;
    if (point === 0x202c) {
      if (stack.length > 1 && !stack.at(-1)!.isolate) stack.pop();
    } else if (point === 0x2069) {
      const isolate = stack.findLastIndex((embedding) => embedding.isolate);
      if (isolate > 0) stack.length = isolate;
    } else if (opening.test(character)) {
      const embedding = embeddingOf(point, { around: stack.at(-1)!, rest: text.slice(next, end) });
      if (embedding.level <= DEEPEST) stack.push(embedding);
    } else if (point !== 0x200e && point !== 0x200f) {
      while (next < end && markOrJoiner.test(text[next]!)) next++;
      shown.push(characterAt({ start: at, end: next, character }, stack.at(-1)!));
    }
    at = next;
  }
  return shown;
}

function embeddingOf(mark: number, { around, rest }: { around: Embedding; rest: string }): Embedding {
  const isolate = mark >= 0x2066;
  const right = mark === 0x202b || mark === 0x202e || mark === 0x2067 || (mark === 0x2068 && baseLevel(rest) === 1);
  const level = right ? (around.level + 1) | 1 : (around.level + 2) & ~1;
  const override = mark === 0x202d ? "left" : mark === 0x202e ? "right" : undefined;
  return { level, override, isolate };
}

function characterAt(
  { start, end, character }: { start: number; end: number; character: string },
  { level, override }: Embedding,
): Shown {
  const fromRight = rightToLeft.test(character);
  const natural = fromRight ? "right" : letter.test(character) ? "left" : digit.test(character) ? "number" : "neutral";
  return { start, end, level, strength: override ?? natural, fromRight };
}

/** Rules W7, N1, N2, I1 and I2 within a run of one level, whose ends count as its own direction. */
function resolveRun(run: readonly Shown[]): void {
  if (run.length === 0) return;
  const { level } = run[0]!;
  const own = level % 2 === 1 ? "right" : "left";
  let strong: "left" | "right" = own;
  const directions = run.map(({ strength }) => {
    if (strength === "left" || strength === "right") strong = strength;
    return strength === "number" && strong === "left" ? "left" : strength;
  });
  for (const [at, direction] of directions.entries()) {
    const resolved = direction === "neutral" ? neutralAt(directions, at, own) : direction;
    if (own === "left") run[at]!.level = level + (resolved === "right" ? 1 : resolved === "number" ? 2 : 0);
    else run[at]!.level = level + (resolved === "right" ? 0 : 1);
  }
}

function neutralAt(directions: readonly Shown["strength"][], at: number, own: "left" | "right"): "left" | "right" {
  let before = at;
  while (before >= 0 && directions[before] === "neutral") before--;
  let after = at;
  while (after < directions.length && directions[after] === "neutral") after++;
  const side = (direction: Shown["strength"] | undefined): "left" | "right" =>
    direction === undefined ? own : direction === "number" ? "right" : (direction as "left" | "right");
  return side(directions[before]) === side(directions[after]) ? side(directions[before]) : own;
}

/** Rule L2: from the highest level down to the lowest odd one, runs of that level or more are reversed. */
function inVisualOrder(shown: readonly Shown[]): readonly Shown[] {
  const visual = [...shown];
  const highest = visual.reduce((level, one) => Math.max(level, one.level), 0);
  for (let level = highest; level > 0; level--) reverseRuns(visual, (one) => one.level >= level);
  return visual;
}

/** Turns back what is read from the right: its letters, and what stands between two of them. */
function inReadingOrder(visual: readonly Shown[], base: 0 | 1): readonly Shown[] {
  const reading = base === 1 ? visual.toReversed() : [...visual];
  const turned = reading.map((one) => (base === 1 ? !one.fromRight && one.strength !== "neutral" : one.fromRight));
  for (let at = 0; at < reading.length; at++) {
    if (turned[at]! || isWord(reading[at]!)) continue;
    let after = at;
    while (after < reading.length && !turned[after]! && !isWord(reading[after]!)) after++;
    if (turned[at - 1] === true && turned[after] === true) turned.fill(true, at, after);
    at = after;
  }
  const places = new Map(reading.map((one, at) => [one, turned[at]!]));
  reverseRuns(reading, (one) => places.get(one)!);
  return reading;
}

const isWord = ({ strength, fromRight }: Shown): boolean => fromRight || strength !== "neutral";

function reverseRuns(row: Shown[], within: (one: Shown) => boolean): void {
  for (let from = 0; from < row.length;) {
    let to = from;
    while (to < row.length && within(row[to]!)) to++;
    if (to > from + 1) row.splice(from, to - from, ...row.slice(from, to).toReversed());
    from = Math.max(to, from + 1);
  }
}
