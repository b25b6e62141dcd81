import type { Designation } from "@cordon/matching";

import { shortened } from "./shortened.ts";

/** What was found and decided nothing, or what a HOLD for a place is held for. It goes into the decision. */
export interface Told {
  /**
   * `place`: a listed place or word; `list`: a match on a list that a rule leaves out; `problem`: what could not be converted;
   * `deadline`: decided too late.
   */
  readonly kind: "place" | "list" | "problem" | "deadline";
  readonly designationId: string | null;
  /** Of the field in the event; empty where it is of the whole event. */
  readonly path: string;
  /** For a person to read. */
  readonly detail: string;
}

/** A decision tells no more than this of one event. */
const MOST_TOLD = 100;

export function toldOf(all: readonly Told[]): readonly Told[] {
  if (all.length <= MOST_TOLD) return all;
  const more = `and ${String(all.length - MOST_TOLD + 1)} more`;
  return [...all.slice(0, MOST_TOLD - 1), { kind: "place", designationId: null, path: "", detail: more }];
}

/** A match on a list that counts for nothing where it was found. */
export function leftOutMatch(designation: Designation, path: string, text: string): Told {
  const detail = `"${shortened(text)}" matches an entry of the list ${designation.list}, which a rule leaves out here`;
  return { kind: "list", designationId: designation.id, path, detail };
}
