import { LONGEST_TEXT } from "../engine/read-query.ts";
import { identifiersAs } from "./find-in-text.ts";
import { type AskedKind, LONGEST_VALUE, selfEvident, wholeKeys } from "./identifier-keys.ts";
import type { TextIdentifier } from "./text-identifier.ts";

/**
 * What the value of a field of its own may identify: the whole of it as what the event calls it, then whatever stands in it,
 * for people write labels, tags and second numbers into such fields, and one kind into the field of another. `countries`
 * are those that the event knows of the bearer: a phone number that is dialled at home lacks the country's code.
 */
export function identifiersOf(
  kind: AskedKind,
  value: string,
  countries: readonly string[] = [],
): readonly TextIdentifier[] {
  if (value.length > LONGEST_TEXT) return [];
  const keys = value.length > LONGEST_VALUE ? [] : [...new Set([...selfEvident(value), ...wholeKeys(kind, value)])];
  const start = value.length - value.trimStart().length;
  const inner = identifiersAs(kind, value, countries);
  return keys.length === 0 ? inner : [{ kind, start, end: value.trimEnd().length, keys }, ...inner];
}

/** The keys to look an event's identifier up by; none where it cannot be one that a list has. */
export function keysOfAsked(kind: AskedKind, value: string, countries: readonly string[] = []): readonly string[] {
  return [...new Set(identifiersOf(kind, value, countries).flatMap(({ keys }) => keys))];
}
