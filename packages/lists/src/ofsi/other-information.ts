import { cleanText } from "../format/clean-text.ts";

/** One part of `Other Information`. `label` is "" for what stands before the first. */
export interface LabelledPart {
  readonly label: string;
  readonly text: string;
}

/** `(UK Sanctions List Ref):SYR0306 (Phone number):(1) +963` as its labelled parts, in their order. */
export function labelledParts(raw: string): readonly LabelledPart[] {
  const pieces = cleanText(raw).split(/\(([A-Z][A-Za-z /'-]{2,48})\)\s*:/);
  const parts = [{ label: "", text: pieces[0] ?? "" }];
  for (let at = 1; at < pieces.length; at += 2) parts.push({ label: pieces[at] ?? "", text: pieces[at + 1] ?? "" });
  return parts.map(({ label, text }) => ({ label, text: text.trim() })).filter(({ text }) => text !== "");
}
