import { nothingKnown } from "@cordon/matching";

import { type CodedText, isPassedOver } from "./passed-over.ts";
import type { MaybeField, ScreenableField } from "./screenable-field.ts";

/** A text in which names may stand. */
export function plainText(
  path: string,
  role: ScreenableField["role"],
  text: string | null,
  place: ScreenableField["place"] = null,
): MaybeField {
  return { path, bearer: "text", role, text, comparison: "text", required: false, facts: nothingKnown, place };
}

/** The same for each text of an array. */
export function plainTexts(
  path: string,
  role: ScreenableField["role"],
  texts: readonly string[],
  place: ScreenableField["place"] = null,
): readonly MaybeField[] {
  return texts.map((text, i) => plainText(`${path}[${String(i)}]`, role, text, place));
}

/** A reference, or a text in the place of a code: none where its shape says that it holds nothing. */
export function codedText(
  path: string,
  role: ScreenableField["role"],
  { text, of }: { readonly text: string | null; readonly of: CodedText },
): readonly MaybeField[] {
  return text === null || isPassedOver(text, of) ? [] : [plainText(path, role, text)];
}
