import { stateWords } from "../words.ts";
import type { Row } from "./merge.ts";

export interface Tag {
  readonly text: string;
  /** What the mark beside the words is: that it came back to its maker, or that whoever looks does not check it. */
  readonly kind: "" | "returned" | "own";
}

/** What a row says of where its alert stands, to whoever reads it. */
export function tagOf({ gone, state, assignee, makers, returned }: Row, userId: string): Tag {
  if (gone === true) return { kind: "", text: "no longer here" };
  const isBack = (state === "OPEN" || state === "TAKEN") && returned !== undefined;
  const back = returned === "SENT_BACK" ? "sent back" : "entry changed";
  if (isBack)
    return { kind: "returned", text: state === "TAKEN" && assignee !== userId ? `${back}, ${assignee ?? ""}` : back };
  if (state === "OPEN") return { kind: "", text: "" };
  if (state === "PROPOSED" && makers?.includes(userId) === true) return { kind: "own", text: "yours" };
  return { kind: "", text: state === "TAKEN" && assignee ? assignee : stateWords[state].toLowerCase() };
}
