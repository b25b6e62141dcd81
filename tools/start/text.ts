/** A line of the terminal as parts with a style, so that it can be cut to a width before colour is put on. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
export type Span = string | { readonly text: string; readonly style: Style };
export type Line = readonly Span[];

const codes: Readonly<Record<Style, string>> = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  cyan: "36",
};
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const wide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;
// Control characters, and the marks that reorder what follows them: text from a topic must not steer the terminal.
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** One line of text that cannot move the cursor, colour anything or turn around what stands beside it. */
export function harmless(text: string): string {
  return text.replaceAll(unsafe, " ");
}

function cut(text: string, columns: number): { readonly text: string; readonly columns: number } {
  let used = 0;
  let kept = "";
  for (const { segment } of graphemes.segment(text)) {
    const size = wide.test(segment) ? 2 : 1;
    if (used + size > columns) break;
    used += size;
    kept += segment;
  }
  return { text: kept, columns: used };
}

/** The line as text of at most `columns` columns, in colour or plain. */
export function paint(line: Line, { columns, colour }: { readonly columns: number; readonly colour: boolean }): string {
  let left = columns;
  let painted = "";
  for (const span of line) {
    const part = cut(harmless(typeof span === "string" ? span : span.text), left);
    left -= part.columns;
    painted +=
      colour && typeof span !== "string" && part.text !== ""
        ? `\u001b[${codes[span.style]}m${part.text}\u001b[0m`
        : part.text;
    if (left <= 0) break;
  }
  return painted;
}

/** 1234567 -> "1,234,567". */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

/** Milliseconds as a person reads them: "0.8 ms", "12 ms", "3.4 s". */
export function milliseconds(value: number | null): string {
  if (value === null) return "-";
  if (value < 10) return `${value.toFixed(1)} ms`;
  return value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Seconds as "42 s", "3m 05s", "2h 07m", "3d 04h". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))}m ${two(whole % 60)}s`;
  if (whole < 86_400) return `${String(Math.floor(whole / 3600))}h ${two(Math.floor(whole / 60) % 60)}m`;
  return `${String(Math.floor(whole / 86_400))}d ${two(Math.floor(whole / 3600) % 24)}h`;
}

export function clockTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
