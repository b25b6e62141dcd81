import type {
  AskedKind,
  Designation,
  DesignationId,
  Evidence,
  EvidenceAspect,
  ListedIdentifier,
  ListedName,
  Reason,
} from "@cordon/matching";

import type { ScreenableField } from "./screenable-event.ts";

/**
 * Why a designation is among the matches: the parts of its name's score; or the identifier that is its own, or that of
 * an entry it is linked with; and, without points, where it goes on and what speaks for or against it beside that.
 */
export interface MatchReason {
  readonly kind:
    | Reason["kind"]
    | "identifier"
    | "place"
    | "linked"
    | "name"
    | "goes-on"
    | `${EvidenceAspect | "issuer"}-${Evidence["verdict"]}`;
  /** For a person to read; may hold names. */
  readonly detail: string;
  /** Hundredths of a percent; those of one match sum to its score. */
  readonly points: number;
}

/** One designation that one field of an event matches, by its name or by an identifier. */
export interface FieldMatch {
  readonly field: Pick<ScreenableField, "path" | "bearer" | "role" | "text">;
  readonly designation: Designation;
  /** The name that matches; the primary one where an identifier does. */
  readonly name: ListedName;
  /** Hundredths of a percent; 10000 for an identifier. */
  readonly score: number;
  /** UTF-16 offsets of the matched part in the field. */
  readonly start: number;
  readonly end: number;
  readonly reasons: readonly MatchReason[];
  /** What else the event and the list say of the bearer. */
  readonly evidence: readonly Evidence[];
  /** True for a part of a name's field that may hold more: what else the event says may be said of somebody else in it. */
  readonly within?: true;
  /** Null where the name matches. */
  readonly identifier: MatchedIdentifier | null;
  /** The good guy that covers it, where the event hits all the same. */
  readonly goodGuyId?: string;
}

export interface MatchedIdentifier {
  /** What the event says or shows that it is; where it does neither, what the list says. */
  readonly kind: AskedKind;
  readonly listed: ListedIdentifier;
  /** The entry that lists it, where it is a linked one and not the match itself. */
  readonly via: DesignationId | null;
}

/** Evidence as reasons: told in each match, also where there is none, and worth no points. */
export function evidenceReasons(evidence: readonly Evidence[]): readonly MatchReason[] {
  return evidence.map(({ aspect, verdict, detail }) => ({ kind: `${aspect}-${verdict}`, detail, points: 0 }) as const);
}
