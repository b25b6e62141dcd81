/** A text of an event and where in it stands what is hidden. UTF-16 offsets, `start < end`. */
export interface Hidden {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function hidden(before: string, what: string, after = ""): Hidden {
  return { text: `${before}${what}${after}`, start: before.length, end: before.length + what.length };
}

/** The same with more text around it. */
export function within(before: string, { text, start, end }: Hidden, after = ""): Hidden {
  return { text: `${before}${text}${after}`, start: start + before.length, end: end + before.length };
}

/** What of the hidden part must be covered by a match: it begins and ends with a letter or a digit. */
export function coreOf({ text, start, end }: Hidden): { readonly start: number; readonly end: number } {
  const part = text.slice(start, end);
  const first = part.search(/[\p{L}\p{N}]/u);
  if (first < 0) return { start, end };
  const behind = /[^\p{L}\p{N}]*$/u.exec(part)![0].length;
  return { start: start + first, end: end - behind };
}

/** `{*}` in a template is what is hidden; other braces name words of `fill`. */
export function fromTemplate(template: string, what: string, fill: (word: string) => string): Hidden {
  const [before = "", after = ""] = template.split("{*}");
  const filled = (text: string): string => text.replaceAll(/\{([a-z0-9]+)\}/g, (_, word: string) => fill(word));
  return hidden(filled(before), what, filled(after));
}
