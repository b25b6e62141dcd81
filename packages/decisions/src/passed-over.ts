import { isCodeUnit, LONGEST_CODE } from "@cordon/schemas";

/** A text of a reference, or one in the place of a code. Any other text is never passed over. */
export type CodedText = "reference" | "code";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** ISO 8601, possibly partial. */
const DATE = /^[0-9]{4}(?:-[0-9]{2}){0,2}$/;

/** Organisations are listed by three letters: a reference may hold those. */
const LONGEST_NOTHING = 2;

/**
 * Whether a text by its shape alone can hold neither a name nor an identifier, so that it is not searched: a UUID, a date, a code of a
 * country or a currency in its place, two letters in a reference. The fast path leaves out the same ones.
 */
export function isPassedOver(text: string, of: CodedText): boolean {
  if (text.length <= (of === "code" ? LONGEST_CODE : LONGEST_NOTHING)) return isPlain(text);
  return DATE.test(text) || UUID.test(text);
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isCodeUnit(text.charCodeAt(at))) return false;
  return true;
}
