import { type Edit, NO_EDITS } from "./mapped-text.ts";

const escape =
  /&(?:amp;)?#?x?[0-9a-z]{2,31};|%(?:25)?[0-9a-f]{2}|\\+(?:u\{?[0-9a-f]{2,6}\}?|x[0-9a-f]{2}|[0-3][0-7]{2})|=[0-9a-f]{2}/gi;
const FEWEST = 3;

/** Escapes with one blank behind each, at least three in a row: the blank parts escapes, not letters. A wider gap parts words. */
export function spacedEscapes(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  let run: Edit[] = [];
  let end = -1;
  const close = (): void => {
    if (run.length >= FEWEST - 1) edits.push(...run);
    run = [];
  };
  for (const { 0: found, index } of text.matchAll(escape)) {
    const gap = end < 0 ? "" : text.slice(end, index);
    if (/^[ \t]{1,3}$/.test(gap)) run.push({ start: end, end: index, text: gap.length > 1 ? " " : "" });
    else close();
    end = index + found.length;
  }
  close();
  return edits.length > 0 ? edits : NO_EDITS;
}
