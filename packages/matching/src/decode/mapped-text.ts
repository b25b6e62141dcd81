/** A text on its way of being decoded. Unit `i` of it came from `[starts[i], ends[i])` of the text as received. */
export interface MappedText {
  readonly text: string;
  /** Undefined for the text as received, in which each unit is its own place. */
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
}

/**
 * Replaces `[start, end)` by `text`, whose every unit then comes from all of it. `start <= end`; empty text deletes. Neighbours may
 * share a sign that holds bits of both.
 */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What is deleted belongs to the unit before or behind it, whose place it widens. */
  readonly joins?: "before" | "behind";
}

/** Finds what one encoding wraps. Edits in ascending order, apart from each other. */
export type Rewriter = (text: string) => readonly Edit[];

export const NO_EDITS: readonly Edit[] = Object.freeze([]);

const startOf = (source: MappedText, at: number): number => (source.starts === undefined ? at : source.starts[at]!);
const endOf = (source: MappedText, at: number): number => (source.ends === undefined ? at + 1 : source.ends[at]!);

/** The text with the edits made; places stay those of the text as received. */
export function edited(source: MappedText, edits: readonly Edit[]): MappedText {
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let done = 0;
  /** Where deleted text begins that the next unit takes in. */
  let opened: number | undefined;
  const put = (start: number, end: number): void => {
    starts.push(opened === undefined ? start : Math.min(opened, start));
    ends.push(end);
    opened = undefined;
  };
  const copy = (until: number): void => {
    text += source.text.slice(done, until);
    for (let at = done; at < until; at++) put(startOf(source, at), endOf(source, at));
  };
  for (const edit of edits) {
    copy(edit.start);
    done = edit.end;
    if (edit.start === edit.end) continue;
    const place = placeIn(source, edit.start, edit.end);
    if (edit.text === "" && edit.joins === "behind") opened ??= place.start;
    if (edit.text === "" && edit.joins === "before" && ends.length > 0) ends.push(Math.max(ends.pop()!, place.end));
    text += edit.text;
    for (let unit = 0; unit < edit.text.length; unit++) put(place.start, place.end);
  }
  copy(source.text.length);
  return { text, starts, ends };
}

/** The text with its units in another order: unit `i` of the result is unit `order[i]` of the source. */
export function reordered(source: MappedText, order: readonly number[]): MappedText {
  return {
    text: order.map((at) => source.text[at]!).join(""),
    starts: order.map((at) => startOf(source, at)),
    ends: order.map((at) => endOf(source, at)),
  };
}

/** The smallest part of the text as received that holds `[start, end)` of this one. */
export function placeIn(
  source: MappedText,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  let from = Infinity;
  let to = 0;
  for (let at = start; at < end; at++) {
    from = Math.min(from, startOf(source, at));
    to = Math.max(to, endOf(source, at));
  }
  return { start: from, end: to };
}

/** Edits from the matches of an expression with the flag `g`; undefined leaves a match as it stands. */
export function editsOf(
  text: string,
  expression: RegExp,
  replace: (match: RegExpExecArray) => string | undefined,
): readonly Edit[] {
  const edits: Edit[] = [];
  for (const match of text.matchAll(expression)) {
    const replaced = replace(match);
    if (replaced !== undefined) edits.push({ start: match.index, end: match.index + match[0].length, text: replaced });
  }
  return edits;
}
