import {
  type FieldMatch,
  paymentToScreen,
  type Policy,
  remittanceToScreen,
  screenEvent,
  summaryOf,
} from "@cordon/decisions";
import type { ScreeningIndex } from "@cordon/matching";
import type { Converted } from "@cordon/messages";

import { errorText, headOf, problemsOf, shown } from "./plain-text.ts";

export interface ScreenedWith {
  readonly index: ScreeningIndex;
  readonly policy: Policy;
}

interface Told {
  readonly text: string;
  readonly clear: boolean;
}

/** What screening says of one transaction, with the matched part underlined where somebody watches. */
export function screened(
  one: Converted,
  { index, policy, watched }: ScreenedWith & { readonly watched: boolean },
): Told {
  if (one.kind === "error") return { text: errorText(one), clear: false };
  const event = one.kind === "payment" ? paymentToScreen(one.event) : remittanceToScreen(one.event);
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  const head = `${headOf(one)}${problemsOf(one)}`;
  switch (outcome.kind) {
    case "clear":
      return { text: `${head}  CLEAR\n`, clear: true };
    case "hold":
      return { text: `${head}  HOLD ${outcome.reason}\n`, clear: false };
    case "hit":
      return {
        text: `${head}  HIT\n${outcome.matches.map((match) => matchText(match, one, watched)).join("")}`,
        clear: false,
      };
  }
}

function matchText(match: FieldMatch, one: Exclude<Converted, { readonly kind: "error" }>, watched: boolean): string {
  const { field, start, end } = match;
  const path = sourcePathOf(field.path, one);
  const [before, found, behind] = [field.text.slice(0, start), field.text.slice(start, end), field.text.slice(end)].map(
    shown,
  );
  const marked = watched ? `\u001b[4m${found}\u001b[24m` : found;
  return `    ${path}: ${before}${marked}${behind}\n    ${shown(summaryOf(match))}\n`;
}

function sourcePathOf(path: string, one: Exclude<Converted, { readonly kind: "error" }>): string {
  const told = one.fields.find(({ eventPath }) => eventPath === path);
  const origin = one.kind === "payment" ? one.event.origins.find((some) => some.path === path) : undefined;
  return told?.path ?? origin?.sourcePath ?? path;
}
