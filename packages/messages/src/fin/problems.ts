import type { EventDraft } from "../event-draft.ts";
import type { FinField } from "./field.ts";

export function misplaced(draft: EventDraft, path: string, what: string): void {
  draft.problem("FIELD_MISPLACED", path, what);
}

/** A full line that ends in `+` was cut when the message was made from a longer one. */
export function tellCut({ path, lines }: FinField, width: number, draft: EventDraft): void {
  lines.forEach(({ raw }, i) => {
    const said = raw.trimEnd();
    if (said.length >= width && said.endsWith("+"))
      draft.problem("FIELD_TRUNCATED", `${path}[${String(i)}]`, "a full line that was cut");
  });
}
