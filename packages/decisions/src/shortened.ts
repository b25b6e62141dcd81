const longest = 120;

/** What is told of a text that may have any length. Not in the middle of a surrogate pair. */
export function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
