import { nothingKnown } from "@cordon/matching";

import { type CodedText, isPassedOver } from "./passed-over.ts";
import type { MaybeField, ScreenableField } from "./screenable-field.ts";

/** Where a text stands, whose it is or what for, and what it is meant to hold. */
export type TextAt = Pick<ScreenableField, "path" | "role" | "kind">;

/** A text in which names may stand. */
export function plainText(
  { path, role, kind }: TextAt,
  text: string | null,
  place: ScreenableField["place"] = null,
): MaybeField {
  return { path, bearer: "text", role, kind, text, comparison: "text", required: false, facts: nothingKnown, place };
}

/** The same for each text of an array. */
export function plainTexts(
  { path, ...of }: TextAt,
  texts: readonly string[],
  place: ScreenableField["place"] = null,
): readonly MaybeField[] {
  return texts.map((text, i) => plainText({ path: `${path}[${String(i)}]`, ...of }, text, place));
}

/** A reference, or a text in the place of a code: none where its shape says that it holds nothing. */
export function codedText(at: TextAt, text: string | null, of: CodedText): readonly MaybeField[] {
  return text === null || isPassedOver(text, of) ? [] : [plainText(at, text)];
}
