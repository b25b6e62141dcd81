import type { FieldMatch, ScreeningOutcome } from "@cordon/decisions";
import type { Designation } from "@cordon/matching";

import type { HiddenPart } from "./draft.ts";
import { coreOf } from "./hidden.ts";

/**
 * What screening made of an event with something hidden in it. `found`: a HIT that names the designation in the field where
 * it is hidden, with offsets that cover it. `wrong-offsets`: the same, but they do not. `elsewhere`: a HIT, but not of that
 * designation, or not there.
 */
const verdicts = ["found", "wrong-offsets", "elsewhere", "held", "clear"] as const;
export type Verdict = (typeof verdicts)[number];

/** Characters that a match may reach beyond what is hidden, on both sides together: a label, a title. */
const MOST_BEYOND = 24;

export function judge(
  outcome: ScreeningOutcome,
  designation: Pick<Designation, "id">,
  parts: readonly HiddenPart[],
): Verdict {
  switch (outcome.kind) {
    case "clear":
      return "clear";
    case "hold":
      return "held";
    case "hit": {
      const there = outcome.matches.filter(
        (match) => match.designation.id === designation.id && parts.some(({ path }) => path === match.field.path),
      );
      if (there.length === 0) return "elsewhere";
      return there.some((match) => parts.some((part) => covers(match, part))) ? "found" : "wrong-offsets";
    }
  }
}

/** Whether the match covers the letters of this part, and not much beside them. An identifier's own field is told as a whole. */
function covers({ field, start, end, identifier }: FieldMatch, part: HiddenPart): boolean {
  if (field.path !== part.path) return false;
  const core = coreOf(part);
  const beyond = end - start - (part.end - part.start);
  const short = beyond <= MOST_BEYOND || (identifier !== null && field.text.trim().length === end - start);
  return start <= core.start && end >= core.end && short;
}
