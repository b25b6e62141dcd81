import { LONGEST_TEXT } from "../engine/read-query.ts";
import { emailAddressesIn } from "./email-addresses.ts";
import { foldText } from "./fold-text.ts";
import { type AskedKind, emailKeys } from "./identifier-keys.ts";
import { mayHoldIdentifier } from "./may-hold-identifier.ts";
import { judgePart } from "./part-keys.ts";
import { saidOf } from "./said-of.ts";
import type { Standing, TextIdentifier } from "./text-identifier.ts";
import { forEachPart } from "./text-parts.ts";
import { tokensOf } from "./text-tokens.ts";

const NONE: readonly TextIdentifier[] = Object.freeze([]);
/** Nothing shorter identifies anybody. */
const SHORTEST = 6;

/**
 * Everything in a line of free text, or a name, that may be somebody's identifier: by its shape or check digits, by a word
 * beside it, or because a number so long is hardly two people's. In whichever script, width and grouping it is written. In the order of the
 * text. A text that is too long to be searched for names has none: its event is held.
 */
export function identifiersIn(text: string): readonly TextIdentifier[] {
  if (text.length < SHORTEST || text.length > LONGEST_TEXT) return NONE;
  const folded = foldText(text);
  if (!mayHoldIdentifier(folded.text)) return NONE;
  const found = everyIdentifierIn(folded.text);
  return folded.text === text ? found : found.map((one) => ({ ...one, ...folded.place(one.start, one.end) }));
}

/** The same for the value of a field that is said to hold identifiers of a kind. */
export function identifiersAs(
  field: AskedKind,
  value: string,
  countries: readonly string[],
): readonly TextIdentifier[] {
  const folded = foldText(value);
  return everyIdentifierIn(folded.text, { field, countries }).map((one) => ({
    ...one,
    ...folded.place(one.start, one.end),
  }));
}

const maySignAddress = /@|[([{<]\s?at|\sdot\s/i;

const inText: Standing = { field: null, countries: [] };

/**
 * Of a folded text, without the quick look beforehand, which must never say no to one that holds an identifier. The keys are at most
 * some ten for each part, and there are at most some dozens of parts from each token on: the work is linear in the text.
 */
export function everyIdentifierIn(text: string, standing = inText): readonly TextIdentifier[] {
  const tokens = tokensOf(text);
  const found: TextIdentifier[] = [];
  const read = { text, tokens, said: saidOf(tokens, standing.field), standing };
  const keep = (one: TextIdentifier): void => void found.push(one);
  forEachPart(read, (part) => judgePart(read, part, keep));
  if (maySignAddress.test(text))
    for (const { start, end, address } of emailAddressesIn(text)) {
      const keys = emailKeys(address);
      if (keys.length > 0) found.push({ kind: "EMAIL", start, end, keys });
    }
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}
