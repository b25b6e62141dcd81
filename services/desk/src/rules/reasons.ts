import { type HoldReason, holdReasons } from "@cordon/errors";

import type { DeskDecision } from "./states.ts";

const forAll = [
  "BIRTH_DATE",
  "NATIONALITY",
  "COUNTRY",
  "TYPE",
  "IDENTIFIER",
  "NAME_PARTS",
  "DOCUMENTS",
  "KNOWN_CUSTOMER",
  "ADDRESS",
  "OTHER",
] as const;
const forReject = ["SAME_IDENTIFIER", "SAME_BIRTH_DATE", "CONFIRMED"] as const;

const reasonsOf: Readonly<Record<DeskDecision, readonly string[]>> = {
  RELEASE: forAll,
  REJECT: [...forAll, ...forReject],
  ESCALATE: [...forAll, ...forReject],
};

/** Why a decision's reasons are refused; null: they are good. */
export function faultOfReasons(decision: DeskDecision, reasons: readonly string[]): string | null {
  if (reasons.length === 0 && decision !== "ESCALATE") return "a reason must be given";
  const unknown = reasons.find((reason) => !reasonsOf[decision].includes(reason));
  if (unknown !== undefined) return `no reason for this decision: ${unknown.slice(0, 40)}`;
  return new Set(reasons).size === reasons.length ? null : "a reason is given twice";
}

/** Characters as a person counts them; blanks at the ends are none. */
export function isRationale(text: string): boolean {
  const length = Array.from(text.trim()).length;
  return length >= 10 && length <= 4000;
}

/** What only waiting mends is screened again, and judged by nobody; what cannot be read is its sender's to mend. */
const releasedByNobody: ReadonlySet<string> = new Set([
  "INDEX_STALE",
  "DEADLINE_PASSED",
  "RECORD_UNDECODABLE",
] satisfies HoldReason[]);

/** Whether people may let a held event go, whatever they think of it: never for a reason that this release does not know. */
export function mayBeReleasedByHand(holdReason: string | null): boolean {
  return holdReasons.some((known) => known === holdReason && !releasedByNobody.has(known));
}
