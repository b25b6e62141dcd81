import { unguarded } from "../format/clean-text.ts";

/** The values of one cell, which numbers them when it has several: `(1) A123 (2) B456`. Clean, none empty. */
export function numbered(raw: string): readonly string[] {
  const text = unguarded(raw);
  const values = text.startsWith("(1)") ? text.split(/\(\d{1,2}\)/) : [text];
  return values.map(unguarded).filter((value) => value !== "");
}

/** Numbers with what is said of each; unequal cells cannot be paired, then each number has all of it. */
export function pairedWith(
  numbers: readonly string[],
  details: readonly string[],
): readonly { readonly value: string; readonly note: string | null }[] {
  const all = details.length === 0 ? null : details.join("; ");
  return numbers.map((value, at) => ({
    value,
    note: numbers.length === details.length ? (details[at] ?? null) : all,
  }));
}
