import type { BearerFacts } from "@cordon/matching";
import type { AgentRole, PartyRole } from "@cordon/schemas";

import type { Comparison } from "./policy.ts";
import type { TextKind } from "./text-kind.ts";
import type { TextRole } from "./text-role.ts";

/** One text of an event that is compared with the index. */
export interface ScreenableField {
  /** Where it stands in the event, such as `parties[1].name`, `sender.address.lines[0]` or `remittanceInformation[0]`. */
  readonly path: string;
  /** Whose name it is. `text` is nobody's: a text in which names may stand. */
  readonly bearer: "party" | "agent" | "account" | "text";
  /** Of the party or agent, of the holder of the account, of who has the text, or what a text of nobody is for. */
  readonly role: PartyRole | AgentRole | TextRole;
  /** What it is meant to hold. */
  readonly kind: TextKind;
  /** As received. */
  readonly text: string;
  /** A name is compared as a whole and searched for names; in any other text names are looked for. */
  readonly comparison: Comparison | "text";
  /** True for a named role: its name must be there and must be readable. */
  readonly required: boolean;
  /** What else the event says of the bearer. */
  readonly facts: BearerFacts;
  /** Places are called after people. A `town` should hold nothing but the name of a place; an `address` may hold one. */
  readonly place: "address" | "town" | null;
}

/** A field as it may stand in an event: mostly there is nothing in it. */
export interface MaybeField extends Omit<ScreenableField, "text"> {
  readonly text: string | null;
}

export function hasText(field: MaybeField): field is ScreenableField {
  return field.text !== null && field.text !== "";
}
